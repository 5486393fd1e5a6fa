"""What is kept of each relationship: a few sums over its encounters, from which every reading of its rhythm is made.

An encounter is a distinct local calendar day. A party that was never met until the day of asking has no state.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ampersand.readings.rhythm.formulas import Floats, Sums

# Days after which an encounter counts half, for the recent frequencies.
HALF_LIVES = (7.0, 30.0, 120.0)
# Fewer met once than this are read each by itself.
_ALIKE_MIN = 5_000


@dataclass(frozen=True)
class Days:
    """Encounters of a population: whose (0..count - 1) and on which day, in any order, each pair once."""

    party: NDArray[np.int64]
    day: NDArray[np.int64]
    count: int


@dataclass(frozen=True)
class Apart:
    """Of some states: the `first` of each that differs, and for every one the `place` of its like among these."""

    first: NDArray[np.int64]
    place: NDArray[np.int64]


class NotKept(Exception):
    """The recent sums of these relationships were not kept."""


@dataclass(frozen=True)
class States:
    """The sums of each relationship on the day of asking; time in days.

    `repeats` encounters after the first, `span` from first to last, `known` from first to the day of asking,
    `log_gap_sum` the sum of ln gap, `recent` the encounters after the first, each halved with every half-life that has
    gone by since (a column for each of HALF_LIVES; None where nobody kept them).
    """

    repeats: Floats
    span: Floats
    known: Floats
    log_gap_sum: Floats
    recent: Floats | None = None

    @property
    def sums(self) -> Sums:
        return Sums(self.repeats, self.span, self.known, self.log_gap_sum)

    @property
    def often(self) -> Floats:
        """`recent`, where somebody kept it; NotKept where nobody did."""
        if self.recent is None:
            raise NotKept
        return self.recent

    def __len__(self) -> int:
        return len(self.repeats)

    def part(self, which: slice | NDArray[np.int64] | NDArray[np.bool_]) -> States:
        recent = None if self.recent is None else self.recent[which]
        known, logs = self.known[which], self.log_gap_sum[which]
        return States(self.repeats[which], self.span[which], known, logs, recent)

    def apart(self) -> Apart | None:
        """Which differ, where many do not: those met once on the same day are alike. None where it is not worth the while."""
        once = self.repeats == 0
        days = self.known[once].astype(np.int64)
        if len(days) < _ALIKE_MIN or (days != self.known[once]).any() or not 0 <= days.min() <= days.max() < len(once):
            return None
        others, alike = np.flatnonzero(~once), np.flatnonzero(once)
        last = np.full(int(days.max()) + 1, -1)
        last[days] = alike
        is_there = last >= 0
        if 2 * is_there.sum() > len(days):
            return None
        place = np.empty(len(once), np.int64)
        place[others] = np.arange(len(others))
        place[alike] = len(others) + (np.cumsum(is_there) - 1)[days]
        return Apart(np.concatenate([others, last[is_there]]), place)

    def days_counted(self, place: int) -> Floats:
        """Days after the first, each halved like the encounters of a half-life: what its `recent` is a share of."""
        halved = 2.0 ** (-1 / HALF_LIVES[place])
        told: Floats = (1 - np.exp2(self.known / -HALF_LIVES[place])) / (1 - halved)
        return told


def states(days: Days, *, as_of_day: int) -> tuple[States, NDArray[np.bool_]]:
    """The state of each party met until a day, and which of all parties these are."""
    order = np.lexsort((days.day, days.party))
    return _states_in_order(days.party[order], days.day[order], days.count, as_of_day)


def in_order(days: Days) -> Days:
    """The same, by party and day, so that `states` of several days need not put them in order again."""
    order = np.lexsort((days.day, days.party))
    return Days(days.party[order], days.day[order], days.count)


def states_in_order(days: Days, *, as_of_day: int) -> tuple[States, NDArray[np.bool_]]:
    """As `states`, of what `in_order` gave."""
    return _states_in_order(days.party, days.day, days.count, as_of_day)


def _states_in_order(
    party: NDArray[np.int64], day: NDArray[np.int64], count: int, as_of_day: int
) -> tuple[States, NDArray[np.bool_]]:
    until = day <= as_of_day
    if not until.all():
        party, day = party[until], day[until]
    number = np.bincount(party, minlength=count)
    there = number > 0
    met = number[there]
    ends = np.cumsum(met)
    begins = ends - met
    first, last = day[begins], day[ends - 1]
    is_first = np.zeros(len(day), dtype=bool)
    is_first[begins] = True
    gaps = np.diff(day, prepend=day[:1])
    gaps[is_first] = 1
    log_gaps = np.log(gaps.astype(np.float64))
    open_days = (as_of_day - day).astype(np.float64)
    recent = np.empty((len(met), len(HALF_LIVES)))
    for column, half_life in enumerate(HALF_LIVES):
        halved = np.exp2(-open_days / half_life)
        halved[is_first] = 0
        recent[:, column] = np.add.reduceat(halved, begins) if len(begins) else 0
    told = States(
        repeats=(met - 1).astype(np.float64),
        span=(last - first).astype(np.float64),
        known=(as_of_day - first).astype(np.float64),
        log_gap_sum=np.add.reduceat(log_gaps, begins) if len(begins) else np.empty(0),
        recent=recent,
    )
    return told, there
