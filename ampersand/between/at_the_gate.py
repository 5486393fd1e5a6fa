"""What the gate asks of what lies between: whether the two agreed how they shall be in touch."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ampersand.between import agreement
from ampersand.parties.models import Relationship
from ampersand.terms.queries import Evidence


def evidence(party_ids: frozenset[UUID], at: datetime, approached_at: datetime | None) -> Evidence:
    """Whether an agreement holds with one of these that says how to be in touch."""
    theirs = Relationship.objects.filter(party__in=list(party_ids)).values_list("pk", flat=True)
    held = agreement.find_holding(theirs)
    return Evidence(is_planned=held is not None and bool(held.in_touch))
