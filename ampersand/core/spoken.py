"""Days and counts as one says them, in the language that is active."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.utils.dateformat import format as format_date
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

NEAR_DAYS = 14


def spoken_day(on: date, *, today: date, has_month: bool = False) -> str:
    """A day as one says it from `today`: today, tomorrow, Fri 9 or Fri 4 Dec (within two weeks), 3 Nov, 12 March 2025.

    `has_month` says the month in any case, where the day stands beside days of another one.

    >>> spoken_day(date(2026, 10, 9), today=date(2026, 10, 6))
    'Fri 9'
    """
    days_ahead = (on - today).days
    if days_ahead == 0:
        return pgettext("day", "today")
    if days_ahead == 1:
        return pgettext("day", "tomorrow")
    if 0 < days_ahead <= NEAR_DAYS and (has_month or on.month != today.month):
        return format_date(on, pgettext("date format: weekday, day and short month", "D j M"))
    if 0 < days_ahead <= NEAR_DAYS:
        return format_date(on, pgettext("date format: weekday and day", "D j"))
    if abs(days_ahead) < 300:
        return format_date(on, pgettext("date format: day and short month", "j M"))
    return format_date(on, pgettext("date format: day, month and year", "j F Y"))


def spoken_month(on: date, *, today: date) -> str:
    """A month as one says it from `today`: May, or May 2025 where the year is not to be guessed."""
    if 0 <= (today.year - on.year) * 12 + today.month - on.month < 10:
        return format_date(on, pgettext("date format: month", "F"))
    return format_date(on, pgettext("date format: long month and year", "F Y"))


def month_year(value: date) -> str:
    """A month as it stands in a table: Oct 2023."""
    return _month_year(value, get_language() or "en")


@lru_cache(maxsize=1_024)
def _month_year(value: date, _language: str) -> str:
    return format_date(value, pgettext("date format: month and year", "M Y"))


def spoken_number(number: int) -> str:
    """A count as one says it: in words up to twelve, in figures beyond."""
    words = (
        _("no"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight"), _("nine"),
        _("ten"), _("eleven"), _("twelve"),
    )  # fmt: skip
    return words[number] if 0 <= number < len(words) else str(number)


def spoken_times(number: int) -> str:
    """How often: not once, once, twice, five times."""
    if number == 0:
        return _("not once")
    if number <= 2:
        return _("once") if number == 1 else _("twice")
    return ngettext("%(number)s time", "%(number)s times", number) % {"number": spoken_number(number)}


def spoken_list(parts: list[str]) -> str:
    """Several things in a row: four kept, one late and two not confirmed."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(before)s and %(last)s") % {"before": ", ".join(parts[:-1]), "last": parts[-1]}
