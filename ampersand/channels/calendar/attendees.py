"""Who was invited to a meeting, from the many ways in which programs write it."""

from __future__ import annotations

import re
from urllib.parse import unquote

from ampersand.channels.calendar.meetings import GROUP, PERSON, RESOURCE, ROOM, Attendee
from ampersand.channels.content_lines import Component, ContentLine

MAX_ATTENDEES = 1_000

_ADDRESS = re.compile(r"[^\s@<>,;:\"']+@[^\s@<>,;:\"']+")
_KINDS = {"ROOM": ROOM, "RESOURCE": RESOURCE, "GROUP": GROUP}
_ANSWERS = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative", "DELEGATED": "delegated",
            "CONFIRMED": "accepted", "COMPLETED": "accepted", "SENT": "", "NEEDS ACTION": ""}  # fmt: skip
_RESOURCE_DOMAINS = ("resource.calendar.google.com",)


def read_organizer(event: Component) -> Attendee | None:
    """The organizer; in vCalendar 1.0 that is the attendee whose role says so."""
    line = event.find("ORGANIZER") or next((line for line in event.all("ATTENDEE") if _is_owner(line)), None)
    attendee = _read(line) if line else None
    return attendee if attendee and (attendee.address or attendee.name) else None


def read_attendees(event: Component) -> tuple[Attendee, ...]:
    """Those invited, each once, up to a thousand: beyond that it is an announcement, not a meeting."""
    attendees: dict[str, Attendee] = {}
    for line in event.all("ATTENDEE")[:MAX_ATTENDEES]:
        attendee = _read(line)
        if attendee.address or attendee.name:
            attendees.setdefault(attendee.address.lower() or attendee.name, attendee)
    return tuple(attendees.values())


def _read(line: ContentLine) -> Attendee:
    address = _address(line)
    kind = _KINDS.get(line.param("CUTYPE").upper(), PERSON)
    if address.lower().endswith(_RESOURCE_DOMAINS):
        kind = RESOURCE
    answer = (line.param("PARTSTAT") or line.param("STATUS")).upper().replace("-", " ")
    return Attendee(address, _name(line, address), _ANSWERS.get(answer, ""), line.param("ROLE").lower(), kind)


def _address(line: ContentLine) -> str:
    """The address in the value, else in the parameters: Exchange and Apple write it there where the value is an id."""
    told = unquote(line.text) if "%40" in line.text else line.text
    for place in (told, line.param("EMAIL"), line.param("X-EMAIL"), line.param("CN")):
        found = _ADDRESS.search(re.sub(r"^\s*mailto:", "", place, flags=re.IGNORECASE))
        if found and not found[0].lower().startswith("invalid:"):
            return found[0][:320]
    return ""


def _name(line: ContentLine, address: str) -> str:
    """The name beside the address; a name that only repeats the address is none."""
    told = line.param("CN") or line.param("X-CN") or _before_brackets(line.text)
    name = " ".join(told.strip("\"' ").split())[:300]
    return "" if name.lower() == address.lower() or "://" in name else name


def _before_brackets(value: str) -> str:
    head, bracket, _ = value.partition("<")
    is_name_alone = "@" not in value and ":" not in value
    return head if bracket or is_name_alone else ""


def _is_owner(line: ContentLine) -> bool:
    return line.param("ROLE").upper() in {"OWNER", "ORGANIZER"}
