"""The instant a mail was written and the zone its writer was in, mended from the servers' stamps where it cannot be true."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

from ampersand.channels.mail.reasons import Reason

# The first mail program that wrote the header we read is from 1982; before 1971 all are clocks that were never set.
EARLIEST = datetime(1971, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
AFTER_ARRIVAL = timedelta(days=1)
BEFORE_ARRIVAL = timedelta(days=45)
ZONE_LIMIT = 15 * 60

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero gennaio",
            "feb february februar février fevrier febrero febbraio",
            "mar march märz mars marzo mrz",
            "apr april avril abril aprile avr",
            "may mai mayo maggio",
            "jun june juni juin junio giugno",
            "jul july juli juillet julio luglio",
            "aug august août aout agosto",
            "sep sept september septembre septiembre settembre",
            "oct october oktober octobre octubre ottobre okt",
            "nov november novembre noviembre",
            "dec december dezember décembre diciembre dicembre dez déc",
        ),
        start=1,
    )
    for name in names.split()
}
USUAL = re.compile(
    r"(?:[^\W\d_]+\.?,?\s+)?(\d{1,2})[ .-]+([^\W\d_]+)\.?[ ,-]+(\d{2,4})[ ,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?"
    r"(?:\s*([+-]\d{2}):?(\d{2})(?!\d))?(.*)",
    re.DOTALL,
)
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?")


@dataclass(frozen=True, slots=True)
class Dated:
    """`at` in UTC; minutes east of UTC where the writer was, None when the mail does not say; and what was mended."""

    at: datetime
    zone_minutes: int | None
    mended: Reason | None = None


def read(value: str, *, received: Sequence[str] = (), envelope: str = "", present: datetime = LATEST) -> Dated | None:
    """When a mail was written. `received` are the servers' headers, the last server first; `envelope` the From_ line.

    The header counts unless it is missing, unreadable, more than a day after the mail arrived or 45 days before: then
    the first server's stamp does, else the mailbox's own line. None when nothing gives a time. Nothing can have been
    written more than a day after `present`.
    """
    latest = min(present + AFTER_ARRIVAL, LATEST)
    own = parse(value) or parse(_without_comments(value))
    own = own if own is None or own.at < latest else Dated(LATEST, None)
    stamps = [stamp for stamp in _outermost(received) if stamp.at < latest]
    if own and not _is_impossible(own.at, stamps):
        return own
    if not value.strip():
        code = "date_missing"
    else:
        code = "date_impossible" if own else "date_unreadable"
    if stamps:
        return Dated(
            stamps[-1].at,
            stamps[-1].zone_minutes,
            Reason.of(code, source="the first mail server"),
        )
    box = parse(_envelope_date(envelope))
    if box and box.at < latest and not _is_impossible(box.at, []):
        return Dated(box.at, None, Reason.of(code, source="the mailbox"))
    return None


def parse(value: str) -> Dated | None:
    """One date as mail programs write it; None when it is no date."""
    usual = USUAL.match(value)
    if usual and usual[2].lower() in MONTHS:
        # Without a zone in figures a name may follow ("GMT"), which the standard library knows.
        named = _by_the_standard_library(value) if usual[7] is None else None
        return named or _from_usual(usual)
    iso = ISO.search(value[:200])
    if iso:
        zone = None if iso[7] is None else 0 if iso[7] == "Z" else _minutes(iso[7].replace(":", ""))
        return _dated(int(iso[1]), int(iso[2]), int(iso[3]), iso[4], iso[5], iso[6], zone)
    return _by_the_standard_library(value)


def _from_usual(usual: re.Match[str]) -> Dated | None:
    year, month, day = int(usual[3]), MONTHS[usual[2].lower()], int(usual[1])
    zone = None if usual[7] is None else _minutes(usual[7] + usual[8])
    return _dated(year, month, day, usual[4], usual[5], usual[6], zone)


def _by_the_standard_library(value: str) -> Dated | None:
    try:
        found = parsedate_tz(value[:200])
    except (ValueError, IndexError, TypeError):
        return None
    if not found:
        return None
    year, month, day, hour, minute, second = found[:6]
    zone = None if found[9] is None else found[9] // 60
    return _dated(year, month, day, str(hour), str(minute), str(second), zone)


def _dated(
    year: int,
    month: int,
    day: int,
    hour: str,
    minute: str,
    second: str | None,
    zone: int | None,
) -> Dated | None:
    if year < 100:
        year += 2000 if year < 70 else 1900
    elif year < 1000:
        year += 1900
    try:
        local = datetime(
            year,
            month,
            day,
            int(hour),
            int(minute),
            min(int(second or 0), 59),
            tzinfo=UTC,
        )
        if zone is not None and abs(zone) > ZONE_LIMIT:
            return Dated(local, None, Reason("date_zone_unknown"))
        return Dated(local - timedelta(minutes=zone or 0), zone)
    except (ValueError, OverflowError):
        return None


def _minutes(zone: str) -> int | None:
    # -0000 is how a program says that it does not know where it is.
    if zone == "-0000":
        return None
    sign = -1 if zone[0] == "-" else 1
    return sign * (int(zone[1:3]) * 60 + int(zone[3:5]))


def _outermost(received: Sequence[str]) -> list[Dated]:
    """The stamps of the last and of the first server that wrote a readable one."""
    last = next(filter(None, map(_stamp, received)), None)
    first = next(filter(None, map(_stamp, reversed(received))), None)
    return [stamp for stamp in (last, first) if stamp]


def _without_comments(value: str) -> str:
    """The old standard lets comments and spaces stand anywhere in a date."""
    return re.sub(r"\s*:\s*", ":", re.sub(r"\([^()]*\)", " ", value[:500]))


def _stamp(received: str) -> Dated | None:
    _, semicolon, tail = received.rpartition(";")
    found = parse(tail.strip()) if semicolon else None
    return found if found and EARLIEST < found.at < LATEST else None


def _is_impossible(at: datetime, stamps: Sequence[Dated]) -> bool:
    if not EARLIEST < at < LATEST:
        return True
    if not stamps:
        return False
    return at > stamps[0].at + AFTER_ARRIVAL or at < stamps[-1].at - BEFORE_ARRIVAL


def _envelope_date(envelope: str) -> str:
    # "From ana@mill.example Tue Jan  2 23:56:34 2018": the standard library reads this order of the pieces.
    found = re.search(
        r"(?:[A-Z][a-z]{2},? )?[A-Z][a-z]{2} +\d{1,2} \d{1,2}:\d{2}(?::\d{2})? .*\d{4}",
        envelope[:300],
    )
    return found[0] if found else ""
