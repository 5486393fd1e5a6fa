"""Who stands between: a walk from one person along the web, that begins again at them every so often.

Random walk with restart on strengths divided by what leaves each node, approached by forward push: Andersen, Chung and
Lang, *Local graph partitioning using PageRank vectors* (FOCS 2006); readings.md section 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ampersand.readings.compiling import compiled
from ampersand.readings.web.arrays import Nodes, Web

RESTART = 0.15
# What may be left over at a node, for each arc that leaves it.
LEFT_OVER = 1e-6
# So many nodes are told of a walk: more than that no page shows.
MOST = 300


@dataclass(frozen=True)
class Walked:
    """Where a walk spends its time: shares of 1, the most first, of equal shares who was met first.

    Shapes: nodes and shares (nodes reached, at most as many as were asked for). `left` is the time that was not followed to
    its end.
    """

    nodes: Nodes
    shares: NDArray[np.float64]
    left: float


class Walker:
    """Walks over one web, one after the other. It keeps room for a whole web, so make one for many walks, and one a thread."""

    def __init__(self, web: Web) -> None:
        self._web = web
        # Of each node what rests there, what was left there, how many arcs leave it and one by their strengths together: side by
        # side, as a walk asks for all of a node at once.
        self._state = np.zeros((len(web), 4))
        _measured(web.out.starts, web.out.strengths, self._state)
        self._queue, self._touched = np.empty(len(web) + 1, np.int32), np.empty(len(web), np.int32)

    def walk(self, start: int, *, most: int = MOST, restart: float = RESTART, left_over: float = LEFT_OVER) -> Walked:
        """The time that a walk from `start` spends at each node. Where nothing leaves a node it begins again.

        Raises IndexError where `start` is no node, ValueError unless 0 < restart <= 1 and left_over > 0.
        """
        if not 0 <= start < len(self._web):
            raise IndexError(f"{start} is no node of a web of {len(self._web)}")
        if not (0 < restart <= 1 and left_over > 0):
            raise ValueError("a walk begins again with a chance above 0 and up to 1, and leaves something over")
        out = self._web.out
        nodes, shares, left = _pushed(
            start, restart, left_over, out.starts, out.nodes, out.strengths, self._state, self._queue, self._touched
        )
        # In the order they were met, so that of equal shares who was met first comes first.
        chosen = np.sort(np.argpartition(-shares, most)[:most]) if most < len(shares) else np.arange(len(shares))
        order = chosen[np.argsort(-shares[chosen], kind="stable")]
        return Walked(nodes[order], shares[order], float(left))


@compiled
def _measured(starts: Any, strengths: Any, state: Any) -> None:
    for node in range(len(state)):
        state[node, 2] = max(starts[node + 1] - starts[node], 1)
        leaving = 0.0
        for row in range(starts[node], starts[node + 1]):
            leaving += strengths[row]
        state[node, 3] = 1 / leaving if leaving > 0 else 0.0


@compiled
def _pushed(
    start: int, restart: float, left_over: float, starts: Any, nodes: Any, strengths: Any, state: Any, queue: Any,
    touched: Any,
) -> Any:  # fmt: skip
    """Push what rests at a node on to its neighbours until little rests anywhere; the state is left as it was found.

    A node waits in the queue exactly while more rests there than may be left over.
    """
    room, first, last, count = len(queue), 0, 1, 1
    queue[0] = touched[0] = start
    state[start, 0] = 1.0
    while first != last:
        node = queue[first]
        first = first + 1 if first + 1 < room else 0
        moved = state[node, 0]
        state[node, 0] = 0.0
        state[node, 1] += restart * moved
        begin, end = starts[node], starts[node + 1]
        if begin == end:
            # Where nothing leaves it the walk begins again.
            rest, least = state[start, 0], left_over * state[start, 2]
            state[start, 0] = more = rest + (1 - restart) * moved
            if rest < least <= more:
                queue[last] = start
                last = last + 1 if last + 1 < room else 0
            continue
        each = (1 - restart) * moved * state[node, 3]
        for row in range(begin, end):
            other = nodes[row]
            rest, least = state[other, 0], left_over * state[other, 2]
            more = rest + each * strengths[row]
            state[other, 0] = more
            if rest == 0.0 and state[other, 1] == 0.0 and other != start:
                touched[count] = other
                count += 1
            if rest < least <= more:
                queue[last] = other
                last = last + 1 if last + 1 < room else 0
    left, reached = 0.0, 0
    found, shares = np.empty(count, np.int32), np.empty(count)
    for number in range(count):
        node = touched[number]
        left += state[node, 0]
        if state[node, 1] > 0:
            found[reached], shares[reached] = node, state[node, 1]
            reached += 1
        state[node, 0] = state[node, 1] = 0.0
    return found[:reached], shares[:reached], left
