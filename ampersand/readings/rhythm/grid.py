"""Exact readings of a rhythm over a grid of rates and chances to end, counted in whole days.

Every prior is a weight on each cell (ticks a gap k, rate, chance to end p), so that a posterior is Bayes' rule over the cells
and every reading is the posterior times a table that is the same for all relationships: two matrix products for a million
of them, without approximation but for the width of a cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from ampersand.readings.rhythm import likely
from ampersand.readings.rhythm.formulas import Floats, Kind
from ampersand.readings.rhythm.likely import RATE_MAX, RATES, Grid, Likely, Size, Small
from ampersand.readings.rhythm.state import States

# The least that is believed of a cell, so that whoever fits none of the others has one.
LEAST = 1e-12
# So many encounters or more: where the distribution of the count is known; between, it is interpolated.
COUNTS = np.array([1, 2, 3, 4, 6, 8, 11, 16, 23, 34, 50, 75, 110, 170, 270, 450, 900, 2700])
WITHIN = np.unique(np.round(np.geomspace(1, 36_500, 36)).astype(int))


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
    told += LEAST
    even: Floats = told / told.sum()
    return even


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

    def of_contact(self) -> Tables:
        """The same for the mean and for any encounter at all: nothing of higher counts, nor of when."""
        ends = len(self.grid.ends)
        few = self.count.reshape(len(self.count), ends, -1)[:, :, :3].reshape(len(self.count), -1)
        return replace(self, count=few, within=self.within[:, :0], plain=self.plain[:, :2])


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
    return read_likely(likely.of(known.grid, states, size=known.count.dtype.type), known)


def read_likely(seen: Likely, known: Tables) -> Told:
    """The same of what was looked at before: where several priors are read of it."""
    goes_on, stops = seen.going(known.grid)
    ends = len(known.grid.ends)
    by_end = known.prior.reshape(-1, ends)
    if len(goes_on) == 1:
        told, within = _read_even(seen, known, goes_on[0])
        gone = seen.ended @ (by_end @ stops[0])
    else:
        counts = (seen.waiting @ known.count).reshape(len(goes_on), ends, known.count.shape[1] // ends)
        told = np.einsum("ne,nec->nc", goes_on, counts)
        within = (seen.waiting * (goes_on @ known.shares)) @ known.within if known.within.size else told[:, :0]
        gone = np.einsum("ne,ne->n", stops, seen.ended @ by_end)
    mass = np.maximum(told[:, :1], np.float32(1e-37))
    with np.errstate(over="ignore"):
        alive = 1 / (1 + gone / mass[:, 0] * np.exp(np.minimum(seen.apart, 80)))
    within = within / mass
    told *= alive[:, None] / mass
    return Told(alive, told[:, 1], _padded(np.clip(told[:, 2:], 0, 1)), np.clip(within, 0, 1, out=within))


def _read_even(seen: Likely, known: Tables, goes_on: Small) -> tuple[Small, Small]:
    """Of relationships met equally often: their chances to end are alike, so these are summed over once for all."""
    cells = len(known.count)
    counts = np.einsum("e,rec->rc", goes_on, known.count.reshape(cells, len(goes_on), -1))
    within = (goes_on @ known.shares)[:, None] * known.within
    told = seen.waiting @ np.concatenate([counts, within], axis=1)
    return told[:, : counts.shape[1]], told[:, counts.shape[1] :]


def read_beta(known: Tables, seen: Floats, unseen: Floats) -> tuple[Small, Small, Small]:
    """Of a chance to meet on any day that is Beta(seen, unseen) and never ends: expected, P(at least), P(next within)."""
    return read_cells(known, beta_cells(known, seen, unseen))


def read_cells(known: Tables, cells: Small) -> tuple[Small, Small, Small]:
    """The same of weights of the rates, one row a relationship."""
    told: Small = cells @ known.plain
    until = told.shape[1] - known.within.shape[1]
    return told[:, 0], _padded(told[:, 1:until]), told[:, until:]


def beta_cells(known: Tables, seen: Floats, unseen: Floats) -> Small:
    """A Beta(seen, unseen) of the chance to meet on any day, as weights of the rates."""
    size = known.plain.dtype.type
    traits = np.stack([seen, unseen, np.ones(len(seen))], axis=1).astype(size)
    cells: Small = traits @ _beta_means(tuple(known.grid.rates)).astype(size)
    # What lies below the grid is told by its lowest cell: there the density falls as rate to the power of seen.
    step = np.log(known.grid.rates[1] / known.grid.rates[0])
    cells[:, 0] -= np.log(-np.expm1(-np.maximum(seen, 1e-6) * step)).astype(size)
    likely.told_beside_the_best(cells)
    cells /= cells.sum(axis=1, keepdims=True)
    return cells


@lru_cache(maxsize=8)
def _beta_means(rates: tuple[float, ...]) -> Floats:
    """What seen days, unseen days and 1 (rows) mean for ln of a Beta in each cell.

    Cells are even in ln rate: dq = (1 - q) rate d(ln rate), and Beta has q to the power of seen - 1.
    """
    each = np.asarray(rates)
    log_q = np.log(-np.expm1(-each))
    return np.stack([log_q, -each, np.log(each) - log_q])


def _padded(at_least: Small) -> Small:
    """With nothing for the counts that the horizon has no days for."""
    missing = len(COUNTS) - at_least.shape[1]
    return np.pad(at_least, ((0, 0), (0, missing))) if missing else at_least


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
