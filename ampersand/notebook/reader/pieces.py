"""What a careful reader takes from a note. Every piece quotes its words: `words[start:end]`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from ampersand.notebook.reader.book import Known

Sureness = Literal["sure", "unsure"]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of the note."""

    start: int
    end: int

    def of(self, words: str) -> str:
        return words[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Who:
    """
    A party of the note: "us", one of the book (`known`), a colleague, or a new one with the best name the note gives.
    """

    name: str
    is_us: bool = False
    known: Known | None = None
    is_colleague: bool = False
    is_organisation: bool = False


US = Who("us", is_us=True)


@dataclass(frozen=True, slots=True)
class Guess:
    """What it may be instead. Only the field that differs is filled."""

    who: Who | None = None
    on: date | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """
    `spans` are the words it was read from, the main one first; unsure ones carry a second guess where there is one.
    """

    spans: tuple[Span, ...]
    sureness: Sureness = "sure"
    instead: Guess | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounter(Piece):
    channel: str
    on: date
    people: tuple[Who, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Piece):
    """Somebody the note speaks of; `mentions` are all places where the note names them, pronouns left out."""

    who: Who
    organisation: str | None
    role: str | None
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise(Piece):
    by: Who
    to: Who
    what: Span
    due_on: date | None
    due: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Concession(Piece):
    by: Who
    to: Who
    what: Span
    amount: Decimal | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction(Piece):
    kind: str
    party: Who
    amount: Decimal | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Value(Piece):
    of: Who
    what: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie(Piece):
    kind: str
    from_: Who
    to: Who


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Piece):
    what: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Piece):
    channel: str
    on: date | None
    people: tuple[Who, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """
    All that was read. `read_until` is smaller than the length of the words when a note was too long to read whole.
    """

    words: str
    read_until: int
    encounters: tuple[Encounter, ...] = ()
    people: tuple[Person, ...] = ()
    promises: tuple[Promise, ...] = ()
    concessions: tuple[Concession, ...] = ()
    transactions: tuple[Transaction, ...] = ()
    values: tuple[Value, ...] = ()
    ties: tuple[Tie, ...] = ()
    questions: tuple[Question, ...] = ()
    plans: tuple[Plan, ...] = field(default=())

    def pieces(self) -> tuple[Piece, ...]:
        return (
            *self.encounters, *self.people, *self.promises, *self.concessions, *self.transactions,
            *self.values, *self.ties, *self.questions, *self.plans,
        )  # fmt: skip
