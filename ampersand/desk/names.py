"""Whom a person acts for, and the parties that one relationship is about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

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


def parties_of(relationship: Relationship) -> list[UUID]:
    """The parties whose moments belong to a relationship: the party, whoever stands for it, and who works or worked
    there."""
    party_id = relationship.party_id
    stand_ins = Party.objects.filter(now_id=party_id).values_list("pk", flat=True)
    at_work = Tie.objects.filter(to_party_id=party_id, kind=TieKind.WORKS_AT, withdrawn_at=None)
    # A union, since for parties that are this *or* that PostgreSQL would read all of them.
    return list({party_id, *stand_ins.union(at_work.values_list("from_party_id", flat=True))})


def short_name(party: Party) -> str:
    """What one calls a party in a sentence: a person by the first of their names, anything else in full."""
    first = party.name.split(" ")[0]
    return first if party.is_person and len(first) > 2 and not first.endswith(".") else str(party)
