"""What the apps above do as soon as an import has told its last fact, or is undone: before anybody is told that it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from ampersand.core.among import among
from ampersand.exchange.models import Transaction
from ampersand.parties.models import Detail, Identifier, Party, Relationship, Tie

Follower = Callable[[list[UUID], datetime], None]
_followers: list[Follower] = []
# So many at a time: what is gathered of each is held in memory.
AT_ONCE = 5_000


def add_follower(follower: Follower) -> None:
    """Have this called with the relationships an import told of, and the time."""
    if follower not in _followers:
        _followers.append(follower)


def tell(relationship_ids: Iterable[UUID], *, at: datetime) -> None:
    ids = list(relationship_ids)
    for start in range(0, len(ids), AT_ONCE):
        for follower in _followers:
            follower(ids[start : start + AT_ONCE], at)


def told_of(source_id: UUID) -> list[UUID]:
    """The relationships of which a source told anything that stands on the relationship itself: not its moments, which are
    read by a job.
    """
    of_source = {"source_id": source_id}
    parties = Party.objects.filter(**of_source).order_by().values("pk")
    told = parties.union(
        Identifier.objects.filter(**of_source).values("party_id"),
        Detail.objects.filter(**of_source).order_by().values("party_id"),
        Transaction.objects.filter(**of_source).order_by().values("party_id"),
        Tie.objects.filter(**of_source).order_by().values("from_party_id"),
        Tie.objects.filter(**of_source).order_by().values("to_party_id"),
        Relationship.objects.filter(**of_source).order_by().values("party_id"),
    )
    return list(Relationship.objects.filter(party__in=told).order_by("pk").values_list("pk", flat=True))


def still_there(relationship_ids: list[UUID]) -> list[UUID]:
    return list(Relationship.objects.filter(among("pk", relationship_ids)).order_by("pk").values_list("pk", flat=True))
