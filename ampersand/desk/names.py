"""Whom a person acts for, and the parties that one relationship is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse

from ampersand.core import ready
from ampersand.members.models import Member
from ampersand.parties.closed import Ready
from ampersand.parties.models import Party, Relationship, Tie, TieKind


def employers(party_ids: Iterable[UUID], *, on: date, member: Member) -> dict[UUID, Tie]:
    """For each person the tie to the organisation they work at on that day, the latest told where there are several.

    Told of another who is taken to be the same, it is theirs.
    """
    ids = list(party_ids)
    found: dict[UUID, Tie] = {}
    for tie in _work_of(party_ids=ids, on=on, member=member):
        found[tie.from_party_id] = found[tie.from_party.now_id or tie.from_party_id] = tie
    return {party_id: found[party_id] for party_id in ids if party_id in found}


@Ready[Tie]
def _work_of(party_ids: Sequence[UUID], on: date, member: Member) -> models.QuerySet[Tie]:
    at_work = Tie.objects.visible_to(member).standing().current(on).filter(kind=TieKind.WORKS_AT)
    theirs = at_work.filter(from_party__in=Party.objects.the_same(party_ids))
    return theirs.select_related("from_party", "to_party__now").order_by("told_at", "id")


def parties_of(relationship: Relationship) -> list[UUID]:
    """The parties whose moments belong to a relationship: the party, whoever is taken to be the same, and who works or
    worked there; the party itself first."""
    return list(dict.fromkeys([relationship.party_id, *_acting_for(party_id=relationship.party_id)]))


@ready.Ready[UUID]
def _acting_for(party_id: UUID) -> models.QuerySet[Any]:
    itself = Party.objects.filter(pk=party_id).values("pk").union(Party.objects.filter(now_id=party_id).values("pk"))
    at_work = Tie.objects.filter(to_party__in=itself, kind=TieKind.WORKS_AT, withdrawn_at=None).values("from_party_id")
    acting = Party.objects.filter(pk__in=at_work)
    heads = acting.exclude(now=None).values_list("now_id", flat=True)
    same = Party.objects.filter(now__in=acting.values(head=Coalesce("now_id", "pk")))
    # A union, since for parties that are this *or* that PostgreSQL would read all of them.
    return itself.values_list("pk", flat=True).union(
        acting.values_list("pk", flat=True), heads, same.values_list("pk", flat=True)
    )


def as_now(relationship: Relationship) -> Relationship:
    """The relationship it is taken for today. Fetched with `party__now__relationship`, it costs nothing."""
    now = relationship.party.now
    return relationship if now is None else now.relationship


def same_relationships(relationship: Relationship) -> list[UUID]:
    """This relationship and those with whom its party is taken to be the same: what is told of one is told of all."""
    return [relationship.pk, *_merged_relationships(party_id=relationship.party_id)]


@ready.Ready[UUID]
def _merged_relationships(party_id: UUID) -> models.QuerySet[Any]:
    return Relationship.objects.filter(party__now_id=party_id).order_by("id").values_list("pk", flat=True)


def short_name(party: Party) -> str:
    """What one calls a party in a sentence: a person by the first of their names, anything else in full."""
    first = str(party).split(" ")[0]
    return first if party.is_person and len(first) > 2 and not first.endswith(".") else str(party)


def url_of(party: Party) -> str:
    """Where one reads of them: what is between the house and them, or, of a trace, what is known of them."""
    relationship = getattr(party, "relationship", None)
    if relationship is not None:
        return reverse("desk:relationship", args=[relationship.pk])
    return reverse("desk:party", args=[party.pk])
