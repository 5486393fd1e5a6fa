"""Handing over a relationship."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from ampersand.between.handed import HandedPart


@dataclass(frozen=True, slots=True)
class HandingWaits:
    """A handing over that waits for a colleague's word."""

    name: str
    url: str
    by: str
    to: str
    from_on: date
    story: str
    promises: tuple[str, ...]
    accept_url: str
    decline_url: str


@dataclass(frozen=True, slots=True)
class HandingSaid:
    """What somebody said to a handing over: on Today of who handed it over and who took it."""

    says: str
    words: str
    of: str
    url: str


@dataclass(frozen=True, slots=True)
class HandingOverPage:
    name: str
    short_name: str
    relationship_url: str
    waits: HandingWaits | None
    withdraw_url: str
    may_answer: bool
    may: bool
    done: HandedPart
    today: date
    here: ClassVar[str] = "relationships"
