"""The still page before a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from ampersand.between.lines import MattersPart
from ampersand.desk.pages.promises import PromiseRow
from ampersand.desk.pages.relationship import Terms


@dataclass(frozen=True, slots=True)
class Meeting:
    """What is arranged: when, where, about what, and who will be there of each side."""

    mode: str
    at: datetime | None
    on: date
    where: str
    about: str
    theirs: tuple[str, ...]
    ours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LastSaid:
    who: str
    how: str
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class BeforePage:
    house: str
    name: str
    today: date
    back_url: str
    meeting: Meeting | None
    said: tuple[LastSaid, ...]
    matters: MattersPart
    ours: tuple[PromiseRow, ...]
    theirs: tuple[PromiseRow, ...]
    our_giving: tuple[str, ...]
    their_giving: tuple[str, ...]
    """What one side gave, and the other has not answered."""
    suggestions: tuple[tuple[str, str], ...]
    """What might be good for both, and why."""
    terms: Terms
    look_again_on: date | None
    touched: tuple[tuple[str, str], ...]
    """Who else it touches: a name, and how they are tied."""
    here: ClassVar[str] = "relationships"
