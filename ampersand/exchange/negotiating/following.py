"""What follows from an accepted offer: promises of its giver, and what is expected to change hands. Shown before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from ampersand.core import events
from ampersand.core.whole import whole
from ampersand.exchange import money
from ampersand.exchange.negotiating.actions import TooLate
from ampersand.exchange.negotiating.models import ExpectedTransaction, Negotiation, Offer, OfferLine
from ampersand.exchange.negotiating.states import OfferState
from ampersand.members.models import Member
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party
from ampersand.parties.speaking import NotOurs
from ampersand.promises import actions as promises
from ampersand.promises.models import Promise


class FollowedBefore(ValueError):
    """What follows from this offer was written down before."""


@dataclass(frozen=True, slots=True)
class Following:
    """What will be written down: these promises in words, and one expected transaction where there is an amount."""

    promises: tuple[str, ...]
    amount: Decimal | None
    currency: str


def what_follows(offer: Offer, *, is_one: bool) -> Following:
    """What an offer becomes (prefetch `lines`): a promise for each line, or one for all of it."""
    lines = sorted(offer.lines.all(), key=lambda line: line.position)
    if is_one or not lines:
        words = offer.words or "; ".join(_said(line) for line in lines) or offer.negotiation.about
        said: tuple[str, ...] = (words,)
    else:
        said = tuple(_said(line) for line in lines)
    amount = None
    if offer.net_amount is not None and offer.tax_amount is not None:
        amount = money.rounded(offer.net_amount + offer.tax_amount, offer.currency)
    return Following(said, amount, offer.currency)


@whole
def follow(
    offer: Offer, *, member: Member, due_on: date | None, is_one: bool, by: Member, at: datetime
) -> tuple[Sequence[Promise], ExpectedTransaction | None]:
    """Write down what follows from an accepted offer of ours: promises by our named member to the decider, due as agreed, and
    what is expected to be paid for it.

    Raises TooLate while it is not accepted, FollowedBefore the second time, NotOurs for an offer of theirs: each promises only
    for itself.
    """
    Negotiation.objects.select_for_update().get(pk=offer.negotiation_id)
    offer = _with_all(offer)
    if not offer.is_ours or member.party is None:
        raise NotOurs(_("What they offered is theirs to promise."))
    if offer.state(on=at.date()) != OfferState.ACCEPTED:
        raise TooLate(_("An offer becomes promises once its receiver has accepted it."))
    if offer.followed_at is not None:
        raise FollowedBefore(_("What follows from this offer was written down before."))
    follows, teller = what_follows(offer, is_one=is_one), Teller(at=at, by=by)
    negotiation = offer.negotiation
    receiver: Party = negotiation.decider
    made = [
        promises.promise(
            by=member.party,
            to=receiver,
            relationship=negotiation.relationship,
            words=words,
            made_on=at.date(),
            due_on=due_on,
            teller=teller,
        )
        for words in follows.promises
    ]
    expected = None
    if follows.amount is not None:
        expected = ExpectedTransaction.objects.create(
            offer=offer,
            expected_on=due_on,
            amount=follows.amount,
            currency=follows.currency,
            words=negotiation.about,
            **teller.fields(),
        )
    offer.followed_at = at
    offer.save(update_fields=["followed_at"])
    events.record(
        "offer.followed", at=at, by_id=by.pk, subject_id=offer.pk, relationship_ids=[negotiation.relationship_id]
    )
    return made, expected


def _with_all(offer: Offer) -> Offer:
    known = Offer.objects.select_related("negotiation__relationship", "negotiation__decider")
    return known.prefetch_related("lines", "events", "negotiation__deciding_days").get(pk=offer.pk)


def _said(line: OfferLine) -> str:
    """A line as a promise says it: how many of what."""
    many = " ".join(filter(None, [f"{line.quantity.normalize():f}", line.unit]))
    return f"{many} × {line.words}" if line.quantity != 1 or line.unit else line.words
