"""What lies on the table, found by the database: which offers wait for an answer, until which day, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date
from decimal import Decimal
from itertools import starmap
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, TruncDate

from ampersand.exchange.negotiating.models import DecidingDay, Negotiation, Offer, OfferEvent
from ampersand.exchange.negotiating.states import OfferEventKind
from ampersand.members.models import Member


class Open(NamedTuple):
    """What is on the table for a month, in one currency, without tax. `month` is its first day; None where no day was named."""

    month: date | None
    currency: str
    amount: Decimal
    offers: int


def unanswered() -> QuerySet[Offer]:
    """Offers that nobody countered or answered: that is written down of every other."""
    answered = OfferEvent.objects.filter(offer=OuterRef("pk")).exclude(kind=OfferEventKind.PUT)
    return Offer.objects.filter(~Exists(answered))


def on_the_table(member: Member) -> QuerySet[Any, Any]:
    """Offers that wait for an answer, or lapsed without one, as far as this member may see them, each with `ends`: the last
    day on which it may be accepted, as `Offer.ends_on` has it.
    """
    seen = Negotiation.objects.visible_to(member).standing()
    newest = DecidingDay.objects.filter(negotiation=OuterRef("negotiation")).order_by("-at", "-pk")
    put_on = TruncDate("told_at", tzinfo=UTC)
    named_later = Case(When(named_on__gte=put_on, then=F("named_on")), output_field=DateField())
    return (
        unanswered()
        .filter(negotiation__in=seen)
        .annotate(named_at=Subquery(newest.values("at")[:1]), named_on=Subquery(newest.values("on")[:1]))
        .annotate(
            ends=Case(
                When(Q(is_ours=False) | Q(named_at=None), then=F("valid_until")),
                When(named_at__gte=F("told_at"), then=F("named_on")),
                default=Coalesce("valid_until", named_later),
                output_field=DateField(),
            )
        )
    )


class OnTable(NamedTuple):
    """An offer that waits for an answer, or lapsed without one: no more of it than what groups and sums need."""

    offer_id: UUID
    is_ours: bool
    ends: date | None
    amount: Decimal | None
    currency: str

    def is_open(self, *, on: date) -> bool:
        """Whether it may still be accepted on a day."""
        return self.ends is None or self.ends >= on


def find_on_the_table(member: Member) -> list[OnTable]:
    """All of `on_the_table`, those of what was begun last first, in one query."""
    offers = on_the_table(member).order_by("-negotiation__told_at", "-id")
    return list(starmap(OnTable, offers.values_list("pk", "is_ours", "ends", "net_amount", "currency")))


def sums_of(offers: Iterable[OnTable]) -> list[Open]:
    """Amounts by the month of the day on which an offer ends and by currency: two currencies never in one sum."""
    found: dict[tuple[date | None, str], tuple[Decimal, int]] = {}
    for offer in offers:
        if offer.amount is not None:
            key = (offer.ends.replace(day=1) if offer.ends else None, offer.currency)
            amount, count = found.get(key, (Decimal(0), 0))
            found[key] = amount + offer.amount, count + 1
    rows = [Open(month, currency, amount, count) for (month, currency), (amount, count) in found.items()]
    return sorted(rows, key=lambda one: (one.month or date.max, one.currency))
