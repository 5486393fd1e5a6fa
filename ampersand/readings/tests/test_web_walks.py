"""Walks, ways and ripples over the web, held against what plain Python finds by looking at everything."""

from __future__ import annotations

from itertools import pairwise, permutations
from math import prod
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ampersand.readings.web.arrays import Web, woven
from ampersand.readings.web.paths import Ways
from ampersand.readings.web.rippling import Ripples
from ampersand.readings.web.walking import RESTART, Walker

NODES = 7
Told = list[tuple[int, int, float]]
some_arcs = st.lists(
    st.tuples(st.integers(0, NODES - 1), st.integers(0, NODES - 1), st.sampled_from([0.125, 0.25, 0.5, 1.0, 2.0, 4.0])),
    max_size=24,
)


def web_of(arcs: Told, *, count: int = NODES) -> Web:
    tails, heads, strengths = [list(column) for column in zip(*arcs, strict=True)] if arcs else ([], [], [])
    return woven(tails, heads, strengths, count=count)


def summed(arcs: Told) -> dict[tuple[int, int], float]:
    """The strength from one to another, by hand."""
    told: dict[tuple[int, int], float] = {}
    for tail, head, strength in arcs:
        if tail != head:
            told[tail, head] = told.get((tail, head), 0.0) + strength
    return told


@given(some_arcs)
def test_a_web_has_each_arc_once_in_order_from_both_ends(arcs: Told) -> None:
    web, told = web_of(arcs), summed(arcs)
    out = {(node, int(other)): float(s) for node in range(NODES) for other, s in zip(*web.out.of(node), strict=True)}
    back = {(int(other), node): float(s) for node in range(NODES) for other, s in zip(*web.back.of(node), strict=True)}
    assert out == back == told
    for arcs_of_one in (web.out, web.back):
        rows = [list(arcs_of_one.of(node)[0]) for node in range(NODES)]
        assert rows == [sorted(row) for row in rows]


@given(some_arcs, st.permutations(range(24)))
def test_the_order_in_which_arcs_are_told_does_not_matter(arcs: Told, order: list[int]) -> None:
    mixed = [arcs[place] for place in order if place < len(arcs)]
    one, other = web_of(arcs), web_of(mixed)
    assert np.array_equal(one.out.nodes, other.out.nodes)
    assert np.array_equal(one.out.strengths, other.out.strengths)
    assert np.array_equal(one.back.starts, other.back.starts)


def test_a_web_on_the_disk_is_the_same_web(tmp_path: Path) -> None:
    web = web_of([(0, 1, 1.0), (1, 2, 0.5), (0, 2, 2.0)])
    web.written(tmp_path / "web")
    mapped = Web.mapped(tmp_path / "web")
    assert np.array_equal(mapped.out.nodes, web.out.nodes)
    assert np.array_equal(mapped.back.strengths, web.back.strengths)
    assert np.array_equal(Walker(mapped).walk(0).shares, Walker(web).walk(0).shares)
    with pytest.raises(FileNotFoundError):
        Web.mapped(tmp_path / "none")


@pytest.mark.parametrize(
    ("tails", "heads", "strengths"),
    [
        ([0], [1, 2], [1.0]),
        ([0], [7], [1.0]),
        ([-1], [1], [1.0]),
        ([0.5], [1], [1.0]),
        ([0], [1], [0.0]),
        ([0], [1], [-2.0]),
        ([0], [1], [float("nan")]),
        ([0], [1], [float("inf")]),
    ],
)
def test_what_is_no_arc_is_refused(tails: list[float], heads: list[int], strengths: list[float]) -> None:
    with pytest.raises(ValueError, match="arc"):
        woven(tails, heads, strengths, count=NODES)


def by_powers(arcs: Told, start: int) -> list[float]:
    """The walk with restart by 400 steps over a whole matrix."""
    moves = np.zeros((NODES, NODES))
    for (tail, head), strength in summed(arcs).items():
        moves[tail, head] = strength
    for node in range(NODES):
        if moves[node].sum():
            moves[node] /= moves[node].sum()
        else:
            moves[node, start] = 1.0
    share = np.eye(NODES)[start]
    for _ in range(400):
        share = RESTART * np.eye(NODES)[start] + (1 - RESTART) * share @ moves
    return [float(told) for told in share]


@given(some_arcs, st.integers(0, NODES - 1))
def test_a_walk_spends_its_time_as_a_whole_matrix_says(arcs: Told, start: int) -> None:
    walked = Walker(web_of(arcs)).walk(start, left_over=1e-12)
    shares = np.zeros(NODES)
    shares[walked.nodes] = walked.shares
    assert shares == pytest.approx(by_powers(arcs, start), abs=1e-9)
    assert walked.shares.sum() + walked.left == pytest.approx(1.0, abs=1e-9)


@given(some_arcs, st.lists(st.integers(0, NODES - 1), min_size=2, max_size=6))
def test_one_walk_leaves_nothing_behind_for_the_next(arcs: Told, starts: list[int]) -> None:
    web = web_of(arcs)
    walker = Walker(web)
    for start in starts:
        again, alone = walker.walk(start), Walker(web).walk(start)
        assert np.array_equal(again.nodes, alone.nodes)
        assert np.array_equal(again.shares, alone.shares)


