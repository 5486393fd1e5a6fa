from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from scipy import integrate, stats
from scipy.special import betainc, betaincinv

from ampersand.readings import beta, keeping, kernels
from ampersand.readings.keeping import Prior, Promised

SILENT = float("nan")


def promised(*kept: float, age_days: float = 0) -> Promised:
    weight = keeping.weights(np.ones(len(kept)), np.full(len(kept), age_days))
    return keeping.gathered(np.zeros(len(kept)), kept, weight, count=1)


def test_seven_of_nine_kept_is_read_as_by_hand() -> None:
    told = keeping.kept_shares(promised(*[1] * 7, 0, 0), Prior(2, 1))

    assert told.point[0] == pytest.approx(9 / 12)
    assert betainc(9, 3, told.low[0]) == pytest.approx(0.05)
    assert betainc(9, 3, told.high[0]) == pytest.approx(0.95)
    assert told.count[0] == 9


def test_silence_widens_the_interval_to_both_sides_and_takes_the_point_away() -> None:
    told = keeping.kept_shares(promised(1, 1, 1, 0, SILENT, SILENT), Prior(2, 1))

    assert betainc(5, 4, told.low[0]) == pytest.approx(0.05)
    assert betainc(7, 2, told.high[0]) == pytest.approx(0.95)
    assert np.isnan(told.point[0])


def test_with_four_of_five_answered_a_point_is_told() -> None:
    assert keeping.kept_shares(promised(1, 1, 1, 1, SILENT), Prior()).point[0] == pytest.approx(6 / 7)
    assert np.isnan(keeping.kept_shares(promised(1, 1, 1, SILENT), Prior()).point[0])


@pytest.mark.parametrize(("kept", "low", "high"), [((1,) * 6, 0.68, 1), ((0,) * 6, 0, 0.5)], ids=["all", "none"])
def test_all_kept_or_none_leaves_an_interval(kept: tuple[float, ...], low: float, high: float) -> None:
    told = keeping.kept_shares(promised(*kept), Prior(2, 1))

    assert low < told.low[0] < told.point[0] < told.high[0] < high


def test_a_party_without_promises_is_what_is_usual_and_has_no_point() -> None:
    told = keeping.kept_shares(promised(), Prior(2, 1))

    assert told.low[0] == pytest.approx(betaincinv(2, 1, 0.05))
    assert np.isnan(told.point[0])
    assert told.count[0] == 0


def test_a_partly_kept_promise_is_partly_each() -> None:
    told = promised(0.25, 1)

    assert (told.kept[0], told.not_kept[0]) == (1.25, 0.75)


def test_half_a_year_halves_what_a_promise_weighs_and_its_importance_multiplies_it() -> None:
    assert keeping.weights([1, 2, 0.5], [180, 0, 360]) == pytest.approx([0.5, 2, 0.125])


def test_weights_that_vary_much_count_as_fewer_promises() -> None:
    told = keeping.gathered(np.zeros(3), [1, 1, 0], [1.0, 0.5, 0.1], count=1)
    even = keeping.gathered(np.zeros(3), [1, 1, 0], [1.0, 0.5, 0.25], count=1)

    assert keeping.effective(told)[0] == pytest.approx(1.6 / 1.26)
    assert keeping.effective(even)[0] == 1


def test_the_bounds_are_kept_of_due_with_silence_taken_either_way() -> None:
    low, high = keeping.bounds([4, 0], [2, 0], [8, 0])

    assert (low[0], high[0]) == (0.5, 0.75)
    assert np.isnan(low[1])
    assert np.isnan(high[1])


def test_a_small_house_believes_the_defaults() -> None:
    assert keeping.fit([1] * 49, [2] * 49) == Prior(2, 1)
    assert keeping.fit([0] * 80, [0] * 80) == Prior(2, 1)


def test_the_fitted_prior_is_likelier_than_any_near_it() -> None:
    random = np.random.default_rng(2)
    n = random.geometric(0.3, 500)
    k = random.binomial(n, random.beta(4, 2, 500))
    fitted = keeping.fit(k, n)

    def log_likelihood(a: float, b: float) -> float:
        return float(stats.betabinom.logpmf(k, n, a, b).sum())

    best = log_likelihood(fitted.kept, fitted.not_kept)
    near = [
        (fitted.kept * x, fitted.not_kept * y) for x in (0.97, 1, 1.03) for y in (0.97, 1, 1.03) if x != 1 or y != 1
    ]
    assert all(log_likelihood(*at) < best for at in near)


