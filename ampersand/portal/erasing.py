"""What an erasure takes from the page Between: the links with their addresses, and all that was done by them."""

from __future__ import annotations

from django.db.models import Q

from ampersand.core import erasure
from ampersand.core.erasure import Erasing
from ampersand.portal.models import Entry, LinkCode, PageLink, Visit


def take_away(erasing: Erasing) -> int:
    """The step of this app."""
    ids = erasing.party_ids
    links = PageLink.objects.filter(Q(party__in=ids) | Q(relationship__party__in=ids))
    return sum(
        (
            erasure.take_away(LinkCode.objects.filter(link__in=links)),
            erasure.take_away(Visit.objects.filter(link__in=links)),
            erasure.take_away(links),
            erasure.take_away(Entry.objects.filter(Q(party__in=ids) | Q(relationship__party__in=ids))),
            erasure.strike(Entry, "told", texts=erasing.texts),
        )
    )
