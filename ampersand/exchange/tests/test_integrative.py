"""What is good for both, against every deal there is; and on real deals of people who negotiated three questions (CaSiNo)."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ampersand.exchange import integrative
from ampersand.exchange.integrative import Weights, frontier, improvements, kalai_smorodinsky, nash, order

whole = st.integers(0, 100).map(Fraction)
weights = st.lists(st.builds(Weights, whole, whole), min_size=1, max_size=5)
options = st.lists(st.tuples(whole, whole), min_size=1, max_size=4)


def test_what_matters_more_to_a_than_to_b_goes_to_a_first() -> None:
    price, term, service = (
        Weights(Fraction(50), Fraction(20)),
        Weights(Fraction(20), Fraction(50)),
        Weights(Fraction(30), Fraction(30)),
    )

    assert order([price, term, service]) == [0, 2, 1]
    worth = [(int(corner.worth[0]), int(corner.worth[1])) for corner in frontier([price, term, service])]
    assert worth == [(0, 100), (50, 80), (80, 50), (100, 0)]


def test_two_who_want_different_things_both_get_most_of_what_they_want() -> None:
    split = nash([Weights(Fraction(80), Fraction(20)), Weights(Fraction(20), Fraction(80))])

    assert split is not None
    assert [int(one) for one in split.worth] == [80, 80]
    assert split == kalai_smorodinsky([Weights(Fraction(80), Fraction(20)), Weights(Fraction(20), Fraction(80))])


def test_no_deal_that_beats_having_none_has_no_best_one() -> None:
    matters_to_nobody = [Weights(Fraction(0), Fraction(0))]
    both_need_all = [Weights(Fraction(10), Fraction(10))]

    assert nash(matters_to_nobody) is None
    assert kalai_smorodinsky(matters_to_nobody) is None
    assert nash(both_need_all, without=(Fraction(8), Fraction(8))) is None
    assert kalai_smorodinsky(both_need_all, without=(Fraction(11), Fraction(0))) is None


@given(weights)
def test_no_split_beats_the_frontier_for_both(told: list[Weights]) -> None:
    corners = [corner.worth for corner in frontier(told)]

    for shares in product((Fraction(0), Fraction(1, 2), Fraction(1)), repeat=len(told)):
        a = sum((w.a * s for w, s in zip(told, shares, strict=True)), Fraction(0))
        b = sum((w.b * (1 - s) for w, s in zip(told, shares, strict=True)), Fraction(0))
        assert b <= highest_b_at(corners, a)


def highest_b_at(corners: list[tuple[Fraction, Fraction]], a: Fraction) -> Fraction:
    """The oracle: the most B has on a line through the corners where A has `a`."""
    found = [b for at, b in corners if at >= a]
    for (a0, b0), (a1, b1) in pairwise(corners):
        if a0 < a1 and a0 <= a <= a1:
            found.append(b0 + (b1 - b0) * (a - a0) / (a1 - a0))
    return max(found)


@settings(max_examples=60)
@given(weights, whole, whole)
def test_nash_has_the_largest_product_on_a_fine_grid_of_the_frontier(
    told: list[Weights], a: Fraction, b: Fraction
) -> None:
    without = (a / 2, b / 2)
    best = nash(told, without=without)
    gains = [(x - without[0]) * (y - without[1]) for x, y in fine(told) if x >= without[0] and y >= without[1]]

    if best is None:
        assert max(gains, default=Fraction(0)) == 0
    else:
        assert (best.worth[0] - without[0]) * (best.worth[1] - without[1]) >= max(gains, default=Fraction(0))


def fine(told: list[Weights]) -> Iterator[tuple[Fraction, Fraction]]:
    corners = [corner.worth for corner in frontier(told)]
    for (a0, b0), (a1, b1) in pairwise(corners):
        for step in range(21):
            t = Fraction(step, 20)
            yield a0 + (a1 - a0) * t, b0 + (b1 - b0) * t


@given(weights)
def test_kalai_smorodinsky_gives_both_the_same_share_of_the_most_they_could_have(told: list[Weights]) -> None:
    split = kalai_smorodinsky(told)
    most = (sum(w.a for w in told), sum(w.b for w in told))

    assert (split is None) == (0 in most)
    if split is not None:
        assert split.worth[0] / most[0] == split.worth[1] / most[1]


@settings(max_examples=150)
@given(st.lists(options, min_size=1, max_size=4), st.data())
def test_an_improvement_is_found_whenever_there_is_one_and_lowers_nobody(
    questions: list[Any], data: st.DataObject
) -> None:
    now = tuple(data.draw(st.integers(0, len(one) - 1)) for one in questions)
    better = [deal for deal in product(*(range(len(one)) for one in questions)) if is_better(questions, deal, now)]

    found = improvements(questions, now)

    assert bool(found) == bool(better)
    assert len(found) <= 3
    assert {one.chosen for one in found} <= set(better)


def is_better(questions: list[Any], deal: tuple[int, ...], now: tuple[int, ...]) -> bool:
    """The oracle: nobody has less, and somebody has more."""
    gains = [worth(questions, deal, side) - worth(questions, now, side) for side in (0, 1)]
    return min(gains) >= 0 and max(gains) > 0


def worth(questions: list[Any], deal: tuple[int, ...], side: int) -> Fraction:
    return Fraction(sum(one[index][side] for one, index in zip(questions, deal, strict=True)))


@settings(max_examples=40)
@given(st.lists(st.lists(st.tuples(whole, whole), min_size=2, max_size=3), min_size=2, max_size=5), st.data())
def test_step_by_step_never_lowers_anybody_either(questions: list[Any], data: st.DataObject) -> None:
    now = tuple(data.draw(st.integers(0, len(one) - 1)) for one in questions)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(integrative, "MOST_PACKAGES", 0)
        found = improvements(questions, now)

    assert all(is_better(questions, one.chosen, now) for one in found)


def test_many_questions_are_moved_step_by_step() -> None:
    questions = [
        [(Fraction(9), Fraction(0)), (Fraction(0), Fraction(1))],
        [(Fraction(1), Fraction(0)), (Fraction(0), Fraction(9))],
    ]
    found = improvements(questions * 9, (1, 0) * 9)

    assert found
    assert any(one.chosen == (0, 1) * 9 for one in found)


# ── 1,030 negotiations of people who told what each of three things was worth to them ─────────────────────────────────────

POINTS = {"High": 5, "Medium": 4, "Low": 3}
THINGS = ("Food", "Water", "Firewood")
OPTIONS = range(4)


def deals(folder: Path) -> Iterator[tuple[list[list[tuple[Fraction, Fraction]]], tuple[int, ...]]]:
    """Each deal that was accepted: what 0 to 3 packages of each thing are worth to both, and how many the first one got."""
    for path in sorted(folder.glob("casino_*.json.gz")):
        for dialogue in json.loads(gzip.decompress(path.read_bytes())):
            first, second = sorted(dialogue["participant_info"])
            points = [points_of(dialogue["participant_info"][who]) for who in (first, second)]
            said = [line for line in dialogue["chat_logs"] if line["text"] == "Submit-Deal"]
            if dialogue["chat_logs"][-1]["text"] == "Accept-Deal" and said:
                got = said[-1]["task_data"]["issue2youget" if said[-1]["id"] == first else "issue2theyget"]
                questions = [
                    [(Fraction(points[0][thing] * many), Fraction(points[1][thing] * (3 - many))) for many in OPTIONS]
                    for thing in THINGS
                ]
                yield questions, tuple(int(got[thing]) for thing in THINGS)


def points_of(person: dict[str, Any]) -> dict[str, int]:
    return {thing: POINTS[level] for level, thing in person["value2issue"].items()}


@pytest.mark.shared_data
def test_every_inefficient_deal_of_people_is_improved_and_none_lowers_anybody(shared_data: Path) -> None:
    told = list(deals(shared_data / "negotiation" / "casino"))
    inefficient = [
        (questions, now)
        for questions, now in told
        if any(is_better(questions, deal, now) for deal in product(OPTIONS, repeat=3))
    ]
    found = [(questions, now, improvements(questions, now)) for questions, now in told]

    assert len(told) > 800
    assert 0.25 < len(inefficient) / len(told) < 0.40
    assert sum(bool(better) for _questions, _now, better in found) == len(inefficient)
    assert all(is_better(questions, one.chosen, now) for questions, now, better in found for one in better)
