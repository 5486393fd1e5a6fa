"""Whom the other sides of what one tends bring in, until a member makes them known or leaves it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import models
from django.urls import reverse

from ampersand.between.naming import Named
from ampersand.core.among import among
from ampersand.desk.pages.today import NamedRow
from ampersand.members.models import Member
from ampersand.parties.closed import Ready

MOST = 7


def named_rows(member: Member, *, tended: Sequence[UUID]) -> tuple[NamedRow, ...]:
    """What waits in these relationships, the oldest first. One query, or none."""
    return tuple(_row(one) for one in _waiting(tended=tended, member=member)) if tended else ()


@Ready[Named]
def _waiting(tended: Sequence[UUID], member: Member) -> models.QuerySet[Any]:
    seen = Named.objects.visible_to(member).waiting().filter(among("relationship_id", tended))
    return seen.select_related("by__now", "relationship__party").order_by("at", "id")[:MOST]


def _row(named: Named) -> NamedRow:
    return NamedRow(
        name=named.name,
        address=named.address,
        why=named.why,
        by=str(named.by.now or named.by),
        by_url=reverse("desk:relationship", args=[named.relationship_id]),
        on=named.at,
        keep_url=reverse("desk:keep_named", args=[named.pk]),
        leave_url=reverse("desk:leave_named", args=[named.pk]),
    )
