"""Evidence strips, 224 by 46, one year on their x axis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from ampersand.desk.pages.words import Way


@dataclass(frozen=True, slots=True)
class Tick:
    days_ago: int
    way: Way


@dataclass(frozen=True, slots=True)
class RhythmStrip:
    """Each tick an encounter: up they reached out, down we did, both we met. The silence since is shaded."""

    label: str
    ticks: tuple[Tick, ...]
    usual_days: float
    quiet_days: int
    note: str
    """What stands at the right-hand end: "41 days"."""
    name: ClassVar[str] = "rhythm"


@dataclass(frozen=True, slots=True)
class LateStrip:
    """A promise from its making over its due day to today."""

    label: str
    made_on: date
    due_on: date
    today: date
    name: ClassVar[str] = "late"


@dataclass(frozen=True, slots=True)
class MissingStrip:
    """Whom we know, and who stands behind them whom we do not: `knows` from us outward, then `missing`."""

    label: str
    knows: tuple[str, ...]
    missing: str
    name: ClassVar[str] = "missing"


@dataclass(frozen=True, slots=True)
class Gift:
    """One thing given; `worth` is a share (0 to 1) of the largest in the drawing, in its receiver's valuation."""

    days_ago: int
    way: Literal["theirs", "ours"]
    worth: float
    says: str = ""


@dataclass(frozen=True, slots=True)
class GiftStrip:
    """What each gave over a year, each thing once: theirs above the line, ours below. Never netted."""

    label: str
    gifts: tuple[Gift, ...]
    name: ClassVar[str] = "gift"


@dataclass(frozen=True, slots=True)
class MonthShares:
    """Trade and what lies between at the end of a month, each a share of its own usual: 1 is usual."""

    month: date
    trade: float
    relationship: float


@dataclass(frozen=True, slots=True)
class PartingStrip:
    """Trade and talk over a year, each against its own usual, and what has opened between them."""

    label: str
    months: tuple[MonthShares, ...]
    """Oldest first, the present month last."""
    name: ClassVar[str] = "parting"


@dataclass(frozen=True, slots=True)
class PulseStrip:
    """Five words from strained to close, and which of them each side chose."""

    label: str
    words: tuple[str, ...]
    theirs: int
    """Places in `words`."""
    ours: int
    theirs_name: str
    name: ClassVar[str] = "pulse"


Strip = RhythmStrip | LateStrip | MissingStrip | GiftStrip | PartingStrip | PulseStrip
