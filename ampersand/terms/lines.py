"""What terms are made of: lines, each of one kind. A line says by itself whether something may go out.

A line is kept as JSON (`told`) and read back by `read`, which refuses whatever it does not know in a plain sentence. Words
are compared folded: case and accents make no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, ClassVar, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.core.folding import fold
from ampersand.terms.attempt import Attempt, History, Purpose
from ampersand.timeline.models import Mode

MOST_WORDS = 40
LONGEST_WORDS = 300
MOST_DAYS = 366
MOST_MONTHS = 600
MINUTES_OF_A_DAY = 24 * 60
# When hours open is looked for so far ahead: a week has every window once, but for one that a change of the clock swallows.
LOOK_AHEAD = timedelta(days=15)
LOOK_MINUTES = 30
MINUTE = timedelta(minutes=1)


# A line that names no ways holds for all.
EVERY_MODE: frozenset[str] = frozenset(Mode.values)


class NotALine(ValueError):
    """This says nothing that terms can hold; the words say what to do."""


class Kind(models.TextChoices):
    MODES = "modes", gettext_lazy("by which way")
    HOURS = "hours", gettext_lazy("at which hours")
    OFTEN = "often", gettext_lazy("how often")
    TOPICS = "topics", gettext_lazy("about what")
    PURPOSES = "purposes", gettext_lazy("for what")
    WHO = "who", gettext_lazy("who may write or call")
    REST = "rest", gettext_lazy("rest until")
    READERS = "readers", gettext_lazy("who may read")
    KEPT = "kept", gettext_lazy("how long kept")
    ADDRESS = "address", gettext_lazy("form of address")


class Line(Protocol):
    kind: ClassVar[Kind]

    def told(self) -> dict[str, Any]:
        """What is kept of it, as JSON."""
        ...

    def lets(self, attempt: Attempt, history: History) -> bool:
        """Whether it has nothing against this attempt."""
        ...


class _Silent:
    """A line that hinders nothing by itself: people read it, or other parts of the house follow it."""

    def lets(self, attempt: Attempt, history: History) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Modes:
    """Only by these ways, or not by these: calls, mail, ..."""

    kind: ClassVar[Kind] = Kind.MODES
    modes: frozenset[str]
    is_only: bool = True

    def told(self) -> dict[str, Any]:
        return {"only" if self.is_only else "not": sorted(self.modes)}

    def lets(self, attempt: Attempt, history: History) -> bool:
        return (attempt.mode in self.modes) is self.is_only


@dataclass(frozen=True, slots=True)
class Window:
    """Hours on some days of the week (Monday is 0), in minutes since midnight; the end is exclusive."""

    days: frozenset[int]
    from_minute: int
    until_minute: int

    def holds(self, at: datetime) -> bool:
        minute = at.hour * 60 + at.minute
        return at.weekday() in self.days and self.from_minute <= minute < self.until_minute

    def told(self) -> dict[str, Any]:
        return {"days": sorted(self.days), "from": _clock(self.from_minute), "until": _clock(self.until_minute)}


@dataclass(frozen=True, slots=True)
class Hours:
    """Only within these windows, where they are. With `modes`, it holds for these ways alone."""

    kind: ClassVar[Kind] = Kind.HOURS
    zone: str
    windows: tuple[Window, ...]
    modes: frozenset[str] = EVERY_MODE

    def told(self) -> dict[str, Any]:
        return {"zone": self.zone, "windows": [window.told() for window in self.windows], **_told_modes(self.modes)}

    def lets(self, attempt: Attempt, history: History) -> bool:
        return attempt.mode not in self.modes or self.holds(attempt.at)

    def holds(self, at: datetime) -> bool:
        there = at.astimezone(ZoneInfo(self.zone))
        return any(window.holds(there) for window in self.windows)

    def opens_at(self, at: datetime) -> datetime | None:
        """The first minute after a time (in UTC) that lies within a window; None where none does for two weeks.

        Looked for by the clock there: a window may be swallowed, or come twice, where the clock is changed.
        """
        shortest = min(LOOK_MINUTES, *(window.until_minute - window.from_minute for window in self.windows))
        looked = at.replace(second=0, microsecond=0)
        while not self.holds(looked):
            ahead = looked + shortest * MINUTE
            # Between two clock changes no window is shorter than its own length; a change may leave a minute of one.
            looked = ahead if self._ahead_of_utc(looked) == self._ahead_of_utc(ahead) else looked + MINUTE
            if looked > at + LOOK_AHEAD:
                return None
        while looked - MINUTE > at and self.holds(looked - MINUTE):
            looked -= MINUTE
        return looked

    def _ahead_of_utc(self, at: datetime) -> timedelta | None:
        return at.astimezone(ZoneInfo(self.zone)).utcoffset()


@dataclass(frozen=True, slots=True)
class Often:
    """At most so many approaches of ours within so many days. Answers and notices owed are no approaches. With `modes`, only
    those by these ways are meant and counted."""

    kind: ClassVar[Kind] = Kind.OFTEN
    most: int
    days: int
    modes: frozenset[str] = EVERY_MODE

    def told(self) -> dict[str, Any]:
        return {"most": self.most, "days": self.days, **_told_modes(self.modes)}

    def lets(self, attempt: Attempt, history: History) -> bool:
        if attempt.purpose == Purpose.ANSWER or attempt.mode not in self.modes:
            return True
        return len(self._within(attempt.at, history)) < self.most

    def opens_at(self, at: datetime, history: History) -> datetime | None:
        """When the oldest of those that count is long enough ago; None where none may ever go."""
        if not self.most:
            return None
        return self._within(at, history)[-self.most] + timedelta(days=self.days)

    def _within(self, at: datetime, history: History) -> list[datetime]:
        since = at - timedelta(days=self.days)
        times = (one.at.astimezone(UTC) for one in history.approached if one.mode in self.modes)
        return sorted(told for told in times if since < told <= at)


@dataclass(frozen=True, slots=True)
class Topics:
    """Only about these, or not about these. With `modes`, it holds for these ways alone: prices in writing."""

    kind: ClassVar[Kind] = Kind.TOPICS
    words: frozenset[str]
    is_only: bool
    modes: frozenset[str] = EVERY_MODE

    def told(self) -> dict[str, Any]:
        return {"only" if self.is_only else "not": sorted(self.words), **_told_modes(self.modes)}

    def lets(self, attempt: Attempt, history: History) -> bool:
        if attempt.mode not in self.modes:
            return True
        named = {_plain(word) for word in attempt.topics}
        told = {_plain(word) for word in self.words}
        return bool(named) and named <= told if self.is_only else not named & told


@dataclass(frozen=True, slots=True)
class Purposes:
    """Only for these purposes, or not for these."""

    kind: ClassVar[Kind] = Kind.PURPOSES
    purposes: frozenset[str]
    is_only: bool

    def told(self) -> dict[str, Any]:
        return {"only" if self.is_only else "not": sorted(self.purposes)}

    def lets(self, attempt: Attempt, history: History) -> bool:
        return (attempt.purpose in self.purposes) is self.is_only


@dataclass(frozen=True, slots=True)
class Who:
    """Only these members."""

    kind: ClassVar[Kind] = Kind.WHO
    members: frozenset[UUID]

    def told(self) -> dict[str, Any]:
        return {"members": sorted(str(member) for member in self.members)}

    def lets(self, attempt: Attempt, history: History) -> bool:
        return attempt.by_id in self.members


@dataclass(frozen=True, slots=True)
class Rest:
    """Nothing until this day, where they are."""

    kind: ClassVar[Kind] = Kind.REST
    until: date
    zone: str

    def told(self) -> dict[str, Any]:
        return {"until": self.until.isoformat(), "zone": self.zone}

    def lets(self, attempt: Attempt, history: History) -> bool:
        return attempt.at.astimezone(ZoneInfo(self.zone)).date() >= self.until

    def opens_at(self) -> datetime:
        return datetime.combine(self.until, time(), ZoneInfo(self.zone))


@dataclass(frozen=True, slots=True)
class Readers(_Silent):
    """Who may read what is kept, in their words."""

    kind: ClassVar[Kind] = Kind.READERS
    words: str

    def told(self) -> dict[str, Any]:
        return {"words": self.words}


@dataclass(frozen=True, slots=True)
class Kept(_Silent):
    """How many months what is known of them may be kept."""

    kind: ClassVar[Kind] = Kind.KEPT
    months: int

    def told(self) -> dict[str, Any]:
        return {"months": self.months}


@dataclass(frozen=True, slots=True)
class Address(_Silent):
    """How they wish to be addressed, in their words."""

    kind: ClassVar[Kind] = Kind.ADDRESS
    words: str

    def told(self) -> dict[str, Any]:
        return {"words": self.words}


def read(kind: str, value: Any) -> Line:
    """The line of this kind that was told so. Raises NotALine for what cannot be one."""
    if kind not in _READ:
        raise NotALine(_("There is no line of the kind “%(kind)s”.") % {"kind": str(kind)[:40]})
    if not isinstance(value, Mapping):
        raise NotALine(_("A line is told as names with their values."))
    return _READ[Kind(kind)](value)


def _modes(value: Mapping[str, Any]) -> Modes:
    told, is_only = _only_or_not(value)
    return Modes(frozenset(_chosen(told, Mode.values, _("Choose at least one way."))), is_only)


def _scope(value: Mapping[str, Any]) -> frozenset[str]:
    """The ways a line holds for."""
    if "modes" not in value:
        return EVERY_MODE
    return frozenset(_chosen(value["modes"], Mode.values, _("Choose at least one way.")))


def _told_modes(modes: frozenset[str]) -> dict[str, Any]:
    return {} if modes == EVERY_MODE else {"modes": sorted(modes)}


def _plain(words: str) -> str:
    return " ".join(fold(words).split())


def _hours(value: Mapping[str, Any]) -> Hours:
    windows = value.get("windows")
    if not isinstance(windows, list) or not windows or len(windows) > MOST_WORDS:
        raise NotALine(_("Say at least one span of hours."))
    return Hours(_zone(value), tuple(_window(window) for window in windows), _scope(value))


def _window(value: Any) -> Window:
    if not isinstance(value, Mapping):
        raise NotALine(_("Say at least one span of hours."))
    days = value.get("days")
    if not isinstance(days, list) or not days or not all(type(day) is int and 0 <= day <= 6 for day in days):
        raise NotALine(_("Choose at least one day of the week."))
    begin, end = _minute(value.get("from")), _minute(value.get("until"))
    if begin >= end:
        raise NotALine(_("A span of hours begins before it ends; one over midnight is two."))
    return Window(frozenset(days), begin, end)


def _often(value: Mapping[str, Any]) -> Often:
    most, days = _count(value, "most", least=0, most=1_000), _count(value, "days", least=1, most=MOST_DAYS)
    return Often(most, days, _scope(value))


def _topics(value: Mapping[str, Any]) -> Topics:
    told, is_only = _only_or_not(value)
    if not isinstance(told, list) or not told or len(told) > MOST_WORDS:
        raise NotALine(_("Name at least one topic."))
    return Topics(frozenset(_words(word, longest=60) for word in told), is_only, _scope(value))


def _purposes(value: Mapping[str, Any]) -> Purposes:
    told, is_only = _only_or_not(value)
    return Purposes(frozenset(_chosen(told, Purpose.values, _("Choose at least one purpose."))), is_only)


def _who(value: Mapping[str, Any]) -> Who:
    told = value.get("members")
    if not isinstance(told, list) or not told or len(told) > MOST_WORDS:
        raise NotALine(_("Name at least one person."))
    try:
        return Who(frozenset(UUID(str(member)) for member in told))
    except ValueError as error:
        raise NotALine(_("Choose people of the house.")) from error


def _rest(value: Mapping[str, Any]) -> Rest:
    try:
        return Rest(date.fromisoformat(str(value.get("until"))), _zone(value))
    except ValueError as error:
        if isinstance(error, NotALine):
            raise
        raise NotALine(_("Say until which day, as 2027-03-01.")) from error


def _only_or_not(value: Mapping[str, Any]) -> tuple[Any, bool]:
    if ("only" in value) == ("not" in value):
        raise NotALine(_("Say either what alone is welcome, or what is not."))
    return (value["only"], True) if "only" in value else (value["not"], False)


def _chosen(told: Any, known: list[str], otherwise: str) -> list[str]:
    if not isinstance(told, list) or not told or not all(isinstance(one, str) and one in known for one in told):
        raise NotALine(otherwise)
    return told


def _zone(value: Mapping[str, Any]) -> str:
    zone = value.get("zone")
    try:
        return ZoneInfo(zone if isinstance(zone, str) else "").key
    except (ValueError, KeyError, OSError) as error:  # none, one that nobody knows, or a path
        raise NotALine(_("Choose a time zone, as Europe/London.")) from error


def _minute(told: Any) -> int:
    hour, colon, minute = str(told).partition(":")
    if not colon or not hour.isdecimal() or not minute.isdecimal() or len(hour) > 2 or len(minute) != 2:
        raise NotALine(_("Write hours as 08:30."))
    minutes = int(hour) * 60 + int(minute)
    if int(minute) > 59 or minutes > MINUTES_OF_A_DAY:
        raise NotALine(_("Write hours as 08:30."))
    return minutes


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def _count(value: Mapping[str, Any], name: str, *, least: int, most: int) -> int:
    told = value.get(name)
    if type(told) is not int or not least <= told <= most:
        raise NotALine(_("Say a number from %(least)d to %(most)d.") % {"least": least, "most": most})
    return told


def _words(told: Any, *, longest: int = LONGEST_WORDS) -> str:
    words = " ".join(told.replace("\x00", "").split()) if isinstance(told, str) else ""
    if not words or len(words) > longest:
        raise NotALine(_("Write a few words, at most %(count)d characters.") % {"count": longest})
    return words


_READ: dict[Kind, Callable[[Mapping[str, Any]], Line]] = {
    Kind.MODES: _modes,
    Kind.HOURS: _hours,
    Kind.OFTEN: _often,
    Kind.TOPICS: _topics,
    Kind.PURPOSES: _purposes,
    Kind.WHO: _who,
    Kind.REST: _rest,
    Kind.READERS: lambda value: Readers(_words(value.get("words"))),
    Kind.KEPT: lambda value: Kept(_count(value, "months", least=1, most=MOST_MONTHS)),
    Kind.ADDRESS: lambda value: Address(_words(value.get("words"))),
}
