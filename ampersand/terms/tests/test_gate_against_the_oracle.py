"""Random terms, histories and attempts, judged by the gate and by the oracle: twelve thousand a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import combinations, product
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from ampersand.terms import gate
from ampersand.terms.attempt import Approach, Attempt, Ground, History, Purpose
from ampersand.terms.lines import read
from ampersand.terms.tests import oracle
from ampersand.terms.tests.oracle import Line
from ampersand.timeline.models import Mode

Case = tuple[History, Attempt]
Past = tuple[History, list[timedelta]]
Book = tuple[str | None, list[Line], list[Case]]

MANY = settings(max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
SOME = settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])

MEMBERS = [UUID(int=1), UUID(int=2), UUID("a0000000-0000-4000-8000-00000000000b")]
DAY, HOUR, MINUTE, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
INSTANT = timedelta(microseconds=1)
QUARTER = 15 * MINUTE

# In each zone days on which its clocks or its calendar jump, and a few on which they do not.
DAYS = {
    "Europe/London": ["2026-03-29", "2026-10-25", "2026-12-31"],
    "America/St_Johns": ["2026-03-08", "2026-11-01", "2010-11-07", "2027-01-01"],  # 2010: back from 00:01
    "Pacific/Apia": ["2011-12-29", "2011-12-31", "2020-09-27", "2021-04-04"],  # the 30th fell out
    "Asia/Kathmandu": ["1986-01-01", "2026-11-22", "2028-02-29"],  # 1986: forward by a quarter
    "Australia/Lord_Howe": ["2026-04-05", "2026-10-04"],  # by half an hour
    "America/Havana": ["2026-03-08", "2026-11-01"],  # midnight falls out, and comes twice
    "America/Nuuk": ["2026-03-28", "2026-10-24"],  # from before midnight to it, and back
    "UTC": ["2026-11-03"],
}
CLOCKS = ["00:00", "00:15", "1:00", "01:30", "02:00", "02:30", "03:00", "8:00", "12:00", "23:00", "23:45", "24:00"]
NEAR = [0 * DAY, -INSTANT, INSTANT, -SECOND, SECOND, -MINUTE, 59 * SECOND, -HOUR, HOUR, 5 * HOUR, -11 * HOUR]
SPANS = [1, 7, 30, 90, 365]
TOPICS = (
    "prices PRÍCES prìce straße STRASSE Straẞe ılık ILIK ilik İLİK café CAFE cafe\u0301 ΣΊΓΜΑΣ σίγμας Året aret"
).split()

ASKED = History(has_both_ways=True, is_asked=True)

# What is there mostly, so that many an attempt has one reason against it, or none.
THERE = list(product(*[[True, True, True, False]] * 3, *[[True, False]] * 2))
NAMED = [(), *product(TOPICS), *product(TOPICS, TOPICS)]
AGREEMENTS = [*gate.Roster.values, "plan", "now_and_then", "now_and_then", ""]


def clocks_near_jumps(zone: str) -> list[datetime]:
    """The hours at which windows begin and end, on the days of a zone and those around; some come twice, or never."""
    days = [datetime.fromisoformat(day) + n * DAY for day in DAYS[zone] for n in range(-3, 4)]
    return [
        (day + oracle.minute_of(clock) * MINUTE).replace(tzinfo=ZoneInfo(zone), fold=fold)
        for day, clock, fold in product(days, CLOCKS, [0, 1])
    ]


JUMPS = {zone: clocks_near_jumps(zone) for zone in DAYS}
AGES = [days * DAY + more for days, more in product(SPANS, [*NEAR, 2 * DAY])]

ZONES = st.sampled_from(sorted(DAYS))


def some_of(values: list[Any]) -> st.SearchStrategy[list[Any]]:
    return st.sampled_from([list(some) for count in (1, 2, 3) for some in combinations(values, count)])


def line_of(kind: str, **value: st.SearchStrategy[Any]) -> st.SearchStrategy[Line]:
    return st.fixed_dictionaries({"kind": st.just(kind), **value})


def only_or_not(kind: str, values: list[Any]) -> st.SearchStrategy[Line]:
    return st.one_of(line_of(kind, only=some_of(values)), line_of(kind, **{"not": some_of(values)}))


def scoped(line: st.SearchStrategy[Line]) -> st.SearchStrategy[Line]:
    """The line for all ways, or for some alone."""
    return st.one_of(
        line, st.builds(lambda told, modes: {**told, "modes": modes}, line, some_of([Mode.MAIL, Mode.CALL]))
    )


def windows() -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda days, span: {"days": days, "from": span[0], "until": span[1]},
        some_of(list(range(7))),
        st.sampled_from(list(combinations(CLOCKS, 2))),
    )


@cache
def hours(zone: str) -> st.SearchStrategy[Line]:
    return line_of("hours", zone=st.just(zone), windows=st.lists(windows(), min_size=1, max_size=3))


@cache
def rests(zone: str) -> st.SearchStrategy[Line]:
    until = [(date.fromisoformat(day) + n * DAY).isoformat() for day in DAYS[zone] for n in range(-2, 3)]
    return line_of("rest", until=st.sampled_from(until), zone=st.just(zone))


@cache
def lines(zone: str) -> st.SearchStrategy[Line]:
    return st.one_of(
        scoped(hours(zone)),
        rests(zone),
        scoped(line_of("often", most=st.integers(0, 3), days=st.sampled_from(SPANS))),
        only_or_not("modes", Mode.values),
        only_or_not("purposes", Purpose.values),
        scoped(only_or_not("topics", TOPICS)),
        line_of("who", members=some_of([str(member) for member in MEMBERS])),
        st.sampled_from([{"kind": "readers", "words": "Olu"}, {"kind": "kept", "months": 24}]),
        line_of("address", words=st.just("Dr Okafor")),
    )


@cache
def moments(zone: str) -> st.SearchStrategy[datetime]:
    """Near the edges of days and of windows in a zone, told in UTC, in that zone or in another, by fold or not."""

    def told(there: datetime, more: timedelta, told_in: str) -> datetime:
        return (there.astimezone(UTC) + more).astimezone(ZoneInfo(told_in))

    jumps = st.sampled_from(JUMPS[zone])
    return jumps | st.builds(told, jumps, st.sampled_from(NEAR), st.sampled_from(["UTC", zone, "Asia/Kolkata"]))


def past(there: tuple[bool, ...], ages: list[timedelta], silent: int, asked_by_id: UUID | None, left: bool) -> Past:
    is_asked, has_work, is_planned, has_both_ways, is_promise_due_since = there
    history = History(
        has_both_ways=has_both_ways,
        is_asked=is_asked,
        has_work=has_work,
        is_planned=is_planned,
        unanswered=min(silent, len(ages)),
        is_promise_due_since=is_promise_due_since,
        asked_by_id=asked_by_id,
        has_left=left,
    )
    return history, ages


PASTS = st.builds(
    past,
    st.sampled_from(THERE),
    st.lists(st.sampled_from(AGES), max_size=3),
    st.integers(0, 3),
    st.sampled_from([None, None, None, MEMBERS[0]]),
    st.sampled_from([False] * 15 + [True]),
)


def before(past: Past, at: datetime) -> History:
    """Its approaches so long before a moment, by the clock on the wall or by 24 hours a day."""
    history, ages = past
    clocks = [at, at.astimezone(UTC), at]
    ways = [Mode.MAIL, Mode.CALL, Mode.MAIL]
    return replace(
        history, approached=[Approach(clock - age, way) for clock, age, way in zip(clocks, ages, ways, strict=False)]
    )


@cache
def attempts(zone: str) -> st.SearchStrategy[Attempt]:
    grounds = [(purpose, Ground.INVOICE if purpose == Purpose.NOTICE else "") for purpose in [*Purpose.values, "ask"]]
    return st.builds(
        lambda mode, why, at, by_id, topics: Attempt(mode, why[0], at, by_id, topics, why[1]),
        st.sampled_from(Mode.values),
        st.sampled_from(grounds),
        moments(zone),
        st.sampled_from(MEMBERS),
        st.sampled_from(NAMED),
    )


@cache
def tellings(zone: str) -> st.SearchStrategy[tuple[str | None, list[Line]]]:
    none_said: st.SearchStrategy[tuple[str | None, list[Line]]] = st.just((None, []))
    said = st.tuples(st.sampled_from(AGREEMENTS), st.lists(lines(zone), max_size=2))
    return st.one_of(none_said, said, said, said, said)


@st.composite
def books(draw: st.DrawFn, *, past_count: int = 1, attempt_count: int = 1) -> Book:
    """Terms, and what somebody of the house wants to do under them: each attempt after each past."""
    zone = draw(ZONES)
    agreement, told = draw(tellings(zone))
    pasts = [draw(PASTS) for _ in range(past_count)]
    wanted = [draw(attempts(zone)) for _ in range(attempt_count)]
    return agreement, told, [(before(past, attempt.at), attempt) for past in pasts for attempt in wanted]


@st.composite
def held_back(draw: st.DrawFn, line_in: Callable[[str], st.SearchStrategy[Line]]) -> tuple[Line, Case]:
    """An answer that one line alone stands against."""
    zone = draw(ZONES)
    line = draw(line_in(zone))
    attempt = Attempt(mode="mail", purpose="answer", at=draw(moments(zone)), by_id=MEMBERS[0])
    assume(not oracle.may_go("work", [line], ASKED, attempt))
    return line, (ASKED, attempt)


def answer_held_back(at: str, line: Line) -> tuple[Line, Case]:
    return line, (ASKED, Attempt(mode="mail", purpose="answer", at=datetime.fromisoformat(at), by_id=MEMBERS[0]))


def call_in_the_night() -> Case:
    at = datetime(2026, 11, 3, 3, tzinfo=UTC)
    return History(has_both_ways=True, has_work=True), Attempt(mode="call", purpose="work", at=at, by_id=MEMBERS[0])


def mornings_after_a_rest() -> list[Line]:
    return [{"kind": "rest", "until": "2026-11-04", "zone": "UTC"}, one_window("UTC", 0, "08:00", "12:00")]


def thirty_days_ago_in_havana() -> Case:
    """By its clocks on the wall, of which one hour fell out in between."""
    at = datetime(2026, 3, 8, 1, tzinfo=ZoneInfo("America/Havana"))
    attempt = Attempt(mode="mail", purpose="news", at=at, by_id=MEMBERS[0])
    return History(has_both_ways=True, approached=[Approach((at - 30 * DAY).astimezone(UTC), Mode.MAIL)]), attempt


def half_past_one_that_never_was() -> Case:
    at = datetime(2026, 3, 29, 1, 30, tzinfo=ZoneInfo("Europe/London"))
    return ASKED, Attempt(mode="mail", purpose="answer", at=at, by_id=MEMBERS[0])


def one_window(zone: str, day: int, start: str, end: str) -> Line:
    return {"kind": "hours", "zone": zone, "windows": [{"days": [day], "from": start, "until": end}]}


def ruling_of(agreement: str | None, told: list[Line], case: Case) -> gate.Ruling:
    if agreement is None:
        return gate.decide(None, *case)
    in_force = gate.InForce(
        roster=agreement,
        lines=tuple(read(line["kind"], {key: value for key, value in line.items() if key != "kind"}) for line in told),
    )
    return gate.decide(in_force, *case)


def goes(agreement: str | None, told: list[Line], case: Case, at: datetime) -> bool:
    history, attempt = case
    return oracle.may_go(agreement, told, history, replace(attempt, at=at))


@MANY
@given(books(past_count=3, attempt_count=4))
def test_the_gate_and_the_oracle_agree(book: Book) -> None:
    agreement, told, its_cases = book

    for history, attempt in its_cases:
        ruling = ruling_of(agreement, told, (history, attempt))
        assert ruling.may == oracle.may_go(agreement, told, history, attempt), (history, attempt)
        assert ruling.opens_at is None or not ruling.may
        # Two times of one zone would be compared by the clock on the wall.
        assert ruling.opens_at is None or ruling.opens_at.astimezone(UTC) > attempt.at.astimezone(UTC), attempt


@MANY
@given(books())
@example(("work", [one_window("UTC", 0, "08:00", "12:00"), {"kind": "modes", "only": ["mail"]}], [call_in_the_night()]))
@example(("work", mornings_after_a_rest(), [call_in_the_night()]))
def test_what_time_alone_holds_back_goes_when_it_opens(book: Book) -> None:
    agreement, told, [case] = book
    opens_at = ruling_of(agreement, told, case).opens_at

    assert opens_at is None or goes(agreement, told, case, opens_at)


@SOME
@given(books())
@example(("now_and_then", [], [thirty_days_ago_in_havana()]))
@example(("work", [one_window("Europe/London", 6, "01:00", "02:00")], [half_past_one_that_never_was()]))
def test_the_same_moment_told_in_another_zone_is_judged_alike(book: Book) -> None:
    agreement, told, [(history, attempt)] = book
    in_utc = replace(attempt, at=attempt.at.astimezone(UTC))

    assert ruling_of(agreement, told, (history, attempt)) == ruling_of(agreement, told, (history, in_utc))


@SOME
@given(held_back(hours))
@example(answer_held_back("2026-03-28T12:00+00:00", one_window("Europe/London", 6, "01:00", "02:00")))
@example(answer_held_back("2026-03-28T12:00+00:00", one_window("Europe/London", 6, "01:30", "03:00")))
@example(answer_held_back("2026-10-25T01:00+00:00", one_window("Europe/London", 6, "01:30", "02:00")))
# Sunday had begun for one minute when its clocks went back to Saturday.
@example(answer_held_back("2010-11-04T02:29:59+00:00", one_window("America/St_Johns", 6, "00:00", "00:15")))
def test_what_hours_alone_hold_back_goes_as_soon_as_they_open(held: tuple[Line, Case]) -> None:
    line, case = held

    opens_at = ruling_of("work", [line], case).opens_at

    assert opens_at is not None
    assert goes("work", [line], case, opens_at)
    assert [at for at in quarters_between(case[1].at, opens_at) if goes("work", [line], case, at)] == []


@SOME
@given(held_back(rests))
@example(
    answer_held_back("2010-11-07T03:00+00:00", {"kind": "rest", "until": "2010-11-07", "zone": "America/St_Johns"})
)
def test_what_a_rest_alone_holds_back_goes_as_soon_as_it_ends(held: tuple[Line, Case]) -> None:
    line, case = held

    opens_at = ruling_of("work", [line], case).opens_at

    assert opens_at is not None
    assert goes("work", [line], case, opens_at)
    assert not goes("work", [line], case, opens_at.astimezone(UTC) - INSTANT)


@SOME
@given(books(), st.sampled_from(Ground.values))
def test_a_notice_owed_always_goes(book: Book, ground: str) -> None:
    agreement, told, [(history, attempt)] = book
    owed = replace(attempt, purpose=Purpose.NOTICE, ground=ground)

    assert ruling_of(agreement, told, (history, owed)).may


@SOME
@given(books())
def test_who_left_is_reached_by_notices_alone(book: Book) -> None:
    agreement, told, [(history, attempt)] = book

    ruling = ruling_of(agreement, told, (replace(history, has_left=True), attempt))

    assert ruling.may == (attempt.purpose == Purpose.NOTICE)


def quarters_between(after: datetime, before: datetime) -> list[datetime]:
    """Every quarter of an hour between two times: these windows begin at no other minute."""
    after, before = after.astimezone(UTC), before.astimezone(UTC)
    first = after.replace(minute=0, second=0, microsecond=0)
    return [at for n in range((before - first) // QUARTER + 1) if after < (at := first + n * QUARTER) < before]
