"""Fitting: a bank of forecasts, weighed by how well each foretold the population's own latest past.

The last days, as many as are asked for but at most half of what is known, are hidden; the members are fitted to what came
before and foretell what was hidden; each gets the weight under which all together explain it best. Then the priors are
fitted again to everything. Nothing after the day of asking is looked at.

Members: one kind of cadence (MBG/NBD), two kinds (MBG/CNBD-k, one regular), both loosened to what the population shows cell
by cell (grid prior, empirical Bayes), and recent frequency with three half-lives.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ampersand.readings.rhythm import fitting, grid, held, likely, loosened, model, recent, stack, state
from ampersand.readings.rhythm.formulas import Floats
from ampersand.readings.rhythm.grid import COUNTS, Tables
from ampersand.readings.rhythm.likely import Grid, Likely, Small
from ampersand.readings.rhythm.model import Model
from ampersand.readings.rhythm.recent import Recent
from ampersand.readings.rhythm.state import HALF_LIVES, Days, States

# Fewer relationships than this say too little of a population: the defaults hold.
POPULATION_MIN = 20
# Fewer in the hidden past, or met in it, and the members keep the weights they begin with.
HIDDEN_MIN, HIDDEN_MET_MIN = 50, 10
# How firmly the grid prior is held to the parametric one, in relationships, and its rounds of EM.
_HELD, _ROUNDS = 200.0, 30
# The ticks a gap that the regular kind may have.
REGULAR = (2, 3)
# Rows that the grid priors are learnt from: they have more to learn than four numbers.
_LOOSENED_MAX = 24_000
# Before the past speaks, the weight of the models of rates; held as firmly as by so many relationships.
_BEGIN_RATES, _BEGIN_FIRM = 0.5, 10.0
# Before the past speaks, between models of rates: two kinds, which hold the one kind in them, before one kind.
_BEGIN_AMONG = np.array([0.05, 1.0, 0.1, 1.0])
# With each doubling of the days foretold over the days hidden, half-lives count by this power of their length more.
_FADING = 0.4
# How far the past is trusted between models of rates: one relationship's luck is many others' too.
_TRUST = 0.05
# Of the level that recent frequency learnt in the hidden days this share is kept (in logarithms), but never more than half
# as much again as the models of rates expect, nor less than two thirds: days unlike the others are not taken for the rule.
_LEVEL_KEPT, _LEVEL_APART_MAX = 0.7, 0.4
# However well recent frequency foretold the past, it gets no more than this: its level and its reach may be of that past alone.
_RECENT_MAX = 0.5
_READ_MAX = 24_000


@dataclass(frozen=True)
class _Priors:
    cells: Grid
    each: tuple[Floats, ...]

    def mixed(self, weights: Floats) -> Floats:
        told: Floats = np.einsum("m,mkrp->krp", weights / weights.sum(), np.stack(self.each))
        return told


def fit(days: Days, *, as_of_day: int, horizon: int) -> Model:
    """The model of a population, from its encounters until a day, for so many days ahead."""
    there = state.in_order(days)
    now, _ = state.states_in_order(there, as_of_day=as_of_day)
    if len(now) < POPULATION_MIN or not now.repeats.any():
        return replace(model.default(horizon=horizon), fitted_count=len(now))
    priors = _priors(now)
    hidden = int(min(horizon, (as_of_day - there.day[there.day <= as_of_day].min()) // 2))
    ticks = priors.cells.ticks[1]
    learnt = (
        _from_the_past(there, as_of_day=as_of_day, hidden=hidden, horizon=horizon, ticks=ticks) if hidden >= 1 else None
    )
    weights, members, corrects = learnt or (_BEGIN_AMONG, (), None)
    some = _some(now)
    told = Model(priors.cells, priors.mixed(weights[: len(priors.each)]), horizon, fitted_count=len(now))
    told = replace(told, recent=_held_to_level(some, told, members, weights[len(priors.each) :]))
    pooled = model.pooled(some, told, grid.tables(told.grid, told.prior, horizon=horizon).of_contact())
    told = replace(told, stack=corrects.held_to(some, pooled) if corrects else stack.usual(some, pooled))
    return replace(told, next_shares=_next_shares(there, told, as_of_day=as_of_day, hidden=hidden))


def _next_shares(days: Days, told: Model, *, as_of_day: int, hidden: int) -> tuple[float, ...]:
    """The chances between which so many truly came next in the last days as are meant to.

    They are foretold by the model of all days. What it learnt of the hidden ones are a few numbers for all relationships, and
    of none of them its own days.
    """
    if hidden < 1:
        return told.next_shares
    drawn = np.zeros(days.count, dtype=np.bool_)
    drawn[_drawn(days.count)] = True
    is_seen = drawn[days.party] & (days.day <= as_of_day)
    seen = Days(days.party[is_seen], days.day[is_seen], days.count)
    asked = as_of_day - hidden
    before, there = state.states_in_order(seen, as_of_day=asked)
    following = np.full(days.count, np.inf)
    is_hidden = seen.day > asked
    np.minimum.at(following, seen.party[is_hidden], (seen.day[is_hidden] - asked).astype(np.float64))
    enough = before.repeats >= 1
    pooled = model.pooled(before.part(enough), told, grid.tables(told.grid, told.prior, horizon=hidden))
    return held.shares(pooled, following[there][enough], hidden=hidden, wanted=told.next_shares)


def fit_rates(now: States, *, horizon: int) -> Model:
    """The model of a population of which only the sums are known: the priors alone, without a look at the past."""
    if len(now) < POPULATION_MIN or not now.repeats.any():
        return replace(model.default(horizon=horizon), fitted_count=len(now))
    priors = _priors(now)
    return Model(priors.cells, priors.mixed(_BEGIN_AMONG), horizon, fitted_count=len(now))


def _priors(now: States, *, ticks: tuple[int, ...] = REGULAR) -> _Priors:
    """The priors of the members. The regular kind has the ticks, of those offered, that explain the gaps best."""
    seen = fitting.weighed(now.sums)
    one = fitting.one_kind(seen, k=1)
    two, shares, _ = max((fitting.two_kinds(seen, ticks=k, start=one) for k in ticks), key=lambda told: told[2])
    cells = grid.grid_for(float(now.known.max()), ticks=(1, two[1].k))
    plain = grid.on_grid(cells, [one], np.ones(1))
    mixed = grid.on_grid(cells, two, shares)
    many = fitting.weighed(now.sums, most=_LOOSENED_MAX)
    free = [loosened.learnt(cells, many, start, strength=_HELD, rounds=_ROUNDS) for start in (plain, mixed)]
    return _Priors(cells, (plain, mixed, *free))


def _from_the_past(
    days: Days, *, as_of_day: int, hidden: int, horizon: int, ticks: int
) -> tuple[Floats, tuple[Recent, ...], stack.Stack | None] | None:
    """The members' weights, the recent ones themselves, and the correction of the chance of contact."""
    before, there = state.states_in_order(days, as_of_day=as_of_day - hidden)
    in_it = (days.day > as_of_day - hidden) & (days.day <= as_of_day)
    counts = np.bincount(days.party[in_it], minlength=days.count)[there].astype(np.float64)
    if len(before) < HIDDEN_MIN or (counts > 0).sum() < HIDDEN_MET_MIN:
        return None
    priors = _priors(before, ticks=(ticks,))
    drawn = _drawn(len(before))
    some, met = before.part(drawn), counts[drawn]
    members = tuple(recent.fit(place, some, met, horizon=hidden) for place in range(len(HALF_LIVES)))
    foretold = [grid.tables(priors.cells, each, horizon=hidden) for each in priors.each]
    chances = _chances(likely.of(priors.cells, some), foretold, met)
    chances += [_chance_of(grid.read_beta(foretold[0], *one.beta(some))[1], met) for one in members]
    weights = _weigh(np.stack(chances, axis=1), of=len(before), reach=horizon / hidden)
    past = Model(priors.cells, priors.mixed(weights[: len(priors.each)]), hidden)
    past = replace(past, recent=_held_to_level(some, past, members, weights[len(priors.each) :]))
    known = grid.tables(past.grid, past.prior, horizon=hidden).of_contact()
    return weights, members, stack.learn(some, model.pooled(some, past, known), met)


