"""A prior loosened to what a population shows, cell by cell (empirical Bayes by EM)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ampersand.readings.rhythm import likely
from ampersand.readings.rhythm.fitting import Weighed
from ampersand.readings.rhythm.formulas import Floats
from ampersand.readings.rhythm.grid import LEAST
from ampersand.readings.rhythm.likely import Grid
from ampersand.readings.rhythm.state import States

# What is next to nothing of a k would grow with each round of learning, so such a k is not learnt of.
_HELD_MIN = 1e-3


def learnt(grid: Grid, seen: Weighed, held_to: Floats, *, strength: float, rounds: int) -> Floats:
    """The prior that explains the population best (EM over the cells), held to a parametric one as by so many relationships.

    Only cells of the ks held to are looked at: beside the clockwork of the others, chance would be too unlikely for a number.
    It begins even on all of them, and stops after few rounds: both keep rare cells that more rounds starve.
    """
    there = held_to.sum(axis=(1, 2)) > _HELD_MIN
    part = replace(grid, ticks=tuple(k for k, is_there in zip(grid.ticks, there, strict=True) if is_there))
    weights = np.zeros(grid.shape)
    weights[there] = _learnt(part, seen, held_to[there], strength=strength, rounds=rounds)
    weights += LEAST
    told: Floats = weights / weights.sum()
    return told


def _learnt(grid: Grid, seen: Weighed, held_to: Floats, *, strength: float, rounds: int) -> Floats:
    here = likely.of(grid, States(seen.sums.repeats, seen.sums.span, seen.sums.known, seen.sums.log_gap_sum))
    beside = np.exp(-here.apart)[:, None]
    open_ = [sum((here.waiting[:, columns] for columns in likely.columns(grid, k)), np.float32(0)) for k in grid.ticks]
    open_ = [of_k * beside for of_k in open_]
    ended = [here.ended[:, likely.column(grid, place)] for place in range(len(grid.ticks))]
    goes_on, stops = here.going(grid)
    counts = seen.counts.astype(np.float32)
    weights: Floats = np.ones(grid.shape) / held_to.size
    for _ in range(rounds):
        chance = np.zeros(len(counts), np.float32)
        for met, stopped, small in zip(open_, ended, weights.astype(np.float32), strict=True):
            chance += np.einsum("ne,ne->n", goes_on, met @ small)
            chance += np.einsum("ne,ne->n", stops, stopped @ small)
        by = (counts / np.maximum(chance, np.float32(1e-30)))[:, None]
        on, off = by * goes_on, by * stops
        found = np.stack([met.T @ on + stopped.T @ off for met, stopped in zip(open_, ended, strict=True)])
        weights = (weights * found + strength * held_to) / (seen.counts.sum() + strength)
    return weights
