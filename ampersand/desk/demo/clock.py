"""The days a house in England works, and the hours on them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/London")
FRIDAY, SUNDAY = 4, 6


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """The instant of a time of day in the house's own zone."""
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in holidays(day.year)


def working_day_before(day: date) -> date:
    """The day itself when the house works on it, else the last one before that it did."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def working_day_after(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def next_weekday(day: date, weekday: int) -> date:
    """The first such weekday after a day (0 is Monday)."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def months_before(day: date, months: float) -> date:
    """About so many months earlier, a month being a twelfth of a year."""
    return day - timedelta(days=round(months * 365.25 / 12))


def month_start(day: date, *, months_ago: int) -> date:
    number = day.year * 12 + day.month - 1 - months_ago
    return date(number // 12, number % 12 + 1, 1)


def month_end(first: date) -> date:
    return month_start(first, months_ago=-1) - timedelta(days=1)


def month_number(day: date) -> int:
    """Months since January 1970."""
    return (day.year - 1970) * 12 + day.month - 1


def month_of(number: int) -> datetime:
    """The beginning of a month by its number."""
    return datetime(1970 + number // 12, number % 12 + 1, 1, tzinfo=UTC)


@cache
def holidays(year: int) -> frozenset[date]:
    """The bank holidays of England, and the days from Christmas Eve to 2 January on which nobody here works."""
    easter = _easter(year)
    mondays = (_monday(year, 5, first=True), _monday(year, 5), _monday(year, 8))
    turn = [date(year, 1, 1), date(year, 1, 2), *(date(year, 12, day) for day in range(24, 32))]
    return frozenset([*turn, easter - timedelta(days=2), easter + timedelta(days=1), *mondays])


def _monday(year: int, month: int, *, first: bool = False) -> date:
    """The first or the last Monday of a month."""
    day = date(year, month, 7) if first else month_end(date(year, month, 1))
    return day - timedelta(days=day.weekday())


def _easter(year: int) -> date:
    """Easter Sunday, by the method of Meeus, Jones and Butcher."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, grace = century // 4, (century + 8) // 25
    epact = (19 * golden + century - leap - (century - grace + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
