"""Keeping a trace in the book by a tap, and taking the tap back."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.core import events
from ampersand.core.whole import whole
from ampersand.desk.pages.notebook import Kept
from ampersand.exchange.models import Concession, Transaction
from ampersand.members.models import Member
from ampersand.notebook.letting_fade import let_fade
from ampersand.notebook.models import Note, Piece
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


@whole
def keep_trace(party: Party, *, by: Member, at: datetime) -> Relationship:
    """Keep a trace in the book. Whoever does so tends them, as whoever writes somebody down does.

    Of one who is known by now nothing changes.
    """
    return parties.keep_and_tend(party, because=Because.TAP, known_at=at, teller=Teller(at=at, by=by), tended_by=by)


def may_take_back(relationship: Relationship, member: Member) -> bool:
    """Whoever kept them by a tap and tends them since then."""
    return relationship.because == Because.TAP and _tended_since(relationship, member).exists()


@whole
def take_back(relationship: Relationship, *, by: Member, at: datetime) -> bool:
    """Take back that somebody was kept: they are a trace again, as if nobody had tapped.

    Answers False where something was written about them since: then they stay, and only the tending ends.
    """
    relationship = Relationship.objects.select_for_update(of=("self",)).select_related("party").get(pk=relationship.pk)
    if _is_written_upon(relationship, by):
        for tending in _tended_since(relationship, by):
            parties.stop_tending(tending, on=timezone.localdate(at), by=by, at=at)
        return False
    let_fade(relationship.party, by=by, at=at)
    events.record("relationship.taken_back", at=at, by_id=by.pk, subject_id=relationship.party_id)
    return True


def kept_in_the_book(relationship: Relationship, *, member: Member) -> Kept | None:
    """What is said on their page right after they were kept, with the way back."""
    if not may_take_back(relationship, member):
        return None
    return Kept(
        sentence=_("Kept in the book. You tend the relationship now."),
        undo_url=reverse("desk:take_back_keeping", args=[relationship.pk]),
    )


def _tended_since(relationship: Relationship, member: Member) -> QuerySet[Tending]:
    return relationship.tendings.filter(member=member, until_on=None, told_at=relationship.told_at)


def _is_written_upon(relationship: Relationship, member: Member) -> bool:
    """Whether anything but the tap holds them in the book."""
    party, since = relationship.party, relationship.told_at
    told_since = {"party": party, "told_at__gte": since}
    built_upon = (
        Promise.objects.filter(relationship=relationship),
        Concession.objects.filter(relationship=relationship),
        SideLine.objects.filter(relationship=relationship),
        Note.objects.filter(about=relationship),
        ClosedTo.objects.filter(relationship=relationship),
        relationship.tendings.exclude(member=member, told_at=since),
        Piece.objects.filter(fact_id=party.pk),
        Transaction.objects.filter(party=party),
        Participant.objects.filter(party=party, moment__told_at__gte=since),
        Tie.objects.filter(Q(from_party=party) | Q(to_party=party), told_at__gte=since),
        StandsFor.objects.filter(Q(party=party) | Q(same_as=party), told_at__gte=since),
        Identifier.objects.filter(**told_since),
        Detail.objects.filter(**told_since),
        Tag.objects.filter(**told_since),
    )
    return any(rows.exists() for rows in built_upon)
