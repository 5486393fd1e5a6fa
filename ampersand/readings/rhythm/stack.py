"""The chance of contact, corrected by what came true in the population's own past: two small logistic regressions.

One sees all features, one only how often of late. Both are held to the pooled forecast's number of contacts, as the
recent members are: the past tells who stands out from whom, and less well how many will come.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ampersand.readings.rhythm.formulas import Floats
from ampersand.readings.rhythm.grid import Told
from ampersand.readings.rhythm.state import HALF_LIVES, States

# So many that were met again, and so many that were not, before anything is learnt from them.
EACH_MIN = 20
_PENALTY = 1 / 0.3
_CLIP = 4.0
_MONTH = 2
# The pooled chance, the regression on all features, the one on recent frequency: no one of them is best everywhere. Their
# shares before the past speaks, held as firmly as by so many relationships.
_SHARES, _SHARES_FIRM = (0.25, 0.25, 0.5), 1_000.0
# What such regressions found in the mean over seven populations (buyers, mail, messages): believed of one whose own past is
# too little to learn from.
_USUAL_OF_ALL = (0.17, 0.44, 0.07, 0.24, -0.25, 0.25)
_USUAL_OF_OFTEN = (1.2,)


@dataclass(frozen=True)
class Regression:
    """Coefficients (the first is the constant) on some features, measured in their spread and held within four of it."""

    which: tuple[int, ...]
    coefficients: Floats
    middle: Floats
    spread: Floats

    def columns(self, seen: Floats) -> Floats:
        scaled = np.clip((seen[:, list(self.which)] - self.middle) / self.spread, -_CLIP, _CLIP)
        return np.column_stack([np.ones(len(seen)), scaled])

    def log_odds(self, seen: Floats) -> Floats:
        told: Floats = self.columns(seen) @ self.coefficients
        return told

    def held_to(self, seen: Floats, share: float) -> Regression:
        """With the constant under which so large a share of these is met, by halving."""
        odds, low, high = self.log_odds(seen), -8.0, 8.0
        for _ in range(40):
            middle = (low + high) / 2
            low, high = (middle, high) if _chance(odds + middle).mean() < share else (low, middle)
        return replace(self, coefficients=np.r_[self.coefficients[0] + low, self.coefficients[1:]])


@dataclass(frozen=True)
class Stack:
    """The regressions: on all features, and on recent frequency alone. `shares` are the pooled chance's and theirs."""

    all_features: Regression
    often: Regression
    shares: tuple[float, ...] = _SHARES

    def correct(self, states: States, told: Told) -> NDArray[np.float32]:
        """The pooled chance and both regressions', by their shares."""
        corrected: Floats = self.chances(states, told) @ np.array(self.shares)
        return corrected.astype(np.float32)

    def chances(self, states: States, told: Told) -> Floats:
        """Columns: the pooled chance, and what each regression makes of it."""
        seen, pooled = features(states, told), told.at_least[:, 0].astype(np.float64)
        regressed = (_chance(one.log_odds(seen)) for one in (self.all_features, self.often))
        return np.column_stack([pooled, *regressed])

    def held_to(self, states: States, told: Told) -> Stack:
        """Foretelling as many contacts of these as the pooled forecast does."""
        seen, share = features(states, told), float(told.at_least[:, 0].mean())
        return Stack(self.all_features.held_to(seen, share), self.often.held_to(seen, share), self.shares)

    def as_json(self) -> dict[str, Any]:
        regressions = [
            {
                "which": list(one.which),
                **{name: getattr(one, name).tolist() for name in ("coefficients", "middle", "spread")},
            }
            for one in (self.all_features, self.often)
        ]
        return {"regressions": regressions, "shares": list(self.shares)}


def from_json(told: dict[str, Any] | list[dict[str, Any]]) -> Stack:
    """What `as_json` told; the first rule told the regressions alone."""
    regressions, shares = (told, _SHARES) if isinstance(told, list) else (told["regressions"], tuple(told["shares"]))
    every, often = (
        Regression(tuple(one["which"]), *(np.asarray(one[name]) for name in ("coefficients", "middle", "spread")))
        for one in regressions
    )
    return Stack(every, often, shares)


def features(states: States, told: Told) -> Floats:
    """What the pooled forecast says, and how recent and how often, each as a logarithm."""
    chance = np.clip(told.at_least[:, 0].astype(np.float64), 1e-5, 1 - 1e-5)
    # The first encounter, which the recent sums leave out, tells of contact too.
    recent = states.often + 2.0 ** (-states.known[:, None] / np.asarray(HALF_LIVES))
    here: Floats = np.stack(
        [
            np.log(told.expected.astype(np.float64) + 1e-4),
            np.log(chance) - np.log1p(-chance),
            np.log(recent[:, 1] + 1e-3),
            np.log(recent[:, 2] + 1e-3),
            np.log(states.known - states.span + 1),
            np.log(states.repeats + 1),
        ],
        axis=1,
    )
    return here


def learn(states: States, told: Told, met: Floats) -> Stack | None:
    """Fitted to what was foretold and whether they met; None where too few did, or did not."""
    if min((met > 0).sum(), (met <= 0).sum()) < EACH_MIN:
        return None
    seen, target = features(states, told), (met > 0).astype(np.float64)
    every, often = (_fit(seen, which, target) for which in (tuple(range(seen.shape[1])), (_MONTH,)))
    learnt = Stack(every, often).held_to(states, told)
    return Stack(every, often, _shares(learnt.chances(states, told), met > 0))


def _shares(chances: Floats, is_met: NDArray[np.bool_]) -> tuple[float, ...]:
    """The shares under which the chances (columns) together explain best who was met (EM, held to where they begin)."""
    each = np.clip(np.where(is_met[:, None], chances, 1 - chances), 1e-6, 1)
    begin = np.array(_SHARES)
    shares = begin
    for _ in range(100):
        belonging = shares * ((1 / (each @ shares)) @ each)
        shares = (belonging + _SHARES_FIRM * begin) / (len(each) + _SHARES_FIRM)
    return tuple(shares.tolist())


def usual(states: States, told: Told) -> Stack:
    """What holds of most populations, in the spread of this one and foretelling as many contacts as are pooled."""
    seen = features(states, told)
    every = _begun(seen, tuple(range(seen.shape[1])), _USUAL_OF_ALL)
    return Stack(every, _begun(seen, (_MONTH,), _USUAL_OF_OFTEN)).held_to(states, told)


def _begun(seen: Floats, which: tuple[int, ...], coefficients: tuple[float, ...]) -> Regression:
    asked = seen[:, list(which)]
    return Regression(which, np.r_[0.0, coefficients], asked.mean(axis=0), np.maximum(asked.std(axis=0), 1e-6))


def _fit(seen: Floats, which: tuple[int, ...], target: Floats) -> Regression:
    """Ridge, by Newton's steps."""
    begin = _begun(seen, which, (0.0,) * len(which))
    columns, found = begin.columns(seen), begin.coefficients
    penalty = np.r_[1e-6, np.full(len(which), _PENALTY)]
    for _ in range(25):
        chance = _chance(columns @ found)
        bend = (columns * (chance * (1 - chance) + 1e-9)[:, None]).T @ columns + np.diag(penalty)
        step = np.linalg.solve(bend, columns.T @ (target - chance) - penalty * found)
        found = found + step
        if np.abs(step).max() < 1e-7:
            break
    return replace(begin, coefficients=found)


def _chance(log_odds: Floats) -> Floats:
    told: Floats = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
    return told
