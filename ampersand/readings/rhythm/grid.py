"""Exact readings of a rhythm over a grid of rates and chances to end, counted in whole days.

Every prior is a weight on each cell (ticks a gap k, rate, chance to end p), so that a posterior is Bayes' rule over the cells
and every reading is the posterior times a table that is the same for all relationships: two matrix products for a million
of them, without approximation but for the width of a cell.

Since an encounter is a distinct day, the clock is the day: in each there is a tick with chance q = 1 - exp(-k rate), the next
encounter is on the k-th tick, not before the day after the last. So a gap is 1 + NegBin(k, q), which is Erlang-k where
rates are small, and is right where people meet nearly every day. Rates are in encounters a day.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from ampersand.readings.rhythm.fitting import Weighed
from ampersand.readings.rhythm.formulas import Floats, Kind
from ampersand.readings.rhythm.state import States

# Single where a million are read; double where each is to be told the same however many are read with it.
Small = NDArray[np.floating[Any]]
Size = type[np.floating[Any]]

RATES = 44
RATE_MAX = 1.5
# Chances to end after an encounter, as log odds: hardly ever, and from 1 in 400 to 98 in 100.
ENDS = 1 / (1 + np.exp(-np.r_[-10.0, np.linspace(-6.0, 4.0, 9)]))
# The least that is believed of a cell, so that whoever fits none of the others has one.
_LEAST = 1e-12
# What is next to nothing of a k would grow with each round of learning, so such a k is not learnt of.
_HELD_MIN = 1e-3
# So many encounters or more: where the distribution of the count is known; between, it is interpolated.
COUNTS = np.array([1, 2, 3, 4, 6, 8, 11, 16, 23, 34, 50, 75, 110, 170, 270, 450, 900, 2700])
WITHIN = np.unique(np.round(np.geomspace(1, 36_500, 36)).astype(int))


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


def grid_for(known_max: float, *, ticks: tuple[int, ...]) -> Grid:
    """Rates from once in fifty times the longest time known, to three in two days."""
    return Grid(np.geomspace(0.02 / max(known_max, 30.0), RATE_MAX, RATES), ticks)


def on_grid(grid: Grid, kinds: list[Kind], shares: Floats) -> Floats:
    """A parametric prior as weights on the cells: to each cell what the distribution has between its neighbours."""
    told = np.zeros(grid.shape)
    between = np.sqrt(grid.rates[1:] * grid.rates[:-1])
    odds = np.log(grid.ends / (1 - grid.ends))
    end_edges = 1 / (1 + np.exp(-(odds[1:] + odds[:-1]) / 2))
    for kind, share in zip(kinds, shares, strict=True):
        place = grid.ticks.index(kind.k)
        rates = _shares(stats.gamma.cdf(between * kind.k, kind.r, scale=1 / kind.alpha))
        ends = _shares(stats.beta.cdf(end_edges, kind.a, kind.b))
        told[place] += share * rates[:, None] * ends
    told += _LEAST
    even: Floats = told / told.sum()
    return even


def learnt(grid: Grid, seen: Weighed, held_to: Floats, *, strength: float, rounds: int) -> Floats:
    """The prior that explains the population best (EM over the cells), held to a parametric one as by so many relationships.

    Only cells of the ks held to are looked at: beside the clockwork of the others, chance would be too unlikely for a number.
    It begins even on all of them, and stops after few rounds: both keep rare cells that more rounds starve.
    """
    there = held_to.sum(axis=(1, 2)) > _HELD_MIN
    part = replace(grid, ticks=tuple(k for k, is_there in zip(grid.ticks, there, strict=True) if is_there))
    weights = np.zeros(grid.shape)
    weights[there] = _learnt(part, seen, held_to[there], strength=strength, rounds=rounds)
    weights += _LEAST
    told: Floats = weights / weights.sum()
    return told


def _learnt(grid: Grid, seen: Weighed, held_to: Floats, *, strength: float, rounds: int) -> Floats:
    states = States(seen.sums.repeats, seen.sums.span, seen.sums.known, seen.sums.log_gap_sum)
    ended, waiting, apart = _likelihoods(grid, states)
    waiting *= np.exp(-apart)[:, None]
    open_ = [sum((waiting[:, columns] for columns in _columns(grid, k)), np.float32(0)) for k in grid.ticks]
    goes_on, stops = (part.astype(np.float32) for part in _going(grid, states))
    counts = seen.counts.astype(np.float32)
    weights: Floats = np.ones(grid.shape) / held_to.size
    for _ in range(rounds):
        small = weights.astype(np.float32)
        likely = np.zeros(len(counts), np.float32)
        for place in range(len(grid.ticks)):
            likely += (goes_on * (open_[place] @ small[place])).sum(axis=1)
            likely += (stops * (ended[:, _column(grid, place)] @ small[place])).sum(axis=1)
        by = (counts / np.maximum(likely, np.float32(1e-30)))[:, None]
        found = np.stack(
            [
                open_[place].T @ (by * goes_on) + ended[:, _column(grid, place)].T @ (by * stops)
                for place in range(len(grid.ticks))
            ]
        )
        weights = (weights * found + strength * held_to) / (seen.counts.sum() + strength)
    return weights


@dataclass(frozen=True)
class Told:
    """Readings of each relationship: P(not ended), encounters to expect, P(at least COUNTS), P(next within WITHIN days)."""

    alive: Small
    expected: Small
    at_least: Small
    next_within: Small


@dataclass(frozen=True, eq=False)
class Tables:
    """What each cell foretells for one horizon: of the count (by chance to end) and of the next encounter."""

    grid: Grid
    prior: Small
    count: Small
    within: Small
    plain: Small
    shares: Small


def tables(grid: Grid, prior: Floats, *, horizon: int, size: Size = np.float32) -> Tables:
    """The tables of a prior for a horizon in days; what is read by them is of their `size`."""
    ahead, within = _ahead(tuple(grid.rates), grid.ticks, horizon), _within(tuple(grid.rates), grid.ticks)
    every = _every(horizon)
    goes_on = (1 - grid.ends)[:, None] ** (every[None, :] - 1.0)
    sums = _sum_weights(every, horizon)
    placed = np.searchsorted(every, COUNTS[horizon >= COUNTS])
    rows, plain = [], []
    for place, k in enumerate(grid.ticks):
        for j in range(k):
            comes = ahead[(place, j)]
            joined = comes[:, None, :] * goes_on[None]
            told = np.concatenate(
                [np.ones((*joined.shape[:2], 1)), (joined @ sums)[..., None], joined[..., placed]], axis=-1
            )
            rows.append((prior[place][..., None] * told).reshape(len(grid.rates), -1))
            if place == 0:
                plain.append(np.concatenate([(comes @ sums)[:, None], comes[:, placed], within[(0, 0)]], axis=1))
    return Tables(
        grid,
        prior.astype(size),
        np.concatenate(rows).astype(size),
        np.concatenate([within[(place, j)] for place, k in enumerate(grid.ticks) for j in range(k)]).astype(size),
        plain[0].astype(size),
        np.concatenate([prior[place] for place, k in enumerate(grid.ticks) for _ in range(k)]).T.astype(size),
    )


def read(states: States, known: Tables) -> Told:
    """What the prior and each one's own encounters foretell, exactly."""
    grid, size = known.grid, known.count.dtype.type
    ended, open_, apart = _likelihoods(grid, states, size=size)
    goes_on, stops = (part.astype(size) for part in _going(grid, states))
    by_end = (open_ @ known.count).reshape(len(states), len(grid.ends), -1)
    told = np.einsum("ne,nec->nc", goes_on, by_end)
    gone = np.einsum("ne,ne->n", stops, ended @ known.prior.reshape(-1, len(grid.ends)))
    mass = np.maximum(told[:, :1], np.float32(1e-37))
    with np.errstate(over="ignore"):
        alive = 1 / (1 + gone / mass[:, 0] * np.exp(np.minimum(apart, 80)))
    open_ *= goes_on @ known.shares
    within = open_ @ known.within
    within /= mass
    told *= alive[:, None] / mass
    return Told(alive, told[:, 1], _padded(np.clip(told[:, 2:], 0, 1)), np.clip(within, 0, 1, out=within))


