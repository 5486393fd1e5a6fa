"""The pages on which two parties are said to be one, and two after all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True)
class FoundRow:
    """Somebody who may be the same, found by typing."""

    name: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class OneOfTwo:
    """What one of two has: what speaks for and against their being one, side by side."""

    id: UUID
    name: str
    url: str
    known: str
    """Since when, or that they were only heard of."""
    addresses: tuple[str, ...]
    facts: tuple[str, ...]
    work: str
    contact: str
    """ "14 moments, from 3 March 2024 to yesterday"."""
    promises: str
    also_called: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChoosePage:
    name: str
    today: date
    words: str
    found: tuple[FoundRow, ...]
    says: str
    back_url: str
    here: ClassVar[str] = "relationships"


@dataclass(frozen=True, slots=True)
class ComparePage:
    name: str
    today: date
    two: tuple[OneOfTwo, OneOfTwo]
    in_common: tuple[str, ...]
    closed_says: str
    refusal: str
    choose_url: str
    back_url: str
    here: ClassVar[str] = "relationships"


@dataclass(frozen=True, slots=True)
class TwoPage:
    name: str
    today: date
    two: tuple[OneOfTwo, OneOfTwo]
    told: str
    """Who said that they are one, when and why."""
    back_url: str
    here: ClassVar[str] = "relationships"
