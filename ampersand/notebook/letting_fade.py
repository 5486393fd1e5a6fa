"""Somebody a note named, taken back: a trace again, who fades by themselves unless something else speaks of them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from ampersand.core.history import forget_past
from ampersand.exchange.models import Concession, GiveAndTakeOff, Negotiation, Transaction
from ampersand.members.models import Member
from ampersand.notebook.models import Note, Piece
from ampersand.notebook.undoing import Rests
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.models import (
    Because,
    ClosedTo,
    Detail,
    Identifier,
    Party,
    Relationship,
    SideLine,
    StandsFor,
    Tag,
    Tending,
    Tie,
)
from ampersand.promises.models import Promise
from ampersand.timeline.models import Participant


def rests_on(party: Party, *, piece: Piece, by: Member) -> Rests | None:
    """The first thing that holds somebody in the book besides the piece that named them."""
    # Whoever tells something of them at the same time is waited for: it would go with the relationship.
    relationship = Relationship.objects.select_for_update().filter(party=party).first()
    if relationship is None:
        return None
    # What was kept with them and taken back since holds nobody, as long as it came from this note.
    withdrawn = Q(withdrawn_at__isnull=False, source=piece.note.source)
    of = {"relationship": relationship}
    with_them = Participant.objects.filter(party=party, moment__withdrawn_at=None)
    told_before = Tending.objects.filter(**of, member=by, told_at=relationship.told_at)
    holding = (
        (Rests.PROMISED, Promise.objects.filter(**of).exclude(withdrawn)),
        (Rests.GAVE, Concession.objects.filter(**of).exclude(withdrawn)),
        (Rests.NEGOTIATED, Negotiation.objects.filter(**of)),
        (Rests.NEGOTIATED, GiveAndTakeOff.objects.filter(**of)),
        (Rests.WRITTEN, SideLine.objects.filter(**of).exclude(withdrawn)),
        (Rests.NOTED, Note.objects.filter(about=relationship)),
        (Rests.NOTED, Piece.objects.standing().filter(fact_id=party.pk).exclude(note=piece.note)),
        (Rests.TENDED, Tending.objects.filter(**of).exclude(pk__in=told_before.values("pk"))),
        (Rests.CLOSED, ClosedTo.objects.filter(**of)),
        (Rests.IN_TOUCH, with_them),
        (Rests.TRADED, Transaction.objects.standing().filter(party=party)),
        (Rests.TIED, Tie.objects.standing().filter(Q(from_party=party) | Q(to_party=party))),
        (Rests.SAME, StandsFor.objects.filter(Q(party=party) | Q(same_as=party))),
        (Rests.TOLD_TOO, Identifier.objects.standing().filter(party=party)),
        (Rests.TOLD_TOO, Detail.objects.standing().filter(party=party)),
        (Rests.TOLD_TOO, Tag.objects.standing().filter(party=party)),
    )
    return next((why for why, rows in holding if rows.exists()), None)


def let_fade(party: Party, *, by: Member, at: datetime) -> None:
    """End the relationship as if it had not begun: they are a trace again. What was withdrawn in it goes with it."""
    relationship = Relationship.objects.filter(party=party).first()
    if relationship is None:
        return
    gone = [
        (model, list(model._default_manager.filter(relationship=relationship).values_list("pk", flat=True)))
        for model in (Promise, Concession, SideLine, Tending)
    ]
    relationship_id = relationship.pk
    relationship.delete()
    for model, ids in (*gone, (Relationship, [relationship_id])):
        forget_past(model, ids)
    parties.index(party)


def keep_again(party: Party, *, piece: Piece, by: Member, at: datetime) -> None:
    """Undo that: known by the note again, and tended by its writer."""
    teller = Teller(at=at, by=by, source=piece.note.source)
    known_at = piece.note.written_at
    parties.keep_and_tend(party, because=Because.NOTE, known_at=known_at, teller=teller, tended_by=by)
