"""Trade, and give and take. The two are kept apart: a concession has no place among transactions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from ampersand.core import events
from ampersand.core.rooms import Room
from ampersand.core.whole import whole
from ampersand.exchange.models import Concession, Transaction, TransactionKind
from ampersand.members.models import Member
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party, Relationship
from ampersand.parties.speaking import Voice
from ampersand.timeline.models import Moment


class AmountWithoutCurrency(ValueError):
    """An amount says in which currency it is."""


@whole
def tell_transaction(
    *,
    party: Party,
    kind: str,
    happened_on: date,
    teller: Teller,
    amount: Decimal | None = None,
    currency: str = "",
    number: str = "",
    words: str = "",
) -> tuple[Transaction, bool]:
    """Tell of value that changed hands. The same number of the same kind is the same one; answers whether it is new."""
    if amount is not None and not currency:
        raise AmountWithoutCurrency(amount)
    fields = {
        "happened_on": happened_on,
        "amount": amount,
        "currency": currency.upper() if amount is not None else "",
        "words": words,
        **teller.fields(),
    }
    kind = TransactionKind(kind)
    if number:
        told, is_new = Transaction.objects.get_or_create(
            party=party, kind=kind, number=number, withdrawn_at=None, defaults=fields
        )
    else:
        told, is_new = Transaction.objects.create(party=party, kind=kind, **fields), True
    if is_new:
        relationships = Relationship.objects.filter(party=party).values_list("pk", flat=True)
        events.record(
            "transaction.told", at=teller.at, by_id=_id(teller.by), subject_id=told.pk, relationship_ids=relationships
        )
    return told, is_new


@whole
def concede(
    *,
    by: Party,
    to: Party,
    relationship: Relationship,
    words: str,
    happened_on: date,
    teller: Teller,
    amount: Decimal | None = None,
    currency: str = "",
    moment: Moment | None = None,
    is_gift: bool = False,
    room: str = Room.OURS,
) -> Concession:
    """Write down that one side gave way for the other. An amount is rough and belongs to these words alone."""
    given = Concession.objects.create(
        relationship=relationship,
        by=by,
        to=to,
        is_ours=by.is_ours,
        voice=Voice.OWN if by.is_ours else Voice.TOLD_BY_US,
        words=words.strip(),
        happened_on=happened_on,
        amount=amount,
        currency=currency.upper(),
        moment=moment,
        is_gift=is_gift,
        room=room,
        **teller.fields(),
    )
    events.record(
        "concession.made", at=teller.at, by_id=_id(teller.by), subject_id=given.pk, relationship_ids=[relationship.pk]
    )
    return given


def _id(member: Member | None) -> UUID | None:
    return member.pk if member else None
