"""What the reading *in tune* tells, as pages take it: shares of its own usual now, and month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ampersand.desk.pages.strips import MonthShares
from ampersand.desk.shares import both_say

TRADE_AHEAD, RELATIONSHIP_AHEAD, IN_TUNE, TOO_EARLY = "trade_ahead", "relationship_ahead", "in_tune", "too_early"
PARTED = (TRADE_AHEAD, RELATIONSHIP_AHEAD)
YEAR = 12


@dataclass(frozen=True, slots=True)
class Tuned:
    """Trade and what lies between, each a share of its own usual."""

    trade: float
    relationship: float
    trail: tuple[MonthShares, ...]
    """At the ends of the past twelve months, oldest first; without now."""

    @classmethod
    def told(cls, told: Mapping[str, Any]) -> Tuned | None:
        """What a reading told, or None where it named no shares."""
        trade, relationship = _share(told.get("trade")), _share(told.get("relationship"))
        if trade is None or relationship is None:
            return None
        months = [_month(row) for row in told.get("trail") or ()]
        return cls(trade, relationship, tuple(month for month in months if month is not None)[-YEAR:])

    def months(self, *, today: date) -> tuple[MonthShares, ...]:
        """The past year and now."""
        return (*self.trail, MonthShares(today.replace(day=1), self.trade, self.relationship))

    def says(self) -> str:
        return both_say(self.trade, self.relationship)


def tuned_says(says: str, since_on: date | None, tuned: Tuned) -> str:
    """Both ways, and where they parted, until when they were in tune."""
    if says not in PARTED or since_on is None:
        return tuned.says()
    return _("%(shares)s In tune until %(month)s.") % {"shares": tuned.says(), "month": month_said(since_on)}


def month_said(on: date) -> str:
    """A month in full with its year."""
    return format_date(on, pgettext("date format: month and year in full", "F Y"))


def _month(row: Any) -> MonthShares | None:
    trade, relationship = _share(row[1]), _share(row[2])
    if trade is None or relationship is None:
        return None
    return MonthShares(date.fromisoformat(f"{row[0][:7]}-01"), trade, relationship)


def _share(told: Any) -> float | None:
    return float(told) if isinstance(told, int | float) and isfinite(told) else None
