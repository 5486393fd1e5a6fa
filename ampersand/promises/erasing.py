"""What an erasure takes from promises: the words. That something was promised, when, and whether it was kept, stays.

What was still open is withdrawn: nobody is asked for it any more, and nobody is said to have kept or released it.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from ampersand.core import erasure, search
from ampersand.core.erasure import Erasing
from ampersand.promises import actions
from ampersand.promises.models import Asking, Leaning, Promise, PromiseEvent, PromiseQuerySet


def take_away(erasing: Erasing) -> int:
    """The step of this app."""
    theirs = with_them(erasing.party_ids)
    search.remove(list(theirs.values_list("pk", flat=True)))
    spoken_of = erasure.find(Promise, "words", texts=erasing.texts)
    theirs.filter(settled_at=None, withdrawn_at=None).update(withdrawn_at=erasing.at)
    row_count = sum(
        (
            erasure.blank(PromiseEvent.objects.filter(promise__in=theirs), words="", condition=""),
            erasure.blank(
                Asking.objects.filter(Q(promise__in=theirs) | Q(to__in=erasing.party_ids)), words="", place=""
            ),
            erasure.blank(Leaning.objects.filter(Q(promise__in=theirs) | Q(on__in=theirs)), place=""),
            erasure.blank(theirs, words="", condition="", place=""),
            erasure.strike(Promise, "words", "condition", texts=erasing.texts),
            erasure.strike(PromiseEvent, "words", "condition", texts=erasing.texts),
            erasure.strike(Asking, "words", texts=erasing.texts),
        )
    )
    for promise in Promise.objects.filter(pk__in=spoken_of).exclude(words="").select_related("relationship"):
        actions.index(promise)
    return row_count


def with_them(party_ids: Iterable[UUID]) -> PromiseQuerySet:
    """The promises that any of these parties made or was made, those of their relationship, and among ourselves for its sake."""
    ids = list(party_ids)
    named = Q(by__in=ids) | Q(to__in=ids) | Q(relationship__party__in=ids) | Q(about__party__in=ids)
    return Promise.objects.filter(named)
