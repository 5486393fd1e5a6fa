from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ampersand.readings import kernels, tune
from ampersand.readings.tune import Tunes, UnreadableWeeks, Weeks


def steady(weeks: int, *, trade: float = 1, talk: float = 1) -> list[tuple[int, float, float]]:
    return [(back, trade, talk) for back in range(weeks)]


def read(rows: Sequence[tuple[int, float, float]]) -> Tunes:
    back, trade, talk = zip(*rows, strict=True) if rows else ((), (), ())
    return tune.scan(Weeks.of(np.zeros(len(rows)), back, trade, talk), count=1)


def says(rows: Sequence[tuple[int, float, float]]) -> str:
    return tune.words(read(rows))[0]


def house(count: int, *, seed: int = 5) -> Weeks:
    random = np.random.default_rng(seed)
    rate = random.gamma(1.0, 0.6, (count, 1))
    trade = random.poisson(rate, (count, 200)).astype(float)
    talk = random.poisson(rate, (count, 200)) * random.choice([0.5, 0.7, 1.0], (count, 200))
    talk[: count // 4, :40] *= 0.2
    place, back = np.nonzero((trade > 0) | (talk > 0))
    mixed = random.permutation(len(place))
    place, back = place[mixed], back[mixed]
    return Weeks.of(place, back, trade[place, back], talk[place, back])


def same(one: Tunes, other: Tunes) -> bool:
    return all(np.allclose(getattr(one, name), getattr(other, name), rtol=1e-12, atol=1e-12) for name in vars(one))


def test_a_window_is_weighed_as_by_hand() -> None:
    # 10 purchases and 2 talks inside, 20 and 20 before; each with 0.35 more.
    a, b, c, d = 10.35, 2.35, 20.35, 20.35
    p1, p0, p = b / (a + b), d / (c + d), (b + d) / (a + b + c + d)
    by_hand = b * log(p1 / p) + a * log((1 - p1) / (1 - p)) + d * log(p0 / p) + c * log((1 - p0) / (1 - p))

    told = tune.signed_root(*(np.array([x]) for x in (10.0, 2.0, 20.0, 20.0)))

    assert told[0] == pytest.approx(-sqrt(2 * by_hand), rel=1e-12)


def test_nothing_in_a_cell_is_no_error() -> None:
    zero = np.zeros(1)

    assert np.isfinite(tune.signed_root(zero, zero, zero, zero)).all()
    assert tune.signed_root(np.array([20.0]), zero, np.array([20.0]), np.array([20.0]))[0] < -3


def test_two_steady_streams_are_in_tune() -> None:
    assert says(steady(156)) == "in_tune"


def test_both_streams_halved_are_in_tune() -> None:
    assert says([(back, 1, 1) for back in range(40)] + [(back, 2, 2) for back in range(40, 156)]) == "in_tune"


def test_trade_without_talk_for_half_a_year_is_trade_ahead_since_then() -> None:
    found = read([(back, 1, 0) for back in range(26)] + [(back, 1, 1) for back in range(26, 156)])

    assert tune.words(found) == ["trade_ahead"]
    assert found.weeks[0] == 26
    assert found.since_day(20_000)[0] == 20_000 - 182
    assert (found.trade_since[0], found.talk_since[0], found.trade_before[0], found.talk_before[0]) == (26, 0, 130, 130)
    low, middle, high = found.shares_since()
    assert (low[0] < 0.01, middle[0], high[0] < 0.12) == (True, 0, True)
    assert found.shares_before()[1][0] == 0.5


def test_swapping_the_streams_swaps_what_is_said() -> None:
    weeks = house(300)
    swapped = Weeks(weeks.place, weeks.weeks_back, weeks.talk, weeks.trade)

    one, other = tune.scan(weeks, count=300), tune.scan(swapped, count=300)

    assert np.allclose(one.z, -other.z, atol=1e-9)
    assert (one.weeks == other.weeks).all()
    assert ((one.says == tune.TRADE_AHEAD) == (other.says == tune.TALK_AHEAD)).all()
    assert (one.says == tune.TRADE_AHEAD).any()


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [(3, 1.0, 0.0)],
        [(0, 30.0, 30.0)],
        [(0, 500.0, 0.0), (100, 500.0, 0.0)],
        [(0, 0.0, 500.0), (100, 0.0, 500.0)],
        [(0, 500.0, 4.0), (100, 500.0, 0.5)],
        [(0, 6.0, 6.0), (100, 3.0, 4.0)],
        [(0, 30.0, 30.0), (50, 30.0, 30.0)],
    ],
    ids=["nothing", "one event", "one week", "all trade", "all talk", "hardly any talk", "19 events", "51 weeks"],
)
def test_too_little_of_either_stream_says_that_it_is_too_early(rows: list[tuple[int, float, float]]) -> None:
    assert says(rows) == "too_early"
    assert read(rows).weeks[0] == 0


