"""The page that asks whether a planned visit is needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from ampersand.desk.pages.relationship import Terms


@dataclass(frozen=True, slots=True)
class PastVisit:
    on: date
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class VisitPage:
    name: str
    at: datetime | None
    on: date
    today: date
    where: str
    about: str
    own_words: str
    """What the one who looks wrote when they planned it; only they see it."""
    clash: str
    terms: Terms | None
    before: tuple[PastVisit, ...]
    chosen: str
    """What was chosen, by whom and when."""
    choose_url: str
    """Empty for who does not go, and once it is no longer ahead."""
    back_url: str
    here: ClassVar[str] = "today"
