"""
Days a note speaks of, resolved against the moment it was written. The same words mean the last such day in a clause
about the past and the next one otherwise ("we met on Monday", "I'll ring on Monday"), so an expression carries both
days and the stage that knows the clause picks one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Tense = Literal["past", "future", "unknown"]


@dataclass(frozen=True, slots=True)
class When:
    """One expression, [start, end) without and `outer` with the words that lead into it ("by", "before the end of")."""

    start: int
    end: int
    outer: int
    past: date | None
    future: date | None
    lead: str = ""
    is_day: bool = True  # False for a week, a month: the day is only its last useful one
    is_weekday: bool = False
    other: date | None = None

    @property
    def is_deadline(self) -> bool:
        return self.lead in ("by", "before")

    @property
    def is_open(self) -> bool:
        """A beginning ("from June", "after Easter") says when something starts and not by when it is due."""
        return self.lead in ("from", "after", "since")

    def on(self, tense: Tense, today: date) -> date | None:
        if tense == "past" and self.past is not None:
            return self.past
        if tense == "future" or self.past is None or self.future is None or self.is_weekday or self.is_deadline:
            return self.future if self.future is not None else self.past
        near_past = (today - self.past).days <= 45 and (self.future - today).days > 120
        return self.past if near_past else self.future
