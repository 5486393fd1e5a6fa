"""The state of encounters brought on by those that arrive: a few sums each, and the same as working it out anew.

For a process that holds the states of a whole book in memory, such as a stream of events would feed. The house needs none:
a snapshot is brought up to date by the relationships that changed, and its states with it, and one relationship is read
from its own moments in milliseconds. So what uses this are `benchmarks/scale.py`, which says what it costs, and the tests,
which hold it beside `measures.states`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ampersand.readings.measures.states import ANCHOR_DAY, FAR_DAYS, MONTH_DAYS, SEASON_DAYS

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]
# A relationship's place and a day, in one number to be sorted by: days from 1970 on for two thousand years, and before it.
_DAY_BITS, _DAY_SHIFT = 21, 1 << 20


@dataclass(slots=True)
class States:
    """The columns of `measures.states`, an array each, by the relationship's place in them. A count of 0: none is known yet."""

    encounter_count: Whole
    first_day: Whole
    last_day: Whole
    log_gap_sum: Real
    decayed_30: Real
    decayed_120: Real
    decayed_day: Whole

    @classmethod
    def of_nobody(cls, relationships: int) -> States:
        """States of so many relationships of whom no encounter is known."""
        whole = [np.zeros(relationships, dtype=np.int64) for _column in range(4)]
        real = [np.zeros(relationships) for _column in range(3)]
        return cls(whole[0], whole[1], whole[2], real[0], real[1], real[2], whole[3])


def arrive(states: States, places: Sequence[int] | Whole, days: Sequence[int] | Whole) -> Whole:
    """Bring these states on, in place, by encounters of the relationships at these places, on these days since 1970.

    In any order, and told twice they count once. Answers the places, in order and each once, of those that have an
    encounter before one known already: whether that is known itself a state cannot say, so it is left as it was but for
    what is newer, and is to be worked out anew. O(n log n) in what arrives, whatever is known.
    Source: readings.md section 9, S(t) = S(t0) 2^(-(t-t0)/h) + 1.
    """
    key = _once((np.asarray(places, dtype=np.int64) << _DAY_BITS) | (np.asarray(days, dtype=np.int64) + _DAY_SHIFT))
    whose, day = key >> _DAY_BITS, (key & ((1 << _DAY_BITS) - 1)) - _DAY_SHIFT
    is_known = states.encounter_count[whose] > 0
    is_newer = ~is_known | (day > states.last_day[whose])
    is_behind = is_known & (day < states.last_day[whose])
    _bring_on(states, whose[is_newer], day[is_newer])
    return _once(whose[is_behind])


def _once(numbers: Whole) -> Whole:
    """These numbers in order, each once. `np.unique` hashes them first, which takes a hundred times as long."""
    ordered = np.sort(numbers)
    return ordered[_is_first(ordered)]


def _is_first(ordered: Whole) -> npt.NDArray[np.bool_]:
    """Where another number begins."""
    first = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first


def _bring_on(states: States, whose: Whole, day: Whole) -> None:
    """The same for encounters that are all newer than what is known, by place and day in order, each once."""
    if not len(whose):
        return
    starts = np.flatnonzero(_is_first(whose))
    ends = np.r_[starts[1:], len(whose)] - 1
    place = whose[starts]
    is_new = states.encounter_count[place] == 0
    before = np.r_[day[:1], day[:-1]]
    before[starts] = np.where(is_new, day[starts] - 7, states.last_day[place])
    states.log_gap_sum[place] += np.add.reduceat(np.log((day - before) * (1 / 7)), starts)
    states.first_day[place] = np.where(is_new, day[starts], states.first_day[place])
    states.last_day[place] = day[ends]
    states.encounter_count[place] += ends - starts + 1
    _decay(states, place, whose, day, starts)


def _decay(states: States, place: Whole, whose: Whole, day: Whole, starts: Whole) -> None:
    near = np.clip(day, ANCHOR_DAY - FAR_DAYS, ANCHOR_DAY + FAR_DAYS)
    until = np.clip(states.last_day[place], ANCHOR_DAY - FAR_DAYS, ANCHOR_DAY + FAR_DAYS)
    counts = np.diff(np.r_[starts, len(whose)])
    ago = np.repeat(until, counts) - near
    passed = until - states.decayed_day[place]
    for sums, half_life in ((states.decayed_30, MONTH_DAYS), (states.decayed_120, SEASON_DAYS)):
        # Of whom nothing is known the sum is 0, however long ago its day of nothing lies.
        sums[place] = sums[place] * np.exp2(-np.maximum(passed, 0) / half_life)
        sums[place] += np.add.reduceat(np.exp2(-ago / half_life), starts)
    states.decayed_day[place] = until
