"""Days as people tell them to a page."""

from __future__ import annotations

from datetime import date


def parse_date(told: str) -> date | None:
    """The day that was told (2026-10-09), or None where it is none.

    >>> parse_date("2026-10-09"), parse_date("soon")
    (datetime.date(2026, 10, 9), None)
    """
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None
