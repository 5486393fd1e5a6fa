"""What stands on the paper of an offer. Apart from `paper.py`, which needs a library that draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.text import capfirst, slugify

from ampersand.exchange.negotiating.actions import Line
from ampersand.exchange.negotiating.models import Negotiation, Offer, OfferLine
from ampersand.members.models import House, HouseName


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the paper."""

    house: str
    """Under which name the giver acts."""
    to: str
    about: str
    version: int
    on: date
    at: datetime
    """When it was put: the same offer is the same file, byte for byte."""
    words: str = ""
    valid_until: date | None = None
    lines: Sequence[Line] = ()
    currency: str = ""
    answers: Sequence[tuple[str, str]] = ()
    """Questions of substance with what this offer says to each."""
    by: str = ""
    """Who put it."""


def sheet_of(offer: Offer, negotiation: Negotiation) -> Sheet:
    """What stands on the paper of one version: the same, whoever of the two sides asks for it."""
    house = House.objects.get()
    legal = HouseName.objects.filter(house=house).order_by("pk").values_list("name", flat=True).first() or house.name
    decider = str(negotiation.decider.now or negotiation.decider)
    theirs = str(negotiation.relationship.party.now or negotiation.relationship.party)
    other = decider if decider == theirs else f"{decider}, {theirs}"
    said = {value.question_id: value.words for value in offer.values.all()}
    questions = sorted(negotiation.questions.all(), key=lambda question: question.position)
    return Sheet(
        house=legal if offer.is_ours else theirs,
        to=other if offer.is_ours else legal,
        about=negotiation.about,
        version=offer.version,
        on=timezone.localdate(offer.told_at),
        at=offer.told_at,
        words=offer.words,
        valid_until=offer.ends_on(),
        lines=[_line(line) for line in sorted(offer.lines.all(), key=lambda line: line.position)],
        currency=offer.currency,
        answers=[(capfirst(str(question)), said[question.pk]) for question in questions if question.pk in said],
        by=str(offer.by.now or offer.by),
    )


def paper_name(offer: Offer, negotiation: Negotiation) -> str:
    """What the file is called."""
    return f"{slugify(negotiation.about)[:60] or 'offer'}-{offer.version}.pdf"


def _line(line: OfferLine) -> Line:
    return Line(line.words, line.quantity, line.unit, line.unit_price, line.discount_share, line.tax_rate)
