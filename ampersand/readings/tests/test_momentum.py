from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from ampersand.readings import kernels, momentum


def test_a_steady_stream_is_at_its_usual() -> None:
    back = np.arange(300)

    shares = momentum.momenta(np.zeros(300), back, np.full(300, 40.0), count=1, at=(0, 13, 52))

    assert shares[0] == pytest.approx([1, 1, 1], abs=1e-4)


def test_a_stream_that_stopped_half_a_life_ago_is_at_half_its_usual() -> None:
    # Weeks 0 to 12 have nothing: 13 weeks are 91 days.
    back = np.arange(13, 500)

    shares = momentum.momenta(np.zeros(len(back)), back, np.ones(len(back)), count=1, at=(0, 13))

    assert shares[0] == pytest.approx([2 ** (-91 / 90), 1], rel=1e-6)


def test_four_rows_are_done_as_by_hand() -> None:
    fade = 2 ** (-7 / 90)
    faded = np.zeros(52)
    faded[51] = 8
    for week in range(50, -1, -1):
        faded[week] = faded[week + 1] * fade + {10: 6, 0: 2}.get(week, 0)

    shares = momentum.momenta([0, 0, 0, 0], [10, 0, 51, -3], [6, 2, 8, 99], count=1, at=(0, 51, 60))

    assert shares[0] == pytest.approx([faded[0] / np.median(faded), 8 / np.median(faded), 0])


def test_its_usual_is_that_of_the_past_three_years() -> None:
    # Twice as much until three years ago.
    back = np.arange(400)
    values = np.where(back < 156, 1.0, 2.0)

    assert momentum.momenta(np.zeros(400), back, values, count=1)[0, 0] == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize(
    ("back", "values"),
    [([], []), ([50], [5.0]), ([51], [-5.0]), ([51, 0], [1.0, -500.0]), ([2_000], [1.0]), ([51], [0.0])],
    ids=["nothing", "too short", "only returns", "usual below nothing", "ten years past", "a sum of nothing"],
)
def test_without_a_usual_there_is_no_share(back: list[int], values: list[float]) -> None:
    shares = momentum.momenta(np.zeros(len(back)), back, values, count=1)

    assert np.isnan(shares[0, 0]) != (back == [51, 0])


def test_the_kernel_reads_a_book_as_each_relationship_by_itself() -> None:
    random = np.random.default_rng(1)
    place, back = np.nonzero(random.random((200, 260)) < random.random((200, 1)) * 0.3)
    values = random.gamma(1.0, 100.0, len(place)) - 10
    at = np.array([0, 4, 50, 259, 400])
    starts = np.searchsorted(place, np.arange(201))

    told = kernels.momenta(starts, back, values, at)

    assert np.allclose(told, momentum.momenta(place, back, values, count=200, at=at), equal_nan=True, rtol=1e-12)
    assert np.isfinite(told).all(axis=1).mean() > 0.5


def test_a_trail_ends_with_whole_months_and_quarters() -> None:
    assert momentum.month_ends(date(2026, 3, 30), 3) == [date(2026, 2, 28), date(2026, 1, 31), date(2025, 12, 31)]
    assert momentum.month_ends(date(2026, 3, 31), 2) == [date(2026, 3, 31), date(2026, 2, 28)]
    assert momentum.quarter_ends(date(2026, 2, 1), 2) == [date(2025, 12, 31), date(2025, 9, 30)]
    assert len(momentum.month_ends(date(2026, 2, 1))) == 13
    assert len(momentum.quarter_ends(date(2026, 2, 1))) == 12


def test_a_point_of_the_trail_knows_nothing_of_what_came_after_it() -> None:
    as_of = date(2026, 3, 10)

    weeks = momentum.weeks_before(as_of, [as_of, date(2026, 3, 9), date(2026, 3, 3), date(2026, 3, 2)])

    assert list(weeks) == [0, 1, 1, 2]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (([0], [1, 2], [1.0]), "one length"),
        (([0], [1], [float("nan")]), "numbers"),
        (([1], [1], [1.0]), "below 1"),
    ],
)
def test_rows_that_are_no_stream_are_refused(rows: tuple[list[float], ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        momentum.momenta(*rows, count=1)


def test_a_point_of_the_trail_that_lies_ahead_is_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        momentum.momenta([0], [1], [1.0], count=1, at=(-1,))