def test_four_quarters_and_twenty_events_are_enough() -> None:
    assert says([(0, 5.0, 5.0), (51, 5.0, 5.0)]) == "in_tune"


def test_what_lies_ahead_changes_nothing() -> None:
    known = steady(120)

    assert same(read(known), read([*known, (-1, 400.0, 0.0), (-30, 0.0, 400.0)]))


def test_read_as_of_a_day_only_what_was_before_it_counts() -> None:
    random = np.random.default_rng(2)
    days, talks = random.integers(0, 1_000, 400), random.random(400) < 0.5
    earlier = days <= 900

    def as_of(day: int, chosen: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Tunes:
        back = tune.weeks_back(days[chosen], as_of_day=day)
        kind = talks[chosen]
        return tune.scan(Weeks.of(np.zeros(len(back)), back, ~kind, kind), count=1)

    assert same(as_of(900, np.ones(400, bool)), as_of(900, earlier))


def test_weeks_told_in_parts_and_in_any_order_say_the_same() -> None:
    parts = [(back, trade / 2, talk / 2) for back, trade, talk in steady(100, trade=4, talk=2) for _ in range(2)]

    assert same(read(steady(100, trade=4, talk=2)), read(parts[::-1]))


def test_half_weights_say_less_than_whole_ones() -> None:
    def parted(weight: float) -> list[tuple[int, float, float]]:
        return [(back, 1, 0) for back in range(20)] + [(back, 1, weight) for back in range(20, 156)]

    assert 0 > read(parted(0.5)).z[0] > read(parted(1.0)).z[0]


def test_halves_alone_say_as_much_as_wholes_once_their_squares_are_told() -> None:
    wholes = [(back, 1, 0) for back in range(20)] + [(back, 1, 1) for back in range(20, 156)]
    back, trade, talk = (np.array(column, dtype=float) for column in zip(*wholes, strict=True))
    place = np.zeros(len(back))

    halves = tune.scan(Weeks.of(place, back, trade, talk / 2, talk / 4), count=1)
    with_more_ahead = Weeks.of([*place, 0, 1], [*back, -1, -1], [*trade, 0, 0], [*talk / 2, 9, 9], [*talk / 4, 81, 81])

    assert same(halves, read(wholes))
    assert tune.scan(with_more_ahead, count=2).z[0] == pytest.approx(halves.z[0])


def test_squares_that_do_not_fit_are_refused() -> None:
    with pytest.raises(UnreadableWeeks, match="squares"):
        Weeks.of([0], [1], [1], [0.5], [0.25, 0.25])


def test_a_drift_of_the_house_shows_in_the_sums_of_relationships_too_small_for_it() -> None:
    random = np.random.default_rng(3)
    talk = random.poisson(np.where(np.arange(156) < 30, 0.03, 0.06), (100, 156))
    trade = random.poisson(0.06, (100, 156))
    place, back = np.nonzero((trade > 0) | (talk > 0))
    weeks = Weeks.of(place, back, trade[place, back], talk[place, back])

    assert tune.words(tune.scan(weeks.summed(np.zeros(100)), count=1)) == ["trade_ahead"]
    assert (tune.scan(weeks, count=100).says == tune.TOO_EARLY).mean() > 0.5


def test_promises_made_without_being_kept_run_ahead() -> None:
    rows = [(back, 2, 0) for back in range(30)] + [(back, 1, 1) for back in range(30, 110)]

    assert tune.words(read(rows), tune.INFLATION_SAYS) == ["made_ahead"]


def test_a_book_is_read_by_the_kernel_as_each_relationship_by_itself() -> None:
    count = 400
    weeks = house(count)
    order = np.argsort(weeks.place, kind="stable")
    starts = np.searchsorted(weeks.place[order], np.arange(count + 1))

    by_itself = tune.scan(weeks, count=count)
    found = kernels.scan(starts, weeks.weeks_back[order], weeks.trade[order], weeks.talk[order])

    assert (found[:, 0] == by_itself.weeks).all()
    assert np.allclose(found[:, 1], by_itself.z, rtol=1e-12, atol=1e-12)
    assert np.allclose(found[:, 2], by_itself.trade_since)
    assert np.allclose(found[:, 4] - found[:, 2], by_itself.trade_before)
    assert len(set(by_itself.says)) == 4


def test_a_large_book_and_a_small_part_of_it_say_the_same() -> None:
    weeks = house(tune.FEW, seed=8)
    few = weeks.place < 50
    part = Weeks(weeks.place[few], weeks.weeks_back[few], weeks.trade[few], weeks.talk[few])

    at_once = tune.scan(weeks, count=tune.FEW)

    assert len(at_once.z) == tune.FEW
    assert at_once.z[:50] == pytest.approx(tune.scan(part, count=50).z)


@given(
    st.lists(st.tuples(st.integers(-5, 400), st.integers(0, 40), st.integers(0, 40).map(lambda n: n / 2)), max_size=60)
)
def test_whatever_happened_something_sound_is_said(rows: list[tuple[int, float, float]]) -> None:
    found = read(rows)

    assert np.isfinite(found.z).all()
    assert found.weeks[0] == 0 or tune.WINDOW_WEEKS_MIN <= found.weeks[0] <= tune.WINDOW_WEEKS_MAX
    assert min(found.trade_before[0], found.talk_before[0]) >= 0


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (([0], [1], [1.0], [1.0, 2.0]), "one length"),
        (([0], [1], [float("nan")], [1.0]), "trade must be counts"),
        (([0], [1], [1.0], [-1.0]), "talk must be counts"),
        (([-1], [1], [1.0], [1.0]), "0 or more"),
        ((["ana"], [1], [1.0], [1.0]), "whole numbers"),
    ],
)
def test_rows_that_are_no_weeks_are_refused(columns: tuple[list[float], ...], message: str) -> None:
    with pytest.raises(UnreadableWeeks, match=message):
        Weeks.of(*columns)


