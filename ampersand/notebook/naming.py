"""Whom a note speaks of, by what was kept of it: its words are shown, and found, by who may see all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import models

from ampersand.core import search
from ampersand.core.among import among
from ampersand.exchange.models import Concession, Transaction
from ampersand.notebook.models import Note, NoteQuerySet, Piece
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


def notes_naming(party_ids: Sequence[UUID]) -> NoteQuerySet:
    """The notes that are about one of these parties, or of which something was kept that is about one of them."""
    facts = [
        model._default_manager.filter(among(column, party_ids)).order_by().values_list(key)
        for model, key, columns in _WHOM
        for column in columns
    ]
    # Unions, since of what is about one *or* about the other PostgreSQL would read all.
    pieces = Piece.objects.standing().filter(fact_id__in=facts[0].union(*facts[1:])).values_list("note_id")
    about = Note.objects.filter(among("about__party_id", party_ids)).order_by().values_list("pk")
    return Note.objects.filter(pk__in=about.union(pieces))


def notes_telling_of(moment_ids: Sequence[UUID], notes: NoteQuerySet) -> dict[UUID, list[Note]]:
    """By moment, which of these notes tell of it, the earliest first."""
    return notes_by_moment(pieces_telling_of(moment_ids, notes))


def notes_by_moment(pieces: Iterable[Piece]) -> dict[UUID, list[Note]]:
    """By moment, the notes whose pieces tell of it (`pieces_telling_of`), the earliest first."""
    told: dict[UUID, list[Note]] = {}
    for piece in pieces:
        of_moment = told.setdefault(piece.fact_id, []) if piece.fact_id else []
        if piece.note not in of_moment:
            of_moment.append(piece.note)
    return told


def pieces_telling_of(moment_ids: Sequence[UUID], notes: NoteQuerySet) -> models.QuerySet[Piece]:
    """The pieces of these notes that tell of these moments, with their notes, the earliest first."""
    pieces = (
        Piece.objects.standing().filter(among("fact_id", moment_ids), note__in=notes).select_related("note__member")
    )
    return pieces.order_by("note__written_at", "note__id", "start")


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
