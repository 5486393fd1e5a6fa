from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from ampersand.desk.pages.notebook import Kept
from ampersand.desk.pages.same import OneOfTwo


@dataclass(frozen=True, slots=True)
class DoublesPage:
    """Two that are likely one, for a person to say; then the next two."""

    today: date
    says: str
    two: tuple[OneOfTwo, OneOfTwo] | None = None
    reasons: str = ""
    refusal: str = ""
    closed_says: str = ""
    same_url: str = ""
    two_url: str = ""
    later_url: str = ""
    together_url: str = ""
    """Where those that have the same strong reasons stand in one list."""
    here: ClassVar[str] = "import"


@dataclass(frozen=True, slots=True)
class SameReasons:
    """Strong reasons that several pairs have in common, and how many they are."""

    says: str
    count: int
    url: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class OneInShort:
    name: str
    url: str
    facts: str
    """Where they work, and by what they are reached."""


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two that are likely one, in one row. It is ticked where two independent strong signals and the name say so."""

    id: UUID
    two: tuple[OneInShort, OneInShort]
    says: str
    reasons: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class TogetherPage:
    """Pairs that have the same strong reasons, to be said to be one in one act."""

    today: date
    groups: tuple[SameReasons, ...]
    why: str
    title: str
    """The reasons of the pairs that are shown."""
    rows: tuple[PairRow, ...]
    kept: Kept | None = None
    error: str = ""
    more_url: str = ""
    here: ClassVar[str] = "import"
