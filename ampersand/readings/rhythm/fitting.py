"""The parametric priors of a population: one kind of cadence by maximum likelihood, two kinds by EM."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp

from ampersand.readings.rhythm import formulas
from ampersand.readings.rhythm.formulas import Floats, Kind, Sums

# Near what the published sets give (readings.md section 1), with time in days: 7 weeks are 49.
DEFAULT = Kind(k=1, r=0.6, alpha=49.0, a=0.8, b=1.3)
# Rows that a fit looks at: more change no digit that matters.
FITTED_MAX = 12_000
# Of EM, and of the slope within each: both go on where the last one stopped.
_ROUNDS, _STEPS = 8, 6
_BOUNDS = ((-6.0, 10.0), (-6.0, 14.0), (-8.0, 9.0), (-8.0, 9.0))


@dataclass(frozen=True)
class Weighed:
    """Relationships of equal sums told once, with how many there are of each."""

    sums: Sums
    counts: Floats


def weighed(sums: Sums, *, most: int = FITTED_MAX) -> Weighed:
    """Equal rows put together; of very many, so many drawn by chance (always the same ones)."""
    rows = np.stack([sums.repeats, sums.span, sums.known, sums.log_gap_sum], axis=1)
    # Drawn before they are put together: of those met once there are many alike, and all of them would go at one draw.
    if len(rows) > most:
        rows = rows[np.random.default_rng(0).choice(len(rows), most, replace=False)]
    # By one number each, which sorts ten times as fast as rows do.
    folded = rows @ np.array([1.0, np.sqrt(2) * 1e3, np.sqrt(3) * 1e7, np.sqrt(5)])
    _, first, counts = np.unique(folded, return_index=True, return_counts=True)
    return Weighed(Sums(*rows[first].T), counts.astype(np.float64))


def one_kind(seen: Weighed, *, k: int, start: Kind = DEFAULT, steps: int = 40) -> Kind:
    """The (r, alpha, a, b) of greatest likelihood, by its slopes; a mild pull to the defaults keeps small books sane."""
    usual = np.log([DEFAULT.r, DEFAULT.alpha * k, DEFAULT.a, DEFAULT.b])
    number = max(float(seen.counts.sum()), 1.0)

    def loss(logs: Floats) -> tuple[float, Floats]:
        told, slopes = formulas.log_likelihood_and_slopes(seen.sums, _kind(k, logs))
        away = logs - usual
        return float(0.5 * away @ away - seen.counts @ told) / number, (away - slopes @ seen.counts) / number

    begin = np.log([start.r, start.alpha, start.a, start.b]) if start.k == k else usual
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", bounds=_BOUNDS, options={"maxiter": steps, "ftol": 1e-8})
    return _kind(k, found.x)


def _kind(k: int, logs: Floats) -> Kind:
    r, alpha, a, b = (float(value) for value in np.exp(logs))
    return Kind(k, r, alpha, a, b)


def two_kinds(seen: Weighed, *, ticks: int, start: Kind) -> tuple[list[Kind], Floats, float]:
    """An irregular kind (1 tick a gap) and a regular one (`ticks`) in one population, their shares, and ln likelihood.

    EM: each relationship is shared out between the kinds by how well they explain it, then each kind is fitted to its
    share.
    """
    kinds = [start, one_kind(seen, k=ticks)]
    shares = np.full(2, 0.5)
    score = -np.inf
    for _ in range(_ROUNDS):
        belongs, told = belonging(seen.sums, kinds, shares)
        shares = (seen.counts @ belongs / seen.counts.sum()).clip(1e-3)
        shares = shares / shares.sum()
        was, score = score, float(seen.counts @ told)
        if score - was < 1e-5 * abs(score):
            break
        kinds = [
            one_kind(Weighed(seen.sums, seen.counts * belongs[:, place] + 1e-9), k=kind.k, start=kind, steps=_STEPS)
            for place, kind in enumerate(kinds)
        ]
    return kinds, shares, score


def belonging(sums: Sums, kinds: Sequence[Kind], shares: Floats) -> tuple[Floats, Floats]:
    """How much each relationship (row) is believed to be of each kind (column), and ln likelihood over all kinds."""
    joint = np.stack([formulas.log_likelihood(sums, kind) for kind in kinds], axis=1) + np.log(shares)
    told: Floats = logsumexp(joint, axis=1)
    return np.exp(joint - told[:, None]), told
