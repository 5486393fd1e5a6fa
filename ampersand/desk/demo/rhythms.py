"""On which days two sides meet: each relationship has gaps of its own, by a Gamma law, with seasons and pauses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from statistics import median

from ampersand.desk.demo import clock
from ampersand.desk.demo.chance import chance

Season = Callable[[date], float]


def all_year(day: date) -> float:
    return 1.0


def in_term(day: date) -> float:
    """A school or university: little in the summer holidays and around Christmas."""
    return 2.6 if day.month in (7, 8) or (day.month, day.day) > (12, 12) else 1.0


def in_summer(day: date) -> float:
    """A place by the water: busy from May to September, quiet in winter."""
    return 0.8 if 5 <= day.month <= 9 else 2.2 if day.month in (11, 12, 1, 2) else 1.0


@dataclass(frozen=True)
class Rhythm:
    """The true law of one relationship's gaps.

    Gaps in days are Gamma distributed with mean `every_days` and the given shape (1 is chance, 8 nearly clockwork),
    stretched by `season`. `changes` are (days ago, factor): from then on gaps are that much longer.
    """

    every_days: float
    shape: float
    season: Season = all_year
    changes: tuple[tuple[int, float], ...] = ()
    rests_in: frozenset[int] = field(default_factory=frozenset)

    def gap_days(self, day: date, today: date, random: Random) -> int:
        factor = self.season(day)
        for since_days, change in self.changes:
            factor *= change if (today - day).days <= since_days else 1.0
        return max(1, round(random.gammavariate(self.shape, self.every_days / self.shape) * factor))

    def is_open(self, day: date) -> bool:
        return clock.is_working_day(day) and day.month not in self.rests_in


def encounter_days(rhythm: Rhythm, *, begins: date, last: date, today: date, random: Random) -> list[date]:
    """The days on which they met, oldest first, the last one exactly on `last`: gaps are laid backwards from there."""
    days = [last]
    while (day := _open_before(rhythm, days[-1] - timedelta(days=rhythm.gap_days(days[-1], today, random)))) >= begins:
        days.append(day)
    return days[::-1]


def with_usual(make: Callable[[Random], list[date]], *, usual_days: int, seed: str) -> list[date]:
    """The first of up to 400 lives made from a seed whose middle gap is `usual_days`; the nearest, if there is none."""
    lives = (make(chance(seed, attempt)) for attempt in range(400))
    best: list[date] = []
    for life in lives:
        if usual_gap(life) == usual_days:
            return life
        if not best or abs(usual_gap(life) - usual_days) < abs(usual_gap(best) - usual_days):
            best = life
    return best


def usual_gap(days: list[date]) -> float:
    """The middle of the gaps between days, in days; 0 where there is no gap."""
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    return float(median(gaps)) if gaps else 0.0


def _open_before(rhythm: Rhythm, day: date) -> date:
    while not rhythm.is_open(day):
        day -= timedelta(days=1)
    return day