@pytest.mark.parametrize("kept", [0, 3], ids=["none", "all"])
def test_a_house_in_which_all_are_alike_has_a_prior_too(kept: int) -> None:
    fitted = keeping.fit([kept] * 60, [3] * 60)

    assert min(fitted.kept, fitted.not_kept) > 0
    assert fitted.kept + fitted.not_kept <= 200.001


def test_the_shares_of_a_simulated_house_are_nearer_the_truth_than_counting() -> None:
    from benchmarks import keeping as benchmark

    told = benchmark.recovered(count=3_000, seed=1)

    assert told["ours"] < 0.135
    assert told["Laplace"] > told["ours"] + 0.04
    assert told["raw"] > told["Laplace"] + 0.08
    assert told["covered"] == pytest.approx(0.9, abs=0.03)
    assert told["covered 95"] == pytest.approx(0.95, abs=0.02)


def test_the_interval_holds_the_truth_whatever_the_silence_hides() -> None:
    random = np.random.default_rng(3)
    truth = random.beta(6, 2.1, 800)
    count = random.geometric(0.2, 800)
    party = np.repeat(np.arange(800), count)
    kept = (random.random(len(party)) < truth[party]).astype(float)
    # Failures are hidden more often than what was kept.
    kept[random.random(len(party)) < np.where(kept > 0, 0.05, 0.5)] = np.nan

    told = keeping.kept_shares(keeping.gathered(party, kept, np.ones(len(party)), count=800), Prior(6, 2.1))

    assert ((told.low <= truth) & (truth <= told.high)).mean() > 0.88


@pytest.mark.parametrize(
    ("kept", "weight", "message"),
    [([1.5], [1.0], "from 0 to 1"), ([1.0], [-1.0], "0 or more"), ([1.0], [np.inf], "0 or")],
)
def test_what_is_no_promise_is_refused(kept: list[float], weight: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        keeping.gathered([0], kept, weight, count=1)


@pytest.mark.parametrize("party", [-1, 2])
def test_a_promise_of_a_party_that_is_not_asked_about_is_refused(party: int) -> None:
    with pytest.raises(ValueError, match="below 2"):
        keeping.gathered([party], [1.0], [1.0], count=2)


def test_columns_of_other_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="one length"):
        keeping.gathered([0, 0], [1.0], [1.0], count=1)


def test_more_kept_than_answered_is_refused() -> None:
    with pytest.raises(ValueError, match="no more can be kept"):
        keeping.fit([3] * 60, [2] * 60)


def test_a_million_quantiles_are_those_of_scipy() -> None:
    random = np.random.default_rng(4)
    a, b = random.gamma(0.7, 8, 3_000) + 0.02, random.gamma(0.7, 40, 3_000) + 0.02
    a[:3], b[:3] = (1e5, 3, 0.5), (7e4, 1e5, 0.5)

    for share in (0.05, 0.5, 0.95):
        told = kernels.beta_quantile(share, a, b)
        assert np.allclose(told, betaincinv(a, b, share), rtol=1e-9, atol=1e-12)
        assert np.allclose(told[:50], beta.quantile(share, a[:50], b[:50]), rtol=1e-9, atol=1e-12)


def test_a_quantile_of_what_is_no_distribution_is_no_number() -> None:
    nowhere = np.array([0.0, -1.0, np.nan, 2.0])

    assert list(np.isnan(kernels.beta_quantile(0.5, nowhere, np.ones(4)))) == [True, True, True, False]
    assert list(np.isnan(beta.quantile(0.5, nowhere, np.ones(4)))) == [True, True, True, False]


def test_the_posterior_is_that_of_integrating_by_hand() -> None:
    def joint(share: float) -> float:
        return float(stats.beta.pdf(share, 2, 1) * stats.binom.pmf(3, 4, share))

    middle = integrate.quad(lambda share: share * joint(share), 0, 1)[0] / integrate.quad(joint, 0, 1)[0]

    assert keeping.kept_shares(promised(1, 1, 1, 0), Prior(2, 1)).point[0] == pytest.approx(middle)


def test_reading_one_party_loads_no_compiler() -> None:
    program = (
        "import sys, numpy as np; from ampersand.readings import keeping, waiting;"
        "p = keeping.gathered([0], [1.0], [1.0], count=1); keeping.kept_shares(p, keeping.fit([1], [1]));"
        "waiting.curve([1], [True]); assert not {'numba', 'django', 'ibis'} & set(sys.modules)"
    )

    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
