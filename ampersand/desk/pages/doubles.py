from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ampersand.desk.pages.same import OneOfTwo


@dataclass(frozen=True, slots=True)
class DoublesPage:
    """Two that are likely one, for a person to say; then the next two."""

    today: date
    says: str
    two: tuple[OneOfTwo, OneOfTwo] | None = None
    reasons: str = ""
    refusal: str = ""
    closed_says: str = ""
    same_url: str = ""
    two_url: str = ""
    later_url: str = ""
    here: ClassVar[str] = "import"
