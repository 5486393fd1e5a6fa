"""What an erasure takes from trade, from give and take and from negotiations: numbers and words. Days and amounts stay in the
accounts."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from ampersand.core import erasure
from ampersand.core.erasure import Erasing
from ampersand.exchange.models import (
    Concession,
    DecidingDay,
    ExpectedTransaction,
    Negotiation,
    Offer,
    OfferEvent,
    OfferFile,
    OfferLine,
    OfferValue,
    Question,
    Transaction,
    Weight,
)


def take_away(erasing: Erasing) -> int:
    """The step of this app."""
    ids = erasing.party_ids
    return sum(
        (
            erasure.blank(Transaction.objects.filter(party__in=ids), number="", words="", place=""),
            erasure.blank(concessions_with(ids), words="", cost_words="", worth_words="", place=""),
            erasure.strike(Transaction, "words", texts=erasing.texts),
            erasure.strike(Concession, "words", "cost_words", "worth_words", texts=erasing.texts),
            _negotiations(erasing),
        )
    )


def _negotiations(erasing: Erasing) -> int:
    """That something was negotiated, when, for how much and what was decided stays. What is still open is nobody's any more."""
    theirs = negotiations_with(erasing.party_ids)
    offers = Offer.objects.filter(Q(negotiation__in=theirs) | Q(by__in=erasing.party_ids))
    theirs.filter(withdrawn_at=None).update(withdrawn_at=erasing.at)
    attached = OfferFile.objects.filter(offer__in=offers)
    erasure.let_go_of_files(attached.values_list("file_id", flat=True))
    return sum(
        (
            erasure.take_away(attached),
            erasure.take_away(Weight.objects.filter(question__negotiation__in=theirs)),
            erasure.blank(DecidingDay.objects.filter(negotiation__in=theirs), words=""),
            erasure.blank(Question.objects.filter(negotiation__in=theirs), words=""),
            erasure.blank(OfferLine.objects.filter(offer__in=offers), words="", unit=""),
            erasure.blank(OfferValue.objects.filter(offer__in=offers), words=""),
            erasure.blank(OfferEvent.objects.filter(offer__in=offers), words=""),
            erasure.blank(ExpectedTransaction.objects.filter(offer__in=offers), words="", place=""),
            erasure.blank(offers, words="", place=""),
            erasure.blank(theirs, about="", kind="", place=""),
            *(erasure.strike(model, *columns, texts=erasing.texts) for model, columns in _WORDS),
        )
    )


_WORDS = (
    (Negotiation, ("about", "kind")),
    (DecidingDay, ("words",)),
    (Question, ("words",)),
    (Offer, ("words",)),
    (OfferLine, ("words", "unit")),
    (OfferValue, ("words",)),
    (OfferEvent, ("words",)),
    (OfferFile, ("name",)),
    (ExpectedTransaction, ("words",)),
)


def concessions_with(party_ids: Iterable[UUID]) -> QuerySet[Concession]:
    """What any of these parties gave or was given, and what was given in their relationship."""
    ids = list(party_ids)
    return Concession.objects.filter(Q(by__in=ids) | Q(to__in=ids) | Q(relationship__party__in=ids))


def negotiations_with(party_ids: Iterable[UUID]) -> QuerySet[Negotiation]:
    """What was negotiated in the relationship of any of these parties, or was theirs to decide."""
    ids = list(party_ids)
    return Negotiation.objects.filter(Q(relationship__party__in=ids) | Q(decider__in=ids))
