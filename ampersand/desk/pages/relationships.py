"""Relationships: the dense index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from ampersand.desk.pages.forms import Filter
from ampersand.desk.pages.notebook import Kept


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
    key: str = ""
    """By which the row is picked."""
    kind: str = ""
    tags: str = ""
    because: str = ""
    known_on: date | None = None
    due_on: date | None = None
    kept: str = ""
    """ "7 of 9": the promises of either side that were called kept, of those that were called."""
    details: Mapping[str, str] = field(default_factory=dict)
    """By label in small letters, as far as their columns are shown."""
    reached: Mapping[str, str] = field(default_factory=dict)
    """Addresses and numbers by kind (email, phone, url), as far as their columns are shown."""
    is_picked: bool = False


@dataclass(frozen=True, slots=True)
class ColumnHead:
    name: str
    title: str
    look: str = ""
    sort_url: str = ""
    order: str = ""
    """ascending or descending, for the column the list is sorted by."""


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    name: str
    title: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that the list is narrowed to; its address is that of the list without it."""

    says: str
    url: str


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A saved search. What may not be done with it has no address."""

    name: str
    url: str
    is_here: bool = False
    is_the_houses: bool = False
    change_url: str = ""


@dataclass(frozen=True, slots=True)
class EditBar:
    """What can be done with the rows that were picked. What was typed is kept where something was wrong."""

    url: str
    back: str
    words: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    word: str = ""
    label: str = ""
    value: str = ""
    error: str = ""
    wrong: str = ""
    """The field that is wrong: row, word, label or value."""
    is_part: bool = False
    """The list goes on beyond this page."""


@dataclass(frozen=True, slots=True)
class RelationshipsPage:
    today: date
    list_url: str
    words: str
    """What was typed into the list's own search."""
    filters: tuple[Filter, ...]
    found: str
    """The list in a sentence: "50 of them, by name"; counted on request, "50 of 412, by name"."""
    rows: tuple[RelationshipRow, ...]
    empty_says: str = ""
    count_url: str = ""
    next_url: str = ""
    previous_url: str = ""
    clear_url: str = ""
    add_url: str = ""
    more_filters: tuple[Filter, ...] = ()
    is_more_open: bool = False
    hidden: tuple[tuple[str, str], ...] = ()
    """What is asked besides the fields: tags and details that are taken already."""
    words_in_use: tuple[str, ...] = ()
    labels_in_use: tuple[str, ...] = ()
    chips: tuple[Chip, ...] = ()
    columns: tuple[ColumnHead, ...] = ()
    column_choices: tuple[ColumnChoice, ...] = ()
    columns_url: str = ""
    saved: tuple[SavedRow, ...] = ()
    save_url: str = ""
    out_url: str = ""
    this_url: str = ""
    edit: EditBar | None = None
    kept: Kept | None = None
    here: ClassVar[str] = "relationships"
