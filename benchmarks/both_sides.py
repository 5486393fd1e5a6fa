"""The pages of both sides: promises, negotiations, and the page that is the other side's own, over its own login."""

from __future__ import annotations

import random
from typing import Any

VISITS = 30
"""So many of the other side have their page open; on each lie the promises of their relationship."""


def negotiations(member: Any) -> list[Any]:
    from ampersand.exchange.models import Negotiation

    return list(Negotiation.objects.visible_to(member).order_by("id").values_list("pk", flat=True)[:5_000])


def visits(member: Any, dice: random.Random) -> list[str]:
    """Cookies of those who have their page open, as a link and its code give them."""
    from django.utils import timezone

    from ampersand.parties.models import Relationship
    from ampersand.portal import actions, web
    from ampersand.promises import sharing
    from ampersand.promises.models import Promise

    at, cookies = timezone.now(), []
    people = Relationship.objects.visible_to(member).filter(party__kind="person", promises__isnull=False)
    some = list(people.order_by("id").distinct().select_related("party")[: VISITS * 20])
    for relationship in dice.sample(some, min(len(some), VISITS * 4)):
        addresses = actions.addresses_of(relationship.party)
        if not addresses or len(cookies) == VISITS:
            continue
        for promise in Promise.objects.filter(relationship=relationship):
            sharing.share(promise, by=member, at=at)
        link, _secret = actions.give_link(relationship, address=addresses[0], days=7, by=member, at=at)
        _visit, secret = actions.open_visit(link, actions.make_code(link, at=at), at=at)
        cookies.append(f"{web.COOKIE}={secret}")
    return cookies
