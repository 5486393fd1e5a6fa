"""The lives of many relationships at once, as columns: who they are, when they met, and how it stands with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]

SHAPES = np.array([1.0, 2.0, 4.0, 8.0])
STATES = ("alive", "quiet", "parted")
_STATE_SHARES = (0.80, 0.06, 0.14)
# The house has known nobody for longer than this.
LONGEST_DAYS = 1290
_DAY = 86_400


@dataclass(frozen=True)
class Lives:
    """One row a relationship. `counts` are the moments of each; `state` is a place in STATES."""

    every_days: Floats
    shape: Floats
    state: Numbers
    last_days_ago: Floats
    counts: Numbers


@dataclass(frozen=True)
class Meetings:
    """One row a moment, the latest of each relationship first. `of` is the place of its relationship in `Lives`."""

    of: Numbers
    day: Numbers
    second: Numbers


def draw(relationships: int, moments: int, random: np.random.Generator) -> Lives:
    """Lives of so many relationships, which have so many moments between them: some have many, most have few."""
    weights = random.lognormal(0.0, 0.8, relationships)
    counts = random.multinomial(moments, weights / weights.sum())
    state = random.choice(len(STATES), size=relationships, p=_STATE_SHARES)
    spent_days = random.uniform(120, LONGEST_DAYS - 60, relationships)
    every_days = np.maximum(2.0, spent_days / np.maximum(counts, 1))
    silence = np.choose(
        state,
        [
            random.uniform(0.05, 0.8, relationships) * every_days,
            random.uniform(3.5, 6.0, relationships) * every_days,
            random.uniform(120, 700, relationships),
        ],
    )
    last = np.clip(np.rint(silence), 1, LONGEST_DAYS - 30)
    every_days = np.minimum(every_days, np.maximum(1.0, (LONGEST_DAYS - last) / np.maximum(counts, 1)))
    return Lives(every_days, random.choice(SHAPES, relationships), state, last, counts)


def meetings(lives: Lives, *, today: int, random: np.random.Generator) -> Meetings:
    """When each two met: Gamma gaps laid backwards from the last time, on working days between eight and six.

    `today` counts days since 1970.
    """
    of = np.repeat(np.arange(len(lives.counts)), lives.counts)
    gaps = random.gamma(lives.shape[of], lives.every_days[of] / lives.shape[of])
    ago = lives.last_days_ago[of] + _summed_within(gaps, lives.counts)
    day = today - np.minimum(np.rint(ago), LONGEST_DAYS).astype(np.int64)
    day -= _days_past_friday(day)
    return Meetings(of, day, day * _DAY + random.integers(8 * 3600, 18 * 3600, len(of)))


def _summed_within(gaps: Floats, counts: Numbers) -> Floats:
    """For each moment the days between it and the latest of its relationship: the latest one has none."""
    firsts = np.cumsum(counts) - counts
    if len(gaps) == 0:
        return gaps
    gaps = gaps.copy()
    gaps[firsts[counts > 0]] = 0.0
    along = np.cumsum(gaps)
    ago: Floats = along - np.repeat(along[np.minimum(firsts, len(gaps) - 1)], counts)
    return ago


def _days_past_friday(day: Numbers) -> Numbers:
    """1 on a Saturday, 2 on a Sunday. Day 0 was a Thursday."""
    past: Numbers = np.maximum(0, (day + 3) % 7 - 4)
    return past
