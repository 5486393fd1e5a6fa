"""Which time zone a calendar means: names of the IANA, of Windows, of old programs, and zones it describes itself."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast
from zoneinfo import ZoneInfo, available_timezones

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from ampersand.channels.content_lines import Component

MAX_RULES = 400

# Offsets that Outlook shows in front of its zone names, or uses alone; the sign of Etc/GMT is turned round.
_OFFSET = re.compile(r"^\(?(?:UTC|GMT|Z)\s*(?:([+-])\s*(\d{1,2})(?:[:.]?(\d\d))?)?\)?\s*", re.IGNORECASE)
_ALIASES = {
    "eastern": "America/New_York", "us-eastern": "America/New_York", "eastern time (us & canada)": "America/New_York",
    "central": "America/Chicago", "central time (us & canada)": "America/Chicago", "us-central": "America/Chicago",
    "mountain": "America/Denver", "mountain time (us & canada)": "America/Denver", "us-mountain": "America/Denver",
    "pacific": "America/Los_Angeles", "pacific time (us & canada)": "America/Los_Angeles",
    "us-pacific": "America/Los_Angeles", "pacific time (us & canada); tijuana": "America/Los_Angeles",
    "western/central europe": "Europe/Berlin", "w. europe": "Europe/Berlin", "central europe": "Europe/Berlin",
    "amsterdam, berlin, bern, rome, stockholm, vienna": "Europe/Berlin",
    "amsterdam, berlin, bern, rom, stockholm, wien": "Europe/Berlin",
    "brussels, copenhagen, madrid, paris": "Europe/Paris", "sarajevo/warsaw/zagreb": "Europe/Warsaw",
    "greenwich mean time": "Europe/London", "dublin, edinburgh, lisbon, london": "Europe/London",
    "greenwich mean time : dublin, edinburgh, lisbon, london": "Europe/London",
    "athens, bucharest, istanbul": "Europe/Athens", "athens, istanbul, minsk": "Europe/Athens",
    "moscow, st. petersburg, volgograd": "Europe/Moscow", "osaka, sapporo, tokyo": "Asia/Tokyo",
    "beijing, chongqing, hong kong, urumqi": "Asia/Shanghai", "canberra, melbourne, sydney": "Australia/Sydney",
    "coordinated universal time": "UTC", "zulu": "UTC", "z": "UTC",
}  # fmt: skip


@dataclass(frozen=True)
class Zone:
    """A zone to reckon with, the name to keep, and whether that name was guessed."""

    name: str
    tzinfo: datetime.tzinfo
    is_guessed: bool = False


@dataclass
class Zones:
    """The zones of one calendar: those it describes, and the house's for times without any."""

    house: Zone
    described: dict[str, Component] = field(default_factory=dict)
    _found: dict[str, Zone] = field(default_factory=dict)

    @classmethod
    def of(cls, components: Iterable[Component], house_zone: str) -> Zones:
        described = {zone.text("TZID"): zone for zone in components if zone.name == "VTIMEZONE"}
        return cls(Zone(house_zone, ZoneInfo(house_zone), is_guessed=True), described)

    def find(self, told: str) -> Zone:
        """The zone of this name: the world's first, then as the calendar describes it, then the house's, guessed.

        The world's comes first because programs describe zones by the rule of one year only.
        """
        if told not in self._found:
            self._found[told] = self._look_up(told)
        return self._found[told]

    def _look_up(self, told: str) -> Zone:
        described = self.described.get(told)
        name = find_iana(told)
        if not name and described is not None:
            name = find_iana(described.text("X-LIC-LOCATION"))
        if name:
            return Zone(name, ZoneInfo(name))
        tzinfo = _as_described(described) if described is not None else None
        if tzinfo is not None:
            return Zone(told, tzinfo)
        offset = find_offset(told)
        return Zone(told, offset) if offset else self.house


@lru_cache(maxsize=10_000)
def find_iana(told: str) -> str:
    """The IANA name that a program meant, or nothing.

    >>> find_iana("/mozilla.org/20050126_1/Europe/Berlin"), find_iana("W. Europe Standard Time")
    ('Europe/Berlin', 'Europe/Berlin')
    >>> find_iana("(GMT-05:00) Eastern Time (US & Canada)"), find_iana("Europe_London"), find_iana("Elbonia")
    ('America/New_York', 'Europe/London', '')
    """
    told = told.strip().strip('"').strip()
    if not told or len(told) > 120:
        return ""
    without_offset = _OFFSET.sub("", told)
    pieces = told.replace("\\", "/").strip("/").split("/")
    candidates = [told, without_offset, *("/".join(pieces[-size:]) for size in (3, 2, 1)), *_with_slashes(told)]
    for candidate in candidates:
        name = _exactly(candidate)
        if name:
            return name
    return ""


def _with_slashes(told: str) -> list[str]:
    return [
        told.replace("_", "/", 1),
        told.replace("-", "/", 1),
        told.removeprefix("custom_"),
        told.rstrip("0123456789 "),
    ]


def _exactly(candidate: str) -> str:
    windows = WINDOWS_TO_OLSON.get(candidate)
    return windows or _known().get(candidate.lower(), "") or _ALIASES.get(candidate.lower(), "")


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Every name of the zone database by its lower case. "Factory" and the like are no places."""
    return {name.lower(): name for name in available_timezones() if name not in {"Factory", "localtime"}}


def find_offset(told: str) -> datetime.timezone | None:
    """A fixed offset told as a name, such as UTC+11 or +0530."""
    found = re.fullmatch(r"(?:UTC|GMT)?\s*([+-])(\d{1,2}):?(\d\d)?", told.strip(), re.IGNORECASE)
    if found is None or int(found[2]) > 14:
        return None
    offset = datetime.timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return datetime.timezone(-offset if found[1] == "-" else offset)


def _as_described(component: Component) -> datetime.tzinfo | None:
    """The zone built from its rules by icalendar. Only yearly rules: others do not end, and no country has them."""
    rules = component.components
    if not rules or len(rules) > MAX_RULES or not all(_is_yearly(rule) for rule in rules):
        return None
    try:
        tzinfo = cast(Timezone, Timezone.from_ical(_as_text(component))).to_tz(lookup_tzid=False)
        datetime.datetime(2024, 7, 1, tzinfo=tzinfo).astimezone(datetime.UTC)
    except Exception:
        return None
    return cast(datetime.tzinfo, tzinfo)


def _is_yearly(rule: Component) -> bool:
    told = rule.text("RRULE").upper()
    return not told or ("FREQ=YEARLY" in told and "BYHOUR" not in told and "BYMINUTE" not in told)


def _as_text(component: Component) -> str:
    inner = "".join(_as_text(rule) for rule in component.components)
    lines = "".join(
        f"{line.name}:{line.value}\r\n"
        for line in component.lines
        if line.name in {"TZID", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE", "TZNAME"}
    )
    return f"BEGIN:{component.name}\r\n{lines}{inner}END:{component.name}\r\n"