def test_a_row_of_a_relationship_that_is_not_asked_about_is_refused() -> None:
    with pytest.raises(UnreadableWeeks, match="below 2"):
        tune.scan(Weeks.of([2], [0], [1], [1]), count=2)


def test_reading_one_relationship_loads_no_compiler() -> None:
    program = (
        "import sys; from ampersand.readings import tune, momentum;"
        "w = tune.Weeks.of([0] * 60, range(60), [1] * 60, [1] * 60); t = tune.scan(w, count=1); t.shares_since();"
        "momentum.momenta([0], [60], [1.0], count=1);"
        "assert not {'numba', 'django', 'ibis'} & set(sys.modules)"
    )

    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_one_in_ten_is_wrongly_said_to_lag_within_three_years_of_weekly_looks() -> None:
    # 1,200 relationships at one and one a week; the long form has every rate and trend (benchmarks/tune.py).
    from benchmarks import tune as benchmark

    lags, leads = benchmark.false_alarms(benchmark.Streams(1.0, 1.0), count=1_200, seed=4)

    assert lags == pytest.approx(0.1, abs=0.04)
    assert leads == pytest.approx(0.1, abs=0.04)


def test_a_relationship_that_falls_silent_while_trade_goes_on_is_found() -> None:
    from benchmarks import tune as benchmark

    found = benchmark.found(benchmark.Streams(1.0, 1.0, talk_after=0.3), count=400, seed=4)

    assert found.ever > 0.9
    assert 14 <= found.delay_weeks <= 27


@pytest.mark.long
def test_one_threshold_holds_for_every_rate_and_trend() -> None:
    from benchmarks import tune as benchmark

    told = [benchmark.false_alarms(streams, count=8_000, seed=6) for streams in benchmark.UNCHANGED]

    assert all(0.08 < share < 0.12 for both in told for share in both)
    assert np.mean(told) == pytest.approx(0.1, abs=0.005)
