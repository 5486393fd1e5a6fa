"""The parametric priors of a population: one kind of cadence by maximum likelihood, two kinds alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize

from ampersand.readings.rhythm import formulas
from ampersand.readings.rhythm.formulas import Floats, Kind, Sums

# Near what the published sets give (readings.md section 1), with time in days: 7 weeks are 49.
DEFAULT = Kind(k=1, r=0.6, alpha=49.0, a=0.8, b=1.3)
# Rows that a fit looks at: more change no digit that matters.
FITTED_MAX = 12_000
# Steps of the search for two kinds, where it has not stopped before.
_STEPS = 60
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
    usual = _logs(_usual(k))
    number = max(float(seen.counts.sum()), 1.0)

    def loss(logs: Floats) -> tuple[float, Floats]:
        told, slopes = formulas.log_likelihood_and_slopes(seen.sums, _kind(k, logs))
        away = logs - usual
        return float(0.5 * away @ away - seen.counts @ told) / number, (away - slopes @ seen.counts) / number

    begin = _logs(start) if start.k == k else usual
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", bounds=_BOUNDS, options={"maxiter": steps, "ftol": 1e-8})
    return _kind(k, found.x)


def _usual(k: int) -> Kind:
    return replace(DEFAULT, k=k, alpha=DEFAULT.alpha * k)


def _kind(k: int, logs: Floats) -> Kind:
    r, alpha, a, b = (float(value) for value in np.exp(logs))
    return Kind(k, r, alpha, a, b)


def two_kinds(seen: Weighed, *, ticks: int, start: Kind) -> tuple[list[Kind], Floats, float]:
    """An irregular kind (1 tick a gap) and a regular one (`ticks`) in one population, their shares, and ln likelihood.

    Both and their shares at once, by the slopes of the likelihood. It is flat where the two are alike: by turns (EM) one
    stops far from its top, and what it then says of who has left is much of where it began.
    """
    kinds = [start, one_kind(seen, k=ticks)]
    usual = np.r_[_logs(DEFAULT), _logs(_usual(ticks)), 0.0]
    number = max(float(seen.counts.sum()), 1.0)

    def parted(values: Floats) -> tuple[list[Kind], Floats]:
        regular = 1 / (1 + np.exp(-values[8]))
        return [_kind(1, values[:4]), _kind(ticks, values[4:8])], np.array([1 - regular, regular])

    def loss(values: Floats) -> tuple[float, Floats]:
        kinds, shares = parted(values)
        each = [formulas.log_likelihood_and_slopes(seen.sums, kind) for kind in kinds]
        belongs, told = _belonging([likely for likely, _ in each], shares)
        belongs *= seen.counts
        slopes = [by @ of_kind for of_kind, (_, by) in zip(belongs, each, strict=True)]
        gain = np.r_[slopes[0], slopes[1], belongs[1].sum() - number * shares[1]]
        away = values - usual
        return float(0.5 * away @ away - seen.counts @ told) / number, (away - gain) / number

    begin = np.r_[_logs(kinds[0]), _logs(kinds[1]), 0.0]
    bounds = (*_BOUNDS, *_BOUNDS, (-6.0, 6.0))
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": _STEPS, "ftol": 1e-9})
    kinds, shares = parted(found.x)
    _, told = _belonging([formulas.log_likelihood(seen.sums, kind) for kind in kinds], shares)
    return kinds, shares, float(seen.counts @ told)


def _logs(kind: Kind) -> Floats:
    return np.log([kind.r, kind.alpha, kind.a, kind.b])


def _belonging(likely: Sequence[Floats], shares: Floats) -> tuple[Floats, Floats]:
    """How much each relationship (column) is believed to be of each of the two kinds (row), and ln likelihood over both."""
    joint = np.stack(likely) + np.log(shares)[:, None]
    told = formulas.log_of_both(*joint)
    return np.exp(joint - told), told
