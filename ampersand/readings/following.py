"""What is done after readings were stored, by the apps above. Apart from `actions`, so that a web process stays light."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

Follower = Callable[[list[UUID] | None, datetime], None]
_followers: list[Follower] = []


def add_follower(follower: Follower) -> None:
    """Have this called after each reading with the relationships that were read (None: the whole book) and the time."""
    if follower not in _followers:
        _followers.append(follower)


def tell(relationship_ids: list[UUID] | None, at: datetime) -> None:
    for follower in _followers:
        follower(relationship_ids, at)
