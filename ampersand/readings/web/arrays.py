"""The web as compressed rows, once from each end: what walks, paths and ripples are reckoned on.

Nodes are counted from 0; who they are is told elsewhere. An arc has a strength above 0 (`measures.ties`); of several
between the same two, one way, the strengths are added. Nobody is tied to themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ampersand.readings.compiling import compiled

Starts = NDArray[np.int64]
Nodes = NDArray[np.int32]
Strengths = NDArray[np.float32]

_PARTS = ("starts", "nodes", "strengths")


@dataclass(frozen=True)
class Arcs:
    """Rows of arcs: those of node i lie from starts[i] to starts[i + 1], by the node at their other end.

    Shapes: starts (nodes + 1,), nodes and strengths (arcs,). Unit of strengths: see `measures.ties`.
    """

    starts: Starts
    nodes: Nodes
    strengths: Strengths

    def of(self, node: int) -> tuple[Nodes, Strengths]:
        """The other ends of a node's arcs, and their strengths."""
        row = slice(self.starts[node], self.starts[node + 1])
        return self.nodes[row], self.strengths[row]


@dataclass(frozen=True)
class Web:
    """The arcs from each node (`out`) and the same arcs by the node they lead to (`back`)."""

    out: Arcs
    back: Arcs

    def __len__(self) -> int:
        return len(self.out.starts) - 1

    @property
    def arc_count(self) -> int:
        return len(self.out.nodes)

    def written(self, folder: Path) -> None:
        """Write the arrays as files, so that they can be mapped: `Web.mapped`. Raises OSError where it cannot."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, arcs in (("out", self.out), ("back", self.back)):
            for part in _PARTS:
                np.save(folder / f"{name}_{part}.npy", getattr(arcs, part))

    @classmethod
    def mapped(cls, folder: Path) -> Self:
        """The arrays of a folder, read as far as they are asked for. Raises FileNotFoundError where there are none."""
        out, back = (
            Arcs(*(np.load(folder / f"{name}_{part}.npy", mmap_mode="r") for part in _PARTS))
            for name in ("out", "back")
        )
        return cls(out, back)


def woven(from_nodes: ArrayLike, to_nodes: ArrayLike, strengths: ArrayLike, *, count: int) -> Web:
    """The web of so many nodes with these arcs, in any order. Arcs of a node to itself are left out.

    Raises ValueError where the three differ in length, an end is no node, or a strength is not above 0.
    """
    tail, head = _as_nodes(from_nodes, count), _as_nodes(to_nodes, count)
    strength = np.ascontiguousarray(strengths, dtype=np.float32)
    if not len(tail) == len(head) == len(strength):
        raise ValueError(f"{len(tail)} ends, {len(head)} other ends and {len(strength)} strengths make no arcs")
    if not (np.isfinite(strength) & (strength > 0)).all():
        raise ValueError("an arc has a strength above 0")
    # By their other end first; sorted by their own end after that, each row stands by its other end.
    out = _merged(_turned(Arcs(*_scattered(head, tail, strength, count)), count))
    return Web(out, _turned(out, count))


def _as_nodes(told: ArrayLike, count: int) -> Nodes:
    nodes = np.asarray(told)
    if nodes.size and (nodes.dtype.kind not in "iu" or nodes.min() < 0 or nodes.max() >= count):
        raise ValueError(f"an end of an arc is a node from 0 to {count - 1}")
    return np.ascontiguousarray(nodes, dtype=np.int32)


def _turned(arcs: Arcs, count: int) -> Arcs:
    """The same arcs by the node at their other end."""
    return Arcs(*_scattered_rows(arcs.starts, arcs.nodes, arcs.strengths, count))


def _merged(arcs: Arcs) -> Arcs:
    starts, left = _compacted(arcs.starts, arcs.nodes, arcs.strengths)
    return Arcs(starts, arcs.nodes[:left].copy(), arcs.strengths[:left].copy())


@compiled
def _places(key: Any, count: int) -> Any:
    """Where the row of each key begins."""
    starts = np.zeros(count + 1, np.int64)
    for row in range(len(key)):
        starts[key[row] + 1] += 1
    for node in range(count):
        starts[node + 1] += starts[node]
    return starts


@compiled
def _scattered(key: Any, other: Any, strength: Any, count: int) -> Any:
    """Rows by their key, in the order told within one key: (starts, other ends, strengths)."""
    starts = _places(key, count)
    free = starts[:-1].copy()
    nodes, strengths = np.empty(len(key), np.int32), np.empty(len(key), np.float32)
    for row in range(len(key)):
        place = free[key[row]]
        free[key[row]] = place + 1
        nodes[place], strengths[place] = other[row], strength[row]
    return starts, nodes, strengths


@compiled
def _scattered_rows(starts: Any, nodes: Any, strengths: Any, count: int) -> Any:
    """The same rows from their other end, each in the order of the rows they came from."""
    turned = _places(nodes, count)
    free = turned[:-1].copy()
    back, told = np.empty(len(nodes), np.int32), np.empty(len(nodes), np.float32)
    for node in range(count):
        for row in range(starts[node], starts[node + 1]):
            place = free[nodes[row]]
            free[nodes[row]] = place + 1
            back[place], told[place] = node, strengths[row]
    return turned, back, told


@compiled
def _compacted(starts: Any, nodes: Any, strengths: Any) -> Any:
    """Put together in place what leads to the same node, and leave out what leads to itself: (starts, how many are left)."""
    told = np.empty_like(starts)
    told[0], left = 0, 0
    for node in range(len(starts) - 1):
        begin = left
        for row in range(starts[node], starts[node + 1]):
            if nodes[row] == node:
                continue
            if left > begin and nodes[left - 1] == nodes[row]:
                strengths[left - 1] += strengths[row]
            else:
                nodes[left], strengths[left] = nodes[row], strengths[row]
                left += 1
        told[node + 1] = left
    return told, left


__all__ = ["Arcs", "Nodes", "Strengths", "Web", "woven"]
