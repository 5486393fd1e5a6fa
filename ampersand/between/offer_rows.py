"""What a page shows of negotiations, for either side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ampersand.between.suggesting import Suggestion
from ampersand.exchange.negotiating.states import OfferState


@dataclass(frozen=True, slots=True)
class LineRow:
    words: str
    many: str
    price: Decimal
    discount: str
    tax: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class TaxRow:
    rate: str
    of: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class FileRow:
    name: str
    url: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One version."""

    id: UUID
    version: int
    whose: str
    put_on: datetime
    state: OfferState
    says: str
    said: tuple[tuple[str, str, datetime, str], ...]
    """What was said of it: what, by whom, when, in which words."""
    words: str
    ends_on: date | None
    currency: str
    lines: tuple[LineRow, ...]
    net: Decimal | None
    taxes: tuple[TaxRow, ...]
    gross: Decimal | None
    files: tuple[FileRow, ...]
    is_on_table: bool
    paper_url: str
    accept_url: str = ""
    decline_url: str = ""
    withdraw_url: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question of substance: what each version says to it, and what it weighs; `kept` is the viewer's own alone."""

    id: UUID
    name: str
    answers: tuple[str, ...]
    yours: int | None
    theirs: int | None
    kept: int | None


@dataclass(frozen=True, slots=True)
class NegotiationRow:
    id: UUID
    about: str
    is_decided: bool
    day: date | None
    day_words: str
    day_told: str
    offers: tuple[OfferRow, ...]
    """The newest first."""
    questions: tuple[QuestionRow, ...]
    suggestions: tuple[Suggestion, ...]
    put_url: str = ""
    weigh_url: str = ""
    day_url: str = ""


@dataclass(frozen=True, slots=True)
class OffersPart:
    """What is open, the newest first, and what was decided."""

    open: tuple[NegotiationRow, ...]
    decided: tuple[NegotiationRow, ...]
    other: str
