"""One VEVENT read by itself: its times, its key, and the meeting it tells of."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ampersand.channels.calendar import times, vcalendar1
from ampersand.channels.calendar.attendees import read_attendees, read_organizer
from ampersand.channels.calendar.meetings import Meeting
from ampersand.channels.calendar.recurrence import Entry
from ampersand.channels.calendar.times import NoTime, Time
from ampersand.channels.calendar.zones import Zone, Zones
from ampersand.channels.content_lines import Component
from ampersand.channels.outcomes import Place

MAX_DESCRIPTION_LETTERS = 20_000
MAX_KEY_LETTERS = 400

_MIDNIGHT = datetime.time(0, 0)


@dataclass
class Draft:
    """An event of a file on its way to being a meeting. Reading its times may raise NoTime."""

    event: Component
    place: Place
    zones: Zones
    method: str
    ordinal: int

    @cached_property
    def uid(self) -> str:
        """The event's own id, or a digest of what it says: the same file again must be known again."""
        uid = self.event.text("UID")
        return uid if 0 < len(uid) <= MAX_KEY_LETTERS else "digest:" + self._digest(uid)

    def _digest(self, uid: str) -> str:
        told = [uid, *(self.event.text(name) for name in ("DTSTART", "DTEND", "SUMMARY", "LOCATION", "ORGANIZER"))]
        return hashlib.sha256("\n".join(told).encode("utf-8", "replace")).hexdigest()[:32]

    @cached_property
    def summary(self) -> str:
        return " ".join(self.event.text("SUMMARY").split())[:500]

    @cached_property
    def sequence(self) -> int:
        told = self.event.text("SEQUENCE")
        return int(told) if re.fullmatch(r"\d{1,9}", told) else 0

    @property
    def newness(self) -> tuple[int, str, int]:
        """What makes a later telling of the same meeting: SEQUENCE, then when it was written, then its place."""
        return self.sequence, self.event.text("DTSTAMP") or self.event.text("LAST-MODIFIED"), self.ordinal

    @property
    def is_cancelled(self) -> bool:
        return self.method == "CANCEL" or self.event.text("STATUS").upper() == "CANCELLED"

    @cached_property
    def replaces(self) -> Time | None:
        """The time of the series for which this event stands."""
        line = self.event.find("RECURRENCE-ID")
        return times.read_time(line, self.zones)[0] if line else None

    @property
    def recurrence_id(self) -> str:
        return times.as_key(self.replaces) if self.replaces else ""

    @cached_property
    def told_start(self) -> tuple[Time, Zone | None]:
        line = self.event.find("DTSTART")
        if line is None:
            raise NoTime("")
        return times.read_time(line, self.zones)

    @cached_property
    def starts(self) -> Time:
        start, _ = self.told_start
        return start.date() if isinstance(start, datetime.datetime) and self._is_whole_days else start

    @property
    def zone(self) -> Zone | None:
        return self.told_start[1] if isinstance(self.starts, datetime.datetime) else None

    @property
    def ends(self) -> Time | None:
        """The end, of the same sort as the start; None where there is none or where it comes before the start."""
        end = self._told_end
        if end is None:
            return None
        if not isinstance(self.starts, datetime.datetime):
            end = end.date() if isinstance(end, datetime.datetime) else end
        elif not isinstance(end, datetime.datetime):
            end = datetime.datetime.combine(end, _MIDNIGHT, tzinfo=self.starts.tzinfo)
        return end if end > self.starts else None

    @cached_property
    def _told_end(self) -> Time | None:
        line, length = self.event.find("DTEND"), self.event.find("DURATION")
        try:
            if line and line.value.strip():
                return times.read_time(line, self.zones)[0]
            return self.told_start[0] + times.read_length(length.value) if length else None
        except (NoTime, OverflowError):
            return None

    @cached_property
    def _is_whole_days(self) -> bool:
        """Whether times stand for days: Outlook says so, and vCalendar 1.0 knows midnight to midnight only."""
        start, end = self.told_start[0], self._told_end
        is_midnight = isinstance(start, datetime.datetime) and start.time() == _MIDNIGHT
        if not is_midnight or (isinstance(end, datetime.datetime) and end.time() != _MIDNIGHT):
            return False
        said = self.event.text("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE"
        return said or self.event.text("X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT").upper() == "TRUE"

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(
            vcalendar1.as_icalendar(line.value.strip()) for line in self.event.all("RRULE") if line.value.strip()
        )

    @property
    def exception_rules(self) -> tuple[str, ...]:
        return tuple(vcalendar1.as_icalendar(line.value.strip()) for line in self.event.all("EXRULE"))

    @property
    def is_series(self) -> bool:
        return self.replaces is None and bool(self.rules or any(self._listed("RDATE")))

    def as_entry(self) -> Entry:
        length = self.ends - self.starts if self.ends else None
        line = self.event.find("RECURRENCE-ID")
        return Entry(
            ordinal=self.ordinal,
            starts=self.starts,
            length=length,
            sequence=self.sequence,
            replaces=self._like_start(self.replaces) if self.replaces else None,
            is_and_future=line is not None and line.param("RANGE").upper() == "THISANDFUTURE",
            rules=self.rules if self.replaces is None else (),
            listed=tuple(self._listed("RDATE")) if self.replaces is None else (),
            excluded=tuple(self._listed("EXDATE")),
        )

    def _listed(self, name: str) -> Iterator[Time]:
        """The times of RDATE or EXDATE lines; of a period its start. One that cannot be read names no time."""
        for line in self.event.all(name):
            for value in re.split(r"[,;]", line.value):
                try:
                    time, _ = times.read_value(value.partition("/")[0], line.param("TZID"), self.zones)
                except NoTime:
                    continue
                yield self._like_start(time)

    def _like_start(self, time: Time) -> Time:
        """A day among days, a moment among moments."""
        start = self.starts
        if not isinstance(start, datetime.datetime):
            return time.date() if isinstance(time, datetime.datetime) else time
        return time if isinstance(time, datetime.datetime) else datetime.datetime.combine(time, start.timetz())

    def as_meeting(self, starts: Time, ends: Time | None, recurrence_id: str) -> Meeting:
        """The meeting at one time of it. All else it says is the same for every time and read once."""
        if isinstance(starts, datetime.datetime):
            ends_at = times.as_utc(ends) if isinstance(ends, datetime.datetime) else None
            return replace(
                self._told_once, recurrence_id=recurrence_id, starts_at=times.as_utc(starts), ends_at=ends_at
            )
        ends_on = ends or starts + datetime.timedelta(days=1)
        return replace(self._told_once, recurrence_id=recurrence_id, starts_on=starts, ends_on=ends_on)

    @cached_property
    def _told_once(self) -> Meeting:
        event = self.event
        return Meeting(
            place=self.place,
            uid=self.uid,
            recurrence_id="",
            sequence=self.sequence,
            method=self.method,
            status=event.text("STATUS").lower(),
            zone=self.zone.name if self.zone else "",
            is_zone_guessed=self.zone.is_guessed if self.zone else False,
            is_recurring=self.is_series or self.replaces is not None,
            summary=self.summary,
            where=" ".join(event.text("LOCATION").split())[:500],
            description=event.text("DESCRIPTION")[:MAX_DESCRIPTION_LETTERS],
            url=event.text("URL")[:2000],
            organizer=read_organizer(event),
            attendees=read_attendees(event),
            categories=tuple(filter(None, (part for line in event.all("CATEGORIES") for part in line.parts(",")))),
            is_private=event.text("CLASS").upper() in {"PRIVATE", "CONFIDENTIAL"},
        )
