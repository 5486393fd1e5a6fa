"""Whom a note speaks of, by what was kept of it: its words are shown, and found, by who may see all of them."""

from __future__ import annotations

from uuid import UUID

from ampersand.core import search
from ampersand.notebook.models import Note
from ampersand.parties.models import Party
from ampersand.promises.models import Promise
from ampersand.timeline.models import Participant


def parties_named(note: Note) -> set[UUID]:
    """The parties a note is about, names, says of that they met, or that promised or were promised something in it."""
    facts = [fact_id for fact_id in note.pieces.values_list("fact_id", flat=True) if fact_id]
    promised = Promise.objects.filter(pk__in=facts).values_list("by_id", "to_id", "relationship__party_id")
    return {
        *([note.about.party_id] if note.about else []),
        *Party.objects.filter(pk__in=facts).values_list("pk", flat=True),
        *Participant.objects.filter(moment__in=facts).values_list("party_id", flat=True),
        *(party_id for row in promised for party_id in row),
    }


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
