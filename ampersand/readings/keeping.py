"""How much of what one party promises another is kept: the share, with what a few promises can tell of it.

Kept is what its receiver calls kept; silence is neither way. Of the promises that fell due some are unconfirmed, so the share
is an interval: from what it would be if every silence hid a failure to what it would be if none did, and wider by what a
few promises can tell (docs/explanation/kept.md; readings.md sections 0 and 3). Nothing here imports Django or Ibis.

Sources: empirical Bayes with a Beta prior (Efron and Morris 1975; Casella 1985), the product-limit estimate (Kaplan and
Meier 1958), the effective size of a weighted sample (Kish 1965).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaln, psi

from ampersand.readings import beta

Floats = NDArray[np.float64]

HALF_LIFE_DAYS = 180
# Fewer parties than this do not show what is usual in this house.
PARTIES_MIN, PARTIES_MAX = 50, 50_000
# One point is said only where so much of what fell due is answered.
ANSWERED_SHARE_MIN = 0.8
# Weights further apart than this count as fewer promises than there are.
SPREAD_MAX = 4.0
_STRENGTH_MIN, _STRENGTH_MAX = 0.2, 200.0


@dataclass(frozen=True)
class Prior:
    """What is believed of anybody's keeping before their own promises are seen: Beta(kept, not_kept).

    The defaults hold before 50 parties have promises with an answer.
    """

    kept: float = 2.0
    not_kept: float = 1.0


@dataclass(frozen=True)
class Promised:
    """What became of the promises that fell due, one element a party: sums of weights, and plain counts.

    A partly kept promise is partly in each of `kept` and `not_kept`. `square` is the sum of squared weights and `spread` the
    largest weight over the least, both of those answered; `answered_count` of `due_count` were called kept or not, or are
    late beyond the grace with nothing said.
    """

    kept: Floats
    not_kept: Floats
    unconfirmed: Floats
    square: Floats
    spread: Floats
    answered_count: Floats
    due_count: Floats


@dataclass(frozen=True)
class Kept:
    """The kept share of each party, 0 to 1: `low` to `high` holds it 90 times of 100; `point` is not a number where fewer
    than 80 of 100 are answered. `count` is how many fell due; where it is 0 nothing should be said."""

    low: Floats
    high: Floats
    point: Floats
    count: Floats


def weights(importance: ArrayLike, age_days: ArrayLike) -> Floats:
    """What each promise weighs: its importance (0.5, 1 or 2; mean 1), halved for each 180 days since it fell due."""
    told: Floats = np.asarray(importance, dtype=np.float64) * 2.0 ** (
        -np.asarray(age_days, np.float64) / HALF_LIFE_DAYS
    )
    return told


def gathered(party: ArrayLike, kept: ArrayLike, weight: ArrayLike, *, count: int) -> Promised:
    """Sums by party, from one row a promise that has matured: its due day and the grace have passed.

    `kept`: 1 kept, 0 not kept, between for partly, not a number for unconfirmed. Open promises do not belong here: those kept
    before their day would come in early, those broken late. A promise by several parties is a row for each, in full.
    Raises ValueError where a row is no promise.
    """
    who, told, weigh = np.asarray(party, np.int64), np.asarray(kept, np.float64), np.asarray(weight, np.float64)
    if not len(who) == len(told) == len(weigh):
        raise ValueError(f"three columns of one length are needed; got {len(who)}, {len(told)}, {len(weigh)}")
    if len(who) and not 0 <= who.min() <= who.max() < count:
        raise ValueError(f"a party must be from 0 to below {count}")
    answered = ~np.isnan(told)
    if (told[answered] < 0).any() or (told[answered] > 1).any():
        raise ValueError("a promise is kept from 0 to 1")
    if not (np.isfinite(weigh).all() and (weigh >= 0).all()):
        raise ValueError("weights must be 0 or more")
    part = np.where(answered, told, 0.0)

    def summed(of: Floats) -> Floats:
        return np.bincount(who, of, count).astype(np.float64)

    largest, least = np.zeros(count), np.full(count, np.inf)
    seen = answered & (weigh > 0)
    np.maximum.at(largest, who[seen], weigh[seen])
    np.minimum.at(least, who[seen], weigh[seen])
    return Promised(
        kept=summed(weigh * part),
        not_kept=summed(weigh * (answered - part)),
        unconfirmed=summed(weigh * ~answered),
        square=summed(weigh**2 * answered),
        spread=np.where(largest > 0, largest / least, 1.0),
        answered_count=summed(answered.astype(np.float64)),
        due_count=summed(np.ones(len(who))),
    )


def kept_shares(promised: Promised, prior: Prior) -> Kept:
    """The kept share of each party with its interval, from its own promises and what is usual in the house.

    Low is the 5 of 100 point of Beta(a + s, b + f + u), high the 95 of 100 point of Beta(a + s + u, b + f), where s, f and u
    are the weights kept, not kept and unconfirmed; the point is (a + s) / (a + b + s + f). Unit: a share, 0 to 1.
    """
    fuller = effective(promised)
    s, f, u = promised.kept * fuller, promised.not_kept * fuller, promised.unconfirmed * fuller
    is_answered = promised.answered_count >= ANSWERED_SHARE_MIN * promised.due_count - 1e-9
    is_told = is_answered & (promised.due_count > 0)
    return Kept(
        low=beta.quantile(0.05, prior.kept + s, prior.not_kept + f + u),
        high=beta.quantile(0.95, prior.kept + s + u, prior.not_kept + f),
        point=np.where(is_told, (prior.kept + s) / (prior.kept + prior.not_kept + s + f), np.nan),
        count=promised.due_count,
    )


def effective(promised: Promised) -> Floats:
    """By how much the weights are multiplied: 1, or where they vary more than 4 to 1 their sum over that of their squares,
    so that they add up to the promises they are worth (Kish)."""
    both = promised.kept + promised.not_kept
    varies = (promised.spread > SPREAD_MAX) & (promised.square > 0)
    return np.divide(both, promised.square, out=np.ones_like(both), where=varies)


def bounds(kept: ArrayLike, unconfirmed: ArrayLike, due: ArrayLike) -> tuple[Floats, Floats]:
    """Kept of due if all silence hid failures, and if it hid none; not a number where nothing fell due. Plain counts."""
    k, u, n = (np.asarray(told, np.float64) for told in (kept, unconfirmed, due))
    none = np.full(np.broadcast(k, u, n).shape, np.nan)
    return np.divide(k, n, out=none.copy(), where=n > 0), np.divide(k + u, n, out=none, where=n > 0)


def fit(kept: ArrayLike, answered: ArrayLike) -> Prior:
    """The prior under which the counts of all parties are likeliest: how much is usually kept in this house, and how much
    parties differ. `kept` of `answered` promises, one element a party; those without an answer are left out.

    Maximises sum [ln B(a + k, b + n - k) - ln B(a, b)]. Needs 50 parties, before that the defaults; at most 50,000 are looked
    at. a + b stays from 0.2 to 200, as a house in which all keep everything would have it without end.
    """
    k, n = np.asarray(kept, np.float64).ravel(), np.asarray(answered, np.float64).ravel()
    chosen = np.flatnonzero(n > 0)[:PARTIES_MAX]
    if len(chosen) < PARTIES_MIN:
        return Prior()
    if (k[chosen] < 0).any() or (k[chosen] > n[chosen]).any():
        raise ValueError("no more can be kept than was answered")
    pairs, often = np.unique(np.stack([k[chosen], n[chosen]]), axis=1, return_counts=True)
    return _likeliest(pairs[0], pairs[1], often.astype(np.float64))


def _likeliest(k: Floats, n: Floats, often: Floats) -> Prior:
    # It takes a fifth of a second to load, and only a house with parties enough needs it.
    from scipy.optimize import minimize

    def unlikely(at: Floats) -> tuple[float, Floats]:
        share, strength = 1 / (1 + np.exp(-at[0])), np.exp(at[1])
        a, b = share * strength, (1 - share) * strength
        value = -(often * (betaln(a + k, b + n - k) - betaln(a, b))).sum()
        both = psi(a + b + n) - psi(a + b)
        by_a = -(often * (psi(a + k) - psi(a) - both)).sum()
        by_b = -(often * (psi(b + n - k) - psi(b) - both)).sum()
        return value, np.array([(by_a - by_b) * strength * share * (1 - share), by_a * a + by_b * b])

    limits = [(-5.0, 5.0), (np.log(_STRENGTH_MIN), np.log(_STRENGTH_MAX))]
    found = minimize(unlikely, np.array([0.7, np.log(3.0)]), jac=True, method="L-BFGS-B", bounds=limits)
    share, strength = 1 / (1 + np.exp(-found.x[0])), np.exp(found.x[1])
    return Prior(kept=float(share * strength), not_kept=float((1 - share) * strength))
