"""What a search for doubles finds."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

Pair = tuple[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Found:
    """Two parties that are likely one, the lower id first."""

    pair: Pair
    probability: float
    reasons: tuple[tuple[str, str], ...]
