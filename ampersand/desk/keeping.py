"""Keeping a trace in the book by a tap, and taking the tap back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.core import events
from ampersand.core.whole import whole
from ampersand.desk.pages.notebook import Kept
from ampersand.exchange.models import Concession, GiveAndTakeOff, Negotiation, Transaction
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
    return not nothing_written_upon(member).filter(pk=relationship.pk).exists()


def nothing_written_upon(member: Member) -> QuerySet[Relationship]:
    """Relationships that nothing holds in the book but that this member keeps and tends them."""
    party, since = OuterRef("party"), OuterRef("told_at")
    of = {"relationship": OuterRef("pk")}
    told_since = {"party": party, "told_at__gte": since}
    built_upon: tuple[QuerySet[Any], ...] = (
        Promise.objects.filter(**of),
        Concession.objects.filter(**of),
        Negotiation.objects.filter(Q(decider=party) | Q(**of)),
        GiveAndTakeOff.objects.filter(**of),
        SideLine.objects.filter(**of),
        Note.objects.filter(about=OuterRef("pk")),
        ClosedTo.objects.filter(**of),
        Tending.objects.filter(~Q(member=member, told_at=since), **of),
        Piece.objects.filter(fact_id=party),
        Transaction.objects.filter(party=party),
        Participant.objects.filter(party=party, moment__told_at__gte=since),
        Tie.objects.filter(Q(from_party=party) | Q(to_party=party), told_at__gte=since),
        StandsFor.objects.filter(Q(party=party) | Q(same_as=party), told_at__gte=since),
        Identifier.objects.filter(**told_since),
        Detail.objects.filter(**told_since),
        Tag.objects.filter(**told_since),
    )
    return Relationship.objects.filter(*(~Exists(rows) for rows in built_upon))


def may_fade(relationship_ids: Collection[UUID], *, by: Member) -> list[Relationship]:
    """Of these the ones this member kept by a tap and tends since, upon which nothing was written: each waits its turn."""
    since = Tending.objects.filter(relationship=OuterRef("pk"), member=by, until_on=None, told_at=OuterRef("told_at"))
    seen = Relationship.objects.visible_to(by).filter(pk__in=relationship_ids, because=Because.TAP)
    kept = seen.filter(Exists(since), pk__in=nothing_written_upon(by).values("pk"))
    return list(kept.select_for_update(of=("self",)).select_related("party").order_by("pk"))


@whole
def fade(relationships: Iterable[Relationship], *, by: Member, at: datetime) -> list[UUID]:
    """Let these fade, as `may_fade` found them: their parties are traces again. Answers whom."""
    faded = []
    with events.gathered():
        for relationship in relationships:
            let_fade(relationship.party, by=by, at=at)
            events.record("relationship.taken_back", at=at, by_id=by.pk, subject_id=relationship.party_id)
            faded.append(relationship.party_id)
    return faded


@whole
def keep_many(party_ids: Collection[UUID], *, by: Member, at: datetime) -> list[Relationship]:
    """Keep those of these that are traces the member may tend. Whoever is known by now, or closed to them, is left out."""
    traces = Party.objects.visible_to(by).traces().filter(pk__in=party_ids).order_by("pk")
    return [keep_trace(party, by=by, at=at) for party in traces if party.may_be_tended(by)]