def _weigh(chances: Floats, *, of: int, reach: float) -> Floats:
    """The weights of the members, by the chance each gave to what came to these, drawn of so many.

    Models of rates say nearly the same of each relationship, so they are weighed by the whole past; between these together
    and recent frequency stand the weights under which all explain it best (EM, held to where they begin). Where
    `reach` times as many days are foretold as were hidden, what halves late counts more: it lasts longer.
    """
    rates_count = len(_BEGIN_AMONG)
    told = np.log(chances[:, :rates_count]).mean(axis=0) * of
    among = _BEGIN_AMONG * np.exp(_TRUST * (told - told.max()))
    among /= among.sum()
    each = np.column_stack([chances[:, :rates_count] @ among, chances[:, rates_count:]])
    recent_count = each.shape[1] - 1
    begin = np.r_[_BEGIN_RATES, np.full(recent_count, (1 - _BEGIN_RATES) / recent_count)]
    weights = begin
    for _ in range(100):
        belonging = weights * ((1 / (each @ weights)) @ each)
        weights = (belonging + _BEGIN_FIRM * begin) / (len(each) + _BEGIN_FIRM)
    share = min(weights[1:].sum(), _RECENT_MAX)
    lasting = weights[1:] * np.asarray(HALF_LIVES) ** (_FADING * np.log2(reach))
    found: Floats = np.r_[(1 - share) * among, share * lasting / lasting.sum()]
    return found


