"""When the next encounter of one relationship is to be expected, from its own gaps.

Gaps are taken as Erlang-k with a rate of the relationship's own, the rate as Gamma(r, alpha) over the house
(readings.md section 1, with the relationship alive). k says how regular it is: below 1 it comes in bursts, 1 is chance, 12 is
clockwork. Which k a relationship has is not known, so all are weighed by how well they explain its gaps.

Encounters are days, so a gap of one day is any gap within it. In bursts most are, and taken for a day each they would look
far steadier than they are. So for k below 1 such a gap has the chance of the whole day: the density rises towards none as
g to the power of k - 1, which over a day is 1/k, and g is k / (k + 1) of a day in the mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, gammaln, logsumexp

Floats = NDArray[np.float64]

REGULARITIES = (0.5, 0.7, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0)
# How common each is before there is a book to learn it from: bursts are rarer than what has a rhythm.
_COMMON = (0.1, 0.1, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
# A silence is no news while it is shorter than nine in ten of the gaps to be expected, however seldom the two speak.
QUIET_SHARE_MIN = 0.9
# Of a year in which a relationship goes on, so likely none of its gaps is called quiet, by the model. Five in a hundred is
# what is meant to be the most; the rest is room for what the model does not know of gaps (`python -m benchmarks.quiet`).
QUIET_YEAR = 0.98
# Of the gaps of one day so many are any gap within it, for bursts; the others are a day. With all of them, who meets on each
# working day would look like bursts and be called quiet late; with half, bursts are called quiet wrongly half as often again.
_WITHIN_A_DAY = 0.8
_DAY_WEEKS = 1 / 7
_YEAR_WEEKS = 365.25 / 7


@dataclass(frozen=True)
class Prior:
    """What is believed of any relationship of the house before its own gaps are seen. Time in weeks.

    The defaults hold before the house has 200 relationships with gaps (readings.md section 1, near the published fits).
    """

    r: float = 0.6
    alpha: float = 7.0
    weights: tuple[float, ...] = field(default=tuple(one / sum(_COMMON) for one in _COMMON))
    regularities: tuple[float, ...] = REGULARITIES


@dataclass(frozen=True)
class Gaps:
    """The sums of each relationship's gaps, one element a relationship: gaps, weeks from first to last, sum of ln gap, and how
    many of the gaps are of one day."""

    count: Floats
    span_weeks: Floats
    log_gap_sum: Floats
    next_day_count: Floats

    def part(self, which: slice | NDArray[np.bool_]) -> Gaps:
        return Gaps(*(each[which] for each in vars(self).values()))


def log_likelihoods(gaps: Gaps, prior: Prior) -> Floats:
    """ln P(gaps | k) for each relationship (rows) and each regularity (columns), the rate integrated out."""
    k = np.asarray(prior.regularities, dtype=float)[None, :]
    x, logs = gaps.count[:, None], gaps.log_gap_sum[:, None]
    r, alpha = prior.r * np.ones_like(k), _alpha(prior, k)
    shape: Floats = (
        (k - 1) * logs
        - x * gammaln(k)
        - _within_a_day(gaps, k) * np.log(k)
        + gammaln(r + k * x)
        - gammaln(r)
        + r * np.log(alpha)
        - (r + k * x) * np.log(alpha + _spans(gaps, k))
    )
    return shape


def posterior(gaps: Gaps, prior: Prior) -> Floats:
    """How much each regularity is believed of each relationship; rows sum to 1."""
    joint = log_likelihoods(gaps, prior) + np.log(np.asarray(prior.weights))[None, :]
    weighed: Floats = np.exp(joint - logsumexp(joint, axis=1, keepdims=True))
    return weighed


def next_gap_cdf(weeks: Floats, gaps: Gaps, prior: Prior) -> Floats:
    """P(next gap <= weeks) for each relationship: F(u) = sum over k of w_k I_{u/(A+u)}(k, R), A = alpha + span of the k."""
    return _cdf(weeks, gaps, prior, posterior(gaps, prior))


def _cdf(weeks: Floats, gaps: Gaps, prior: Prior, believed: Floats) -> Floats:
    k = np.asarray(prior.regularities, dtype=float)[None, :]
    a = _alpha(prior, k) + _spans(gaps, k)
    u = np.maximum(weeks, 0)[:, None]
    parts = betainc(k, prior.r + k * gaps.count[:, None], u / (a + u))
    told: Floats = (believed * parts).sum(axis=1)
    return told


def next_gap_quantile(share: float | Floats, gaps: Gaps, prior: Prior) -> Floats:
    """Weeks within which the next encounter comes with probability `share`, by bisection to a hundredth of a day."""
    low, high = np.zeros_like(gaps.count), np.full_like(gaps.count, 1.0)
    believed = posterior(gaps, prior)
    while (short := _cdf(high, gaps, prior, believed) < share).any() and high.max() < 1e6:
        high = np.where(short, high * 2, high)
    for _ in range(40):
        middle = (low + high) / 2
        below = _cdf(middle, gaps, prior, believed) < share
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return (low + high) / 2


def gaps_in_a_year(gaps: Gaps, prior: Prior) -> Floats:
    """How many gaps a year of each relationship is expected to have if it goes on: the posterior mean of its rate."""
    k = np.asarray(prior.regularities, dtype=float)[None, :]
    rates = (prior.r + k * gaps.count[:, None]) / (_alpha(prior, k) + _spans(gaps, k)) / k
    told: Floats = _YEAR_WEEKS * (posterior(gaps, prior) * rates).sum(axis=1)
    return told


def quiet_share(gaps: Gaps, prior: Prior) -> Floats:
    """The share of its next gaps that a silence must be longer than before it is said to be one.

    A year holds many gaps, and the longest of many is long: of m of them none is beyond the point q with chance q^m. So q is
    QUIET_YEAR^(1/m), m as expected of this relationship, and never below QUIET_SHARE_MIN.
    """
    return np.maximum(QUIET_SHARE_MIN, QUIET_YEAR ** (1 / gaps_in_a_year(gaps, prior)))


def fit(gaps: Gaps, *, rounds: int = 30, at_most: int = 50_000) -> Prior:
    """The prior that explains the house's own gaps best (empirical Bayes by EM over k, r and alpha by a grid).

    Needs 200 relationships with at least one gap; below that, the defaults. At most 50,000 are looked at.
    """
    chosen = gaps.count >= 1
    if chosen.sum() < 200:
        return Prior()
    seen = gaps.part(chosen).part(slice(at_most))
    best, best_score = Prior(), -np.inf
    for r in (0.4, 0.6, 1.0, 1.5, 2.5):
        for mean_weeks in (0.5, 1, 2, 4, 8, 16):
            prior, score = _weigh(seen, Prior(r=r, alpha=r * mean_weeks), rounds)
            if score > best_score:
                best, best_score = prior, score
    return best


def _weigh(gaps: Gaps, prior: Prior, rounds: int) -> tuple[Prior, float]:
    """EM over how common each regularity is, r and alpha held."""
    like = log_likelihoods(gaps, prior)
    # Each row beside its own best: no likelihood is then too small for a float, and a round is two products.
    best = like.max(axis=1, keepdims=True)
    beside_best = np.exp(like - best)
    weights = np.asarray(prior.weights)
    for _ in range(rounds):
        weights = (weights * (beside_best.T @ (1 / (beside_best @ weights))) / len(like)).clip(1e-6)
        weights /= weights.sum()
    score = float((np.log(beside_best @ weights) + best[:, 0]).sum())
    return replace(prior, weights=tuple(weights)), score


def _alpha(prior: Prior, k: Floats) -> Floats:
    """A tick of a k-regular rhythm is a k-th of its gap, so that the same belief about gaps holds for every k."""
    scaled: Floats = prior.alpha / k
    return scaled


def _spans(gaps: Gaps, k: Floats) -> Floats:
    """Weeks from first to last as a k takes them (columns)."""
    told: Floats = gaps.span_weeks[:, None] - _within_a_day(gaps, k) * _DAY_WEEKS / (k + 1)
    return told


def _within_a_day(gaps: Gaps, k: Floats) -> Floats:
    """How many of the gaps a k (columns) takes for any within a day."""
    told: Floats = np.where(k < 1, _WITHIN_A_DAY, 0) * gaps.next_day_count[:, None]
    return told
