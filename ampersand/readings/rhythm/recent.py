"""Forecasts from recent frequency alone: encounters that count half after a half-life, as if chances only drift.

Of a half-life h: the chance to meet on a day is Beta with `firmness` (usual + s) seen and `firmness` (days + d - usual - s)
not seen, s the decayed encounters after the first and d the decayed days. It never ends, but fades. On nets of mail and
messages, where people come and go, this foretells more than any model of a steady rate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln, psi

from ampersand.readings.rhythm.formulas import Floats
from ampersand.readings.rhythm.state import States

FITTED_MAX = 8_000


@dataclass(frozen=True)
class Recent:
    """One such forecast: `place` of its half-life, what is believed before (encounters in so many days), how firmly."""

    place: int
    usual: float
    days: float
    firmness: float
    # Brings the whole population nearer to the number that the models of rates expect: what was learnt of the level in the
    # past lasts less than who stands out from whom.
    level: float = 1.0

    def beta(self, states: States) -> tuple[Floats, Floats]:
        """Seen and unseen days, as of a Beta distribution."""
        whole = self.firmness * (self.days + states.days_counted(self.place))
        seen = self.firmness * self.level * (self.usual + states.often[:, self.place])
        seen = np.minimum(seen, 0.98 * whole)
        return seen, whole - seen


def fit(place: int, states: States, counts: Floats, *, horizon: int) -> Recent:
    """What explains best how often they met in the `horizon` days after (negative binomial likelihood, by its slopes)."""
    seen, days = states.often[:FITTED_MAX, place], states.days_counted(place)[:FITTED_MAX]
    y = counts[:FITTED_MAX]
    usual = np.log([0.2, 50.0, 1.0])

    def loss(logs: Floats) -> tuple[float, Floats]:
        a, b, firm = np.exp(logs)
        met, over = a + seen, a + b + days
        mean, shape = horizon * met / over, firm * met
        told = gammaln(y + shape) - gammaln(shape) - gammaln(y + 1)
        told += shape * np.log(shape / (shape + mean)) + y * np.log(mean / (shape + mean))
        by_shape = psi(y + shape) - psi(shape) + np.log(shape / (shape + mean)) + 1 - (shape + y) / (shape + mean)
        by_mean = y / mean - (shape + y) / (shape + mean)
        slopes = np.array(
            [
                (by_shape * firm + by_mean * horizon * (over - met) / over**2).sum() * a,
                -(by_mean * mean / over).sum() * b,
                (by_shape * met).sum() * firm,
            ]
        )
        away = logs - usual
        return (0.5 * away @ away - told.sum()) / len(y), (away - slopes) / len(y)

    bounds = ((-8.0, 4.0), (-1.0, 9.0), (-4.0, 4.0))
    found = minimize(loss, usual, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 40, "ftol": 1e-8})
    a, b, firm = np.exp(found.x)
    return Recent(place, float(a), float(a + b), float(firm))
