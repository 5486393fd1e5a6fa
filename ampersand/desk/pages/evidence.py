"""What a reading rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from ampersand.desk.pages.words import Mode

if TYPE_CHECKING:
    from ampersand.readings.rules import Rule


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One thing a reading rests on."""

    says: str
    on: date | datetime | None = None
    url: str = ""
    mode: Mode | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a reading rests on, for and against, or that it is too early to say."""

    sentence: str
    speaks_for: tuple[EvidenceRow, ...]
    speaks_against: tuple[EvidenceRow, ...]
    rule: str
    """How it is read, in one sentence, with its unit and its minimum."""
    as_of: datetime
    how_sure: str = ""
    """The range of what it says, where it says a share."""
    finer: tuple[str, ...] = ()
    """The same of each kind apart, and beside what was meant, each a sentence."""
    rule_url: str = ""
    """The page of its rule."""
    is_too_early: bool = False
    objections: tuple[tuple[str, str, datetime], ...] = ()
    """What the other side says of it: who, what and when."""
    more: str = ""
    """Said when rows were cut: "and 31 more like these"."""
    more_url: str = ""
    """Where these are."""


@dataclass(frozen=True, slots=True)
class RulePage:
    """How one reading is made, for whoever wants to make it again."""

    name: str
    rule: Rule
    here: ClassVar[str] = "relationships"


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """The evidence of one reading as a page of its own, for those without script."""

    evidence: Evidence
    today: date
    here: ClassVar[str] = "relationships"
