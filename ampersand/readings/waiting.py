"""What may still become of open promises, from how long others took: the curve of Kaplan and Meier (1958).

A promise that is still open when it is looked at tells that it took at least so long: left out, or counted as not kept, it
would bend the answer (readings.md section 3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Curve:
    """The share not yet kept after each of `times`, which rise; before the first it is 1."""

    times: Floats
    left: Floats

    def at(self, time: ArrayLike) -> Floats:
        """The share not yet kept after so long."""
        place = np.searchsorted(self.times, np.asarray(time, np.float64), side="right")
        told: Floats = np.concatenate([[1.0], self.left])[place]
        return told

    def median(self) -> float | None:
        """When half are kept; None where that many never were. In the unit of `times`."""
        half = np.flatnonzero(self.left <= 0.5)
        return float(self.times[half[0]]) if len(half) else None


def curve(time: ArrayLike, is_kept: ArrayLike) -> Curve:
    """The product-limit estimate: S(u) = product over u_i <= u of (1 - kept at u_i / not settled before u_i).

    `time` is when each promise was kept, or until when it is known that it was not (it is open, or its time ran out). Of two
    at the same time the kept one came first. Times must be 0 or more.
    """
    told, kept = np.asarray(time, np.float64).ravel(), np.asarray(is_kept, bool).ravel()
    if len(told) != len(kept) or not np.isfinite(told).all() or (told < 0).any():
        raise ValueError("each promise needs a time of 0 or more, and whether it was kept then")
    times, place = np.unique(told, return_inverse=True)
    here, done = np.bincount(place, minlength=len(times)), np.bincount(place, kept, len(times))
    waiting = len(told) - np.concatenate([[0], np.cumsum(here)[:-1]]) if len(times) else np.zeros(0)
    left = np.cumprod(1 - done / np.maximum(waiting, 1))
    return Curve(times[done > 0], left[done > 0])


def elapsed(made_day: ArrayLike, due_day: ArrayLike, until_day: ArrayLike, *, grace_days: int = 7) -> Floats:
    """How much of a promise's own time has passed until a day: 0 when made, 1 when its due day and the grace are over."""
    made, due, until = (np.asarray(day, np.float64) for day in (made_day, due_day, until_day))
    # Made for the same day and without a grace, it still has that day.
    told: Floats = (until - made) / np.maximum(due + grace_days - made, 1)
    return told


def chance_kept(of: Curve, now: ArrayLike) -> Floats:
    """The chance that a promise which is open at `now` (see `elapsed`) is still kept in its time: 1 - S(1) / S(now).

    0 once its time has run out. Not a number where no promise was ever open so long: there is nothing to go by.
    """
    at = np.asarray(now, np.float64)
    open_then = of.at(at)
    told = 1 - np.divide(of.at(np.ones_like(at)), open_then, out=np.full(at.shape, np.nan), where=open_then > 1e-12)
    return np.where(at >= 1, 0.0, told)


def default_days(days: ArrayLike, is_kept: ArrayLike) -> float | None:
    """How many days to reckon with for a promise without a day: the median of what this party's promises took, open ones
    counted for as long as they have been. None where fewer than half were ever kept."""
    return curve(days, is_kept).median()
