"""The parts of the page Between that both faces build from the same rows, read as the visitors' own login."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse

from ampersand.between.giving import GivingPart, giving_part
from ampersand.between.models import Agreement, Pulse
from ampersand.between.offer_rows import NegotiationRow, OffersPart
from ampersand.between.offers import negotiation_row, offers_part, with_offers
from ampersand.between.page import BetweenPart, Viewer, between_part
from ampersand.exchange.models import Concession, GiveAndTakeOff, Negotiation, Offer, Weight
from ampersand.portal.fence import ALIAS
from ampersand.portal.visitor import Visitor


def viewer_of(visitor: Visitor) -> Viewer:
    """The visitor, as the parts of both ask who looks."""
    return Viewer(
        is_ours=False,
        party_ids=visitor.party_ids,
        other=visitor.house_name,
        address=lambda act, row_id: reverse(f"portal:{act}", args=[row_id]),
        entry=lambda: str(uuid4()),
    )


def between_of(visitor: Visitor, *, today: date) -> BetweenPart:
    pulses, agreements = Pulse.objects.using(ALIAS), Agreement.objects.using(ALIAS)
    return between_part(pulses, agreements, viewer=viewer_of(visitor), on=today)


def offers_of(visitor: Visitor, *, today: date) -> OffersPart:
    return offers_part(*_offers(), viewer=viewer_of(visitor), on=today)


def giving_of(visitor: Visitor) -> GivingPart:
    given, offs = Concession.objects.using(ALIAS), GiveAndTakeOff.objects.using(ALIAS)
    return giving_part(given, offs, viewer=viewer_of(visitor))


def find_negotiation(negotiation_id: UUID) -> Negotiation | None:
    """A negotiation between the two with all that she may read of it."""
    negotiations, offers, weights = _offers()
    found = with_offers(negotiations.filter(pk=negotiation_id), offers, weights).first()
    return found if found is not None and found.offers.all() else None


def row_of(negotiation: Negotiation, visitor: Visitor, *, today: date) -> NegotiationRow:
    return negotiation_row(negotiation, viewer=viewer_of(visitor), on=today)


def _offers() -> tuple[Any, Any, Any]:
    return Negotiation.objects.using(ALIAS), Offer.objects.using(ALIAS), Weight.objects.using(ALIAS)
