"""Ranges of the next encounter hold what they say, whatever the cadence of a population."""

from __future__ import annotations

import numpy as np
import pytest

from ampersand.readings.rhythm import bank, held, model, state
from ampersand.readings.rhythm.grid import COUNTS, WITHIN, Told
from ampersand.readings.rhythm.state import Days

WANTED = (0.1, 0.5, 0.9)
MONTH = 30.0


def foretold(number: int, *, alive: float = 1.0) -> Told:
    """Of each the same: with an even chance on every day of the month."""
    within = np.minimum(np.tile(WITHIN / MONTH, (number, 1)), 1).astype(np.float32)
    nothing = np.zeros(number, np.float32)
    return Told(np.full(number, alive, np.float32), nothing, np.zeros((number, len(COUNTS)), np.float32), within)


def whole_days(low: float, high: float, *, number: int) -> np.ndarray:
    return np.ceil(np.linspace(low, high, number + 2)[1:-1])


def test_where_all_came_as_foretold_the_range_stays() -> None:
    found = held.shares(foretold(8_000), whole_days(0, MONTH, number=8_000), hidden=60, wanted=WANTED)

    assert found == pytest.approx(WANTED, abs=0.02)


def test_where_they_came_nearer_to_the_middle_the_range_is_drawn_in() -> None:
    found = held.shares(foretold(8_000), whole_days(10, 20, number=8_000), hidden=60, wanted=WANTED)

    assert found == pytest.approx((11 / 30, 0.5, 19 / 30), abs=0.03)


def test_who_was_not_waited_for_long_enough_counts_as_long_as_they_were() -> None:
    days = whole_days(0, MONTH, number=8_000)

    found = held.shares(foretold(8_000), np.where(days <= 16, days, np.inf), hidden=16, wanted=WANTED)

    assert found == pytest.approx(WANTED, abs=0.02)


def test_who_is_believed_to_have_left_makes_no_range_wider() -> None:
    days = np.r_[whole_days(0, MONTH, number=4_000), np.full(4_000, np.inf)]

    found = held.shares(foretold(8_000, alive=0.5), days, hidden=60, wanted=WANTED)

    assert found == pytest.approx(WANTED, abs=0.02)


@pytest.mark.parametrize("came", [0, 3])
def test_of_a_few_nearly_nothing_is_learnt(came: int) -> None:
    days = np.r_[np.full(came, 15.0), np.full(40, np.inf)]

    found = held.shares(foretold(len(days)), days, hidden=60, wanted=WANTED)

    assert found == pytest.approx(WANTED, abs=0.01)
    assert list(found) == sorted(found)


@pytest.mark.parametrize(("name", "ticks"), [("bursts", 0.5), ("chance", 1.0), ("regular", 3.0), ("clockwork", 12.0)])
def test_eight_in_ten_of_the_next_encounters_lie_within_the_range(name: str, ticks: float) -> None:
    random = np.random.default_rng(11)
    number, known_until = 1_500, 900
    rates = random.gamma(0.9, 1 / 12, number) + 1 / 90
    gaps = np.maximum(1, np.ceil(random.gamma(ticks, 1 / (ticks * rates)[:, None], (number, 1_600))))
    day = np.cumsum(gaps, axis=1)
    until = day <= known_until
    known = Days(np.nonzero(until)[0], day[until].astype(np.int64), number)
    came = np.where(until, np.inf, day).min(axis=1) - known_until

    learnt = bank.fit(known, as_of_day=known_until, horizon=182)
    now, there = state.states(known, as_of_day=known_until)
    told = model.forecast(now, model.from_json(learnt.as_json()))

    asked = now.repeats >= 5
    within = (came[there] >= told.next_low) & (came[there] <= told.next_high)
    assert 0.77 <= within[asked].mean() <= 0.83, name
