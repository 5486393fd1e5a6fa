"""Details of the house's own words: labels in use, places on a map, the time where somebody is, and one for many at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from django.utils.dateformat import format as format_date
from django.utils.translation import pgettext

from ampersand.core import events
from ampersand.core.whole import whole
from ampersand.members.models import Member
from ampersand.parties import tags
from ampersand.parties.actions import Teller
from ampersand.parties.models import Detail, Party

LABEL_LONGEST, VALUE_LONGEST = 80, 10_000
TIME_ZONE = "time zone"
PHOTO = "photo"
BIRTHDAYS = frozenset({"birthday", "date of birth", "geburtstag", "geburtsdatum", "anniversaire", "cumpleaños"})
EARLIEST_BIRTH = 1850
# By which address books and tables call where somebody is.
PLACES = frozenset(
    "address;postal address;home address;work address;business address;street;street address;city;town;place;location"
    ";adresse;anschrift;postanschrift;straße;ort;stadt;wohnort".split(";")
)
_MAP = "https://www.openstreetmap.org/search"


class NothingTold(ValueError):
    """A detail has a label and a value; one of them is empty."""


def clean(label: str, value: str) -> tuple[str, str]:
    """A label and a value as they are kept. Raises NothingTold.

    >>> clean(" VAT  number ", "SE 12 ")
    ('VAT number', 'SE 12')
    """
    label = " ".join(_storable(label).split())[:LABEL_LONGEST].strip()
    value = _storable(value).strip()[:VALUE_LONGEST].strip()
    if not label or not value:
        raise NothingTold(label)
    return label, value


def _storable(told: str) -> str:
    return told.replace("\x00", "").encode("utf-8", "ignore").decode()


def map_url(label: str, value: str) -> str:
    """Where a place is shown on a map; empty for what is none. Nothing is fetched from there until somebody follows it.

    >>> map_url("city", "Bristol")
    'https://www.openstreetmap.org/search?query=Bristol'
    """
    is_place = " ".join(label.lower().split()) in PLACES
    return f"{_MAP}?{urlencode({'query': ' '.join(value.split())[:200]})}" if is_place and value.strip() else ""


_WRITTEN = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?")


def as_read(value: str) -> str:
    """A date as programs write it, as a person would read it in their language; everything else as it was told.

    >>> as_read("2023-02-23 12:45"), as_read("2023-02-23T00:00:00Z"), as_read("2023-02-31"), as_read("oat, never dairy")
    ('23 February 2023, 12:45', '23 February 2023', '2023-02-31', 'oat, never dairy')
    >>> as_read("--04-12"), as_read("--13-12")
    ('12 April', '--13-12')
    """
    written = _WRITTEN.fullmatch(value.strip())
    if written is None:
        return _without_year(value)
    year, month, day, hour, minute = (int(part or 0) for part in written.groups())
    try:
        when = datetime(year, month, day, hour, minute)  # noqa: DTZ001 (shown as it was written, in no zone)
    except ValueError:
        return value
    on = format_date(when, pgettext("date format: day, month and year", "j F Y"))
    return f"{on}, {format_date(when, pgettext('time format', 'H:i'))}" if hour or minute else on


def _without_year(value: str) -> str:
    """A birthday of which nobody told the year."""
    written = re.fullmatch(r"--(\d\d)-?(\d\d)", value.strip())
    try:
        # A leap year, so that the 29th of February is one of its days.
        on = datetime(2000, int(written[1]), int(written[2])) if written else None  # noqa: DTZ001
    except ValueError:
        return value
    return format_date(on, pgettext("date format: day and month", "j F")) if on else value


def is_no_day(label: str, value: str) -> bool:
    """Whether a birthday is told by numbers that are no day in any order, or none that somebody alive was born on.

    >>> is_no_day("birthday", "31.2.1980"), is_no_day("Birthday", "4/12/1975"), is_no_day("birthday", "in spring")
    (True, False, False)
    """
    found = re.fullmatch(r"(\d{1,4})[./-]\s?(\d{1,2})[./-]\s?(\d{1,4})", value.strip())
    if label.lower() not in BIRTHDAYS or found is None:
        return False
    first, middle, last = map(int, found.groups())
    orders = [(first, middle, last)] if len(found[1]) > 2 else [(last, middle, first), (last, first, middle)]
    return not any(map(_is_day, orders))


def _is_day(told: tuple[int, int, int]) -> bool:
    year, month, day = told
    try:
        return datetime(year + 2000 * (year < 100), month, day).year >= EARLIEST_BIRTH  # noqa: DTZ001
    except ValueError:
        return False


def zone_named(told: str) -> str:
    """The zone of the tz database that is meant, whatever its letters and blanks; empty where there is none.

    >>> zone_named("asia/tokyo"), zone_named("America/New York"), zone_named("the moon")
    ('Asia/Tokyo', 'America/New_York', '')
    """
    return _zones().get(_folded(told), "")


def _folded(name: str) -> str:
    return "_".join(name.lower().split())


@cache
def _zones() -> dict[str, str]:
    return {_folded(zone): zone for zone in available_timezones() if "/" in zone or zone == "UTC"}


def there(zone: str, at: datetime) -> datetime:
    """The time of the clock in a zone of the tz database."""
    return at.astimezone(ZoneInfo(zone))


def labels_in_use(member: Member) -> list[str]:
    """The labels the house uses, as far as the member may see somebody of whom one is told."""
    kept_apart = {PHOTO}
    return [label for label in tags.words_in_use(member, model=Detail, column="label") if label not in kept_apart]


@whole
def speak(party: Party, *, language: str, by: Member, at: datetime) -> None:
    """Say which language a party speaks, by its code; empty: not known. What was said before stays in the history."""
    if party.language != language[:8]:
        party.language = language[:8]
        party.save(update_fields=["language"])
        events.record("party.speaks", at=at, by_id=by.pk, subject_id=party.pk)


@whole
def set_details(
    party_ids: Collection[UUID], *, label: str, value: str, teller: Teller, instead: bool = True
) -> tuple[list[Detail], list[Detail]]:
    """Tell the same detail of many parties; what else stood under its label is withdrawn (`instead`).

    Answers what is new and what was withdrawn. Of whom it was told already nothing changes. Raises NothingTold.
    """
    label, value = clean(label, value)
    there_now = set(tags.there_are(party_ids).values_list("pk", flat=True))
    standing = Detail.objects.standing().select_for_update().filter(party_id__in=there_now, label__iexact=label)
    same: list[Detail] = []
    others: list[Detail] = []
    for detail in standing.order_by("pk"):
        (same if detail.value == value else others).append(detail)
    told_of = there_now - {detail.party_id for detail in same}
    made = [Detail(party_id=pk, label=label, value=value, **teller.fields()) for pk in sorted(told_of)]
    Detail.objects.bulk_create(made, ignore_conflicts=True, batch_size=1_000)
    ours = set(Detail.objects.filter(pk__in=[detail.pk for detail in made]).values_list("pk", flat=True))
    new = [detail for detail in made if detail.pk in ours]
    tags.record("detail.told", new, by=teller.by, at=teller.at)
    return new, withdraw_details(others if instead else (), by=teller.by, at=teller.at)


@whole
def withdraw_details(details: Iterable[Detail], *, by: Member | None, at: datetime) -> list[Detail]:
    """Withdraw details; they stay as they were known until now. Answers those that stood."""
    ids = [detail.pk for detail in details]
    standing = list(Detail.objects.standing().select_for_update().filter(pk__in=ids).order_by("pk"))
    Detail.objects.filter(pk__in=[detail.pk for detail in standing]).update(withdrawn_at=at)
    tags.record("detail.withdrawn", standing, by=by, at=at)
    return standing
