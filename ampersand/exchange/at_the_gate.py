"""What the gate asks of trade: whether there ever was any between us, and whether an order is open."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, Q

from ampersand.exchange.models import Transaction, TransactionKind
from ampersand.terms.queries import Evidence

# An order that nothing ended is open for so long: house keeping elsewhere seldom tells that one came to nothing.
OPEN_DAYS = 365
ENDING = (TransactionKind.DELIVERY, TransactionKind.CANCELLATION)


def evidence(party_ids: frozenset[UUID], at: datetime, approached_at: datetime | None) -> Evidence:
    """An order is open from its day until a delivery or a cancellation after it, and for a year at most."""
    told = Transaction.objects.standing().filter(party__in=list(party_ids), happened_on__lte=at.date())
    last = told.aggregate(
        ordered=Max("happened_on", filter=Q(kind=TransactionKind.ORDER)),
        ended=Max("happened_on", filter=Q(kind__in=ENDING)),
        any=Max("happened_on"),
    )
    ordered, ended = last["ordered"], last["ended"]
    is_open = ordered is not None and ordered > at.date() - timedelta(days=OPEN_DAYS) and (not ended or ended < ordered)
    return Evidence(has_both_ways=last["any"] is not None, has_work=is_open)