def test_no_share_is_further_off_than_what_a_walk_left_over() -> None:
    random = np.random.default_rng(5)
    web = woven(random.integers(0, 400, 4_000), random.integers(0, 400, 4_000), random.gamma(1, 1, 4_000), count=400)
    shares = []
    for left_over in (1e-5, 1e-13):
        walked = Walker(web).walk(3, most=400, left_over=left_over)
        assert walked.left < left_over * web.arc_count
        shares.append(np.zeros(400))
        shares[-1][walked.nodes] = walked.shares
    near, exact = shares
    assert (near <= exact + 1e-12).all()
    assert (exact - near).sum() < 1e-5 * web.arc_count


def test_of_a_long_walk_those_are_told_with_whom_it_spends_the_most_time() -> None:
    random = np.random.default_rng(6)
    walker = Walker(woven(random.integers(0, 90, 900), random.integers(0, 90, 900), random.gamma(1, 1, 900), count=90))
    whole, few = walker.walk(4, most=90), walker.walk(4, most=7)
    assert len(whole.nodes) > 80
    assert list(few.nodes) == list(whole.nodes[:7])
    assert list(few.shares) == list(whole.shares[:7])


@pytest.mark.parametrize("start", [-1, NODES])
def test_nothing_starts_outside_the_web(start: int) -> None:
    web = web_of([(0, 1, 1.0)])
    with pytest.raises(IndexError):
        Walker(web).walk(start)
    with pytest.raises(IndexError):
        Ripples(web).around(start)
    with pytest.raises(IndexError):
        Ways(web).between(0, start)


def test_a_walk_without_a_restart_or_without_an_end_is_refused() -> None:
    walker = Walker(web_of([(0, 1, 1.0)]))
    for restart, left_over in ((0.0, 1e-6), (1.5, 1e-6), (0.15, 0.0)):
        with pytest.raises(ValueError, match="begins again"):
            walker.walk(0, restart=restart, left_over=left_over)
    assert list(walker.walk(0).nodes) == [0, 1]


def every_way(arcs: Told, start: int, goal: int, *, weakest: float) -> dict[int, float]:
    """The best way of at most four steps by each first step, by trying all of them."""
    chance = {ends: told / (told + 1) for ends, told in summed(arcs).items()}
    others = [node for node in range(NODES) if node not in (start, goal)]
    best: dict[int, float] = {}
    for length in range(4):
        for between in permutations(others, length):
            way = (start, *between, goal)
            arc = [chance.get(ends, 0.0) for ends in pairwise(way)]
            if min(arc) >= weakest:
                best[way[1]] = max(best.get(way[1], 0.0), prod(arc))
    return best


@given(some_arcs, st.permutations(range(NODES)))
def test_the_best_way_by_each_first_step_is_the_best_there_is(arcs: Told, order: list[int]) -> None:
    start, goal = order[:2]
    ways = Ways(web_of(arcs)).between(start, goal, most=NODES)
    told = {way.nodes[1]: way.strength for way in ways}
    assert told == pytest.approx(every_way(arcs, start, goal, weakest=0.2))
    assert [way.strength for way in ways] == sorted((way.strength for way in ways), reverse=True)
    chance = {ends: told / (told + 1) for ends, told in summed(arcs).items()}
    for way in ways:
        assert (way.nodes[0], way.nodes[-1]) == (start, goal)
        assert len(set(way.nodes)) == len(way.nodes) <= 5
        assert way.strength == pytest.approx(prod(chance[ends] for ends in pairwise(way.nodes)))


@given(some_arcs, st.lists(st.permutations(range(NODES)), min_size=2, max_size=4))
def test_one_way_leaves_nothing_behind_for_the_next(arcs: Told, orders: list[list[int]]) -> None:
    web = web_of(arcs)
    ways = Ways(web)
    for start, goal, *_rest in orders:
        assert ways.between(start, goal) == Ways(web).between(start, goal)


def test_of_many_ways_the_three_best_are_told_and_nobody_has_a_way_to_themselves() -> None:
    arcs = [(0, node, 1.0 + node) for node in range(1, 6)] + [(node, 6, 2.0) for node in range(1, 6)]
    ways = Ways(web_of(arcs))
    assert [way.nodes for way in ways.between(0, 6)] == [(0, 5, 6), (0, 4, 6), (0, 3, 6)]
    with pytest.raises(ValueError, match="another"):
        ways.between(3, 3)
    for weakest in (0.0, 1.0):
        with pytest.raises(ValueError, match="weakest"):
            Ways(web_of(arcs), weakest=weakest)


@given(some_arcs, st.integers(0, NODES - 1))
def test_a_ripple_counts_who_is_met_first_at_each_step(arcs: Told, start: int) -> None:
    onward: dict[int, set[int]] = {}
    for tail, head in summed(arcs):
        onward.setdefault(tail, set()).add(head)
    seen, edge, counts = {start}, {start}, []
    for _ in range(3):
        edge = {other for node in edge for other in onward.get(node, ())} - seen
        seen |= edge
        counts.append(len(edge))
    ripples = Ripples(web_of(arcs))
    assert ripples.around(start) == tuple(counts)
    assert ripples.around(start) == tuple(counts)


def test_an_empty_web_has_one_node_that_stays_alone() -> None:
    web = woven([], [], [], count=1)
    assert len(web) == 1
    assert web.arc_count == 0
    walked = Walker(web).walk(0, left_over=1e-9)
    assert list(walked.nodes) == [0]
    assert walked.shares.sum() == pytest.approx(1.0)
    assert Ripples(web).around(0) == (0, 0, 0)
