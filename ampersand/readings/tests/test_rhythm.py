from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import integrate, stats

from ampersand.readings.rhythm import next_gap
from ampersand.readings.rhythm.next_gap import Gaps, Prior


def gaps(*weeks: float) -> Gaps:
    told = np.array(weeks)
    return Gaps(*(np.array([one]) for one in (float(len(told)), told.sum(), np.log(told).sum(), 0.0)))


def gaps_in_days(*days: float) -> Gaps:
    told = np.array(days)
    return replace(gaps(*(told / 7)), next_day_count=np.array([float((told == 1).sum())]))


def test_the_forecast_of_the_next_gap_agrees_with_integrating_the_model_by_hand() -> None:
    prior = Prior(r=1.5, alpha=3.0, weights=(1,), regularities=(3,))
    k, told = 3, (1.0, 2.0, 1.5)
    alpha = prior.alpha / k

    def joint(rate: float) -> float:
        return float(
            stats.gamma.pdf(rate, prior.r, scale=1 / alpha) * np.prod(stats.gamma.pdf(told, k, scale=1 / rate))
        )

    whole = integrate.quad(joint, 0, 60)[0]
    within = integrate.quad(lambda rate: joint(rate) * stats.gamma.cdf(2.0, k, scale=1 / rate), 0, 60)[0]

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
    house = Gaps(np.full(number, 12.0), told[:, :12].sum(axis=1), np.log(told[:, :12]).sum(axis=1), np.zeros(number))

    prior = next_gap.fit(house)
    within = told[:, 12] <= next_gap.next_gap_quantile(0.9, house, prior)

    assert within.mean() == pytest.approx(0.9, abs=0.02)


def test_a_small_house_is_read_with_the_published_defaults() -> None:
    assert next_gap.fit(gaps(1.0, 2.0)) == Prior()


def test_the_more_gaps_a_year_has_the_longer_a_silence_must_be() -> None:
    weekly, yearly = gaps(*[1.0, 1.3, 0.8, 1.1, 0.9, 1.2]), gaps(*[52.0, 60.0, 48.0, 56.0, 50.0, 53.0])

    assert next_gap.gaps_in_a_year(weekly, Prior())[0] == pytest.approx(50, rel=0.15)
    assert 0.998 < next_gap.quiet_share(weekly, Prior())[0] < 1
    assert next_gap.quiet_share(yearly, Prior())[0] == pytest.approx(0.98, abs=0.001)


def test_however_seldom_two_speak_quiet_is_longer_than_nine_in_ten_gaps() -> None:
    hardly_ever = gaps(*[300.0, 400.0, 350.0, 320.0, 410.0])

    assert next_gap.quiet_share(hardly_ever, Prior())[0] == next_gap.QUIET_SHARE_MIN


@pytest.mark.parametrize(("name", "k"), [("bursts", 0.5), ("chance", 1.0), ("regular", 3.0)])
def test_of_a_hundred_that_go_on_at_most_five_are_called_quiet_in_a_year(name: str, k: float) -> None:
    random = np.random.default_rng(11)
    number, known, asked = 800, 728, 1_092
    rates = random.gamma(0.9, 1 / 12, size=number) + 1 / 120
    lengths = np.maximum(1, np.ceil(random.gamma(k, 1 / (k * rates)[:, None], size=(number, 2_000))))
    ends = np.cumsum(lengths, axis=1)
    seen = (ends <= known).sum(axis=1)
    told = np.arange(lengths.shape[1]) < seen[:, None]
    sums = (told, lengths / 7 * told, np.log(lengths / 7) * told, (lengths == 1) & told)
    house = Gaps(*(of_each.sum(axis=1).astype(float) for of_each in sums))
    prior = next_gap.fit(house)
    enough = seen >= 5

    beyond = 7 * next_gap.next_gap_quantile(next_gap.quiet_share(house, prior), house, prior)
    in_the_year = (ends > known) & (ends - lengths < asked)
    # A gap that still lasts at the end of the year is looked at until then.
    lasted = np.minimum(ends, asked) - (ends - lengths)
    wrongly = np.any(in_the_year & (lasted > beyond[:, None]) & enough[:, None], axis=1).sum() / enough.sum()

    assert 0.005 < wrongly <= 0.05, name


def test_in_bursts_a_gap_of_one_day_is_any_gap_within_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(next_gap, "_WITHIN_A_DAY", 1.0)
    prior = Prior(r=1.5, alpha=3.0, weights=(0.5, 0.5), regularities=(0.5, 0.7))
    days = (1.0, 9.0, 1.0, 4.0)

    def chance(k: float) -> float:
        def joint(rate: float) -> float:
            within = stats.gamma.cdf(1 / 7, k, scale=1 / rate) ** 2
            beyond = stats.gamma.pdf((9 / 7, 4 / 7), k, scale=1 / rate).prod() / 49
            return float(within * beyond * stats.gamma.pdf(rate, prior.r, scale=k / prior.alpha))

        return float(integrate.quad(joint, 0, 200)[0])

    half, more = next_gap.posterior(gaps_in_days(*days), prior)[0]

    assert half / more == pytest.approx(chance(0.5) / chance(0.7), rel=0.02)


def test_what_comes_in_bursts_is_known_for_it_though_encounters_are_whole_days() -> None:
    random = np.random.default_rng(4)
    told = gaps_in_days(*np.maximum(1, np.ceil(random.gamma(0.5, 24.0, 200))))
    prior = Prior(weights=(1 / 9,) * 9)

    as_told, as_days = (next_gap.posterior(one, prior)[0] for one in (told, replace(told, next_day_count=np.zeros(1))))

    assert as_told[0] > 3 * as_days[0]


@pytest.mark.parametrize(
    "days", [[1.0] * 300, [1.0, 1.0, 1.0, 1.0, 3.0] * 50], ids=["every day", "on every working day"]
)
def test_who_meets_day_by_day_is_called_quiet_within_a_week(days: list[float]) -> None:
    one, prior = gaps_in_days(*days), Prior()

    assert 7 * next_gap.next_gap_quantile(next_gap.quiet_share(one, prior), one, prior)[0] < 7


def test_of_a_hundred_gaps_that_come_in_bursts_more_are_expected_to_be_long() -> None:
    steady, bursts = gaps(*[1.0] * 12), gaps(*[0.15, 4.6, 0.1, 0.2, 0.15, 3.9, 0.15, 0.15, 0.1, 2.4, 0.15, 0.15])

    beside_usual = [
        next_gap.next_gap_quantile(next_gap.quiet_share(one, Prior()), one, Prior())[0] for one in (steady, bursts)
    ]

    assert beside_usual[1] > 3 * beside_usual[0]
