"""Whom a person acts for, and the parties that one relationship is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from ampersand.members.models import Member
from ampersand.parties.models import Party, Relationship, Tie, TieKind


def employers(party_ids: Iterable[UUID], *, on: date, member: Member) -> dict[UUID, Tie]:
    """For each person the tie to the organisation they work at on that day, the latest told where there are several."""
    ties = (
        Tie.objects.visible_to(member)
        .standing()
        .current(on)
        .filter(kind=TieKind.WORKS_AT, from_party_id__in=list(party_ids))
        .select_related("to_party")
        .order_by("told_at", "id")
    )
    return {tie.from_party_id: tie for tie in ties}


def parties_of(relationship: Relationship, *, on: date) -> list[UUID]:
    """The parties whose moments belong to a relationship: the party, whoever stands for it, and its people today."""
    return list(
        Party.objects.filter(
            Q(pk=relationship.party_id)
            | Q(now_id=relationship.party_id)
            | Q(
                ties_out__to_party_id=relationship.party_id,
                ties_out__kind=TieKind.WORKS_AT,
                ties_out__withdrawn_at=None,
            )
        )
        .values_list("pk", flat=True)
        .distinct()
    )
