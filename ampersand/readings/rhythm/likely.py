"""How likely what is known of each relationship is in each cell of a grid of rates and chances to end, counted in whole days.

Since an encounter is a distinct day, the clock is the day: in each there is a tick with chance q = 1 - exp(-k rate), the next
encounter is on the k-th tick, not before the day after the last. So a gap is 1 + NegBin(k, q), which is Erlang-k where
rates are small, and is right where people meet nearly every day. Rates are in encounters a day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ampersand.readings.rhythm.formulas import Floats
from ampersand.readings.rhythm.state import States

# Single where a million are read; double where each is to be told the same however many are read with it.
Small = NDArray[np.floating[Any]]
Size = type[np.floating[Any]]

RATES = 44
RATE_MAX = 1.5
# Chances to end after an encounter, as log odds: hardly ever, and from 1 in 400 to 98 in 100.
ENDS = 1 / (1 + np.exp(-np.r_[-10.0, np.linspace(-6.0, 4.0, 9)]))


@dataclass(frozen=True, eq=False)
class Grid:
    """The cells. `ticks` are the ks there are, `rates` encounters a day, `ends` chances to end after an encounter."""

    rates: Floats
    ticks: tuple[int, ...] = (1, 2)
    ends: Floats = field(default_factory=lambda: ENDS)

    @property
    def shape(self) -> tuple[int, int, int]:
        return len(self.ticks), len(self.rates), len(self.ends)

    @cached_property
    def tick_rates(self) -> Floats:
        """Ticks a day, by k (rows) and rate."""
        return np.asarray(self.ticks, dtype=float)[:, None] * self.rates

    @cached_property
    def log_tick(self) -> Floats:
        """ln q: the chance of a tick in a day."""
        told: Floats = np.log(-np.expm1(-self.tick_rates))
        return told


@dataclass(frozen=True, eq=False)
class Likely:
    """Of each relationship (row) by cell: P(the gaps there were) by k and rate in `ended`, the same and still waiting by k,
    hidden ticks and rate in `waiting`, and how far `apart` in ln the two are: each row is told beside its own best, so that
    none is too small for a float. `repeats` say how often it may have ended.
    """

    ended: Small
    waiting: Small
    apart: Small
    repeats: Floats

    def part(self, which: NDArray[np.bool_]) -> Likely:
        return Likely(*(each[which] for each in vars(self).values()))

    def going(self, grid: Grid) -> tuple[Small, Small]:
        """By chance to end, that of having gone on after every encounter; and after all but the last. In one row where
        all were met equally often."""
        is_even = bool((self.repeats == self.repeats[:1]).all())
        repeats = self.repeats[:1] if is_even else self.repeats
        on = np.log1p(-grid.ends)
        before = np.exp(repeats[:, None] * (on - on[0]))
        size = self.waiting.dtype
        return (before * (1 - grid.ends)).astype(size), (before * grid.ends).astype(size)


def of(grid: Grid, states: States, *, size: Size = np.float32) -> Likely:
    """What is known of each, by cell. ln of it is a sum over a few traits of the relationship, each times what it means."""
    traits = _traits(grid, states).astype(size)
    ended, waiting = (traits @ means.astype(size) for means in _means(grid.ticks, tuple(grid.rates)))
    best, best_waiting = told_beside_the_best(ended), told_beside_the_best(waiting)
    return Likely(ended, waiting, best - best_waiting, states.repeats)


def told_beside_the_best(logs: Small) -> Small:
    """exp(ln - the greatest of its row), in place; the greatest are given."""
    best: Small = logs.max(axis=1)
    logs -= best[:, None]
    np.exp(logs, out=logs)
    return best


def _traits(grid: Grid, states: States) -> Floats:
    """By relationship: repeats, span, days known, 1, and for each k > 1 the ways in which its ticks fell within the gaps
    and, for each number of hidden ticks, since the last encounter."""
    x, open_days = states.repeats, states.known - states.span
    traits = [x, states.span, states.known, np.ones(len(states))]
    for k in grid.ticks:
        if k > 1:
            traits.append(_ways(k, x, states.log_gap_sum))
        ways = np.zeros(len(states))
        for j in range(1, k):
            ways = ways + np.log(np.maximum(open_days + (k - j), 1e-30)) - np.log(j)
            traits.append(ways)
    return np.stack(traits, axis=1)


@lru_cache(maxsize=8)
def _means(ticks: tuple[int, ...], rates: tuple[float, ...]) -> tuple[Floats, Floats]:
    """What each trait (rows) means for ln likelihood in each cell: of the gaps alone, and of still waiting too."""
    met, waiting = [], []
    count = 4 + sum(k for k in ticks if k > 1)
    place = 4
    for k in ticks:
        rate = k * np.asarray(rates)
        log_q = np.log(-np.expm1(-rate))
        gaps = np.zeros((count, len(rate)))
        gaps[0], gaps[1] = k * log_q + rate, -rate
        if k > 1:
            gaps[place] = 1
        met.append(gaps)
        for j in range(k):
            open_ = gaps.copy()
            # The days since the last encounter, with k - 1 of the day itself, less the j that had a tick.
            open_[1] += rate
            open_[2] -= rate
            open_[3] += j * log_q - (k - 1 - j) * rate
            if j:
                open_[place + j] = 1
            waiting.append(open_)
        place += k if k > 1 else 0
    return np.concatenate(met, axis=1), np.concatenate(waiting, axis=1)


def column(grid: Grid, place: int) -> slice:
    return slice(place * len(grid.rates), (place + 1) * len(grid.rates))


def columns(grid: Grid, k: int) -> list[slice]:
    """Where the cells of a k stand among those still waiting, one for each number of hidden ticks."""
    before = sum(grid.ticks[: grid.ticks.index(k)])
    return [column(grid, before + j) for j in range(k)]


def _ways(k: int, x: Floats, logs: Floats) -> Floats:
    """Sum of ln C(g + k - 2, k - 1): in how many ways the ticks fell. Exact for k = 2; beyond, of gaps as long as their
    geometric mean, which the sum of logs gives."""
    usual = np.exp(logs / np.maximum(x, 1))
    told = logs
    for step in range(1, k - 1):
        told = told + x * np.log((usual + step) / (step + 1))
    return told
