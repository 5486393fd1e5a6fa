"""Who one typed record may be: found among those who have a word of the name, or the same address, and weighed as doubles are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

from ampersand.core import ready, search
from ampersand.core.among import among
from ampersand.core.folding import folded_words
from ampersand.members.models import Member
from ampersand.parties.closed import Ready, hidden_parties_remembered, hidden_party_ids
from ampersand.parties.doubles import comparisons, snapshot, vetoes
from ampersand.parties.doubles.legal_forms import core_name
from ampersand.parties.doubles.reasons import Reason
from ampersand.parties.doubles.traits import PERSON, Compared, Traits
from ampersand.parties.models import IdentifierKind, Party

# In bits: a first name that begins alike and the same last name are about enough to ask.
LEAST_WEIGHT = 7.0
MOST_OFFERED = 3
MOST_LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class Candidate:
    """A party that the typed record may be, and by which likenesses. `weight` orders them and is never shown."""

    party_id: UUID
    name: str
    weight: float
    reasons: tuple[Reason, ...]


@hidden_parties_remembered()
def likely(typed: Traits, *, member: Member) -> list[Candidate]:
    """The parties that a typed record may be, as this member sees them, the likeliest first; at most three.

    Five queries, each by an index, however large the book is. Addresses are compared in their normal form.
    """
    ids = _looked_at(typed, member)
    if not ids:
        return []
    columns = Compared(typed)
    weighed = (_weigh(typed, columns, record) for record in snapshot.records(ids) if record.kind == typed.kind)
    found = [one for one in weighed if one is not None and one.weight >= LEAST_WEIGHT]
    return sorted(found, key=lambda one: (-one.weight, one.party_id))[:MOST_OFFERED]


def _looked_at(typed: Traits, member: Member) -> list[UUID]:
    name = core_name(typed.name) if typed.kind != PERSON else typed.name
    named = search.lookup_parties(
        set(folded_words(name)), text=name, hidden_party_ids=hidden_party_ids(member), limit=MOST_LOOKED_AT
    )
    ids = list({*named, *_reached(typed)})
    return list({now_id or pk for pk, now_id in _there(ids=ids, member=member)}) if ids else []


def _reached(typed: Traits) -> list[UUID]:
    """Whoever has one of its addresses or numbers; of those who share one, some."""
    told = [(IdentifierKind.EMAIL.value, value) for value in typed.emails]
    told += [(IdentifierKind.PHONE.value, value) for value in typed.phones]
    if not told:
        return []
    kinds, values = zip(*told, strict=True)
    return [party_id for (party_id,) in ready.rows_of(_REACHED, [list(kinds), list(values), MOST_LOOKED_AT])]


_REACHED = """
    SELECT reached.party_id FROM unnest(%s::text[], %s::text[]) AS told (kind, value)
    CROSS JOIN LATERAL (
        SELECT i.party_id FROM parties_identifier i
        WHERE i.kind = told.kind AND i.value = told.value AND i.withdrawn_at IS NULL LIMIT %s) AS reached
"""


@Ready[tuple[UUID, UUID | None]]
def _there(ids: Sequence[UUID], member: Member) -> models.QuerySet[Any]:
    seen = Party.objects.visible_to(member).outside()
    return seen.filter(among("pk", ids), erased_at=None).values_list("pk", "now_id")


def _weigh(typed: Traits, columns: Mapping[str, object], record: Traits) -> Candidate | None:
    """How much the likenesses of the two weigh together; None where something tells them apart for certain."""
    if vetoes.tells_apart(typed, record):
        return None
    other = Compared(record)
    compared = comparisons.PEOPLE if typed.kind == PERSON else comparisons.ORGANISATIONS
    levels = [(one.column, level) for one in compared if (level := one.level_of(columns, other))]
    reasons = tuple((column, level.name) for column, level in levels)
    return Candidate(UUID(record.key), record.name, sum(level.weight for _column, level in levels), reasons)
