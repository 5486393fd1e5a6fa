"""The times of calendar entries: text to days, moments and lengths."""

from __future__ import annotations

import datetime
import re

from ampersand.channels.calendar.zones import Zone, Zones
from ampersand.channels.content_lines import ContentLine

Time = datetime.date | datetime.datetime

EARLIEST_YEAR, LATEST_YEAR = 1000, 2200

_TIME = re.compile(r"^(\d{4})-?(\d\d)-?(\d\d)Z?(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d)?)?$")
_LENGTH = re.compile(r"^([+-]?)P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$")


class NoTime(ValueError):
    """A text that should be a time and is none."""


def read_time(line: ContentLine, zones: Zones) -> tuple[Time, Zone | None]:
    """The day, or the moment in the zone it was meant in. Raises NoTime."""
    return read_value(line.value, line.param("TZID"), zones)


def read_value(value: str, tzid: str, zones: Zones) -> tuple[Time, Zone | None]:
    found = _TIME.match(value.strip().partition("\n")[0].upper())
    if found is None:
        raise NoTime(value)
    year, month, day, hour, minute, second = (int(piece or 0) for piece in found.groups()[:6])
    try:
        if found[4] is None:
            return _plausible(datetime.date(year, month, day)), None
        # A leap second, or midnight written as 24:00, is put where our clocks have it.
        extra = datetime.timedelta(seconds=max(0, second - 59), days=hour // 24)
        naive = datetime.datetime(year, month, day, hour % 24, minute, min(second, 59)) + extra  # noqa: DTZ001 zone below
    except (ValueError, OverflowError) as error:
        raise NoTime(value) from error
    zone = _zone(found[7], tzid, zones)
    if found[7] == "Z":
        # The instant is told plainly; a zone beside it only says where it was meant.
        return _plausible(naive.replace(tzinfo=datetime.UTC).astimezone(zone.tzinfo)), zone
    return _plausible(naive.replace(tzinfo=zone.tzinfo)), zone


def _zone(suffix: str | None, tzid: str, zones: Zones) -> Zone:
    """The zone of the value's own offset, then of its parameter, then UTC after a Z, then the house's."""
    if suffix and suffix != "Z":
        return zones.find(suffix)
    told = zones.find(tzid) if tzid else zones.house
    return Zone("UTC", datetime.UTC) if suffix and told.is_guessed else told


def _plausible(time: Time) -> Time:
    if not EARLIEST_YEAR <= time.year <= LATEST_YEAR:
        raise NoTime(str(time))
    return time


def read_length(value: str) -> datetime.timedelta:
    """An ISO 8601 length as iCalendar writes it. Raises NoTime.

    >>> read_length("P1DT2H")
    datetime.timedelta(days=1, seconds=7200)
    """
    found = _LENGTH.match(value.strip().upper())
    if found is None or not any(found.groups()[1:]):
        raise NoTime(value)
    weeks, days, hours, minutes, seconds = (int(piece or 0) for piece in found.groups()[1:])
    length = datetime.timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if found[1] == "-" else length


def as_utc(time: datetime.datetime) -> datetime.datetime:
    """The instant, in UTC. A time without zone (a day put among times) counts as UTC."""
    return time.astimezone(datetime.UTC) if time.tzinfo else time.replace(tzinfo=datetime.UTC)


def as_key(time: Time) -> str:
    """A time as it stands in keys: 20240105 for a day, 20240105T090000Z for a moment, whatever zone it was told in."""
    if isinstance(time, datetime.datetime):
        return as_utc(time).strftime("%Y%m%dT%H%M%SZ")
    return time.strftime("%Y%m%d")
