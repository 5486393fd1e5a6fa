"""Plans of one's own notes: on their day they stand on Today with the words one wrote, which nobody else sees there."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from ampersand.members.models import Member
from ampersand.notebook.models import Piece, PieceKind

CHARS_MAX = 140
_ENDS = ".!?\n"


def own_plans(moment_ids: Sequence[UUID], *, member: Member) -> dict[UUID, Piece]:
    """By moment, the piece of this member's own note that planned it."""
    if not moment_ids:
        return {}
    pieces = Piece.objects.standing().filter(fact_id__in=moment_ids, kind=PieceKind.PLAN, note__member=member)
    told = pieces.filter(note__withdrawn_at=None).select_related("note").order_by("-id")
    return {piece.fact_id: piece for piece in told if piece.fact_id}


def sentence_of(piece: Piece) -> str:
    """The sentence of the note in which a piece stands."""
    return sentence_around(piece.note.words, piece.start, piece.end)


def sentence_around(words: str, start: int, end: int) -> str:
    """The sentence in which the characters [start, end) stand, shortened where it is long.

    >>> sentence_around("Met Jane. Call her on Friday about the mugs. Rain.", 10, 14)
    'Call her on Friday about the mugs.'
    """
    begin = max(words.rfind(mark, 0, start) for mark in _ENDS) + 1
    stops = [place + 1 for mark in _ENDS if (place := words.find(mark, end)) >= 0]
    sentence = words[begin : min(stops, default=len(words))].strip()
    return sentence if len(sentence) <= CHARS_MAX else f"{sentence[: CHARS_MAX - 1].rstrip()}…"
