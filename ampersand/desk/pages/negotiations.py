"""The pages of negotiations, and of give and take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class NegotiationRow:
    about: str
    url: str
    name: str
    """With whom."""
    says: str
    """How it stands, in a sentence."""
    amount: Decimal | None
    currency: str
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class NegotiationGroup:
    title: str
    rows: tuple[NegotiationRow, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class MonthSum:
    """What is open for the month in which the deciders said they decide, in one currency; empty where none said when."""

    month: date | None
    amount: Decimal
    currency: str
    count: int


@dataclass(frozen=True, slots=True)
class NegotiationsPage:
    groups: tuple[NegotiationGroup, ...]
    sums: tuple[MonthSum, ...]
    shares: tuple[str, ...]
    """For each kind of offer a sentence with its counts."""
    today: date
    here: ClassVar[str] = "negotiations"


@dataclass(frozen=True, slots=True)
class Act:
    """One button under an offer or a concession."""

    says: str
    url: str
    is_form: bool = True
    """Whether it acts at once; otherwise it leads to a page."""


@dataclass(frozen=True, slots=True)
class LineRow:
    words: str
    many: str
    price: Decimal
    discount: str
    tax: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class SumRow:
    says: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class OfferFileRow:
    name: str
    url: str
    size: str


@dataclass(frozen=True, slots=True)
class OfferColumn:
    """One version, as it stands beside the others."""

    title: str
    told: str
    state: str
    said: tuple[str, ...]
    words: str
    currency: str
    lines: tuple[LineRow, ...]
    sums: tuple[SumRow, ...]
    files: tuple[OfferFileRow, ...]
    paper_url: str
    acts: tuple[Act, ...]
    is_on_table: bool
    expected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeightCell:
    value: int | None
    told: str = ""


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question of substance: what each version says to it, and what it weighs to each side."""

    name: str
    answers: tuple[str, ...]
    ours_stated: WeightCell
    theirs_stated: WeightCell
    ours_private: WeightCell


@dataclass(frozen=True, slots=True)
class Suggestion:
    says: str
    because: str


@dataclass(frozen=True, slots=True)
class ConcessionCard:
    words: str
    on: date
    told: str
    state: str
    cost: str
    cost_told: str
    worth: str
    worth_told: str
    return_for: str
    is_gift: bool
    acts: tuple[Act, ...] = ()
    cost_url: str = ""
    worth_url: str = ""


@dataclass(frozen=True, slots=True)
class NegotiationPage:
    about: str
    kind: str
    name: str
    relationship_url: str
    member: str
    decider: str
    day_says: str
    offers: tuple[OfferColumn, ...]
    """The newest first."""
    questions: tuple[QuestionRow, ...]
    suggestions: tuple[Suggestion, ...]
    order_says: str
    """Where weights are not stated: what seems to matter, as an order without numbers."""
    ours_given: tuple[ConcessionCard, ...]
    theirs_given: tuple[ConcessionCard, ...]
    our_offer_url: str
    their_offer_url: str
    day_url: str
    question_url: str
    weights_url: str
    give_url: str
    today: date
    here: ClassVar[str] = "negotiations"


@dataclass(frozen=True, slots=True)
class GiveTakeYear:
    year: int
    ours: tuple[ConcessionCard, ...]
    theirs: tuple[ConcessionCard, ...]


@dataclass(frozen=True, slots=True)
class GiveTakePage:
    name: str
    relationship_url: str
    off_says: tuple[str, ...]
    """Who switched the reading off and when; while there is any, nothing is read."""
    is_off: bool
    counts: str
    years: tuple[GiveTakeYear, ...]
    on_url: str
    off_url: str
    more: int
    today: date
    here: ClassVar[str] = "relationships"
