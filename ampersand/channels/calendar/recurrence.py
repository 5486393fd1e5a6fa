"""The times of a series, by `recurring-ical-events`, within a window and within bounds.

A rule is counted before it is unfolded: a file may ask for every second of a thousand years, or for a thirtieth of
February, and a library that obeys would not come back.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field

import recurring_ical_events
from dateutil.rrule import rrulestr
from icalendar import Calendar, Component, Event
from icalendar.prop import vDDDLists, vRecur

from ampersand.channels.calendar.times import Time, as_utc

BACK_DAYS = 1278  # three and a half years
AHEAD_DAYS = 366
MAX_STEPS = 60_000
MAX_STEPS_A_FILE = 10_000_000
STEPS_A_TIME = 20  # making one time of a series costs as much as passing over twenty
MAX_TIMES = 2_000
MAX_TIMES_BY_RULE = 5_000
MAX_LISTED = 5_000

_SECONDS = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3_600, "DAILY": 86_400, "WEEKLY": 604_800,
            "MONTHLY": 2_629_800, "YEARLY": 31_557_600}  # fmt: skip
_WHOLE_DAYS = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_NARROWING = {"BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS", "BYDAY", "BYEASTER"}
_NEVER_WITHIN_YEARS = 60


class BadSeries(ValueError):
    """A repetition that cannot be read."""


class TooOften(BadSeries):
    """A repetition that comes more often than meetings do."""


class TooMuch(BadSeries):
    """More series in one file than can be followed."""


class NeverComes(BadSeries):
    """A repetition that asks for days which do not exist."""


@dataclass(frozen=True)
class Window:
    """The span within which series are unfolded, as instants in UTC."""

    starts_at: datetime.datetime
    ends_at: datetime.datetime
    as_of: datetime.datetime

    @classmethod
    def around(cls, as_of: datetime.datetime) -> Window:
        return cls(as_of - datetime.timedelta(days=BACK_DAYS), as_of + datetime.timedelta(days=AHEAD_DAYS), as_of)


@dataclass
class Budget:
    """How many steps the rules of one file may still take: ten thousand harmless rules are not harmless together."""

    steps_left: int = MAX_STEPS_A_FILE

    def spend(self, steps: int) -> None:
        """Raises TooMuch when there are not so many left."""
        if steps > self.steps_left:
            raise TooMuch
        self.steps_left -= steps


@dataclass(frozen=True)
class Entry:
    """What matters of one VEVENT for reckoning its times. `ordinal` finds the entry again afterwards."""

    ordinal: int
    starts: Time
    length: datetime.timedelta | None
    sequence: int = 0
    replaces: Time | None = None
    is_and_future: bool = False
    rules: tuple[str, ...] = ()
    listed: tuple[Time, ...] = ()
    excluded: tuple[Time, ...] = ()

    @property
    def is_series(self) -> bool:
        return self.replaces is None and bool(self.rules or self.listed)


@dataclass(frozen=True)
class Occurrence:
    """One time of a series: which entry tells about it, when, and which time of the series it is."""

    ordinal: int
    starts: Time
    ends: Time | None
    replaces: Time = field(compare=False)


def unfold(entries: list[Entry], window: Window, budget: Budget) -> tuple[list[Occurrence], int]:
    """The times of one series with its exceptions, in order, and how many of them were left off.

    Kept are the `MAX_TIMES` nearest to the window's `as_of`. Raises BadSeries.
    """
    calendar = Calendar()
    for entry in entries:
        for rule in entry.rules:
            budget.spend(count_steps(rule, entry.starts, window))
        calendar.add_component(_as_event(entry))
    try:
        events = recurring_ical_events.of(calendar).between(window.starts_at, window.ends_at)
    except Exception as error:  # a broken rule surfaces as nearly any error of three libraries
        raise BadSeries(str(error)) from error
    occurrences = sorted(map(_as_occurrence, events), key=lambda occurrence: _instant(occurrence.starts))
    nearest = sorted(occurrences, key=lambda occurrence: abs(_instant(occurrence.starts) - window.as_of))[:MAX_TIMES]
    kept = set(map(id, nearest))
    return [occurrence for occurrence in occurrences if id(occurrence) in kept], len(occurrences) - len(nearest)


def count_steps(rule: str, starts: Time, window: Window) -> int:
    """How many steps it takes to follow a rule to the window's end.

    Raises TooOften, NeverComes or BadSeries for a rule that a library should not be asked to unfold.
    """
    parts = _parts(rule)
    frequency = parts.get("FREQ", "")
    if frequency not in _SECONDS:
        raise BadSeries(rule)
    interval = _whole_number(parts.get("INTERVAL", "1"), rule)
    times_a_day = 1
    for part in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times_a_day *= parts.get(part, "").count(",") + 1
    step_seconds = _SECONDS[frequency] * max(1, interval) / (times_a_day if frequency in _WHOLE_DAYS else 1)
    begins, ends = _instant(starts), min(_until(parts), window.ends_at)
    steps = _steps(begins, ends, step_seconds)
    times = min(
        _steps(max(begins, window.starts_at), ends, step_seconds), _whole_number(parts.get("COUNT", "999999999"), rule)
    )
    if interval < 1 or steps > MAX_STEPS or times > MAX_TIMES_BY_RULE:
        raise TooOften(rule)
    if _NARROWING & parts.keys() and not _ever_comes(parts, rule):
        raise NeverComes(rule)
    return steps + STEPS_A_TIME * times


def _steps(begins: datetime.datetime, ends: datetime.datetime, step_seconds: float) -> int:
    return int(max(0.0, (ends - begins).total_seconds()) / step_seconds) + 1


def _until(parts: dict[str, str]) -> datetime.datetime:
    """The day after the last one of a rule, or a time later than any window."""
    found = re.match(r"(\d{4})(\d\d)(\d\d)", parts.get("UNTIL", ""))
    try:
        year, month, day = map(int, found.groups()) if found else (9999, 1, 1)
        return datetime.datetime(year, month, day, tzinfo=datetime.UTC) + datetime.timedelta(days=1)
    except ValueError:
        return datetime.datetime.max.replace(tzinfo=datetime.UTC)


def _parts(rule: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in rule.upper().replace(" ", "").strip(";").split(";"))
    return {name: value for name, _, value in pairs}


def _whole_number(told: str, rule: str) -> int:
    try:
        return int(told)
    except ValueError as error:
        raise BadSeries(rule) from error


def _ever_comes(parts: dict[str, str], rule: str) -> bool:
    """Whether the rule names any day in the last sixty years of the calendar; dateutil stops by itself at its end.

    Leap years and weekdays come round every 28 years, so days that do not come in sixty do not come.
    """
    unbounded = ";".join(
        f"{name}={value}" for name, value in parts.items() if name not in {"COUNT", "UNTIL", "INTERVAL"}
    )
    begin = datetime.datetime(9999 - _NEVER_WITHIN_YEARS, 1, 1, tzinfo=datetime.UTC)
    if parts["FREQ"] in {"SECONDLY", "MINUTELY", "HOURLY"}:
        unbounded = unbounded.replace(f"FREQ={parts['FREQ']}", "FREQ=DAILY")
    try:
        return next(iter(rrulestr(unbounded, dtstart=begin)), None) is not None
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError) as error:
        raise BadSeries(rule) from error


def _as_event(entry: Entry) -> Event:
    """A bare event for the library: our own times and zones, none of the file's text."""
    event = Event()
    event.add("uid", "series")
    event.add("x-ordinal", str(entry.ordinal))
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.starts)
    if entry.length is not None:
        event.add("dtend", entry.starts + entry.length)
    if entry.replaces is not None:
        event.add("recurrence-id", entry.replaces, {"RANGE": "THISANDFUTURE"} if entry.is_and_future else {})
    for rule in entry.rules:
        try:
            event.add("rrule", vRecur.from_ical(_clean(rule)))
        except (ValueError, KeyError, TypeError) as error:
            raise BadSeries(rule) from error
    for name, times in (("rdate", entry.listed), ("exdate", entry.excluded)):
        for time in times[:MAX_LISTED]:
            event.add(name, vDDDLists([time]))
    return event


def _clean(rule: str) -> str:
    """The rule without parts that icalendar does not know and that change no day."""
    return ";".join(f"{name}={value}" for name, value in _parts(rule).items() if value and not name.startswith("X-"))


def _as_occurrence(event: Component) -> Occurrence:
    starts, ends = event.decoded("DTSTART"), event.decoded("DTEND", None)
    return Occurrence(
        ordinal=int(event.decoded("X-ORDINAL")),
        starts=starts,
        ends=ends if ends != starts else None,
        replaces=event.decoded("RECURRENCE-ID", starts),
    )


def _instant(time: Time) -> datetime.datetime:
    if isinstance(time, datetime.datetime):
        return as_utc(time)
    return datetime.datetime(time.year, time.month, time.day, tzinfo=datetime.UTC)
