"""The warm way in: the best ways from one person to another, over people who are in touch.

The chance that somebody passes a request on is taken as p = s / (s + 1) of the strength s of an arc, and a way is as good as
the product of its arcs: the shortest way by -ln p (readings.md section 5). Ways are short, so both ends are grown two steps
towards each other, and what lies between is looked up: the best way by every first step, exactly, without a queue.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log1p
from typing import Any

import numpy as np

from ampersand.readings.compiling import compiled
from ampersand.readings.web.arrays import Web

# A way has at most so many steps; an arc weaker than this is no way to ask along.
STEPS_MAX = 4
WEAKEST = 0.2
MOST = 3


@dataclass(frozen=True)
class Way:
    """A way over the web: its nodes from first to last, and the product of p along it (0 to 1)."""

    nodes: tuple[int, ...]
    strength: float


class Ways:
    """Ways over one web, one after the other. It keeps room for a whole web: make one for many, and one a thread."""

    def __init__(self, web: Web, *, weakest: float = WEAKEST) -> None:
        """Raises ValueError unless 0 < weakest < 1."""
        if not 0 < weakest < 1:
            raise ValueError("the weakest arc of a way lies between 0 and 1")
        self._web = web
        # p >= weakest is s >= this; a hair below it, as strengths have 32 bits.
        self._least = weakest / (1 - weakest) * (1 - 1e-6)
        self._near, self._far = np.full(len(web), np.inf), np.full(len(web), np.inf)
        self._next = np.full(len(web), -1, np.int32)
        self._touched = np.empty(len(web), np.int32)

    def between(self, start: int, goal: int, *, most: int = MOST) -> list[Way]:
        """The best ways of at most four steps, each by another first step, the best first; none where there is none.

        Raises IndexError where an end is no node, ValueError where both are one.
        """
        if not (0 <= start < len(self._web) and 0 <= goal < len(self._web)):
            raise IndexError(f"a way leads from and to one of {len(self._web)} nodes")
        if start == goal:
            raise ValueError("a way leads from one to another")
        out, back = self._web.out, self._web.back
        costs, steps = _found(
            start, goal, self._least, out.starts, out.nodes, out.strengths, back.starts, back.nodes, back.strengths,
            self._near, self._far, self._next, self._touched,
        )  # fmt: skip
        order = np.lexsort((steps[:, 0], (steps >= 0).sum(axis=1), costs))[:most]
        return [
            Way((start, *(int(node) for node in steps[row] if node >= 0)), float(np.exp(-costs[row]))) for row in order
        ]


@compiled
def _cost(strength: float) -> float:
    return log1p(1 / strength)


@compiled
def _grown(
    start: int, goal: int, least: float, starts: Any, nodes: Any, strengths: Any, near: Any, far: Any, then: Any,
    touched: Any,
) -> int:  # fmt: skip
    """From the goal back: `near` the cost of one step to it, `far` of at most two, `then` the step after; how many it met."""
    count = 0
    for row in range(starts[goal], starts[goal + 1]):
        if strengths[row] >= least and nodes[row] != start:
            node = nodes[row]
            near[node] = far[node] = _cost(strengths[row])
            then[node] = goal
            touched[count] = node
            count += 1
    for number in range(count):
        middle = touched[number]
        for row in range(starts[middle], starts[middle + 1]):
            node = nodes[row]
            if strengths[row] < least or node in (start, goal):
                continue
            cost = _cost(strengths[row]) + near[middle]
            if far[node] == np.inf:
                touched[count] = node
                count += 1
            if cost < far[node]:
                far[node], then[node] = cost, middle
    return count


@compiled
def _found(
    start: int, goal: int, least: float, starts: Any, nodes: Any, strengths: Any,
    back_starts: Any, back_nodes: Any, back_strengths: Any, near: Any, far: Any, then: Any, touched: Any,
) -> Any:  # fmt: skip
    """The best way by each first step: (costs, steps after the start, -1 where a way is at its end)."""
    met = _grown(start, goal, least, back_starts, back_nodes, back_strengths, near, far, then, touched)
    begin, end = starts[start], starts[start + 1]
    costs, steps, count = np.empty(end - begin), np.full((end - begin, 4), -1, np.int32), 0
    for row in range(begin, end):
        if strengths[row] < least:
            continue
        first, over = nodes[row], -1
        if first == goal:
            costs[count], steps[count, 0] = _cost(strengths[row]), goal
            count += 1
            continue
        best = far[first]
        for onward in range(starts[first], starts[first + 1]):
            middle = nodes[onward]
            if strengths[onward] < least or middle == start or far[middle] == np.inf:
                continue
            cost = _cost(strengths[onward]) + far[middle]
            if cost < best:
                best, over = cost, middle
        if best == np.inf:
            continue
        costs[count], steps[count, 0] = _cost(strengths[row]) + best, first
        place, node = 1, first
        if over >= 0:
            steps[count, 1], place, node = over, 2, over
        if near[node] == far[node]:
            steps[count, place] = goal
        else:
            steps[count, place], steps[count, place + 1] = then[node], goal
        count += 1
    for number in range(met):
        near[touched[number]] = far[touched[number]] = np.inf
        then[touched[number]] = -1
    return costs[:count], steps[:count]
