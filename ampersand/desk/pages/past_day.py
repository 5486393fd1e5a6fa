"""Which day a page is of, and the choice of another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PastDay:
    """The choice of a past day; on a page of one, which it is and the way back.

    `keep` is what else stands in the address. While its readings are being made, `again_url` is where to look again.
    """

    today: date
    """The day before which a day is past."""
    on: date | None = None
    keep: tuple[tuple[str, str], ...] = ()
    today_url: str = "?"
    again_url: str = ""
    again_in: int = 0
    """After how many seconds the page looks again by itself; 0 where it leaves that to who waits."""
