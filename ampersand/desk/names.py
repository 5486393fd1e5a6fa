"""Whom a person acts for, and the parties that one relationship is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.urls import reverse

from ampersand.core import ready
from ampersand.core.among import among
from ampersand.members.models import Member
from ampersand.parties.closed import Ready
from ampersand.parties.models import Party, Relationship, Tie, TieKind


def employers(party_ids: Iterable[UUID], *, on: date, member: Member) -> dict[UUID, Tie]:
    """For each person the tie to the organisation they work at on that day, the latest told where there are several."""
    ties = _work_of(party_ids=list(party_ids), on=on, member=member)
    return {tie.from_party_id: tie for tie in ties}


@Ready[Tie]
def _work_of(party_ids: Sequence[UUID], on: date, member: Member) -> models.QuerySet[Tie]:
    at_work = Tie.objects.visible_to(member).standing().current(on).filter(kind=TieKind.WORKS_AT)
    return at_work.filter(among("from_party_id", party_ids)).select_related("to_party").order_by("told_at", "id")


def parties_of(relationship: Relationship) -> list[UUID]:
    """The parties whose moments belong to a relationship: the party, whoever stands for it, and who works or worked
    there; the party itself first."""
    return list(dict.fromkeys([relationship.party_id, *_acting_for(party_id=relationship.party_id)]))


@ready.Ready[UUID]
def _acting_for(party_id: UUID) -> models.QuerySet[Any]:
    stand_ins = Party.objects.filter(now_id=party_id).values_list("pk", flat=True)
    at_work = Tie.objects.filter(to_party_id=party_id, kind=TieKind.WORKS_AT, withdrawn_at=None)
    # A union, since for parties that are this *or* that PostgreSQL would read all of them.
    return stand_ins.union(at_work.values_list("from_party_id", flat=True))


def short_name(party: Party) -> str:
    """What one calls a party in a sentence: a person by the first of their names, anything else in full."""
    first = party.name.split(" ")[0]
    return first if party.is_person and len(first) > 2 and not first.endswith(".") else str(party)


def url_of(party: Party) -> str:
    """Where one reads of them: what is between the house and them, or, of a trace, what is known of them."""
    relationship = getattr(party, "relationship", None)
    if relationship is not None:
        return reverse("desk:relationship", args=[relationship.pk])
    return reverse("desk:party", args=[party.pk])
