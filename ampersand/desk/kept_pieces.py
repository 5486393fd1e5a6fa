"""What was kept of a note, piece by piece, with what its writer may do with each alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ampersand.core.spoken import spoken_day
from ampersand.desk.kept import kept_of
from ampersand.desk.promise_rows import words_of
from ampersand.desk.templatetags.desk import spoken_money
from ampersand.exchange.models import Concession, Transaction
from ampersand.members.models import Member
from ampersand.notebook.models import Note, Piece
from ampersand.notebook.pieces import Fact, find_fact, may_be_put_right
from ampersand.parties.models import Party, SideLine, Tie
from ampersand.promises.models import Promise
from ampersand.timeline.models import Moment


@dataclass(frozen=True, slots=True)
class KeptPiece:
    """One thing that was kept, with the words it was read from. Empty urls for who may do nothing with it."""

    kind: str
    words: str
    was_put_right: bool
    stands_as: str = ""
    """What became of it, where that says more than the words."""
    said: str = ""
    """What was done with it: "Taken back."."""
    is_taken_back: bool = False
    put_right_url: str = ""
    take_back_url: str = ""
    bring_back_url: str = ""
    is_in_hand: bool = False


def kept_pieces(note: Note, *, member: Member) -> tuple[KeptPiece, ...]:
    """All that was kept of a note, in the order of its words; what was taken back stands there as such."""
    shown = sorted([*kept_of(note), *_taken_back(note)], key=lambda piece: (piece.start, piece.end, piece.pk))
    return tuple(kept_piece(piece, member=member) for piece in shown)


def kept_piece(piece: Piece, *, member: Member) -> KeptPiece:
    """One piece as a row, and what its writer may do with it."""
    fact = find_fact(piece, member)
    words = piece.note.words[piece.start : piece.end]
    stands_as = _says(fact) if fact is not None and piece.withdrawn_at is None else ""
    is_taken_back = piece.withdrawn_at is not None
    may = may_be_put_right(piece, member)
    undone = piece if is_taken_back else piece.instead_of
    return KeptPiece(
        kind=capfirst(str(piece.get_kind_display())),
        words=words,
        stands_as="" if stands_as == words else capfirst(stands_as),
        said=_("Taken back.") if is_taken_back else "",
        was_put_right=piece.was_put_right,
        is_taken_back=is_taken_back,
        put_right_url=_put_right_url(piece, fact) if may and not is_taken_back and fact is not None else "",
        take_back_url=reverse("desk:take_back_piece", args=[piece.pk]) if may and not is_taken_back else "",
        bring_back_url=reverse("desk:bring_back_piece", args=[undone.pk]) if may and undone else "",
    )


def shown_instead(piece: Piece) -> Piece:
    """What is shown where a piece was: the one that stands instead of it now, or itself."""
    standing = [other for other in _family(piece) if other.withdrawn_at is None]
    return standing[-1] if standing else piece


def _put_right_url(piece: Piece, fact: Fact) -> str:
    """Somebody's name is put right on their own page; what others told first is theirs to put right."""
    if isinstance(fact, Party):
        return reverse("desk:edit_party", args=[fact.pk])
    return "" if piece.joined else reverse("desk:put_piece_right", args=[piece.pk])


def _taken_back(note: Note) -> list[Piece]:
    """Of each piece that was taken back, and not put right, the last that stood."""
    pieces = list(note.pieces.exclude(fact_id=None).select_related("instead_of", "note").order_by("id"))
    last: dict[Piece, Piece] = {_first(piece): piece for piece in pieces if piece.withdrawn_at is not None}
    for piece in pieces:
        if piece.withdrawn_at is None:
            last.pop(_first(piece), None)
    return list(last.values())


def _first(piece: Piece) -> Piece:
    """The piece as it was kept at first."""
    while piece.instead_of is not None:
        piece = piece.instead_of
    return piece


def _family(piece: Piece) -> list[Piece]:
    first = _first(piece)
    return [other for other in piece.note.pieces.order_by("id") if _first(other) == first]


def _says(fact: Fact) -> str:
    """What became of it, in a line."""
    today = timezone.localdate()
    if isinstance(fact, Promise):
        words = {"what": words_of(fact), "by": fact.by, "to": fact.to}
        if fact.due_on is None:
            return _("%(by)s to %(to)s: %(what)s") % words
        return _("%(by)s to %(to)s: %(what)s, by %(day)s") % (words | {"day": spoken_day(fact.due_on, today=today)})
    if isinstance(fact, Moment):
        mode, day = fact.get_mode_display(), spoken_day(fact.on_day, today=today)
        return _("%(mode)s, %(day)s") % {"mode": mode, "day": day}
    if isinstance(fact, Tie):
        kind = fact.get_kind_display()
        return _("%(one)s %(tie)s %(other)s") % {"one": fact.from_party, "tie": kind, "other": fact.to_party}
    if isinstance(fact, SideLine):
        return fact.words
    if isinstance(fact, Concession | Transaction):
        told = fact.words if isinstance(fact, Concession) else str(fact.get_kind_display())
        return f"{told}, {spoken_money(fact.amount, fact.currency)}" if fact.amount is not None else told
    return str(fact)
