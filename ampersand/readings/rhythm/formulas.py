"""(M)BG/CNBD-k, exact: gaps are Erlang-k with a rate of the relationship's own, and it may end after each encounter.

The rate of the ticks is Gamma(r, alpha) over the population, the chance to end after an encounter Beta(a, b); a gap is k ticks.
With `ends_at_first` it may end after the first encounter too (MBG), else only from the first repeat on (BG).
R = r + k x, A = alpha + T, z = (T - t_x) / A. Time in any one unit, the same for all.

Source: Batislam, Denizel and Filiztekin 2007 (MBG/NBD); Fader, Hardie and Lee 2005 (BG/NBD); Reutterer, Platzer and Schroeder
2021 (k ticks a gap). The conditional distribution is derived from these exactly, with the hidden ticks since the last encounter
summed over: no approximation, and no rescaling of the whole population.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaln, gammaln, psi

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sums:
    """What the formulas need of each relationship, one element each.

    `repeats` encounters after the first (x), `span` from first to last (t_x), `known` from first to the day of asking (T),
    `log_gap_sum` the sum of ln gap (L; only looked at for k > 1).
    """

    repeats: Floats
    span: Floats
    known: Floats
    log_gap_sum: Floats


@dataclass(frozen=True)
class Kind:
    """One kind of cadence in a population: ticks a gap, Gamma(r, alpha) of the tick rate, Beta(a, b) of ending."""

    k: int
    r: float
    alpha: float
    a: float
    b: float
    ends_at_first: bool = True

    @property
    def at_first(self) -> int:
        return int(self.ends_at_first)


@dataclass(frozen=True)
class _Parts:
    """The pieces that every formula is made of: S (still waiting) and its slopes, ln S, ln D (ended at the last one), and ln
    of `either`."""

    shape: Floats
    scale: Floats
    log_scale: Floats
    z: Floats
    waiting: Floats
    waiting_by_r: Floats
    waiting_by_z: Floats
    log_waiting: Floats
    log_reach: Floats
    log_ended: Floats
    log_either: Floats


def log_likelihood(sums: Sums, kind: Kind) -> Floats:
    """ln P(encounters | kind) for each relationship, rate and chance to end integrated out."""
    parts = _parts(sums, kind)
    return _log_likelihood(sums, kind, parts)


def log_likelihood_and_slopes(sums: Sums, kind: Kind) -> tuple[Floats, Floats]:
    """ln likelihood, and its slopes by ln r, ln alpha, ln a and ln b (four rows)."""
    parts = _parts(sums, kind)
    x = sums.repeats
    share = np.exp(-parts.log_either)
    ended = np.exp(parts.log_ended - parts.log_either)
    ends = kind.b + x + kind.at_first
    of_both = _by_repeats(psi, kind.a + kind.b + kind.at_first, x)
    by_r = _by_repeats(psi, kind.r, x, kind.k) - psi(kind.r) + np.log(kind.alpha) - parts.log_scale
    by_r += share * parts.waiting_by_r + ended * parts.log_reach
    by_alpha = kind.r / kind.alpha - parts.shape / parts.scale
    by_alpha += share * parts.waiting_by_z * -parts.z / parts.scale
    by_alpha += ended * parts.shape * (1 / parts.scale - 1 / (kind.alpha + sums.span))
    by_a = psi(kind.a + kind.b) - of_both + ended / kind.a
    by_b = _by_repeats(psi, kind.b + kind.at_first, x) - of_both - psi(kind.b) + psi(kind.a + kind.b)
    by_b -= np.where(ended > 0, ended / np.maximum(ends - 1, 1e-300), 0.0)
    slopes = np.stack([by_r * kind.r, by_alpha * kind.alpha, by_a * kind.a, by_b * kind.b])
    return _log_likelihood(sums, kind, parts), slopes


def alive(sums: Sums, kind: Kind) -> Floats:
    """P(not ended | encounters). Always 1 for BG while there was no repeat."""
    parts = _parts(sums, kind)
    told: Floats = np.exp(parts.log_waiting - parts.log_either)
    return told


def at_least(sums: Sums, kind: Kind, *, horizon: float, most: int) -> Floats:
    """P(at least n more encounters within `horizon`) for n = 1..most (columns).

    P(alive) g_n sum over hidden ticks j of w_j I_{H/(A+H)}(nk - j, R + j), where g_n is the chance to go on n - 1 times.
    """
    parts = _parts(sums, kind)
    within = horizon / (parts.scale + horizon)
    ends = kind.b + sums.repeats + kind.at_first
    goes_on = alive(sums, kind)
    told = np.empty((len(within), most))
    hidden = _hidden_ticks(parts, kind)
    for n in range(1, most + 1):
        comes = sum(hidden[j] * betainc(n * kind.k - j, parts.shape + j, within) for j in range(kind.k))
        told[:, n - 1] = goes_on * comes
        goes_on = goes_on * (ends + n - 1) / (kind.a + ends + n - 1)
    return told


def expected(sums: Sums, kind: Kind, *, horizon: float, most: int = 200) -> Floats:
    """Encounters to be expected within `horizon`: the sum of P(at least n), n = 1..most."""
    told: Floats = at_least(sums, kind, horizon=horizon, most=most).sum(axis=1)
    return told


def next_cdf(sums: Sums, kind: Kind, *, within: float) -> Floats:
    """P(next encounter within so long | alive)."""
    parts = _parts(sums, kind)
    share = within / (parts.scale + within)
    hidden = _hidden_ticks(parts, kind)
    told: Floats = sum(
        (hidden[j] * betainc(kind.k - j, parts.shape + j, share) for j in range(kind.k)), np.zeros_like(share)
    )
    return told


def _parts(sums: Sums, kind: Kind) -> _Parts:
    x, span = sums.repeats, sums.span
    shape, scale = kind.r + kind.k * x, kind.alpha + sums.known
    z = (sums.known - span) / scale
    term, waiting = np.ones_like(z), np.ones_like(z)
    by_r, by_z, harmonic = np.zeros_like(z), np.zeros_like(z), np.zeros_like(z)
    for j in range(1, kind.k):
        ahead = term * (shape + j - 1)
        by_z += ahead
        term = ahead * z / j
        harmonic += 1 / (shape + j - 1)
        waiting += term
        by_r += term * harmonic
    log_scale, log_waiting = np.log(scale), np.log(waiting)
    log_reach = log_scale - np.log(kind.alpha + span)
    ends = kind.b + x - 1 + kind.at_first
    can_end = (x > 0) | kind.ends_at_first
    log_ended = np.where(can_end, np.log(kind.a) - np.log(np.where(can_end, ends, 1.0)) + shape * log_reach, -np.inf)
    log_either = log_of_both(log_waiting, log_ended)
    return _Parts(shape, scale, log_scale, z, waiting, by_r, by_z, log_waiting, log_reach, log_ended, log_either)


def log_of_both(one: Floats, other: Floats) -> Floats:
    """ln(exp(one) + exp(other)), of which one is finite. Ten times as fast as numpy's logaddexp, which goes one by one."""
    most = np.maximum(one, other)
    told: Floats = most + np.log1p(np.exp(np.minimum(one, other) - most))
    return told


