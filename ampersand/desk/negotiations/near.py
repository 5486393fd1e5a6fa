"""What the page of a relationship shows of its negotiations, and whether give and take is read there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from ampersand.core.among import among
from ampersand.desk.negotiations.index import row_of, with_offers
from ampersand.desk.pages.negotiations import NegotiationRow
from ampersand.exchange.models import GiveAndTakeOff, Negotiation
from ampersand.members.models import Member

SHOWN_MAX = 7


def negotiations_with(relationships: Sequence[UUID], *, member: Member, on: date) -> tuple[NegotiationRow, ...]:
    """The newest negotiations of these relationships, which are taken to be one."""
    seen = Negotiation.objects.visible_to(member).standing().filter(among("relationship_id", relationships))
    return tuple(row_of(one, on=on) for one in with_offers(seen)[:SHOWN_MAX])


def wishes_off(relationships: Sequence[UUID], *, member: Member) -> bool:
    """Whether either side wishes that give and take is not read here."""
    return GiveAndTakeOff.objects.visible_to(member).standing().filter(among("relationship_id", relationships)).exists()
