"""Search and the palette."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Hit:
    """One find. `parts` are its words in pieces, each with whether it matched."""

    url: str
    parts: tuple[tuple[str, bool], ...]
    note: str = ""
    on: date | datetime | None = None
    life: int | None = None
    icon: str = ""


@dataclass(frozen=True, slots=True)
class HitGroup:
    title: str
    hits: tuple[Hit, ...]
    more_url: str = ""


@dataclass(frozen=True, slots=True)
class SearchPage:
    words: str
    today: date
    groups: tuple[HitGroup, ...]
    says: str = ""
    """When nothing was found, or fewer than two letters were typed: what to do then."""
    here: ClassVar[str] = "search"