def _log_likelihood(sums: Sums, kind: Kind, parts: _Parts) -> Floats:
    x = sums.repeats
    told: Floats = (
        (kind.k - 1) * sums.log_gap_sum
        - x * gammaln(kind.k)
        + _by_repeats(gammaln, kind.b + kind.at_first, x)
        - _by_repeats(gammaln, kind.a + kind.b + kind.at_first, x)
        + gammaln(kind.a)
        - betaln(kind.a, kind.b)
        + _by_repeats(gammaln, kind.r, x, kind.k)
        - gammaln(kind.r)
        + kind.r * np.log(kind.alpha)
        - parts.shape * parts.log_scale
        + parts.log_either
    )
    return told


def _hidden_ticks(parts: _Parts, kind: Kind) -> list[Floats]:
    """w_j: how likely j ticks have gone by since the last encounter, while still waiting."""
    terms = [1 / parts.waiting]
    for j in range(1, kind.k):
        terms.append(terms[-1] * (parts.shape + j - 1) * parts.z / j)
    return terms


def _by_repeats(function: Callable[[Floats], Floats], start: float, x: Floats, step: int = 1) -> Floats:
    """`function` of start + step x: repeats are whole numbers, so it is worked out once for each."""
    table = function(start + step * np.arange(int(x.max(initial=0)) + 1, dtype=np.float64))
    told: Floats = table[x.astype(np.intp)]
    return told
