"""One thing that was kept of a note, taken back alone, or put right. The raw words stay as they were written.

Nothing is overwritten: the fact that it became is withdrawn, and where it was put right another is told in its place, from
the same source. Upon what something was settled since is not touched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from ampersand.core import events, search
from ampersand.core.whole import whole
from ampersand.exchange.models import Concession, Transaction
from ampersand.members.models import Member
from ampersand.notebook import letting_fade, naming, retelling
from ampersand.notebook.models import Note, Piece, PieceKind
from ampersand.notebook.undoing import Rests, what_holds_a_moment
from ampersand.parties import actions as parties
from ampersand.parties.erasing import wait_for_erasure
from ampersand.parties.models import Party, Relationship, SideLine, Tie
from ampersand.promises import actions as promises
from ampersand.promises.models import Promise
from ampersand.timeline import actions as timeline
from ampersand.timeline.models import Moment, Telling

Fact = Moment | Promise | Concession | Transaction | SideLine | Tie | Party

_MODELS: Mapping[str, Any] = {
    PieceKind.ENCOUNTER: Moment,
    PieceKind.PLAN: Moment,
    PieceKind.PROMISE: Promise,
    PieceKind.CONCESSION: Concession,
    PieceKind.TRANSACTION: Transaction,
    PieceKind.MATTERS: SideLine,
    PieceKind.QUESTION: SideLine,
    PieceKind.TIE: Tie,
    PieceKind.PERSON: Party,
}


class NotYours(PermissionError):
    """Only who wrote a note takes back or puts right what was kept of it, and only what they may see."""


class BuiltUpon(ValueError):
    """Something was settled upon it since, so that it stays; `why` says what."""

    def __init__(self, why: Rests) -> None:
        super().__init__(why)
        self.why = why


def find_fact(piece: Piece, member: Member) -> Fact | None:
    """What a piece became, as far as this member may see it and it was not erased."""
    model = _MODELS[piece.kind]
    found: Fact | None = model.objects.visible_to(member).filter(pk=piece.fact_id).first() if piece.fact_id else None
    if found is None or Party.objects.filter(pk__in=_parties(found)).exclude(erased_at=None).exists():
        return None
    return found


def may_be_put_right(piece: Piece, member: Member) -> bool:
    """Only the writer of the note, while it stands, and while they may see what it is about."""
    note = piece.note
    return note.member_id == member.pk and note.withdrawn_at is None and find_fact(piece, member) is not None


@whole
def take_back(piece: Piece, *, by: Member, at: datetime) -> None:
    """Take back one thing that was kept of a note. Done twice, it is done once. Raises NotYours, BuiltUpon."""
    piece, fact = _locked(piece, by)
    if piece.withdrawn_at is None:
        _withdraw(piece, fact, by=by, at=at)
        _record("piece.taken_back", piece, fact, by=by, at=at)


@whole
def bring_back(piece: Piece, *, by: Member, at: datetime) -> None:
    """Undo the taking back or the putting right of a piece: it stands as it was kept first. Raises NotYours, BuiltUpon."""
    piece, fact = _locked(piece, by)
    if piece.withdrawn_at is None:
        return
    other = _standing_in_its_place(piece)
    if other is not None:
        other, told_since = _locked(other, by)
        _withdraw(other, told_since, by=by, at=at)
        _hand_on(told_since, fact, piece.note.source_id)
    _stand_again(piece, fact, by=by, at=at)
    _index(piece.note)
    _record("piece.brought_back", piece, fact, by=by, at=at)


@whole
def put_right(piece: Piece, told: Mapping[str, Any], *, by: Member, at: datetime) -> Piece:
    """Put a piece right: what it became is withdrawn, and told anew with what is `told` of it (see `retelling`).

    Answers the piece that stands instead. Raises NotYours, BuiltUpon, and LookupError for what cannot be told anew.
    """
    piece, fact = _locked(piece, by)
    if piece.withdrawn_at is not None or piece.joined or not _may_be_told_of(told.get("whom"), by):
        raise NotYours(piece)
    _withdraw(piece, fact, by=by, at=at)
    anew, joined = retelling.tell(fact, told, piece=piece, by=by, at=at)
    _hand_on(fact, anew, piece.note.source_id)
    instead = Piece.objects.create(
        note=piece.note,
        kind=piece.kind,
        start=piece.start,
        end=piece.end,
        fact_id=anew.pk,
        was_put_right=True,
        joined=joined,
        instead_of=piece,
    )
    _index(piece.note)
    _record("piece.put_right", instead, anew, by=by, at=at)
    return instead


def _standing_in_its_place(piece: Piece) -> Piece | None:
    """Of all that was told in the place of a piece that does not stand, and of what it was told for, the one that does."""
    first = piece
    while first.instead_of is not None:
        first = first.instead_of
    return first if first.withdrawn_at is None else _standing_instead(first)


def _standing_instead(piece: Piece) -> Piece | None:
    """What stands now where a piece was put right, however often."""
    for newer in piece.put_right_as.order_by("id"):
        found = newer if newer.withdrawn_at is None else _standing_instead(newer)
        if found is not None:
            return found
    return None


def _locked(piece: Piece, by: Member) -> tuple[Piece, Fact]:
    """The piece with what it became, while nobody else changes what was kept of the note."""
    Note.objects.select_for_update().get(pk=piece.note_id)
    found = Piece.objects.select_related("note").filter(pk=piece.pk).first()
    if found is None:
        # The whole note was undone meanwhile.
        raise NotYours(piece)
    piece, fact = found, find_fact(found, by)
    if fact is not None:
        for party_id in sorted(_parties(fact)):
            wait_for_erasure(party_id)
        fact = find_fact(piece, by)
    if fact is None or not may_be_put_right(piece, by):
        raise NotYours(piece)
    return piece, fact


def _may_be_told_of(whom: Party | None, by: Member) -> bool:
    """Whether something may be told of them, who may have been erased, closed or let go of since they were chosen."""
    if whom is None:
        return True
    wait_for_erasure(whom.pk)
    return Party.objects.visible_to(by).known().filter(pk=whom.pk, erased_at=None).exists()


def _index(note: Note) -> None:
    """A shared note is found by who may see all that it tells of, which may be others now."""
    if note.words:
        naming.index(note)


def _withdraw(piece: Piece, fact: Fact, *, by: Member, at: datetime) -> None:
    """Withdraw a piece with the fact that only it told. What others tell of too, or told first, stands as they told it."""
    if (why := _rests_on(piece, fact, by)) is not None:
        raise BuiltUpon(why)
    piece.withdrawn_at = at
    piece.save(update_fields=["withdrawn_at"])
    if isinstance(fact, Moment) and piece.joined:
        for telling in _tellings(piece, fact):
            timeline.withdraw_telling(telling, by=by, at=at)
    elif not piece.joined:
        _WITHDRAW[type(fact)](fact, by=by, at=at)


def _stand_again(piece: Piece, fact: Fact, *, by: Member, at: datetime) -> None:
    if isinstance(fact, Moment) and piece.joined:
        for telling in _tellings(piece, fact):
            timeline.bring_back_telling(telling, by=by, at=at)
    elif isinstance(fact, Party):
        letting_fade.keep_again(fact, piece=piece, by=by, at=at)
    elif isinstance(fact, Tie | SideLine) and (same := _told_again(fact)) is not None:
        # Told again meanwhile, by somebody else: it stands already, and is told once.
        piece.fact_id, piece.joined = same.pk, True
    elif not piece.joined and fact.withdrawn_at == piece.withdrawn_at:
        _BRING_BACK[type(fact)](fact, by=by, at=at)
    piece.withdrawn_at = None
    piece.save(update_fields=["withdrawn_at", "fact_id", "joined"])


def _rests_on(piece: Piece, fact: Fact, by: Member) -> Rests | None:
    """The first thing that was settled upon a fact since, where only this piece told it."""
    if piece.joined:
        return None
    if isinstance(fact, Promise):
        return Rests.SAID if fact.said() else None
    if isinstance(fact, Concession):
        return Rests.ANSWERED if fact.answered_by.filter(withdrawn_at=None).exists() else None
    if isinstance(fact, SideLine):
        return Rests.ANSWERED if fact.answered_at is not None else Rests.SHARED if fact.is_shared else None
    if isinstance(fact, Moment):
        reasons = what_holds_a_moment(piece.note.source_id)
        same = Moment.objects.filter(pk=fact.pk)
        return next((why for why, holds in reasons.items() if same.filter(holds).exists()), None)
    if isinstance(fact, Party):
        return letting_fade.rests_on(fact, piece=piece, by=by)
    return None


def _tellings(piece: Piece, moment: Moment) -> list[Telling]:
    """What this note told of a moment that others tell of too."""
    return list(Telling.objects.filter(moment=moment, source=piece.note.source, is_apart=False))


def _told_again(fact: Tie | SideLine) -> Tie | SideLine | None:
    if isinstance(fact, Tie):
        ends = {"kind": fact.kind, "from_party": fact.from_party, "to_party": fact.to_party, "from_on": fact.from_on}
        return Tie.objects.standing().filter(**ends).first()
    line = {"relationship": fact.relationship, "kind": fact.kind, "is_ours": fact.is_ours, "of": fact.of}
    line |= {"voice": fact.voice}
    return SideLine.objects.standing().filter(**line, words=fact.words).first()


def _hand_on(old: Fact, new: Fact, source_id: UUID) -> None:
    """What this note told to have been promised or given at a moment was so at the one that stands instead of it."""
    if isinstance(old, Moment) and isinstance(new, Moment):
        Promise.objects.filter(moment=old, source_id=source_id).update(moment=new)
        Concession.objects.filter(moment=old, source_id=source_id).update(moment=new)


def _set_withdrawn(fact: Any, at: datetime | None) -> None:
    fact.withdrawn_at = at
    fact.save(update_fields=["withdrawn_at"])


def _withdraw_fact(fact: Promise | Concession | Transaction, *, by: Member, at: datetime) -> None:
    _set_withdrawn(fact, at)
    search.remove([fact.pk])


def _bring_back_fact(fact: Any, *, by: Member, at: datetime) -> None:
    _set_withdrawn(fact, None)
    if isinstance(fact, Promise):
        promises.index(fact)


_WITHDRAW: Mapping[type, Callable[..., None]] = {
    Moment: timeline.withdraw,
    Promise: _withdraw_fact,
    Concession: _withdraw_fact,
    Transaction: _withdraw_fact,
    SideLine: parties.withdraw,
    Tie: parties.withdraw,
    Party: letting_fade.let_fade,
}
_BRING_BACK: Mapping[type, Callable[..., None]] = {
    Moment: timeline.bring_back,
    Promise: _bring_back_fact,
    Concession: _bring_back_fact,
    Transaction: _bring_back_fact,
    SideLine: _bring_back_fact,
    Tie: _bring_back_fact,
}


def _parties(fact: Fact) -> set[UUID]:
    """Whom a fact is about."""
    if isinstance(fact, Moment):
        return set(fact.participants.values_list("party_id", flat=True))
    if isinstance(fact, Promise | Concession):
        return {fact.by_id, *([fact.to_id] if fact.to_id else [])}
    if isinstance(fact, SideLine):
        return {fact.relationship.party_id, *([fact.of_id] if fact.of_id else [])}
    if isinstance(fact, Tie):
        return {fact.from_party_id, fact.to_party_id}
    return {fact.party_id if isinstance(fact, Transaction) else fact.pk}


def _record(name: str, piece: Piece, fact: Fact, *, by: Member, at: datetime) -> None:
    """One line in the trace, and a fresh reading of the relationships it touches."""
    touched = Relationship.objects.filter(party_id__in=_parties(fact)).values_list("pk", flat=True)
    events.record(name, at=at, by_id=by.pk, subject_id=piece.pk, relationship_ids=touched)
