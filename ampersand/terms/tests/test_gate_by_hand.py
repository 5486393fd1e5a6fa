"""Cases worked out by hand from docs/terms.md. Each is judged by the gate, and by the oracle that judges the gate."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from ampersand.terms import gate
from ampersand.terms.attempt import Approach, Attempt, History
from ampersand.terms.lines import read
from ampersand.terms.tests import oracle
from ampersand.timeline.models import Mode

MAYA = UUID(int=1)
OLU = UUID(int=2)

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)  # a Tuesday
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def mailed(days_ago: int) -> Approach:
    return Approach(NOON - days_ago * DAY, Mode.MAIL)


STRANGER = History()
MET = History(has_both_ways=True)
ASKED = replace(MET, is_asked=True)
WORKING = replace(MET, has_work=True)
PLANNED = replace(MET, is_planned=True)
TWICE_SILENT = replace(WORKING, unanswered=2, approached=(mailed(9), mailed(2)))
GONE = replace(ASKED, has_work=True, is_planned=True, has_left=True)

Terms = tuple[str, list[dict[str, Any]]] | None
NO_TERMS: Terms = None
ONLY_ANSWERS: Terms = ("answer", [])
WORK_IN_HAND: Terms = ("work", [])
NOW_AND_THEN: Terms = ("now_and_then", [])
OUR_PLAN: Terms = ("plan", [])
REST: Terms = ("rest", [])
ONLY_WORDS: Terms = ("", [])


def terms(kind: str, value: dict[str, Any], *, choice: str = "work") -> Terms:
    return choice, [{"kind": kind, **value}]


def hours(zone: str, days: list[int], start: str, end: str) -> Terms:
    return terms("hours", {"zone": zone, "windows": [{"days": days, "from": start, "until": end}]})


def approached(*ago: timedelta, before: History = WORKING) -> History:
    return replace(before, approached=tuple(Approach(NOON - so_long, Mode.MAIL) for so_long in ago))


def to(purpose: str, *, at: datetime = NOON, mode: str = "mail", by: UUID = MAYA, about: str = "") -> Attempt:
    return Attempt(mode=mode, purpose=purpose, at=at, by_id=by, topics=tuple(about.split()))


def owing(ground: str) -> Attempt:
    return Attempt(mode="mail", purpose="notice", at=NOON, by_id=MAYA, ground=ground)


def utc(day: str, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}+00:00")


MORNINGS = hours("Europe/London", [0, 1, 2, 3, 4], "08:00", "12:00")
SUNDAY_AT_ONE = hours("Europe/London", [6], "01:00", "02:00")
TUESDAY_EVENING = hours("Europe/London", [1], "18:00", "24:00")
IN_KATHMANDU = hours("Asia/Kathmandu", [6], "10:00", "17:00")
IN_ST_JOHNS = hours("America/St_Johns", [0], "08:00", "12:00")
IN_APIA = hours("Pacific/Apia", [0], "08:00", "12:00")
MAIL_OR_LETTER = terms("modes", {"only": ["mail", "letter"]})
NOT_PRICES = terms("topics", {"not": ["prices"]})
ONLY_WASTE = terms("topics", {"only": ["waste", "Straße", "café"]})
NONE_AT_ALL = terms("often", {"most": 0, "days": 30})
TWO_IN_30_DAYS = terms("often", {"most": 2, "days": 30})
ONLY_OLU = terms("who", {"members": [str(OLU)]})
UNTIL_MARCH = terms("rest", {"until": "2027-03-01", "zone": "Europe/London"})
UNTIL_MARCH_IN_APIA = terms("rest", {"until": "2027-03-01", "zone": "Pacific/Apia"})

YES, NO = True, False

CASES: list[tuple[str, Terms, History, Attempt, bool]] = [
    # Before they said any terms, without history both ways
    ("No terms, never met, the first letter asking how", NO_TERMS, STRANGER, to("ask"), YES),
    ("No terms, never met, the second letter asking how", NO_TERMS, replace(STRANGER, asked_by_id=OLU), to("ask"), NO),
    ("No terms, never met, asking how after ours went before", NO_TERMS, approached(90 * DAY, before=STRANGER),
     to("ask"), NO),
    ("No terms, never met, a newsletter", NO_TERMS, STRANGER, to("news"), NO),
    ("No terms, never met, word of what we promised them", NO_TERMS, replace(STRANGER, has_work=True), to("work"), NO),
    ("No terms, never met, a recall", NO_TERMS, STRANGER, owing("recall"), YES),
    # Before they said any terms, with it
    ("No terms, a newsletter", NO_TERMS, MET, to("news"), NO),
    ("No terms, a visit as planned", NO_TERMS, PLANNED, to("plan", mode="visit"), NO),
    ("No terms, an answer to what they asked", NO_TERMS, ASKED, to("answer"), YES),
    ("No terms, an answer where nothing was asked", NO_TERMS, WORKING, to("answer"), NO),
    ("No terms, word of an open order", NO_TERMS, WORKING, to("work"), YES),
    ("No terms, word of work where none is open", NO_TERMS, ASKED, to("work"), NO),
    ("No terms, a change that concerns their order", NO_TERMS, WORKING, to("concerns"), YES),
    ("No terms, a change where no work is in hand", NO_TERMS, MET, to("concerns"), NO),
    ("No terms, asking how of somebody we met", NO_TERMS, MET, to("ask"), YES),
    ("No terms, asking how of somebody we met again", NO_TERMS, replace(MET, asked_by_id=OLU), to("ask"), YES),
    ("Calls in the afternoon only, a mail at noon", ("work", [{"kind": "hours", "zone": "UTC", "modes": ["call"],
        "windows": [{"days": [0, 1, 2, 3, 4], "from": "14:00", "until": "16:00"}]}]), WORKING, to("work"), True),
    ("Calls in the afternoon only, a call at noon", ("work", [{"kind": "hours", "zone": "UTC", "modes": ["call"],
        "windows": [{"days": [0, 1, 2, 3, 4], "from": "14:00", "until": "16:00"}]}]), WORKING, to("work", mode="call"), False),
    ("Prices in writing, a call about them", ("work", [{"kind": "topics", "not": ["prices"], "modes": ["call", "visit"]}]),
        WORKING, to("work", mode="call", about="prices"), False),
    ("Prices in writing, a mail about them", ("work", [{"kind": "topics", "not": ["prices"], "modes": ["call", "visit"]}]),
        WORKING, to("work", about="prices"), True),
    ("Visits once a month, after a mail yesterday", ("work", [{"kind": "often", "most": 1, "days": 30, "modes": ["visit"]}]),
        approached(DAY), to("work", mode="visit"), True),
    ("No messages, a message", terms("modes", {"not": ["message"]}), WORKING, to("work", mode="message"), False),
    ("No terms, the second approach", NO_TERMS, replace(WORKING, unanswered=1, approached=(mailed(1),)),
     to("work"), YES),
    ("No terms, the third approach unanswered", NO_TERMS, TWICE_SILENT, to("work"), NO),
    ("No terms, the third approach, to ask how", NO_TERMS, TWICE_SILENT, to("ask"), NO),
    ("No terms, the third approach where a promise fell due", NO_TERMS,
     replace(TWICE_SILENT, is_promise_due_since=True), to("work"), YES),
    ("No terms, a newsletter where a promise fell due", NO_TERMS,
     replace(TWICE_SILENT, is_promise_due_since=True), to("news"), NO),
    ("No terms, an answer after two unanswered", NO_TERMS, replace(TWICE_SILENT, is_asked=True), to("answer"), YES),
    ("No terms, a bill after two unanswered", NO_TERMS, TWICE_SILENT, owing("invoice"), YES),
    # Who left
    ("They left, an answer to what they asked", NO_TERMS, GONE, to("answer"), NO),
    ("They left, now and then, a newsletter", NOW_AND_THEN, GONE, to("news"), NO),
    ("They left, as in our plan, a visit as planned", OUR_PLAN, GONE, to("plan", mode="visit"), NO),
    ("They left, a recall", NO_TERMS, GONE, owing("recall"), YES),
    ("They left, rest, a breach of what we keep", REST, GONE, owing("breach"), YES),
    # The choice
    ("Only in answer, an answer to what they asked", ONLY_ANSWERS, ASKED, to("answer"), YES),
    ("Only in answer, an answer where nothing was asked", ONLY_ANSWERS, MET, to("answer"), NO),
    ("Only in answer, word of an open order", ONLY_ANSWERS, WORKING, to("work"), NO),
    ("Only work in hand, a newsletter", WORK_IN_HAND, WORKING, to("news"), NO),
    ("Only work in hand, asking how", WORK_IN_HAND, WORKING, to("ask"), NO),
    ("Only work in hand, word of work where none is open", WORK_IN_HAND, MET, to("work"), NO),
    ("Only work in hand, the third approach unanswered", WORK_IN_HAND, TWICE_SILENT, to("work"), YES),
    ("Only work in hand, never met, a change", WORK_IN_HAND, replace(STRANGER, has_work=True), to("concerns"), YES),
    ("Now and then, the first newsletter", NOW_AND_THEN, MET, to("news"), YES),
    ("Now and then, never met, a newsletter", NOW_AND_THEN, STRANGER, to("news"), YES),
    ("Now and then, a newsletter after ten days", NOW_AND_THEN, approached(10 * DAY), to("news"), NO),
    ("Now and then, word of an open order after ten days", NOW_AND_THEN, approached(10 * DAY), to("work"), NO),
    ("Now and then, an answer after ten days", NOW_AND_THEN, approached(10 * DAY, before=ASKED), to("answer"), YES),
    ("Now and then, a newsletter after 30 days", NOW_AND_THEN, approached(30 * DAY), to("news"), YES),
    ("Now and then, a newsletter a second early", NOW_AND_THEN, approached(30 * DAY - SECOND), to("news"), NO),
    ("Now and then, but four in 30 days, the fourth", terms("often", {"most": 4, "days": 30}, choice="now_and_then"),
     approached(DAY, 2 * DAY, 3 * DAY), to("news"), YES),
    ("Now and then, a visit as planned", NOW_AND_THEN, PLANNED, to("plan"), NO),
    ("As in our plan, a visit as planned", OUR_PLAN, PLANNED, to("plan", mode="visit"), YES),
    ("As in our plan, a visit that is not in it", OUR_PLAN, WORKING, to("plan", mode="visit"), NO),
    ("As in our plan, a newsletter", OUR_PLAN, PLANNED, to("news"), NO),
    ("Rest, an answer to what they asked", REST, ASKED, to("answer"), NO),
    ("Rest, the end of their contract", REST, MET, owing("contract"), YES),
    ("Only words, word of an open order", ONLY_WORDS, WORKING, to("work"), YES),
    ("Only words, a newsletter", ONLY_WORDS, WORKING, to("news"), NO),
    # At which hours
    ("Until 12:00, a mail a second before", MORNINGS, WORKING, to("work", at=NOON - SECOND), YES),
    ("Until 12:00, a mail at 12:00", MORNINGS, WORKING, to("work", at=NOON), NO),
    ("Until 12:00, an answer at 12:00", MORNINGS, ASKED, to("answer", at=NOON), NO),
    ("Until 12:00, a bill at 12:00", MORNINGS, MET, owing("invoice"), YES),
    ("From 08:00, a mail at 08:00", MORNINGS, WORKING, to("work", at=utc("2026-11-03", "08:00:00")), YES),
    ("From 08:00, a mail a second before", MORNINGS, WORKING, to("work", at=utc("2026-11-03", "07:59:59")), NO),
    ("Monday to Friday, a mail on Saturday", MORNINGS, WORKING, to("work", at=utc("2026-11-07", "09:00:00")), NO),
    ("Until 24:00, a message at a minute to twelve", TUESDAY_EVENING, WORKING,
     to("work", at=utc("2026-11-03", "23:59:59")), YES),
    ("Until 24:00, a message at midnight", TUESDAY_EVENING, WORKING, to("work", at=utc("2026-11-04", "00:00:00")), NO),
    ("Summer time, half past eight in London", MORNINGS, WORKING, to("work", at=utc("2026-10-23", "07:30:00")), YES),
    ("The Monday after it ends, half past seven there", MORNINGS, WORKING,
     to("work", at=utc("2026-10-26", "07:30:00")), NO),
    ("The night it ends, a call at half past one", SUNDAY_AT_ONE, WORKING,
     to("work", mode="call", at=utc("2026-10-25", "00:30:00")), YES),
    ("The night it ends, a call at half past one again", SUNDAY_AT_ONE, WORKING,
     to("work", mode="call", at=utc("2026-10-25", "01:30:00")), YES),
    ("The night it begins, a call right after one o'clock fell out", SUNDAY_AT_ONE, WORKING,
     to("work", mode="call", at=utc("2026-03-29", "01:00:00")), NO),
    ("Kathmandu, ten o'clock on Sunday", IN_KATHMANDU, WORKING, to("work", at=utc("2026-11-08", "04:15:00")), YES),
    ("Kathmandu, a minute before", IN_KATHMANDU, WORKING, to("work", at=utc("2026-11-08", "04:14:00")), NO),
    ("St. John's, eight o'clock on Monday", IN_ST_JOHNS, WORKING, to("work", at=utc("2026-11-09", "11:30:00")), YES),
    ("St. John's, eight o'clock in London", IN_ST_JOHNS, WORKING, to("work", at=utc("2026-11-09", "08:00:00")), NO),
    ("Apia, eight on Monday while it is Sunday here", IN_APIA, WORKING, to("work", at=utc("2026-11-08", "19:00:00")),
     YES),
    ("Apia, eight on Monday here", IN_APIA, WORKING, to("work", at=utc("2026-11-09", "08:00:00")), NO),
    # By which way
    ("Mail or letter, a letter", MAIL_OR_LETTER, WORKING, to("work", mode="letter"), YES),
    ("Mail or letter, a call", MAIL_OR_LETTER, WORKING, to("work", mode="call"), NO),
    ("Mail or letter, an answer by message", MAIL_OR_LETTER, ASKED, to("answer", mode="message"), NO),
    # About what
    ("Not prices, about prices", NOT_PRICES, WORKING, to("work", about="prices"), NO),
    ("Not prices, about PRÍCES in large letters", NOT_PRICES, WORKING, to("work", about="PRÍCES"), NO),
    ("Not prices, about waste and prices", NOT_PRICES, WORKING, to("work", about="waste prices"), NO),
    ("Not prices, about waste", NOT_PRICES, WORKING, to("work", about="waste"), YES),
    ("Not prices, about nothing named", NOT_PRICES, WORKING, to("work"), YES),
    ("Not prices, about one price", NOT_PRICES, WORKING, to("work", about="price"), YES),
    ("Only waste and two more, about STRASSE and Cafe", ONLY_WASTE, WORKING, to("work", about="STRASSE Cafe"), YES),
    ("Only waste and two more, about waste and prices", ONLY_WASTE, WORKING, to("work", about="waste prices"), NO),
    ("Only waste and two more, about nothing named", ONLY_WASTE, WORKING, to("work"), NO),
    ("Not ılık, about ILIK in large letters", terms("topics", {"not": ["ılık"]}), WORKING,
     to("work", about="ILIK"), NO),
    ("Not कु, about क, which is another word", terms("topics", {"not": ["कु"]}), WORKING, to("work", about="क"), YES),
    # How often
    ("None in 30 days, word of an open order", NONE_AT_ALL, WORKING, to("work"), NO),
    ("None in 30 days, an answer", NONE_AT_ALL, ASKED, to("answer"), YES),
    ("Two in 30 days, the second", TWO_IN_30_DAYS, approached(10 * DAY), to("work"), YES),
    ("Two in 30 days, the third", TWO_IN_30_DAYS, approached(10 * DAY, 20 * DAY), to("work"), NO),
    ("Two in 30 days, the first 30 days ago", TWO_IN_30_DAYS, approached(10 * DAY, 30 * DAY), to("work"), YES),
    ("Two in 30 days, another this very moment", TWO_IN_30_DAYS, approached(0 * DAY, 10 * DAY), to("work"), NO),
    # For what, and who
    ("All but news, now and then, a newsletter", terms("purposes", {"not": ["news"]}, choice="now_and_then"), MET,
     to("news"), NO),
    ("For news only, only work in hand, a newsletter", terms("purposes", {"only": ["news"]}), WORKING, to("news"), NO),
    ("For news only, only work in hand, an open order", terms("purposes", {"only": ["news"]}), WORKING, to("work"), NO),
    ("All but notices, a recall", terms("purposes", {"not": ["notice"]}), MET, owing("recall"), YES),
    ("Only Olu, word from Olu", ONLY_OLU, WORKING, to("work", by=OLU), YES),
    ("Only Olu, word from a colleague", ONLY_OLU, WORKING, to("work", by=MAYA), NO),
    ("Only Olu, an answer from a colleague", ONLY_OLU, ASKED, to("answer", by=MAYA), NO),
    # Rest until
    ("Rest until March, an answer on a rest day", UNTIL_MARCH, ASKED, to("answer"), NO),
    ("Rest until March, a recall on a rest day", UNTIL_MARCH, MET, owing("recall"), YES),
    ("Rest until March, the last second of February", UNTIL_MARCH, WORKING,
     to("work", at=utc("2027-02-28", "23:59:59")), NO),
    ("Rest until March, its first moment", UNTIL_MARCH, WORKING, to("work", at=utc("2027-03-01", "00:00:00")), YES),
    ("Rest until March in Apia, its first moment there", UNTIL_MARCH_IN_APIA, WORKING,
     to("work", at=utc("2027-02-28", "11:00:00")), YES),
    # What others follow, and several lines at once
    ("Who may read, word of an open order", terms("readers", {"words": "Olu alone"}), WORKING, to("work"), YES),
    ("Kept for a month, a newsletter", terms("kept", {"months": 1}, choice="now_and_then"), MET, to("news"), YES),
    ("Mail alone and mornings, a mail in the afternoon",
     ("work", [{"kind": "modes", "only": ["mail"]},
               {"kind": "hours", "zone": "UTC", "windows": [{"days": [1], "from": "08:00", "until": "12:00"}]}]),
     WORKING, to("work", at=NOON + SECOND), NO),
]  # fmt: skip

BY_HAND = pytest.mark.parametrize(
    ("said", "history", "attempt", "may"),
    [pytest.param(*case, id=f"{name}, {'yes' if case[-1] else 'no'}") for name, *case in CASES],
)


@BY_HAND
def test_the_gate_judges_as_worked_out_by_hand(said: Terms, history: History, attempt: Attempt, may: bool) -> None:
    choice, lines = said or ("", [])
    in_force = gate.InForce(
        roster=choice,
        lines=tuple(read(line["kind"], {name: of for name, of in line.items() if name != "kind"}) for line in lines),
    )

    ruling = gate.decide(in_force if said else None, history, attempt)

    assert ruling.may is may, ruling.because


@BY_HAND
def test_the_oracle_judges_as_worked_out_by_hand(said: Terms, history: History, attempt: Attempt, may: bool) -> None:
    choice, lines = said or (None, [])

    assert oracle.may_go(choice, lines, history, attempt) is may