def read_beta(known: Tables, seen: Floats, unseen: Floats) -> tuple[Small, Small, Small]:
    """Of a chance to meet on any day that is Beta(seen, unseen) and never ends: expected, P(at least), P(next within)."""
    size = known.plain.dtype.type
    traits = np.stack([seen, unseen, np.ones(len(seen))], axis=1).astype(size)
    cells: Small = traits @ _beta_means(tuple(known.grid.rates)).astype(size)
    # What lies below the grid is told by its lowest cell: there the density falls as rate to the power of seen.
    step = np.log(known.grid.rates[1] / known.grid.rates[0])
    cells[:, 0] -= np.log(-np.expm1(-np.maximum(seen, 1e-6) * step)).astype(size)
    _told_beside_the_best(cells)
    cells /= cells.sum(axis=1, keepdims=True)
    told: Small = cells @ known.plain
    until = told.shape[1] - len(WITHIN)
    return told[:, 0], _padded(told[:, 1:until]), told[:, until:]


@lru_cache(maxsize=8)
def _beta_means(rates: tuple[float, ...]) -> Floats:
    """What seen days, unseen days and 1 (rows) mean for ln of a Beta in each cell.

    Cells are even in ln rate: dq = (1 - q) rate d(ln rate), and Beta has q to the power of seen - 1.
    """
    each = np.asarray(rates)
    log_q = np.log(-np.expm1(-each))
    return np.stack([log_q, -each, np.log(each) - log_q])


