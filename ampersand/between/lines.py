"""What a page shows of what matters to either side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of a side: its words, whose word it is, since when, and what the viewer may do with it."""

    id: UUID
    words: str
    who: str
    on: date
    is_quote: bool = False
    reads: str = ""
    """Who reads it, where that is not plain."""
    answer: str = ""
    answer_who: str = ""
    answered_on: date | None = None
    change_url: str = ""
    share_url: str = ""
    withdraw_url: str = ""
    answer_url: str = ""
    entry: str = ""
    is_in_hand: bool = False
    """Just written or changed: where the keyboard goes on."""


@dataclass(frozen=True, slots=True)
class Write:
    """A small form for one more line. `typed` and `error`: as it was sent, where something has to be put right."""

    url: str
    says: str
    note: str
    kinds: tuple[tuple[str, str], ...]
    label: str
    key: str
    may_quote: bool = False
    entry: str = ""
    typed_kind: str = ""
    typed_words: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one kind. The first kind of a side stands under its title alone."""

    title: str
    rows: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True)
class Side:
    title: str
    empty_says: str
    groups: tuple[Group, ...]
    write: Write | None = None


@dataclass(frozen=True, slots=True)
class MattersPart:
    theirs: Side
    ours: Side
    questions: tuple[LineRow, ...]
    wonder: Write | None = None
    more: int = 0
    """How many lines there are besides those shown."""

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.theirs, self.ours


@dataclass(frozen=True, slots=True)
class Writing:
    """Where the viewer writes: to which addresses, and what was sent and has to be put right. None: nowhere."""

    theirs_url: str = ""
    ours_url: str = ""
    wonder_url: str = ""
    wrong: str = ""
    kind: str = ""
    words: str = ""
    error: str = ""
