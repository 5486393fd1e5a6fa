"""The formulas against integrating the model by hand, and against simulation with known parameters."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, stats

from ampersand.readings.rhythm import fitting, formulas
from ampersand.readings.rhythm.formulas import Kind, Sums

KINDS = [
    Kind(1, 0.7, 5.0, 0.9, 1.4),
    Kind(2, 1.3, 4.0, 1.0, 2.0),
    Kind(3, 1.3, 4.0, 1.1, 2.0, ends_at_first=False),
    Kind(1, 0.7, 5.0, 0.9, 1.4, ends_at_first=False),
]


def sums(gaps: list[float], open_for: float) -> Sums:
    told = np.array(gaps)
    logs = float(np.log(told).sum())
    return Sums(*(np.array([value]) for value in (float(len(gaps)), told.sum(), told.sum() + open_for, logs)))


def integrated(kind: Kind, gaps: list[float], waiting: float, extra: float = 0.0) -> float:
    """P(gaps, then nothing for `waiting`) with every rate and chance to end summed over; with `extra`, alive until then."""

    def of_rate(rate: float) -> float:
        met = np.prod(stats.gamma.pdf(gaps, kind.k, scale=1 / rate)) if gaps else 1.0
        return float(met * stats.gamma.pdf(rate, kind.r, scale=1 / kind.alpha))

    chances_to_end = len(gaps) - 1 + kind.at_first

    def still(rate: float) -> float:
        return of_rate(rate) * float(stats.gamma.sf(waiting + extra, kind.k, scale=1 / rate))

    survive = np.exp(stats_betaln(kind.a, kind.b + chances_to_end + 1) - stats_betaln(kind.a, kind.b))
    end = np.exp(stats_betaln(kind.a + 1, kind.b + chances_to_end) - stats_betaln(kind.a, kind.b))
    alive = survive if chances_to_end >= 0 else 1.0
    gone = end if chances_to_end >= 0 else 0.0
    whole = integrate.quad(of_rate, 0, np.inf, limit=200)[0] if gone else 0.0
    return float(alive * integrate.quad(still, 0, np.inf, limit=200)[0] + (0 if extra else gone * whole))


def stats_betaln(a: float, b: float) -> float:
    from scipy.special import betaln

    return float(betaln(a, b))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("gaps", [[1.0, 2.5, 0.7], []])
def test_the_likelihood_agrees_with_integrating_the_model_by_hand(kind: Kind, gaps: list[float]) -> None:
    said = formulas.log_likelihood(sums(gaps, 3.0), kind)[0]

    assert said == pytest.approx(np.log(integrated(kind, gaps, 3.0)), abs=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_the_chance_of_contact_agrees_with_integrating_the_model_by_hand(kind: Kind) -> None:
    gaps, waiting, ahead = [1.0, 2.5, 0.7], 3.0, 2.0
    seen = sums(gaps, waiting)
    whole = integrated(kind, gaps, waiting)
    alive = formulas.alive(seen, kind)[0]

    still_silent = integrated(kind, gaps, waiting, extra=ahead) / whole
    said = formulas.at_least(seen, kind, horizon=ahead, most=1)[0, 0]

    assert said == pytest.approx(alive - still_silent, abs=1e-6)
    assert formulas.next_cdf(seen, kind, within=ahead)[0] == pytest.approx(said / alive, abs=1e-9)


@pytest.mark.parametrize("kind", KINDS)
def test_the_slopes_agree_with_small_steps(kind: Kind) -> None:
    seen = Sums(np.array([0.0, 3, 5]), np.array([0.0, 4.2, 9]), np.array([5.0, 7.2, 9]), np.array([0.0, 0.5, 1.9]))
    logs = np.log([kind.r, kind.alpha, kind.a, kind.b])
    told, slopes = formulas.log_likelihood_and_slopes(seen, kind)

    def at(moved: np.ndarray) -> np.ndarray:
        r, alpha, a, b = np.exp(moved)
        return formulas.log_likelihood(seen, Kind(kind.k, r, alpha, a, b, kind.ends_at_first))

    stepped = np.stack([(at(logs + step) - at(logs - step)) / 2e-5 for step in np.eye(4) * 1e-5])

    assert told == pytest.approx(formulas.log_likelihood(seen, kind))
    assert slopes == pytest.approx(stepped, abs=1e-6)


def test_a_chance_to_end_of_one_to_one_breaks_no_formula() -> None:
    seen = sums([1.0, 2.0], 1.0)

    near = formulas.expected(seen, Kind(1, 0.7, 5.0, 1.0 + 1e-9, 1.4), horizon=10)
    at = formulas.expected(seen, Kind(1, 0.7, 5.0, 1.0, 1.4), horizon=10)

    assert at == pytest.approx(near, rel=1e-6)


def test_who_was_met_on_the_day_of_asking_is_as_alive_as_the_last_encounter_leaves_it() -> None:
    kind = Kind(1, 0.7, 5.0, 0.9, 1.4)

    # No time went by since: what is left to doubt is the chance to end at the last one.
    assert formulas.alive(sums([1.0, 2.0], 0.0), kind)[0] == pytest.approx(1 - 0.9 / (0.9 + 1.4 + 2))


def test_without_a_repeat_bg_holds_everybody_alive_and_mbg_does_not() -> None:
    seen = sums([], 30.0)

    assert formulas.alive(seen, KINDS[3])[0] == 1.0
    assert formulas.alive(seen, KINDS[0])[0] < 0.9


def simulated(kind: Kind, *, number: int, known: float, ahead: float) -> tuple[Sums, np.ndarray]:
    random = np.random.default_rng(3)
    rates = random.gamma(kind.r, 1 / kind.alpha, number)
    ends = random.beta(kind.a, kind.b, number)
    x, span, logs, later = (np.zeros(number) for _ in range(4))
    at, going = np.zeros(number), random.random(number) >= ends
    while going.any():
        gap = random.gamma(kind.k, 1 / np.maximum(rates, 1e-12))
        at = np.where(going, at + gap, at)
        before, after = going & (at <= known), going & (at > known) & (at <= known + ahead)
        x, span = x + before, np.where(before, at, span)
        logs += np.where(before, np.log(np.maximum(gap, 1e-300)), 0)
        later += after
        going &= (at <= known + ahead) & (random.random(number) >= ends)
    return Sums(x, span, np.full(number, known), logs), later


def test_the_forecast_of_a_simulated_population_is_right_in_the_sum_and_among_those_most_in_doubt() -> None:
    kind = Kind(3, 1.5, 3.0, 0.8, 2.5)
    seen, later = simulated(kind, number=12_000, known=40.0, ahead=40.0)

    said = formulas.expected(seen, kind, horizon=40.0, most=60)
    alive = formulas.alive(seen, kind)
    doubtful = (alive > 0.3) & (alive < 0.8)

    assert said.sum() == pytest.approx(later.sum(), rel=0.03)
    assert said[doubtful].sum() == pytest.approx(later[doubtful].sum(), rel=0.1)


def test_a_fit_finds_the_population_it_was_drawn_from() -> None:
    kind = Kind(1, 0.7, 30.0, 0.8, 2.5)
    seen, _later = simulated(kind, number=20_000, known=300.0, ahead=1.0)

    found = fitting.one_kind(fitting.weighed(seen), k=1)

    assert found.r == pytest.approx(kind.r, rel=0.08)
    assert found.alpha == pytest.approx(kind.alpha, rel=0.12)
    assert found.a / (found.a + found.b) == pytest.approx(kind.a / (kind.a + kind.b), rel=0.1)


def test_two_kinds_are_found_wherever_the_search_begins() -> None:
    chance = np.random.default_rng(5)
    ticks = np.repeat([1, 3], 400)
    rates, ends = chance.gamma(2, 1 / 40, 800) * ticks, np.where(ticks == 1, 0.3, 0.05)
    gaps = [
        chance.gamma(k, 1 / rate, 60)[: chance.geometric(end) - 1]
        for k, rate, end in zip(ticks, rates, ends, strict=True)
    ]
    kept = [np.maximum(np.ceil(own[np.cumsum(own) < 900]), 1) for own in gaps]
    told = [(len(own), own.sum(), max(900.0, own.sum()), np.log(own).sum()) for own in kept]
    seen = fitting.weighed(Sums(*np.array(told).T))

    near = fitting.two_kinds(seen, ticks=3, start=fitting.one_kind(seen, k=1))
    far = fitting.two_kinds(seen, ticks=3, start=Kind(1, 3.0, 10.0, 0.2, 4.0))

    assert near[2] == pytest.approx(far[2], abs=0.5)
    assert near[2] > fitting.two_kinds(seen, ticks=2, start=fitting.DEFAULT)[2]
    assert 0.3 < near[1][1] < 0.7
