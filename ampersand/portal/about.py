"""What the page Between says of her beside what both hold: readings with what they rest on, who has read this, whom she named.

Read over the visitors' own login: call it within `outside.visiting`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.between.naming import Named
from ampersand.between.objecting import Objection
from ampersand.between.readers import ReaderRole, ReadOn
from ampersand.parties.models import Tie
from ampersand.portal.fence import ALIAS
from ampersand.portal.visitor import Visitor
from ampersand.readings.models import Measure, Reading
from ampersand.timeline.models import Moment

MOST_EVIDENCE = 60
MOST_DAYS = 14


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    words: str
    on_day: date


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A sentence about her with what it rests on, how it is made, and what she said of it."""

    measure: str
    says: str
    rule: str
    as_of: datetime
    rests_on: tuple[EvidenceRow, ...]
    objections: tuple[tuple[str, date], ...]
    not_right_url: str


@dataclass(frozen=True, slots=True)
class ReadersRow:
    role: str
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class NamedRow:
    name: str
    why: str
    on: date
    says: str


@dataclass(frozen=True, slots=True)
class AboutPart:
    readings: tuple[ReadingRow, ...]
    readers: tuple[ReadersRow, ...]
    named: tuple[NamedRow, ...]


@dataclass(frozen=True, slots=True)
class TieRow:
    label: str
    name: str
    told_at: datetime
    source_id: UUID | None


def about_of(visitor: Visitor) -> AboutPart:
    """Five queries, however much there is."""
    return AboutPart(readings=_readings(visitor), readers=_readers(), named=_named())


def find_reading(measure: str, visitor: Visitor) -> ReadingRow | None:
    return next((row for row in _readings(visitor) if row.measure == measure), None)


def ties(visitor: Visitor, names: Mapping[UUID, str]) -> list[TieRow]:
    """Where she belongs, and whom she introduced."""
    fields = ("id", "kind", "from_party_id", "to_party_id", "role", "told_at", "source_id")
    rows = Tie.objects.using(ALIAS).only(*fields).order_by("kind", "told_at", "id")
    return [
        TieRow(
            label=str(tie.get_kind_display()),
            name=", ".join(filter(None, [names.get(tie.to_party_id, ""), tie.role])),
            told_at=tie.told_at,
            source_id=tie.source_id,
        )
        for tie in rows
        if names.get(tie.to_party_id)
    ]


def _readings(visitor: Visitor) -> tuple[ReadingRow, ...]:
    fields = ("measure", "says", "value", "usual", "count", "since_on", "as_of", "evidence")
    found = list(Reading.objects.using(ALIAS).only("id", *fields).order_by("measure", "id"))
    if not found:
        return ()
    moments = _moments(one for reading in found for one in reading.evidence)
    said: dict[str, list[tuple[str, date]]] = {}
    for one in Objection.objects.using(ALIAS).only("id", "measure", "words", "at").order_by("at", "id"):
        said.setdefault(one.measure, []).append((one.words, timezone.localdate(one.at)))
    return tuple(
        ReadingRow(
            measure=reading.measure,
            says=_says(reading, visitor),
            rule=_rule(reading),
            as_of=reading.as_of,
            rests_on=tuple(moments[one] for one in reversed(reading.evidence[-MOST_EVIDENCE:]) if one in moments),
            objections=tuple(said.get(reading.measure, ())),
            not_right_url=reverse("portal:not_right", args=[reading.measure]),
        )
        for reading in found
    )


def _moments(wanted: Iterable[UUID]) -> dict[UUID, EvidenceRow]:
    fields = ("id", "mode", "on_day", "subject", "words")
    rows = Moment.objects.using(ALIAS).filter(pk__in=set(wanted)).only(*fields)
    return {
        row.pk: EvidenceRow(row.subject or row.words[:120] or str(row.get_mode_display()), row.on_day) for row in rows
    }


def _says(reading: Reading, visitor: Visitor) -> str:
    return _quiet(reading) if reading.measure == Measure.QUIET else _whose_move(reading, visitor)


def _quiet(reading: Reading) -> str:
    days = round(reading.value or 0)
    words = {"days": days, "usual": max(1, round(reading.usual or 0))}
    if reading.says == "too_early":
        return _("It is too early to say how often we are in touch.")
    if reading.says == "quiet":
        return _("Quiet for %(days)d days; we usually speak every %(usual)d.") % words
    if days == 0:
        return _("We spoke today; usually every %(usual)d days.") % words
    return (
        ngettext(
            "We last spoke %(days)d day ago; usually every %(usual)d.",
            "We last spoke %(days)d days ago; usually every %(usual)d.",
            days,
        )
        % words
    )


def _whose_move(reading: Reading, visitor: Visitor) -> str:
    if reading.since_on is None:
        return _("Nobody waits for an answer.")
    words = {"house": visitor.house_name, "day": _day(reading.since_on)}
    if reading.says == "our_move":
        return _("You asked on %(day)s, and %(house)s has not answered yet.") % words
    return _("%(house)s asked on %(day)s, and nothing has come back yet.") % words


def _rule(reading: Reading) -> str:
    if reading.measure == Measure.QUIET:
        return _(
            "It counts the days on which both of us took part, and says quiet when this silence is longer than nine in ten "
            "gaps to be expected from our own rhythm."
        )
    return _("It looks at the last time one of us asked something of the other. An answer in any way counts.")


def _readers() -> tuple[ReadersRow, ...]:
    days: dict[str, list[date]] = {}
    for role, on in ReadOn.objects.using(ALIAS).order_by("-on").values_list("role", "on"):
        if len(days.setdefault(role, [])) < MOST_DAYS:
            days[role].append(on)
    return tuple(ReadersRow(str(ReaderRole(role).label), tuple(found)) for role, found in sorted(days.items()))


def _named() -> tuple[NamedRow, ...]:
    fields = ("id", "name", "why", "at", "settled_at", "became_id")
    rows = Named.objects.using(ALIAS).only(*fields).order_by("-at", "-id")[:50]
    return tuple(NamedRow(row.name, row.why, timezone.localdate(row.at), _became(row)) for row in rows)


def _became(row: Named) -> str:
    if row.settled_at is None:
        return _("waits for an answer")
    return _("known to us now") if row.became_id else _("left for now")


def _day(on: date) -> str:
    return str(formats.date_format(on, "DATE_FORMAT"))
