"""What the page Between says of her beside what both hold: readings with what they rest on, who has read this, whom she named.

Read over the visitors' own login: call it within `outside.visiting`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.between import worth
from ampersand.between.models import Pulse, PulseAnswer
from ampersand.between.naming import Named
from ampersand.between.objecting import Objection
from ampersand.between.readers import ReaderRole, ReadOn
from ampersand.exchange.models import Concession
from ampersand.parties.models import Tie
from ampersand.portal.fence import ALIAS
from ampersand.portal.visitor import Visitor
from ampersand.promises.models import Promise
from ampersand.readings.models import Reading
from ampersand.readings.rules import rule
from ampersand.readings.saying import Ear, gap_says, kinds_say, says
from ampersand.timeline.models import Moment

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
    against: tuple[EvidenceRow, ...]
    objections: tuple[tuple[str, date], ...]
    not_right_url: str
    finer: tuple[str, ...] = ()
    """The same of each kind apart, and beside what was meant, each a sentence."""


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
    """Eight queries, however much there is."""
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
    fields = (
        "measure",
        "room",
        "says",
        "value",
        "low",
        "high",
        "usual",
        "count",
        "since_on",
        "told",
        "as_of",
        "evidence",
    )
    found = list(Reading.objects.using(ALIAS).only("id", *fields, "against").order_by("measure", "id"))
    if not found:
        return ()
    known = _evidence(one for reading in found for one in (*reading.evidence, *reading.against))
    today = timezone.localdate()
    said: dict[str, list[tuple[str, date]]] = {}
    for one in Objection.objects.using(ALIAS).only("id", "measure", "words", "at").order_by("at", "id"):
        said.setdefault(one.measure, []).append((one.words, timezone.localdate(one.at)))
    return tuple(
        ReadingRow(
            measure=reading.measure,
            says=says(reading, today=today, ear=Ear.THEIRS, house=visitor.house_name),
            rule=str(rule(reading.measure).says),
            as_of=reading.as_of,
            rests_on=_told(reading.evidence, known),
            against=_told(reading.against, known),
            objections=tuple(said.get(reading.measure, ())),
            not_right_url=reverse("portal:not_right", args=[reading.measure]),
            finer=tuple(filter(None, [*kinds_say(reading), gap_says(reading)])),
        )
        for reading in found
    )


def _told(ids: list[UUID], known: Mapping[UUID, EvidenceRow]) -> tuple[EvidenceRow, ...]:
    return tuple(known[one] for one in reversed(ids) if one in known)


def _evidence(wanted: Iterable[UUID]) -> dict[UUID, EvidenceRow]:
    """What has these ids, as far as she sees it: moments, promises, what was given, pulses."""
    ids = set(wanted)
    moments = Moment.objects.using(ALIAS).filter(pk__in=ids).only("id", "mode", "on_day", "subject", "words")
    promises = Promise.objects.using(ALIAS).filter(pk__in=ids).only("id", "words", "made_on", "due_on")
    given = Concession.objects.using(ALIAS).filter(pk__in=ids).only("id", "words", "happened_on")
    pulses = Pulse.objects.using(ALIAS).filter(pk__in=ids).only("id", "questions", "at", "moment_mode", "moment_on")
    answers = PulseAnswer.objects.using(ALIAS).only("id", "pulse_id", "is_ours", "said")
    pulses = pulses.prefetch_related(Prefetch("answers", answers))
    return {
        **{
            row.pk: EvidenceRow(row.subject or row.words[:120] or str(row.get_mode_display()), row.on_day)
            for row in moments
        },
        **{row.pk: EvidenceRow(row.words, row.due_on or row.made_on) for row in promises},
        **{row.pk: EvidenceRow(row.words, row.happened_on) for row in given},
        **{row.pk: _row_of_pulse(row) for row in pulses},
    }


def _row_of_pulse(row: Pulse) -> EvidenceRow:
    if not row.is_of_meeting:
        return EvidenceRow(str(row), timezone.localdate(row.at))
    return EvidenceRow(worth.says(row, is_ours=False), row.moment_on or timezone.localdate(row.at))


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
