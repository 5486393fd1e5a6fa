"""What an erasure takes from trade and from give and take: numbers and words. Days and amounts stay in the accounts."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from ampersand.core import erasure
from ampersand.core.erasure import Erasing
from ampersand.exchange.models import Concession, Transaction


def take_away(erasing: Erasing) -> int:
    """The step of this app."""
    ids = erasing.party_ids
    return sum(
        (
            erasure.blank(Transaction.objects.filter(party__in=ids), number="", words="", place=""),
            erasure.blank(concessions_with(ids), words="", cost_words="", worth_words="", place=""),
            erasure.strike(Transaction, "words", texts=erasing.texts),
            erasure.strike(Concession, "words", "cost_words", "worth_words", texts=erasing.texts),
        )
    )


def concessions_with(party_ids: Iterable[UUID]) -> QuerySet[Concession]:
    """What any of these parties gave or was given, and what was given in their relationship."""
    ids = list(party_ids)
    return Concession.objects.filter(Q(by__in=ids) | Q(to__in=ids) | Q(relationship__party__in=ids))
