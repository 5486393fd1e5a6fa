"""How far a change may reach: how many stand one, two and three steps away."""

from __future__ import annotations

from typing import Any

import numpy as np

from ampersand.readings.compiling import compiled
from ampersand.readings.web.arrays import Web

STEPS = 3


class Ripples:
    """Ripples over one web, one after the other. It keeps room for a whole web: make one for many, and one a thread."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._seen = np.zeros(len(web), np.int64)
        self._met = np.empty(len(web), np.int32)
        self._number = 0

    def around(self, start: int, *, steps: int = STEPS) -> tuple[int, ...]:
        """How many nodes are first met after one step along the arcs, after two, and so on.

        Raises IndexError where `start` is no node.
        """
        if not 0 <= start < len(self._web):
            raise IndexError(f"{start} is no node of a web of {len(self._web)}")
        self._number += 1
        out = self._web.out
        counts = _rippled(start, steps, self._number, out.starts, out.nodes, self._seen, self._met)
        return tuple(int(count) for count in counts)


@compiled
def _rippled(start: int, steps: int, number: int, starts: Any, nodes: Any, seen: Any, met: Any) -> Any:
    counts = np.zeros(steps, np.int64)
    seen[start], met[0] = number, start
    first, last = 0, 1
    for step in range(steps):
        edge = last
        for place in range(first, edge):
            node = met[place]
            for row in range(starts[node], starts[node + 1]):
                other = nodes[row]
                if seen[other] != number:
                    seen[other] = number
                    met[last] = other
                    last += 1
        counts[step], first = last - edge, edge
    return counts
