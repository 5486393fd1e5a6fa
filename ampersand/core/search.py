"""Search: the folded words of what is searchable, found from their beginnings and through one typing error.

Three tables (`spec`: docs/explanation/search.md): words, the beginnings of words with their one-letter deletions, and
entries that hold the numbers of their words. Rights are applied before the cut: an entry names its parties, its room
and its teller, and a search says which parties are hidden from whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Entry:
    """Something searchable: its kind, its row, its words, and what rights follow from it."""

    kind: str  # party | moment | note | promise
    object_id: UUID
    text: str
    party_ids: tuple[UUID, ...] = ()
    member_id: UUID | None = None  # of a row in *mine*: only this member finds it
    at: datetime | None = None  # what newer ones are put first by


@dataclass(frozen=True)
class Hit:
    kind: str
    object_id: UUID


def put(entry: Entry) -> None:
    """Make a row findable by these words, in place of those it had."""
    put_many([entry])


def put_many(entries: Iterable[Entry]) -> None:
    raise NotImplementedError


def remove(object_ids: Sequence[UUID]) -> None:
    """Take rows out of the search."""
    raise NotImplementedError


def find(
    query: str, *, kinds: Sequence[str], hidden_party_ids: Sequence[UUID], member_id: UUID | None, limit: int = 50
) -> list[Hit]:
    raise NotImplementedError
