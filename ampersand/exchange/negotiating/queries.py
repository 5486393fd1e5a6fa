"""What lies on the table, found by the database: which offers wait for an answer, until which day, and what they come to."""

from __future__ import annotations

from datetime import UTC, date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Case, Count, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce, TruncDate, TruncMonth

from ampersand.exchange.negotiating.models import DecidingDay, Negotiation, Offer, OfferEvent
from ampersand.exchange.negotiating.states import OfferEventKind
from ampersand.members.models import Member


class Open(NamedTuple):
    """What is on the table for a month, in one currency, without tax. `month` is its first day; None where no day was named."""

    month: date | None
    currency: str
    amount: Decimal
    count: int


def unanswered() -> QuerySet[Offer]:
    """Offers that nobody countered or answered: that is written down of every other."""
    answered = OfferEvent.objects.filter(offer=OuterRef("pk")).exclude(kind=OfferEventKind.PUT)
    return Offer.objects.filter(~Exists(answered))


def on_the_table(member: Member) -> QuerySet[Offer]:
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


def still_open(*, on: date) -> Q:
    """Of `on_the_table`: those that may still be accepted on a day."""
    return Q(ends=None) | Q(ends__gte=on)


def open_amounts(member: Member, *, on: date) -> list[Open]:
    """What is open, by the month of the day on which it ends and by currency: all of it, two currencies never in one sum."""
    offers = on_the_table(member).filter(still_open(on=on)).exclude(net_amount=None)
    grouped = offers.annotate(month=TruncMonth("ends")).values("month", "currency").order_by()
    sums = grouped.annotate(amount=Sum("net_amount"), offers=Count("pk"))
    found = [Open(one["month"], one["currency"], one["amount"], one["offers"]) for one in sums]
    return sorted(found, key=lambda one: (one.month or date.max, one.currency))