def _likelihoods(grid: Grid, states: States, *, size: Size = np.float32) -> tuple[Small, Small, Small]:
    """P(the gaps there were) by k and rate, the same and still waiting by k, hidden ticks and rate, and how far apart in
    ln the two are: each row is told beside its own best, so that none is too small for a float.

    ln of both is a sum over a few traits of the relationship, each times what it means for the cell.
    """
    traits = _traits(grid, states).astype(size)
    ended, waiting = (traits @ means.astype(size) for means in _means(grid.ticks, tuple(grid.rates)))
    best, best_waiting = _told_beside_the_best(ended), _told_beside_the_best(waiting)
    return ended, waiting, best - best_waiting


def _told_beside_the_best(logs: Small) -> Small:
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


def _column(grid: Grid, place: int) -> slice:
    return slice(place * len(grid.rates), (place + 1) * len(grid.rates))


def _columns(grid: Grid, k: int) -> list[slice]:
    """Where the cells of a k stand among those still waiting, one for each number of hidden ticks."""
    before = sum(grid.ticks[: grid.ticks.index(k)])
    return [_column(grid, before + j) for j in range(k)]


def _ways(k: int, x: Floats, logs: Floats) -> Floats:
    """Sum of ln C(g + k - 2, k - 1): in how many ways the ticks fell. Exact for k = 2; beyond, of gaps as long as their
    geometric mean, which the sum of logs gives."""
    usual = np.exp(logs / np.maximum(x, 1))
    told = logs
    for step in range(1, k - 1):
        told = told + x * np.log((usual + step) / (step + 1))
    return told


def _padded(at_least: Small) -> Small:
    """With nothing for the counts that the horizon has no days for."""
    missing = len(COUNTS) - at_least.shape[1]
    return np.pad(at_least, ((0, 0), (0, missing))) if missing else at_least


def _going(grid: Grid, states: States) -> tuple[Floats, Floats]:
    """The chance, by chance to end, to have gone on after every encounter; and to have gone on after all but the last."""
    on = np.log1p(-grid.ends)
    before = np.exp(states.repeats[:, None] * (on - on[0]))
    return before * (1 - grid.ends), before * grid.ends


def _shares(at_edges: Floats) -> Floats:
    told: Floats = np.diff(np.concatenate([[0.0], at_edges, [1.0]]))
    return told


def _every(horizon: int) -> NDArray[np.int64]:
    """The counts a table is made over: each to 64, then wider apart."""
    wide = np.round(np.geomspace(65, 6_000, 80)).astype(np.int64)
    every = np.unique(np.concatenate([np.arange(1, 65), wide, COUNTS]))
    return every[every <= max(horizon, 1)]


def _sum_weights(every: NDArray[np.int64], horizon: int) -> Floats:
    """Weights by which a function known at `every` is summed over 1..horizon: lines between, nothing beyond the last."""
    weights = np.zeros(len(every))
    weights[0] = 1
    for place in range(1, len(every)):
        step = every[place] - every[place - 1]
        weights[place - 1] += (step - 1) / 2
        weights[place] += (step + 1) / 2
    return weights


@lru_cache(maxsize=16)
def _ahead(rates: tuple[float, ...], ticks: tuple[int, ...], horizon: int) -> dict[tuple[int, int], Floats]:
    """P(at least n encounters within the horizon | going on, j ticks gone), by k's place and j; rates by counts."""
    every = _every(horizon)
    told = {}
    for place, k in enumerate(ticks):
        q = -np.expm1(-k * np.asarray(rates))[:, None]
        for j in range(k):
            needed = every * k - j
            # Days that must pass without being waited through: one for each further encounter, and one a tick.
            spare = horizon - (every - 1) - (k - j)
            told[(place, j)] = np.where(spare >= 0, stats.nbinom.cdf(spare, needed, q), 0.0)
    return told


@lru_cache(maxsize=4)
def _within(rates: tuple[float, ...], ticks: tuple[int, ...]) -> dict[tuple[int, int], Floats]:
    """P(next encounter within WITHIN days | going on, j ticks gone)."""
    told = {}
    for place, k in enumerate(ticks):
        q = -np.expm1(-k * np.asarray(rates))[:, None]
        for j in range(k):
            told[(place, j)] = stats.nbinom.cdf(WITHIN - (k - j), k - j, q)
    return told
