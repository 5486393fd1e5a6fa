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
# The pooled chance, the regression on all features, the one on recent frequency: no one of them is best everywhere.
_SHARES = (0.25, 0.25, 0.5)
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
    """The regressions: on all features, and on recent frequency alone."""

    all_features: Regression
    often: Regression

    def correct(self, states: States, told: Told) -> NDArray[np.float32]:
        """The pooled chance and both regressions', by their shares."""
        seen = features(states, told)
        pooled, every, often = _SHARES
        corrected: Floats = pooled * told.at_least[:, 0].astype(np.float64)
        corrected = (
            corrected + every * _chance(self.all_features.log_odds(seen)) + often * _chance(self.often.log_odds(seen))
        )
        return corrected.astype(np.float32)

    def held_to(self, states: States, told: Told) -> Stack:
        """Foretelling as many contacts of these as the pooled forecast does."""
        seen, share = features(states, told), float(told.at_least[:, 0].mean())
        return Stack(self.all_features.held_to(seen, share), self.often.held_to(seen, share))

    def as_json(self) -> list[dict[str, Any]]:
        return [
            {
                "which": list(one.which),
                **{name: getattr(one, name).tolist() for name in ("coefficients", "middle", "spread")},
            }
            for one in (self.all_features, self.often)
        ]


def from_json(told: list[dict[str, Any]]) -> Stack:
    return Stack(
        *(
            Regression(tuple(one["which"]), *(np.asarray(one[name]) for name in ("coefficients", "middle", "spread")))
            for one in told
        )
    )


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
    return Stack(_fit(seen, tuple(range(seen.shape[1])), target), _fit(seen, (_MONTH,), target))


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
