"""What is worked out once for many is what would be worked out for each."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ampersand.readings.rhythm import bank, formulas, grid, likely, model, recent, state
from ampersand.readings.rhythm.formulas import Kind
from ampersand.readings.rhythm.grid import Tables
from ampersand.readings.rhythm.state import States
from ampersand.readings.tests.test_rhythm_forecast import population


def some_tables(*, horizon: int = 90) -> Tables:
    cells = grid.grid_for(700.0, ticks=(1, 3))
    kinds = [Kind(1, 1.2, 60.0, 0.8, 2.0), Kind(3, 2.0, 90.0, 0.8, 2.0)]
    return grid.tables(cells, grid.on_grid(cells, kinds, np.array([0.6, 0.4])), horizon=horizon, size=np.float64)


def some_states() -> States:
    return state.states(population(number=600), as_of_day=500)[0]


def test_those_met_equally_often_are_read_as_among_others() -> None:
    now, known = some_states(), some_tables()
    often = now.repeats == 3
    assert often.sum() > 1

    told, among = grid.read(now.part(often), known), grid.read(now, known)

    for name, column in vars(told).items():
        assert column == pytest.approx(getattr(among, name)[often], rel=1e-11), name


def test_whether_there_is_any_contact_is_told_the_same_without_the_rest() -> None:
    now, known = some_states(), some_tables()

    told, whole = grid.read(now, known.of_contact()), grid.read(now, known)
    mean, any_, _soon = grid.read_beta(known.of_contact(), now.repeats + 0.5, now.known)

    assert told.alive == pytest.approx(whole.alive, rel=1e-11)
    assert told.expected == pytest.approx(whole.expected, rel=1e-11)
    assert told.at_least[:, 0] == pytest.approx(whole.at_least[:, 0], rel=1e-11)
    assert told.next_within.shape == (len(now), 0)
    assert mean == pytest.approx(grid.read_beta(known, now.repeats + 0.5, now.known)[0], rel=1e-11)
    assert any_[:, 0] == pytest.approx(grid.read_beta(known, now.repeats + 0.5, now.known)[1][:, 0], rel=1e-11)


def test_what_was_looked_at_once_is_read_by_another_prior_as_if_looked_at_anew() -> None:
    now, known = some_states(), some_tables()
    other = grid.tables(known.grid, np.ones(known.grid.shape) / known.prior.size, horizon=90, size=np.float64)
    seen = likely.of(known.grid, now, size=np.float64)

    grid.read_likely(seen, known)

    assert grid.read_likely(seen, other).expected == pytest.approx(grid.read(now, other).expected, rel=1e-11)


def test_several_recent_members_are_pooled_as_each_by_its_share() -> None:
    whole = population(number=800)
    now, _there = state.states(whole, as_of_day=500)
    learnt = bank.fit(whole, as_of_day=500, horizon=90)
    known = grid.tables(learnt.grid, learnt.prior, horizon=90)

    told = model.pooled(now, learnt, known)

    alone = model.pooled(now, replace(learnt, recent=()), known)
    rest = 1 - sum(share for _, share in learnt.recent)
    of_each = (share * grid.read_beta(known, *one.beta(now))[0] for one, share in learnt.recent)
    assert told.expected == pytest.approx(rest * alone.expected + sum(of_each), rel=1e-4)


def test_the_days_that_count_are_those_gone_by_each_halved() -> None:
    known = np.array([0.0, 1.0, 40.0])
    nothing = np.zeros(3)

    told = States(nothing, nothing, known, nothing).days_counted(1)

    assert told == pytest.approx([0, 1, sum(2 ** (-day / 30) for day in range(40))])


def test_a_recent_member_held_to_a_level_expects_so_much_of_all() -> None:
    now = some_states()
    member = recent.fit(1, now, np.random.default_rng(1).poisson(1.0, len(now)).astype(float), horizon=90)
    known = some_tables()
    learnt = model.Model(known.grid, known.prior.astype(np.float64), 90)

    ((held, share),) = bank._held_to_level(now, learnt, (member,), np.array([0.3]))

    steady = grid.read(now, known).expected.sum()
    before = grid.read_beta(known, *member.beta(now))[0].sum() / steady
    after = grid.read_beta(known, *held.beta(now))[0].sum() / steady
    assert share == 0.3
    assert np.log(after) == pytest.approx(np.clip(0.7 * np.log(before), -0.4, 0.4), abs=0.02)


def test_the_logarithm_of_two_chances_together_holds_where_one_is_none() -> None:
    told = formulas.log_of_both(np.array([-3.0, 0.0, 800.0]), np.array([-np.inf, 0.0, -800.0]))

    assert told == pytest.approx([-3.0, np.log(2), 800.0])