def _chances(seen: Likely, foretold: list[Tables], met: Floats) -> list[Floats]:
    """The chance that each prior gave to what came. Of most nothing came, and of these no more is asked."""
    came = met > 0
    with_some, without = seen.part(came), seen.part(~came)
    told = []
    for known in foretold:
        chance = np.empty(len(met))
        chance[came] = _chance_of(grid.read_likely(with_some, known).at_least, met[came])
        chance[~came] = _chance_of(grid.read_likely(without, known.of_contact()).at_least, met[~came])
        told.append(chance)
    return told


def _chance_of(at_least: Small, met: Floats) -> Floats:
    """The chance a member gave to what came: the count, or the step of COUNTS it lies in."""
    steps = np.concatenate([np.ones((len(met), 1)), at_least, np.zeros((len(met), 1))], axis=1)
    place = np.searchsorted(COUNTS, met, side="right")
    rows = np.arange(len(met))
    told: Floats = np.maximum(steps[rows, place] - steps[rows, place + 1], 1e-7)
    return told


def _held_to_level(
    states: States, told: Model, members: tuple[Recent, ...], shares: Floats
) -> tuple[tuple[Recent, float], ...]:
    """The recent members, each held part of the way to the number of encounters that the models of rates expect of all."""
    known = grid.tables(told.grid, told.prior, horizon=told.horizon).of_contact()
    expected = max(float(grid.read(states, known).expected.sum(dtype=np.float64)), 1e-9)
    held = []
    for one, share in zip(members, shares, strict=True):
        begun = float(grid.read_beta(known, *one.beta(states))[0].sum(dtype=np.float64))
        apart = np.log(max(begun, 1e-9) / expected)
        more = np.exp(np.clip(_LEVEL_KEPT * apart, -_LEVEL_APART_MAX, _LEVEL_APART_MAX) - apart)
        # What the cells make of each level is its mean times the same; the mean takes no cells.
        wanted, level = more * _mean(one, states), 1.0
        for _ in range(3):
            level *= wanted / max(_mean(replace(one, level=level), states), 1e-9)
        held.append((replace(one, level=float(level)), float(share)))
    return tuple(held)


def _mean(one: Recent, states: States) -> float:
    seen, unseen = one.beta(states)
    return float((seen / (seen + unseen)).sum())


def _some(states: States) -> States:
    return states.part(_drawn(len(states)))


def _drawn(number: int) -> NDArray[np.int64]:
    if number <= _READ_MAX:
        return np.arange(number)
    return np.random.default_rng(2).choice(number, _READ_MAX, replace=False)
