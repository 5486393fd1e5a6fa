"""Who visits: read over the visitors' own login, which knows one visit by its secret and no other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ampersand.members.models import House
from ampersand.parties.models import Party
from ampersand.portal.fence import ALIAS
from ampersand.portal.models import PageLink
from ampersand.portal.outside import visiting

LONGEST_SECRET = 100


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody of the other side, on their page. `party_ids` are all the parties that are taken to be them."""

    secret: str
    relationship_id: UUID
    party_id: UUID
    party_ids: tuple[UUID, ...]
    name: str
    language: str
    house_name: str
    time_zone: str
    lapses_at: datetime


def find_visitor(secret: str) -> Visitor | None:
    """The visitor of this secret, while their visit lasts. Raises NotOpen in a house that has no login for visitors."""
    if not secret or len(secret) > LONGEST_SECRET or "\x00" in secret:
        return None
    with visiting(secret):
        link = PageLink.objects.using(ALIAS).only("id", "relationship_id", "party_id", "lapses_at").first()
        if link is None:
            return None
        house = House.objects.using(ALIAS).only("id", "name", "time_zone").get()
        told = Party.objects.using(ALIAS).only("id", "name", "language", "now_id")
        seen = {party.pk: party for party in told}
        own = seen[link.party_id]
        head = seen[own.now_id] if own.now_id else own
        return Visitor(
            secret=secret,
            relationship_id=link.relationship_id,
            party_id=link.party_id,
            party_ids=tuple(pk for pk, party in seen.items() if head.pk in (pk, party.now_id)),
            name=head.name or own.name,
            language=head.language or own.language,
            house_name=house.name,
            time_zone=house.time_zone,
            lapses_at=link.lapses_at,
        )
