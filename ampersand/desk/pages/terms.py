"""The page of a party's terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from ampersand.desk.pages.relationship import Terms


@dataclass(frozen=True, slots=True)
class MayRow:
    """What may go to them now for one purpose, and why or why not."""

    says: str
    may: bool
    because: str
    opens_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version, with what we answered and where its records are."""

    id: UUID
    part: Terms
    number: int
    answered: tuple[str, ...]
    withdrawn_on: date | None
    file_url: str
    receipt_url: str
    answer_url: str = ""
    withdraw_url: str = ""


@dataclass(frozen=True, slots=True)
class TermsPage:
    name: str
    relationship_url: str
    holding: Terms
    may: tuple[MayRow, ...]
    versions: tuple[VersionRow, ...]
    bring_url: str
    here: ClassVar[str] = "relationships"
