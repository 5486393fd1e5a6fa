"""What the reading *in tune* tells, as pages take it: shares of its own usual now, and month by month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import isfinite
from typing import Any

from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ampersand.desk.pages.relationship import TuneFigure
from ampersand.desk.pages.strips import MonthShares, PartingStrip
from ampersand.desk.shares import both_say, spoken_share
from ampersand.parties.models import Relationship
from ampersand.readings.models import Measure, Reading

TRADE_AHEAD, RELATIONSHIP_AHEAD, IN_TUNE, TOO_EARLY = "trade_ahead", "relationship_ahead", "in_tune", "too_early"
PARTED = (TRADE_AHEAD, RELATIONSHIP_AHEAD)
YEAR = 12


@dataclass(frozen=True, slots=True)
class Tuned:
    """Trade and what lies between, each a share of its own usual."""

    trade: float
    relationship: float
    rows: tuple[Any, ...]
    """The past twelve months as they were told, which most pages need of a few alone."""

    @property
    def trail(self) -> tuple[MonthShares, ...]:
        """At the ends of the past twelve months, oldest first; without now, and without months of which nothing is known."""
        months = (_month(row) for row in self.rows)
        return tuple(month for month in months if month is not None)

    @property
    def year_ago(self) -> MonthShares | None:
        """The first of them."""
        return next((month for row in self.rows if (month := _month(row)) is not None), None)

    @classmethod
    def told(cls, told: Mapping[str, Any]) -> Tuned | None:
        """What a reading told, or None where it named no shares."""
        trade, relationship = _share(told.get("trade")), _share(told.get("relationship"))
        if trade is None or relationship is None:
            return None
        return cls(trade, relationship, tuple(told.get("trail") or ())[-YEAR:])

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


def tune_figure(reading: Reading | None, *, today: date) -> TuneFigure | None:
    """What the page of a relationship draws of it; None while it is too early, or no share is known."""
    tuned = Tuned.told(reading.told) if reading is not None and reading.says != TOO_EARLY else None
    if reading is None or tuned is None:
        return None
    is_apart = reading.says in PARTED and reading.since_on is not None
    return TuneFigure(
        finding=finding(reading),
        why_url=reverse("desk:why", args=[reading.pk]),
        months=tuned.months(today=today),
        since_on=reading.since_on if is_apart else None,
        trade_says=spoken_share(tuned.trade),
        relationship_says=spoken_share(tuned.relationship),
        small_print=_("%(shares)s The usual is that of this relationship over three years.") % {"shares": tuned.says()},
    )


def tune_at_work(readings: Iterable[Reading], employer: Relationship | None, *, today: date) -> TuneFigure | None:
    """The same of the organisation somebody acts for, labelled so, for their own page: talk is between people, trade between
    organisations, and it is read there once. `readings` are any, that one among them; None where it is not."""
    if employer is None:
        return None
    of_it = [one for one in readings if one.relationship_id == employer.pk and one.measure == Measure.TUNE]
    figure = tune_figure(next(iter(of_it), None), today=today)
    if figure is None:
        return None
    name = {"name": str(employer.party)}
    read_there = _("Read of %(name)s as a whole, over all who act for it.") % name
    return replace(
        figure,
        finding=_("%(name)s: %(finding)s") % {**name, "finding": figure.finding},
        small_print=f"{figure.small_print} {read_there}",
    )


def parting_strip(reading: Reading, *, name: str, today: date) -> PartingStrip | None:
    """The strip of a relationship whose two parted; None where no share is known."""
    tuned = Tuned.told(reading.told)
    if tuned is None:
        return None
    words = {"name": name, "finding": finding(reading)}
    return PartingStrip(
        label=_("Trade and talk with %(name)s over a year: %(finding)s") % words, months=tuned.months(today=today)
    )


def finding(reading: Reading) -> str:
    """In tune, or out of it and since when: the title of a drawing."""
    if reading.says not in PARTED or reading.since_on is None:
        return _("Trade and the two of you in tune")
    return _("Out of tune since %(month)s") % {"month": month_said(reading.since_on)}


def month_said(on: date) -> str:
    """A month in full with its year."""
    return format_date(on, pgettext("date format: month and year in full", "F Y"))


def _month(row: Any) -> MonthShares | None:
    trade, relationship = _share(row[1]), _share(row[2])
    if trade is None or relationship is None:
        return None
    return MonthShares(date.fromisoformat(f"{row[0][:7]}-01"), trade, relationship)


def _share(told: Any) -> float | None:
    return float(told) if isinstance(told, (int, float)) and isfinite(told) else None
