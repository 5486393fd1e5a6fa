"""A fitted model of a population's rhythms, and what it foretells of each relationship."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np

from ampersand.readings.rhythm import fitting, grid, stack
from ampersand.readings.rhythm.formulas import Floats
from ampersand.readings.rhythm.grid import COUNTS, WITHIN, Tables, Told
from ampersand.readings.rhythm.likely import ENDS, Grid, Size, Small
from ampersand.readings.rhythm.recent import Recent
from ampersand.readings.rhythm.stack import Stack
from ampersand.readings.rhythm.state import States

RULE_VERSION = 2
# Of the count, 90 in 100 are meant to lie between low and high; of the next encounter, 80 in 100.
COUNT_SHARES = (0.05, 0.95)
NEXT_SHARES = (0.1, 0.5, 0.9)
_CHUNK = 4_096
_THREADS = 2


@dataclass(frozen=True)
class Model:
    """What the population says of any of its rhythms, for a horizon in days.

    `prior` weighs the cells of `grid`; `recent` are forecasts from recent frequency, with their weights beside the prior's
    (which has the rest); `stack` corrects the chance of contact, where the past was enough to learn it from; the range of the
    next encounter and its middle stand at the chances `next_shares`, where the past told other ones than NEXT_SHARES.
    """

    grid: Grid
    prior: Floats
    horizon: int
    recent: tuple[tuple[Recent, float], ...] = ()
    stack: Stack | None = None
    next_shares: tuple[float, ...] = NEXT_SHARES
    fitted_count: int = 0

    def as_json(self) -> dict[str, Any]:
        """Plain numbers, to be stored; `from_json` gives the same model."""
        return {
            "rule_version": RULE_VERSION,
            "rates": self.grid.rates.tolist(),
            "ticks": list(self.grid.ticks),
            "ends": self.grid.ends.tolist(),
            "prior": self.prior.round(9).ravel().tolist(),
            "horizon": self.horizon,
            "recent": [{**asdict(one), "weight": weight} for one, weight in self.recent],
            "stack": self.stack.as_json() if self.stack else None,
            "next_shares": list(self.next_shares),
            "fitted_count": self.fitted_count,
        }


def from_json(told: dict[str, Any]) -> Model:
    """The model that `as_json` told."""
    # The first rule did not tell its chances to end: all but the least of today's.
    cells = Grid(np.asarray(told["rates"]), tuple(told["ticks"]), np.asarray(told.get("ends", ENDS[1:])))
    recent = tuple(
        (Recent(**{name: value for name, value in one.items() if name != "weight"}), one["weight"])
        for one in told["recent"]
    )
    prior = np.asarray(told["prior"]).reshape(cells.shape)
    learnt = stack.from_json(told["stack"]) if told["stack"] else None
    shares = tuple(told.get("next_shares", NEXT_SHARES))
    return Model(cells, prior / prior.sum(), told["horizon"], recent, learnt, shares, told["fitted_count"])


def default(*, horizon: int) -> Model:
    """What is believed before there are enough relationships to learn from."""
    cells = grid.grid_for(3650.0, ticks=(1, 2))
    prior = grid.on_grid(cells, [fitting.DEFAULT], np.ones(1))
    return Model(cells, prior, horizon)


@dataclass(frozen=True)
class Forecast:
    """Of each relationship, on the day of asking: see the columns of `ampersand lab rhythm` in docs/commands.md.

    `p_alive`, `p_contact` within the horizon; encounters within it: `expected` in the mean (the least squared error),
    `median` (the least absolute error), 90 in 100 in `low`..`high`;
    days until the next, if it goes on: 80 in 100 lie in `next_low`..`next_high`, half before `next_median`.
    """

    p_alive: Floats
    p_contact: Floats
    expected: Floats
    low: Floats
    high: Floats
    next_low: Floats
    next_median: Floats
    next_high: Floats
    median: Floats


def forecast(states: States, model: Model, *, size: Size = np.float32) -> Forecast:
    """Read each relationship. A million take about a second and a half of one core; twice that in double size (np.float64), in
    which the last digits do not hang on how many are read together.

    Those met once differ only in how long ago that was, so each such day is read once.
    """
    apart = states.apart()
    if apart is not None:
        each = forecast(states.part(apart.first), model, size=size)
        return Forecast(*(column[apart.place] for column in vars(each).values()))
    known = grid.tables(model.grid, model.prior, horizon=model.horizon, size=size)
    if len(states) <= _CHUNK:
        return Forecast(*_forecast(states, model, known).astype(np.float64))
    # Those met equally often stand together, and are read the faster for it.
    order = np.argsort(states.repeats, kind="stable")
    places = [order[start : start + _CHUNK] for start in range(0, len(states), _CHUNK)]
    told = np.empty((len(fields(Forecast)), len(states)))
    with ThreadPoolExecutor(_THREADS) as pool:
        for place, here in zip(
            places, pool.map(lambda some: _forecast(states.part(some), model, known), places), strict=True
        ):
            told[:, place] = here
    return Forecast(*told)


def pooled(states: States, model: Model, known: Tables) -> Told:
    """The prior's readings and the recent ones', each by its weight."""
    if not len(states):
        return Told(*(np.empty(shape, np.float32) for shape in ((0,), (0,), (0, len(COUNTS)), (0, len(WITHIN)))))
    told = grid.read(states, known)
    recent = model.recent if states.recent is not None else ()
    if not recent:
        return told
    rest = np.float32(1 - sum(weight for _, weight in recent))
    # Each is a weight of the rates, so they are put together before they are read.
    cells: Small = np.zeros((len(states), len(model.grid.rates)), known.plain.dtype)
    for one, share in recent:
        cells += np.float32(share) * grid.beta_cells(known, *one.beta(states))
    count, least, soon = grid.read_cells(known, cells)
    going = rest * told.alive
    within = going[:, None] * told.next_within + soon
    within /= np.maximum(going + (1 - rest), np.float32(1e-30))[:, None]
    return Told(told.alive, rest * told.expected + count, rest * told.at_least + least, within)


def _forecast(states: States, model: Model, known: Tables) -> Small:
    told = pooled(states, model, known)
    low, high = (np.minimum(count, model.horizon) for count in _count_quantiles(told.at_least, told.expected))
    contact = told.at_least[:, 0]
    if model.stack and states.recent is not None:
        contact = model.stack.correct(states, told)
    median = np.minimum(np.floor(_reached(told.at_least, 0.5)), model.horizon)
    return np.stack(
        [told.alive, contact, told.expected, low, high, *_next_quantiles(told.next_within, model.next_shares), median]
    )


def _count_quantiles(at_least: Small, expected: Small) -> Iterator[Small]:
    """The most that is reached but with the lower share, and the least that is passed with no more than what is left above
    the upper."""
    lower, upper = COUNT_SHARES
    yield np.minimum(np.floor(_reached(at_least, 1 - lower)), np.floor(expected))
    # Not -0, which is what is next to nothing rounded up.
    yield np.maximum(np.floor(_reached(at_least, 1 - upper)), np.ceil(expected - 0.5)) + np.float32(0)


def _reached(at_least: Small, share: float) -> Small:
    """The count that at least `share` of the chances reach, between the counts of the table by lines."""
    counts = np.concatenate([[0], COUNTS]).astype(np.float32)
    place = (at_least >= share).sum(axis=1)
    rows = np.arange(len(place))
    here = np.where(place > 0, at_least[rows, place - 1], np.float32(1))
    there = at_least[rows, np.minimum(place, len(COUNTS) - 1)]
    after = counts[np.minimum(place + 1, len(COUNTS))]
    step = (here - np.float32(share)) / np.maximum(here - there, np.float32(1e-9))
    # The next count is not reached; the ones between may be.
    told: Small = counts[place] + np.clip(step, 0, 1) * np.maximum(after - counts[place] - 1, 0)
    return told


def _next_quantiles(within: Small, shares: tuple[float, ...]) -> Iterator[Small]:
    """Days until the next, of which half of each whole day's chance lies before it: so the range holds as much as it says.

    Told at the end of its day, the chance of a day that the range begins or ends in was counted with it on one side only.
    """
    days = np.concatenate([[0], WITHIN]).astype(np.float32) + np.float32(0.5)
    # By day and then by relationship, so that counting runs along the relationships.
    by_day = np.zeros((len(days), len(within)), np.float32)
    by_day[1:] = within.T
    columns = np.arange(len(within))
    for share in shares:
        place = np.minimum((by_day < share).sum(axis=0, dtype=np.int8), len(days) - 1)
        before = np.maximum(place - 1, 0)
        rise = np.maximum(by_day[place, columns] - by_day[before, columns], np.float32(1e-9))
        step = np.clip((share - by_day[before, columns]) / rise, 0, 1)
        yield np.maximum(days[before] + step * (days[place] - days[before]), np.float32(1))
