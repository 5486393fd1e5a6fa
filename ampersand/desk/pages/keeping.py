"""What became of promises, in three drawings: kept shares, the gap by quarter, and the weeks ahead. Never by person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One kind of promise. `low`, `high` and `share` are shares of those that fell due, from 0 to 1."""

    name: str
    low: float
    high: float
    share: float | None
    """Drawn only where nearly all were answered; else the range alone."""
    kept: int
    not_kept: int
    unconfirmed: int
    is_theirs: bool = False
    is_whole: bool = False
    """All that a side promised, and not one kind of it."""


@dataclass(frozen=True, slots=True)
class KeptShares:
    """Of the promises that fell due, how many were kept, with the likely range."""

    finding: str
    rows: tuple[KeptRow, ...]
    small_print: str


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """The promises that fell due in one quarter."""

    begins_on: date
    promised: int
    said_done: int
    kept: int


@dataclass(frozen=True, slots=True)
class GapByQuarter:
    """Promised, said done and called kept, oldest first. The present quarter is not over and not drawn."""

    finding: str
    quarters: tuple[QuarterRow, ...]
    small_print: str


@dataclass(frozen=True, slots=True)
class WeekRow:
    """The promises that fall due in one week; of the first also those that are late."""

    begins_on: date
    due: int


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """What falls due in the weeks ahead, beside what is usually kept in one. `today` lies in the first week."""

    finding: str
    today: date
    weeks: tuple[WeekRow, ...]
    usual_low: int | None
    """None while nothing is known of a usual week."""
    usual_high: int | None
    small_print: str


@dataclass(frozen=True, slots=True)
class KeepingPart:
    """The drawings on top of the ledger. Each is there only where there is something to draw."""

    shares: KeptShares | None = None
    gap: GapByQuarter | None = None
    load: WeekLoad | None = None
