"""Whom an import brought and who is likely somebody else in the book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LikelyRow:
    """One who came in, whom they may be, and why. `place` is where they stood in the file."""

    name: str
    url: str
    place: str
    other_name: str
    other_url: str
    reasons: str
    same_url: str
    two_url: str
    later_url: str
    is_in_hand: bool = False


@dataclass(frozen=True, slots=True)
class ImportDoublesPage:
    name: str
    today: date
    import_id: UUID
    says: str
    rows: tuple[LikelyRow, ...]
    report_url: str
    after: str = ""
    """After which of them this page begins; empty on the first."""
    more_url: str = ""
    refresh_url: str = ""
    """Asked again while they are still being looked for."""
    here: ClassVar[str] = "import"
