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
from ampersand.promises.models import Promise, PromiseEvent, PromiseQuerySet


def take_away(erasing: Erasing) -> int:
    """The step of this app."""
    theirs = with_them(erasing.party_ids)
    search.remove(list(theirs.values_list("pk", flat=True)))
    spoken_of = erasure.find(Promise, "words", texts=erasing.texts)
    theirs.open().update(withdrawn_at=erasing.at)
    row_count = sum(
        (
            erasure.blank(PromiseEvent.objects.filter(promise__in=theirs), words=""),
            erasure.blank(theirs, words="", condition="", place=""),
            erasure.strike(Promise, "words", "condition", texts=erasing.texts),
            erasure.strike(PromiseEvent, "words", texts=erasing.texts),
        )
    )
    for promise in Promise.objects.filter(pk__in=spoken_of).exclude(words="").select_related("relationship"):
        actions.index(promise)
    return row_count


def with_them(party_ids: Iterable[UUID]) -> PromiseQuerySet:
    """The promises that any of these parties made or was made, and those of their relationship."""
    ids = list(party_ids)
    return Promise.objects.filter(Q(by__in=ids) | Q(to__in=ids) | Q(relationship__party__in=ids))
