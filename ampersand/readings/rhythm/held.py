"""Between which chances the next encounter truly falls, by what came true in the population's own past.

The last days are hidden and the next encounter of each is foretold: where its day lies in what was foretold (its
probability integral) is even from 0 to 1 where all is right. Where ranges are too wide for a population it lies near the
middle, where they are too narrow near the ends. So a range that is to hold 80 in 100 goes from where 10 in 100 of these lay
to where 90 did (recalibration: Kuleshov, Fenner and Ermon 2018). Of who did not come, only until when is known: they count as
long as they were waited for (Kaplan and Meier 1958), as far as they are believed to go on.
"""

from __future__ import annotations

import numpy as np

from ampersand.readings.rhythm.formulas import Floats
from ampersand.readings.rhythm.grid import WITHIN, Told
from ampersand.readings.rhythm.likely import Small

# Held to what is foretold as by so many encounters.
_HELD = 200.0
# A range is not told beyond these: what is so seldom is seen too seldom.
_LEAST, _MOST = 0.02, 0.98


def shares(told: Told, next_days: Floats, *, hidden: int, wanted: tuple[float, ...]) -> tuple[float, ...]:
    """The chances at which the `wanted` shares truly came; nearer to `wanted`, the fewer came.

    `told` is what was foretold of each, `next_days` the day of its next encounter counted from the day of asking, infinite
    where none came in the `hidden` days.
    """
    within, alive = told.next_within, told.alive.astype(np.float64)
    came = next_days <= hidden
    if not came.any():
        return wanted
    until = np.where(came, next_days, hidden)
    # An encounter lies on a whole day: half of that day's chance is counted before it.
    place = np.where(came, (_chance(within, until) + _chance(within, until - 1)) / 2, _chance(within, until))
    going = alive * (1 - place)
    weight = np.where(came, 1.0, going / np.maximum(going + 1 - alive, 1e-9))
    order = np.lexsort((~came, place))
    place, came, weight = place[order], came[order], weight[order]
    waited = np.cumsum(weight[::-1])[::-1]
    still: Floats = np.where(came, 1 - 1 / np.maximum(waited, 1), 1.0)
    reached = 1 - np.multiply.accumulate(still)
    trust = came.sum() / (came.sum() + _HELD)
    return tuple(
        float(np.clip((1 - trust) * share + trust * _where(reached, place, share), _LEAST, _MOST)) for share in wanted
    )


def _where(reached: Floats, place: Floats, share: float) -> float:
    """Where so large a share lay; where it was not reached, what was foretold, but nothing below what was."""
    first = int(np.searchsorted(reached, share))
    return float(place[first]) if first < len(place) else max(share, float(place[-1]))


def _chance(within: Small, days: Floats) -> Floats:
    """P(next by then), between the days of the table by lines."""
    known = np.concatenate([[0], WITHIN]).astype(np.float64)
    above = np.clip(np.searchsorted(known, days, side="left"), 1, len(WITHIN))
    rows = np.arange(len(days))
    upper = within[rows, above - 1].astype(np.float64)
    lower = np.where(above > 1, within[rows, np.maximum(above - 2, 0)], 0.0)
    step = np.clip((days - known[above - 1]) / (known[above] - known[above - 1]), 0, 1)
    told: Floats = lower + step * (upper - lower)
    return told
