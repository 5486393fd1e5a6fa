from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, stats

from ampersand.readings.rhythm import next_gap
from ampersand.readings.rhythm.next_gap import Gaps, Prior


def gaps(*weeks: float) -> Gaps:
    told = np.array(weeks)
    return Gaps(np.array([float(len(told))]), np.array([told.sum()]), np.array([np.log(told).sum()]))


def test_the_forecast_of_the_next_gap_agrees_with_integrating_the_model_by_hand() -> None:
    prior = Prior(r=1.5, alpha=3.0, weights=(0, 0, 1, 0, 0, 0, 0))
    k, told = 3, (1.0, 2.0, 1.5)
    alpha = prior.alpha / k

    def joint(rate: float) -> float:
        return float(
            stats.gamma.pdf(rate, prior.r, scale=1 / alpha) * np.prod(stats.gamma.pdf(told, k, scale=1 / rate))
        )

    whole = integrate.quad(joint, 0, 60)[0]
    within = integrate.quad(lambda rate: joint(rate) * stats.gamma.cdf(2.0, k, scale=1 / rate), 0, 60)[0]

    with np.errstate(divide="ignore"):
        said = next_gap.next_gap_cdf(np.array([2.0]), gaps(*told), prior)[0]

    assert said == pytest.approx(within / whole, abs=1e-6)


def test_a_quantile_is_where_the_forecast_reaches_its_share() -> None:
    told = gaps(1.0, 1.2, 0.9, 1.1, 1.0, 1.3)

    weeks = next_gap.next_gap_quantile(0.9, told, Prior())

    assert next_gap.next_gap_cdf(weeks, told, Prior())[0] == pytest.approx(0.9, abs=1e-4)


def test_a_steady_rhythm_is_called_quiet_sooner_than_a_ragged_one_of_the_same_length() -> None:
    steady = gaps(*[1.0] * 12)
    ragged = gaps(*[0.15, 2.6, 0.1, 2.0, 0.2, 1.8, 0.15, 2.4, 0.1, 1.9, 0.4, 0.2])

    assert steady.span_weeks[0] == pytest.approx(ragged.span_weeks[0], abs=0.01)
    assert (
        next_gap.next_gap_quantile(0.9, steady, Prior())[0] < next_gap.next_gap_quantile(0.9, ragged, Prior())[0] * 0.75
    )


def test_nine_in_ten_of_the_next_gaps_lie_within_the_range_on_a_simulated_house() -> None:
    random = np.random.default_rng(7)
    number = 4_000
    k = random.choice([1, 3, 8], size=number)
    rates = random.gamma(2.0, 1.0, size=number)
    told = random.gamma(k[:, None], 1 / (k * rates)[:, None], size=(number, 13))
    house = Gaps(np.full(number, 12.0), told[:, :12].sum(axis=1), np.log(told[:, :12]).sum(axis=1))

    prior = next_gap.fit(house)
    within = told[:, 12] <= next_gap.next_gap_quantile(0.9, house, prior)

    assert within.mean() == pytest.approx(0.9, abs=0.02)


def test_a_small_house_is_read_with_the_published_defaults() -> None:
    assert next_gap.fit(gaps(1.0, 2.0)) == Prior()


def test_what_is_still_to_wait_is_the_rest_of_the_gap_given_that_it_has_lasted_so_long() -> None:
    told, waited = gaps(1.0, 1.2, 0.9, 1.1, 1.0, 1.3), np.array([0.8])

    weeks = next_gap.still_to_wait_quantile(0.5, waited, told, Prior())

    before, by_then = (next_gap.next_gap_cdf(at, told, Prior())[0] for at in (waited, waited + weeks))
    assert (by_then - before) / (1 - before) == pytest.approx(0.5, abs=1e-4)
    none = next_gap.still_to_wait_quantile(0.5, np.array([0.0]), told, Prior())
    assert none == pytest.approx(next_gap.next_gap_quantile(0.5, told, Prior()), abs=1e-6)


def test_eight_in_ten_of_the_waits_lie_within_the_range_whenever_one_asks() -> None:
    random = np.random.default_rng(8)
    number = 4_000
    k = random.choice([1, 3, 8], size=number)
    rates = random.gamma(2.0, 1.0, size=number)
    told = random.gamma(k[:, None], 1 / (k * rates)[:, None], size=(number, 13))
    # The thirteenth gap is open: one asks at some time within it, more often within a long one, as days do.
    asked = random.random(number) < told[:, 12] / told[:, 12].max()
    told = told[asked]
    house = Gaps(np.full(len(told), 12.0), told[:, :12].sum(axis=1), np.log(told[:, :12]).sum(axis=1))
    waited = told[:, 12] * random.random(len(told))

    prior = next_gap.fit(house)
    low, high = (next_gap.still_to_wait_quantile(share, waited, house, prior) for share in (0.1, 0.9))

    rest = told[:, 12] - waited
    assert 0.74 < ((rest >= low) & (rest <= high)).mean() < 0.86
