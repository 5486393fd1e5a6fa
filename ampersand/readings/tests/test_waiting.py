from __future__ import annotations

import numpy as np
import pytest

from ampersand.readings import waiting


def test_the_curve_with_ties_is_done_as_by_hand() -> None:
    # At 2 one is kept and one is left open, at 4 two are kept of the two that remain.
    told = waiting.curve([1, 2, 2, 3, 4, 4], [True, True, False, False, True, True])

    assert list(told.times) == [1, 2, 4]
    assert told.left == pytest.approx([5 / 6, 5 / 6 * 4 / 5, 0])
    assert told.at([0, 0.9, 1, 3.9, 9]) == pytest.approx([1, 1, 5 / 6, 2 / 3, 0])
    assert told.median() == 4


def test_an_open_promise_is_kept_with_the_chance_that_is_left() -> None:
    told = waiting.curve([0.5, 0.5, 0.8, 1.0], [True, True, True, False])

    assert told.at(1.0) == pytest.approx(1 / 4)
    assert waiting.chance_kept(told, [0, 0.5, 0.9]) == pytest.approx([3 / 4, 1 / 2, 0])
    assert waiting.chance_kept(told, 1.2) == 0


def test_of_no_promises_nothing_is_known() -> None:
    told = waiting.curve([], [])

    assert told.median() is None
    assert told.at(3.0) == 1
    assert waiting.chance_kept(told, 0.2) == 0


def test_open_longer_than_any_before_there_is_nothing_to_go_by() -> None:
    assert np.isnan(waiting.chance_kept(waiting.curve([0.2, 0.4], [True, True]), 0.6))


def test_the_time_of_a_promise_runs_from_its_making_to_the_end_of_the_grace() -> None:
    assert waiting.elapsed([0, 0, 5], [13, 13, 5], [10, 20, 5]) == pytest.approx([0.5, 1, 0])
    assert waiting.elapsed(5, 5, 6, grace_days=0) == 1


def test_a_promise_without_a_day_takes_as_long_as_others_took() -> None:
    assert waiting.default_days([3, 5, 9, 30], [True, True, True, False]) == 5
    assert waiting.default_days([3, 30, 30], [True, False, False]) is None


@pytest.mark.parametrize(("time", "is_kept"), [([-1], [True]), ([float("nan")], [True]), ([1, 2], [True])])
def test_what_is_no_time_is_refused(time: list[float], is_kept: list[bool]) -> None:
    with pytest.raises(ValueError, match="time of 0 or more"):
        waiting.curve(time, is_kept)


def test_promises_still_open_are_forecast_without_bias() -> None:
    from benchmarks import keeping as benchmark

    told = benchmark.forecast(count=1_500, seed=2)

    assert told["matured and curve"] == pytest.approx(0, abs=0.02)
    assert told["open as not kept"] < -0.05
