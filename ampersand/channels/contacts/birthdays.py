"""Birthdays, whose year is often not told."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

_DAY = re.compile(r"^(?:(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*)?|--(\d\d)-?(\d\d))$")
_LOCAL = re.compile(r"^(\d{1,2})[./-]\s?(\d{1,2})(?:[./-]\s?(\d{4}|\d{2})?)?$")

# What Apple writes for a year that was not told; Google and Outlook write nothing or 0000.
_NO_YEARS = {"1604", "0000"}


@dataclass(frozen=True, slots=True)
class Birthday:
    month: int
    day: int
    year: int | None = None

    @property
    def on(self) -> datetime.date | None:
        return datetime.date(self.year, self.month, self.day) if self.year else None


def read_birthday(
    text: str, date_order: str = "", *, omitted_year: str = "", today: datetime.date | None = None
) -> Birthday | None:
    """The birthday that a text tells, or nothing. Days like 4/12/1975 need the order of day and month, a year told by its
    last two digits the day it is read: nobody is born after it.

    >>> read_birthday("--04-12")
    Birthday(month=4, day=12, year=None)
    >>> read_birthday("4/12/1975", "MDY")
    Birthday(month=4, day=12, year=1975)
    """
    found = _DAY.match(text.strip())
    local = _LOCAL.match(text.strip()) if date_order else None
    if found:
        year, month, day = found[1], int(found[2] or found[4]), int(found[3] or found[5])
    elif local:
        first, second = int(local[1]), int(local[2])
        year, (month, day) = _whole(local[3] or "", today), (first, second) if date_order == "MDY" else (second, first)
    else:
        return None
    return _existing(month, day, int(year) if year and year not in {omitted_year, *_NO_YEARS} else None)


def _whole(year: str, today: datetime.date | None) -> str:
    if len(year) != 2 or today is None:
        return year if len(year) == 4 else ""
    return f"20{year}" if int(f"20{year}") <= today.year else f"19{year}"


def _existing(month: int, day: int, year: int | None) -> Birthday | None:
    try:
        datetime.date(year or 2000, month, day)
    except ValueError:
        return None
    return Birthday(month, day, year)
