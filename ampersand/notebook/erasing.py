"""What an erasure takes from the notebook.

A note belongs to its writer, and its raw words may speak of many. A note that is about the erased one alone loses its
words. In a note that is about others too, the passages that were read as facts about the erased one are covered, and
their name wherever it stands, letter by letter, so that the passages of the others stay where they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from ampersand.core import erasure, search
from ampersand.core.erasure import Erasing
from ampersand.core.history import forget_past
from ampersand.exchange.erasing import concessions_with
from ampersand.exchange.models import Transaction
from ampersand.notebook import naming
from ampersand.notebook.models import Note, Piece, PieceKind
from ampersand.parties.erasing import name_words
from ampersand.parties.models import Party, SideLine, Tie
from ampersand.promises.erasing import with_them as promises_with
from ampersand.timeline.erasing import with_them as moments_with

COVER = "█"


def take_away(erasing: Erasing) -> int:
    """The step of this app."""
    ids = erasing.party_ids
    of_them = Piece.objects.filter(note=OuterRef("pk")).filter(about_them(ids))
    theirs = list(Note.objects.filter(Q(about__party__in=ids) | Exists(of_them)))
    alone = [note for note in theirs if not _is_about_others(note, ids)]
    row_count = _blank([note.pk for note in alone])
    shared = {note.pk for note in theirs} - {note.pk for note in alone}
    texts = [*erasing.texts, *name_words(ids)]
    elsewhere = set(erasure.find(Note, "words", texts=erasing.texts)) - shared
    return row_count + _cover(shared, ids, texts) + _cover(elsewhere, ids, list(erasing.texts))


def about_them(party_ids: Iterable[UUID]) -> Q:
    """For pieces of notes: those that became facts about any of these parties."""
    ids = list(party_ids)
    lines = SideLine.objects.filter(Q(relationship__party__in=ids) | Q(of__in=ids))
    ties = Tie.objects.filter(Q(from_party__in=ids) | Q(to_party__in=ids))
    found = Q(fact_id__in=ids) | Q(fact_id__in=Transaction.objects.filter(party__in=ids).values("pk"))
    for facts in (moments_with(ids), promises_with(ids), concessions_with(ids), lines, ties):
        found |= Q(fact_id__in=facts.values("pk"))
    return found


def _is_about_others(note: Note, ids: frozenset[UUID]) -> bool:
    if note.about is not None and note.about.party_id not in ids:
        return True
    others = Party.objects.outside().exclude(pk__in=ids)
    return note.pieces.filter(kind=PieceKind.PERSON, fact_id__in=others.values("pk")).exists()


def _blank(note_ids: list[UUID]) -> int:
    search.remove(note_ids)
    Piece.objects.filter(note__in=note_ids).update(start=0, end=0)
    return erasure.blank(Note.objects.filter(pk__in=note_ids), words="")


def _cover(note_ids: Iterable[UUID], ids: frozenset[UUID], texts: list[str]) -> int:
    notes = list(Note.objects.filter(pk__in=list(note_ids)))
    for note in notes:
        spans = note.pieces.exclude(kind=PieceKind.PERSON).filter(about_them(ids)).values_list("start", "end")
        note.words = _covered(note.words, spans, texts)
    Note.objects.bulk_update(notes, ["words"])
    forget_past(Note, [note.pk for note in notes])
    for note in notes:
        naming.index(note, words=note.words.replace(COVER, ""))
    return len(notes)


def _covered(words: str, spans: Iterable[tuple[int, int]], texts: list[str]) -> str:
    """The words with these passages and texts covered, each letter by one sign.

    >>> _covered("Jane sends it to Leona by Friday.", [(0, 13)], ["Jane"])
    '████ █████ ██ to Leona by Friday.'
    """
    for start, end in spans:
        words = words[:start] + _signs(words[start:end]) + words[end:]
    pattern = erasure.pattern_of(texts)
    return re.sub(pattern, lambda found: _signs(found.group()), words, flags=re.IGNORECASE) if pattern else words


def _signs(words: str) -> str:
    return re.sub(r"\S", COVER, words)
