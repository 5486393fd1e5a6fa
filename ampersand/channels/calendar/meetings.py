"""What one entry of a calendar says, in our own words."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ampersand.channels.outcomes import Place, Reason

PERSON, GROUP, ROOM, RESOURCE = "person", "group", "room", "resource"


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody or something invited. `answer` is accepted, declined, tentative, delegated or nothing yet."""

    address: str
    name: str = ""
    answer: str = ""
    role: str = ""
    kind: str = PERSON


@dataclass(frozen=True)
class Meeting:
    """One meeting, or one time of a series, keyed by UID and RECURRENCE-ID so that N calendars hold it once.

    It has either `starts_at`/`ends_at` (instants in UTC, with the `zone` they were meant in) or, all day,
    `starts_on`/`ends_on` (days, the end exclusive). `is_zone_guessed`: the file named no zone we know.
    """

    place: Place
    uid: str
    recurrence_id: str
    sequence: int = 0
    method: str = ""
    status: str = ""
    starts_at: datetime.datetime | None = None
    ends_at: datetime.datetime | None = None
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    zone: str = ""
    is_zone_guessed: bool = False
    is_recurring: bool = False
    summary: str = ""
    where: str = ""
    description: str = ""
    url: str = ""
    organizer: Attendee | None = None
    attendees: tuple[Attendee, ...] = ()
    categories: tuple[str, ...] = ()
    is_private: bool = False

    @property
    def key(self) -> str:
        return f"{self.uid}/{self.recurrence_id}" if self.recurrence_id else self.uid

    @property
    def is_all_day(self) -> bool:
        return self.starts_on is not None

    @property
    def people(self) -> tuple[Attendee, ...]:
        """Everybody named, each once: those invited, then the organizer. Rooms and resources are nobody."""
        named = [*self.attendees, *([self.organizer] if self.organizer else [])]
        people = {(who.address.lower() or who.name): who for who in reversed(named) if who.kind in {PERSON, GROUP}}
        return tuple(reversed(people.values()))


@dataclass(frozen=True)
class LeftOut:
    """An entry that was read and is no moment. `withdraws` is the key of a known meeting it takes back."""

    place: Place
    reason: Reason
    what: str = ""
    withdraws: str = ""
    meeting: Meeting | None = None
