"""The calendar a note was written by: today, how the writer's country writes days, ends of weeks and months, Easter."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from ampersand.notebook.reader.languages import Language

FRIDAY = 4


def month_comes_first(plain: str, written_at: datetime) -> bool:
    """American order, told by a day above twelve somewhere in the note, else by the writer's zone."""
    for match in re.finditer(r"(?<![\d/.])(\d{1,2})/(\d{1,2})(?![\d/])", plain):
        left, right = int(match.group(1)), int(match.group(2))
        if left <= 12 < right <= 31:
            return True
        if right <= 12 < left <= 31:
            return False
    return is_in_the_united_states(written_at)


def is_in_the_united_states(written_at: datetime) -> bool:
    key = getattr(written_at.tzinfo, "key", "")
    if key:
        return key.startswith(
            ("America/New_York", "America/Chicago", "America/Denver", "America/Los", "America/Phoenix", "US/")
        )
    hours = (written_at.utcoffset() or timedelta()).total_seconds() / 3600
    return -10 <= hours <= -4 or hours == 9


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


class Calendar:
    """The writer's calendar: today, and how their country writes days."""

    def __init__(self, written_at: datetime, language: Language, is_month_first: bool) -> None:
        self.today = written_at.date()
        self.language = language
        self.is_month_first = is_month_first

    def last_of_month(self, year: int, month: int) -> date:
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
        following = date(year + month // 12, month % 12 + 1, 1)
        return following - timedelta(days=1)

    def friday_of_week(self, day: date) -> date:
        return day + timedelta(days=FRIDAY - day.weekday())

    def yearless(self, month: int, day: int) -> tuple[date | None, date | None]:
        """The last and the next such day; today itself counts as both."""
        past = future = None
        for year in (self.today.year - 1, self.today.year, self.today.year + 1):
            try:
                candidate = date(year, month, day)
            except ValueError:
                continue
            if candidate <= self.today:
                past = candidate
            if candidate >= self.today and future is None:
                future = candidate
        return past, future

    def day_of_month(self, day: int) -> tuple[date | None, date | None]:
        past = future = None
        for months in range(-2, 4):
            year, month = divmod(self.today.year * 12 + self.today.month - 1 + months, 12)
            try:
                candidate = date(year, month + 1, day)
            except ValueError:
                continue
            if candidate <= self.today:
                past = candidate
            if candidate >= self.today and future is None:
                future = candidate
        return past, future
