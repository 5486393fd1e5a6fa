"""Relationships: the dense index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from ampersand.desk.pages.forms import Filter


@dataclass(frozen=True, slots=True)
class RelationshipRow:
    name: str
    url: str
    life: int
    of: str = ""
    place: str = ""
    reading: str = ""
    """One sentence with its quantity, or empty when there is too little to read."""
    last_on: date | datetime | None = None
    last_mode: str = ""
    promises: str = ""
    """ "2 ours, 1 theirs"."""
    trade: Decimal | None = None
    """A month, in `currency`."""
    currency: str = ""
    tended_by: str = ""


@dataclass(frozen=True, slots=True)
class RelationshipsPage:
    today: date
    list_url: str
    words: str
    """What was typed into the list's own search."""
    filters: tuple[Filter, ...]
    found: str
    """The list in a sentence: "50 of 412 relationships, by name"."""
    rows: tuple[RelationshipRow, ...]
    empty_says: str = ""
    next_url: str = ""
    previous_url: str = ""
    clear_url: str = ""
    add_url: str = ""
    here: ClassVar[str] = "relationships"
