"""The drawing on top of a relationship."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from ampersand.desk.pages.words import Way


@dataclass(frozen=True, slots=True)
class StripDay:
    """A day on which the two had contact."""

    on: date
    way: Way


@dataclass(frozen=True, slots=True)
class StripMark:
    """A happening worth its name, above the line (between you) or below it (trade)."""

    on: date
    says: str


@dataclass(frozen=True, slots=True)
class StripMonth:
    """One month of the past. `contact` is the relationship's momentum as a share of its own usual (1 is usual)."""

    month: date
    """Its first day."""
    contact: float
    days: tuple[StripDay, ...] = ()
    trade: Decimal | None = None
    """What changed hands that month, in the strips' currency; None where no trade is known at all."""
    marks: tuple[StripMark, ...] = ()
    trade_marks: tuple[StripMark, ...] = ()

    def days_data(self) -> str:
        """For the drawing: `3t 14o 20b`, the day of the month with who reached out."""
        return " ".join(f"{day.on.day}{day.way[0]}" for day in self.days)


@dataclass(frozen=True, slots=True)
class AheadRow:
    """Something in the months ahead: a promise that falls due, a meeting agreed, a renewal."""

    on: date
    says: str
    kind: Literal["ours", "theirs", "meeting", "trade"]


@dataclass(frozen=True, slots=True)
class ExpectedDay:
    """A day around which they would speak again by their own rhythm: with eight in ten, from `low_on` to `high_on`."""

    on: date
    low_on: date
    high_on: date


@dataclass(frozen=True, slots=True)
class ExpectedMonth:
    """What a month of trade would bring if it brought what the same month brought in other years."""

    month: date
    amount: Decimal
    low: Decimal
    high: Decimal
    """The least and the most of those years."""


@dataclass(frozen=True, slots=True)
class TwoStrips:
    """The drawing on top of a relationship: contact above the line, trade below, three years back, six months ahead."""

    label: str
    """The whole drawing as a sentence."""
    today: date
    months: tuple[StripMonth, ...]
    """Oldest first, at most 37, the present month last."""
    ahead: tuple[AheadRow, ...]
    trade_of: str = ""
    """Whose trade it is when it is not their own: "trade of Alder Hotels"."""
    currency: str = ""
    trade_first_says: str = ""
    """Stands at the left end of the lower strip: "£2,100 a month"."""
    trade_last_says: str = ""
    """Stands at its right end."""
    expected: tuple[ExpectedDay, ...] = ()
    """By its own rhythm, soonest first; none while it is too early to say."""
    expected_says: str = ""
    """ "your usual rhythm, every 19 days"."""
    season: tuple[ExpectedMonth, ...] = ()
    season_says: str = ""
    """ "what this season brought in other years"."""
    quiet_from: date | None = None
    quiet_until: date | None = None
    quiet_says: str = ""
