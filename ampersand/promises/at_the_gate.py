"""What the gate asks of promises: whether one is open between us, and whether one fell due since we last approached them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ampersand.promises.models import Promise
from ampersand.terms.queries import Evidence


def evidence(party_ids: frozenset[UUID], at: datetime, approached_at: datetime | None) -> Evidence:
    """Open promises by or to any of these, or in a relationship with one of them."""
    ids = list(party_ids)
    named = Q(by__in=ids) | Q(to__in=ids) | Q(relationship__party__in=ids)
    days = list(Promise.objects.open().filter(named).values_list("due_on", flat=True))
    since = approached_at.date() if approached_at else None
    is_due = any(day is not None and (since is None or since < day) and day <= at.date() for day in days)
    return Evidence(has_work=bool(days), is_promise_due_since=is_due)
