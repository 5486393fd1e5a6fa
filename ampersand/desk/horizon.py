"""What lies to the right of today on the two strips: days by their own rhythm, months by their own seasons. No forecast of
anything else, and each with where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from math import sqrt
from statistics import median

from ampersand.desk.pages.two_strips import ExpectedDay, ExpectedMonth

MONTHS_AHEAD = 6
# With one other year alone nothing is known of a season.
YEARS_MIN = 2
DAYS_MAX = 26


def days_by_rhythm(first: ExpectedDay, *, gap_days: float, until: date) -> tuple[ExpectedDay, ...]:
    """The next encounter as its reading says, and those that would follow it at their usual gap until a day.

    `gap_days` is the middle one of their gaps, in days. Each further one is less sure: gaps that have nothing to do with one
    another spread as the square root of their number, so its range is the first one's, so much wider. Of very many the
    first; those that would lie closer than a day apart are not told apart.
    """
    before, after = (first.on - first.low_on).days, (first.high_on - first.on).days
    days: list[ExpectedDay] = []
    for number in range(DAYS_MAX):
        on = first.on + timedelta(days=round(number * gap_days))
        if on > until or (days and on <= days[-1].on):
            break
        wider = sqrt(number + 1)
        low_on = max(on - timedelta(round(before * wider)), first.low_on)
        days.append(ExpectedDay(on, low_on, on + timedelta(round(after * wider))))
    return tuple(days)


def months_by_season(trade: Mapping[date, Decimal], *, today: date) -> tuple[ExpectedMonth, ...]:
    """The months ahead as the same months were in other years, of those that have at least two such years.

    `trade` has amounts by the first day of their month. Since the first of them a month without any brought nothing; before
    it nothing is known. Unit: that of `trade`. The middle one of the years, with the least and the most of them. A month in
    which nothing was ever traded is left out.
    """
    traded = [month for month, amount in trade.items() if amount]
    if not traded:
        return ()
    began = min(traded)
    known = [month for month in _months_ahead(today) if len(_same_months(month, began)) >= YEARS_MIN]
    seasons = (_season(trade, month, began) for month in known)
    return tuple(season for season in seasons if season.high > 0)


def _season(trade: Mapping[date, Decimal], month: date, began: date) -> ExpectedMonth:
    amounts = [trade.get(other, Decimal(0)) for other in _same_months(month, began)]
    return ExpectedMonth(month, Decimal(median(amounts)), min(amounts), max(amounts))


def _months_ahead(today: date) -> Iterator[date]:
    for number in range(MONTHS_AHEAD):
        months = today.month - 1 + number
        yield date(today.year + months // 12, months % 12 + 1, 1)


def _same_months(month: date, began: date) -> list[date]:
    """The same month in the years before, back to where trade began, at most three."""
    others = [month.replace(year=month.year - back) for back in range(1, 4)]
    return [other for other in others if other >= began]
