"""Whom a note speaks of, by what was kept of it: its words are shown, and found, by who may see all of them."""

from __future__ import annotations

from uuid import UUID

from django.db import models

from ampersand.core import search
from ampersand.exchange.models import Concession, Transaction
from ampersand.notebook.models import Note
from ampersand.parties.models import Party, SideLine, Tie
from ampersand.promises.models import Promise
from ampersand.timeline.models import Participant

# By the kind of fact a piece of a note became: the row it is found by, and the columns that say whom it is about.
_WHOM: tuple[tuple[type[models.Model], str, tuple[str, ...]], ...] = (
    (Party, "pk", ("pk",)),
    (Participant, "moment", ("party_id",)),
    (Promise, "pk", ("by_id", "to_id", "relationship__party_id")),
    (Concession, "pk", ("by_id", "to_id", "relationship__party_id")),
    (Transaction, "pk", ("party_id",)),
    (SideLine, "pk", ("relationship__party_id", "of_id")),
    (Tie, "pk", ("from_party_id", "to_party_id")),
)


def parties_named(note: Note) -> set[UUID]:
    """The parties a note is about, and those whom anything that was kept of it is about."""
    facts = [fact_id for fact_id in note.pieces.values_list("fact_id", flat=True) if fact_id]
    named = {note.about.party_id} if note.about else set()
    for model, key, columns in _WHOM:
        rows = model._default_manager.filter(**{f"{key}__in": facts}).values_list(*columns)
        named |= {party_id for row in rows for party_id in row if party_id}
    return named


def index(note: Note, *, words: str | None = None) -> None:
    """Make a note findable by its words: by its writer, and once they share it by who may see everybody in it."""
    search.put(
        search.Entry(
            kind="note",
            object_id=note.pk,
            text=note.words if words is None else words,
            member_id=None if note.shared_at else note.member_id,
            at=note.written_at,
            party_ids=tuple(parties_named(note)),
        )
    )
