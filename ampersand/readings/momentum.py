"""How much is happening in one stream of a relationship, beside what is usual for it: the two momenta of the map.

What happened week by week, faded with a half-life of 90 days, divided by the relationship's own median of the same over
its past three years (readings.md section 0). Trade is told in money, what passed between people in weights. Whether the
two are in tune is not read from this but by `tune`.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HALF_LIFE_DAYS = 90
# What is left of a week's weight a week later.
FADE = 2 ** (-7 / HALF_LIFE_DAYS)
# Its usual is the median of so many weeks; of a stream that began less than four quarters ago there is none.
USUAL_WEEKS_MIN, USUAL_WEEKS_MAX = 52, 156
# What lies further back weighs less than a part in 10^12, and is not looked at.
LOOKED_AT_WEEKS = 520
# Fewer than this are read without numba, which takes seconds to load.
FEW = 2_000


def momenta(place: ArrayLike, weeks_back: ArrayLike, values: ArrayLike, *, count: int, at: ArrayLike = (0,)) -> Floats:
    """Shares of its usual, of relationships 0 to `count` - 1, at the ends of the weeks `at` (0 is now, 1 a week ago).

    One row of `place`, `weeks_back` and `values` is what happened in one week of one relationship, in any order; weeks with
    nothing are left out. What lies ahead (below 0), or more than ten years back, is not looked at. Shape: `count` by `at`.
    1 is its usual, which is today's for the whole trail. Not a number where the stream began less than 52 weeks ago, or where
    its usual is not above 0 (more was taken back than bought). Before its first event a stream is at 0. Unit: a share.
    Raises ValueError where a value is no number or a week of `at` lies ahead.
    """
    places, back = (np.asarray(told, dtype=np.int64).ravel() for told in (place, weeks_back))
    told, ends = np.asarray(values, dtype=np.float64).ravel(), np.atleast_1d(np.asarray(at, dtype=np.int64))
    if not len(places) == len(back) == len(told):
        raise ValueError(f"three columns of one length are needed; got {len(places)}, {len(back)}, {len(told)}")
    if not np.isfinite(told).all():
        raise ValueError("values must be numbers")
    if len(ends) and ends.min() < 0:
        raise ValueError(f"`at` must be 0 or more weeks ago; got {ends.min()}")
    if len(places) and not 0 <= places.min() <= places.max() < count:
        raise ValueError(f"a place must be from 0 to below {count}")
    order = np.argsort(places, kind="stable")
    places, back, told = places[order], back[order], told[order]
    starts = np.searchsorted(places, np.arange(count + 1))
    if count >= FEW:
        from ampersand.readings import kernels

        return kernels.momenta(starts, back, told, ends)
    shares = np.empty((count, len(ends)))
    for number in range(count):
        own = slice(starts[number], starts[number + 1])
        shares[number] = of_one(back[own], told[own], ends)
    return shares


def of_one(weeks_back: Ints, values: Floats, at: Ints) -> Floats:
    """`momenta` of one relationship."""
    known = (weeks_back >= 0) & (weeks_back < LOOKED_AT_WEEKS) & (values != 0)
    oldest = int(weeks_back[known].max()) if known.any() else -1
    if oldest + 1 < USUAL_WEEKS_MIN:
        return np.full(len(at), np.nan)
    faded = np.bincount(weeks_back[known], values[known], oldest + 1).tolist()
    for week in range(oldest - 1, -1, -1):
        faded[week] += faded[week + 1] * FADE
    usual = float(np.median(faded[:USUAL_WEEKS_MAX]))
    if usual <= 0:
        return np.full(len(at), np.nan)
    return np.array([faded[week] / usual if week <= oldest else 0.0 for week in at.tolist()])


def month_ends(as_of: date, months: int = 13) -> list[date]:
    """The last days of the latest complete months, newest first."""
    ends, first = [], as_of.replace(day=1)
    if (as_of + timedelta(days=1)).day == 1:
        first = as_of + timedelta(days=1)
    for _ in range(months):
        ends.append(first - timedelta(days=1))
        first = ends[-1].replace(day=1)
    return ends


def quarter_ends(as_of: date, quarters: int = 12) -> list[date]:
    """The last days of the latest complete quarters, newest first."""
    return [end for end in month_ends(as_of, 3 * quarters + 3) if end.month % 3 == 0][:quarters]


def weeks_before(as_of: date, ends: list[date]) -> Ints:
    """The weeks to ask `momenta` for, so as to see it as it stood at the end of these days (up to six days sooner)."""
    # Rounded up: a week that ended after the day has what happened after it.
    return np.array([-(-(as_of - end).days // 7) for end in ends], dtype=np.int64)
