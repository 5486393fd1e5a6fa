"""A second judge beside the gate, written from docs/terms.md alone, so that an error in one is not an error in both.

It reads the plain JSON of the lines, gathers every reason against an attempt instead of stopping at the first, and
counts times as whole numbers: minutes of a place's clock since 1970, and microseconds between two moments.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from ampersand.terms.attempt import Attempt, History

Line = dict[str, Any]

LETS_THROUGH = {
    "answer": ["answer"],
    "work": ["answer", "work", "concerns"],
    "now_and_then": ["answer", "work", "concerns", "ask", "news"],
    "plan": ["answer", "work", "concerns", "plan"],
    "rest": [],
    "": ["answer", "work", "concerns"],
}
ONE_IN_30_DAYS: Line = {"kind": "often", "most": 1, "days": 30}
START = datetime(1970, 1, 1, tzinfo=UTC)
MINUTES_OF_A_DAY = 24 * 60


def may_go(agreement: str | None, lines: list[Line], history: History, attempt: Attempt) -> bool:
    """Whether an attempt may go. `agreement` is None where no terms were ever said, and "" for terms without a choice."""
    return attempt.purpose == "notice" or not reasons_against(agreement, lines, history, attempt)


def reasons_against(agreement: str | None, lines: list[Line], history: History, attempt: Attempt) -> list[str]:
    """All that stands against anything but a notice owed, in words."""
    reasons = [*_of_what_went_before(history, attempt)]
    if agreement is None:
        return [*reasons, *_of_the_default(history, attempt)]
    if attempt.purpose not in LETS_THROUGH[agreement]:
        reasons.append("choice")
    if agreement == "now_and_then" and all(line["kind"] != "often" for line in lines):
        lines = [*lines, ONE_IN_30_DAYS]
    # A line that names ways says nothing of an attempt by another.
    heard = [line for line in lines if "modes" not in line or attempt.mode in line["modes"]]
    return reasons + [line["kind"] for line in heard if not LETS[line["kind"]](line, history, attempt)]


def _of_what_went_before(history: History, attempt: Attempt) -> Iterator[str]:
    if history.has_left:
        yield "left"
    if attempt.purpose == "answer" and not history.is_asked:
        yield "nothing asked"
    if attempt.purpose in ("work", "concerns") and not history.has_work:
        yield "no work in hand"
    if attempt.purpose == "plan" and not history.is_planned:
        yield "not planned"


def _of_the_default(history: History, attempt: Attempt) -> Iterator[str]:
    ours_before = len(history.approached) + history.unanswered
    if not history.has_both_ways and attempt.purpose != "ask":
        yield "stranger"
    if not history.has_both_ways and history.asked_by_id is not None:
        yield "asked how before"
    if not history.has_both_ways and ours_before > 0:
        yield "something of ours went before"
    if attempt.purpose in ("news", "plan"):
        yield "no news and nothing planned"
    if attempt.purpose != "answer" and history.unanswered >= 2 and not history.is_promise_due_since:
        yield "two unanswered"


def _lets_mode(line: Line, history: History, attempt: Attempt) -> bool:
    return attempt.mode in line["only"] if "only" in line else attempt.mode not in line["not"]


def _lets_hour(line: Line, history: History, attempt: Attempt) -> bool:
    day, minute = divmod(_minute_there(attempt.at, line["zone"]), MINUTES_OF_A_DAY)
    weekday = (day + 3) % 7  # 1 January 1970 was a Thursday.
    return any(
        weekday in window["days"] and minute_of(window["from"]) <= minute < minute_of(window["until"])
        for window in line["windows"]
    )


def _lets_so_often(line: Line, history: History, attempt: Attempt) -> bool:
    meant = [one.at for one in history.approached if "modes" not in line or one.mode in line["modes"]]
    ages = [_since_start(attempt.at) - _since_start(at) for at in meant]
    span = line["days"] * 24 * 60 * 60 * 1_000_000
    return attempt.purpose == "answer" or sum(0 <= age < span for age in ages) < line["most"]


def _lets_topics(line: Line, history: History, attempt: Attempt) -> bool:
    named = [_plain(topic) for topic in attempt.topics]
    if "only" in line:
        welcome = [_plain(topic) for topic in line["only"]]
        return named != [] and all(topic in welcome for topic in named)
    unwelcome = [_plain(topic) for topic in line["not"]]
    return not any(topic in unwelcome for topic in named)


def _lets_purpose(line: Line, history: History, attempt: Attempt) -> bool:
    return attempt.purpose in line["only"] if "only" in line else attempt.purpose not in line["not"]


def _lets_member(line: Line, history: History, attempt: Attempt) -> bool:
    return attempt.by_id.int in [UUID(member).int for member in line["members"]]


def _lets_after_rest(line: Line, history: History, attempt: Attempt) -> bool:
    day_there = _minute_there(attempt.at, line["zone"]) // MINUTES_OF_A_DAY
    return day_there >= (date.fromisoformat(line["until"]) - START.date()).days


def _lets_everything(line: Line, history: History, attempt: Attempt) -> bool:
    return True


LETS: dict[str, Callable[[Line, History, Attempt], bool]] = {
    "modes": _lets_mode,
    "hours": _lets_hour,
    "often": _lets_so_often,
    "topics": _lets_topics,
    "purposes": _lets_purpose,
    "who": _lets_member,
    "rest": _lets_after_rest,
    "readers": _lets_everything,
    "kept": _lets_everything,
    "address": _lets_everything,
}


def _since_start(at: datetime) -> int:
    """Microseconds. In UTC first: between two times of one zone Python counts by the clock on the wall."""
    return (at.astimezone(UTC) - START) // timedelta(microseconds=1)


def _minute_there(at: datetime, zone: str) -> int:
    """The minute that clocks show there, counted from the first one of 1970 on the same clock."""
    ahead = at.astimezone(UTC).astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    return (_since_start(at) + ahead // timedelta(microseconds=1)) // 60_000_000


def minute_of(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _plain(words: str) -> str:
    """Letters without accents, all large: small first, since only the small sharp s has a large form of two letters.

    Accents are the marks on letters of Europe; the vowels that other scripts write as marks are letters.
    """
    letters = (letter for letter in unicodedata.normalize("NFD", words) if not "\u0300" <= letter <= "\u036f")
    return "".join(letters).lower().upper()
