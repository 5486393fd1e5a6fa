"""The loops over a whole book, compiled by numba. Importing this takes seconds: only what reads thousands at once does.

Each has a twin in plain NumPy beside the reading it serves, and a test that holds the two equal. They run without the
lock of Python, in as many threads as there are cores; numba's own threads are not used, since they do not outlive a fork.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from math import exp, isnan, lgamma, log, sqrt

import numpy as np
from numpy.typing import NDArray

from ampersand.readings import momentum, tune
from ampersand.readings.compiling import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_MIN, _MAX, _BEFORE = tune.WINDOW_WEEKS_MIN, tune.WINDOW_WEEKS_MAX, tune.BEFORE_WEEKS_MIN
_WEEKS, _EVENTS, _EACH = tune.WEEKS_MIN, tune.EVENTS_MIN, tune.EACH_MIN
_ADDED, _STRETCH = tune.ADDED, tune.STRETCH
_FADE, _LOOKED_AT = momentum.FADE, momentum.LOOKED_AT_WEEKS
_USUAL_MIN, _USUAL_MAX = momentum.USUAL_WEEKS_MIN, momentum.USUAL_WEEKS_MAX


def scan(starts: Ints, back: Ints, trade: Floats, talk: Floats) -> Floats:
    """`tune.scan_one` of each relationship; its rows are starts[i] to starts[i + 1]. A row of six numbers a relationship."""
    found = np.zeros((len(starts) - 1, 6))
    _in_threads(len(found), lambda low, high: _scan(low, high, starts, back, trade, talk, found))
    return found


def momenta(starts: Ints, back: Ints, values: Floats, at: Ints) -> Floats:
    """`momentum.of_one` of each relationship. Shape: relationships by `at`."""
    told = np.zeros((len(starts) - 1, len(at)))
    _in_threads(len(told), lambda low, high: _momenta(low, high, starts, back, values, at, told))
    return told


def beta_quantile(share: float, a: Floats, b: Floats) -> Floats:
    """Quantiles of Beta(a, b), to nine digits; not a number where a or b is none or not above 0."""
    told = np.empty(len(a))
    _in_threads(len(told), lambda low, high: _beta_quantiles(low, high, share, a, b, told))
    return told


def _in_threads(count: int, run: Callable[[int, int], None]) -> None:
    threads = min(os.cpu_count() or 1, max(count // 1_000, 1))
    edges = np.linspace(0, count, threads * 4 + 1).astype(int)
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(run, edges[:-1], edges[1:]))


@compiled
def _xlogx(told: float) -> float:
    return told * log(told)


@compiled
def _scan(low: int, high: int, starts: Ints, back: Ints, trade: Floats, talk: Floats, found: Floats) -> None:
    trade_in, talk_in = np.zeros(_MAX), np.zeros(_MAX)
    for number in range(low, high):
        trade_in[:] = 0
        talk_in[:] = 0
        trade_all, talk_all, span = 0.0, 0.0, 0
        for row in range(starts[number], starts[number + 1]):
            week = back[row]
            if week < 0 or (trade[row] == 0 and talk[row] == 0):
                continue
            trade_all += trade[row]
            talk_all += talk[row]
            span = max(span, week + 1)
            if week < _MAX:
                trade_in[week] += trade[row]
                talk_in[week] += talk[row]
        found[number, 4], found[number, 5] = trade_all, talk_all
        if span < _WEEKS or trade_all + talk_all < _EVENTS or min(trade_all, talk_all) < _EACH:
            continue
        a, b, best = 0.0, 0.0, -1.0
        for week in range(min(_MAX, span - _BEFORE)):
            # A week in which nothing happened says what the one before it said.
            is_same = week >= _MIN and trade_in[week] == 0 and talk_in[week] == 0
            a += trade_in[week]
            b += talk_in[week]
            if week < _MIN - 1 or is_same:
                continue
            z = _signed_root(a, b, trade_all - a, talk_all - b) * (1 + _STRETCH / (trade_all + talk_all))
            if abs(z) > best:
                best = abs(z)
                found[number, 0], found[number, 1] = week + 1, z
                found[number, 2], found[number, 3] = a, b


@compiled
def _signed_root(a: float, b: float, c: float, d: float) -> float:
    a, b, c, d = a + _ADDED, b + _ADDED, c + _ADDED, d + _ADDED
    root = 2 * (
        _xlogx(a) + _xlogx(b) + _xlogx(c) + _xlogx(d) - _xlogx(a + b) - _xlogx(c + d) - _xlogx(a + c) - _xlogx(b + d)
        + _xlogx(a + b + c + d)
    )  # fmt: skip
    size = sqrt(max(root, 0.0))
    return size if b * (c + d) > d * (a + b) else -size


@compiled
def _momenta(low: int, high: int, starts: Ints, back: Ints, values: Floats, at: Ints, told: Floats) -> None:
    for number in range(low, high):
        oldest = -1
        for row in range(starts[number], starts[number + 1]):
            if values[row] != 0 and back[row] < _LOOKED_AT:
                oldest = max(oldest, back[row])
        if oldest + 1 < _USUAL_MIN:
            told[number, :] = np.nan
            continue
        faded = np.zeros(oldest + 1)
        for row in range(starts[number], starts[number + 1]):
            if 0 <= back[row] <= oldest:
                faded[back[row]] += values[row]
        for week in range(oldest - 1, -1, -1):
            faded[week] += faded[week + 1] * _FADE
        usual = np.median(faded[: min(_USUAL_MAX, oldest + 1)])
        for place in range(len(at)):
            week = at[place]
            if usual > 0:
                told[number, place] = faded[week] / usual if week <= oldest else 0.0
            else:
                told[number, place] = np.nan


@compiled
def _beta_quantiles(low: int, high: int, share: float, a: Floats, b: Floats, told: Floats) -> None:
    for number in range(low, high):
        told[number] = _beta_quantile(share, a[number], b[number])


@compiled
def _beta_quantile(share: float, a: float, b: float) -> float:
    """Newton's way on the logarithm of the nearer tail, which is concave in the logit of x: it does not overshoot."""
    if isnan(a) or isnan(b) or a <= 0 or b <= 0 or not 0 < share < 1:
        return np.nan
    if share > 0.5:
        return 1 - _beta_quantile(1 - share, b, a)
    constant = lgamma(a + b) - lgamma(a) - lgamma(b)
    wanted = log(share)
    logit = log(a / b) - 1.3 * sqrt(1 / a + 1 / b)
    for _ in range(100):
        x = 1 / (1 + exp(-logit))
        density = exp(constant - a * log(1 + exp(-logit)) - b * (logit + log(1 + exp(-logit))))
        below = _beta_share(x, a, b, density)
        if below <= 0:
            logit += 1.0
            continue
        step = (log(below) - wanted) * below / density
        # From the far side of the middle the first step may be too long by much.
        step = min(max(step, -6.0), 6.0)
        logit -= step
        if abs(step) < 1e-11:
            break
    return 1 / (1 + exp(-logit))


@compiled
def _beta_share(x: float, a: float, b: float, density: float) -> float:
    """The regularised incomplete beta function by its continued fraction (Abramowitz and Stegun 26.5.8, Lentz's way);
    `density` is x^a (1 - x)^b / B(a, b)."""
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_share(1 - x, b, a, density)
    tiny = 1e-300
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d if abs(d) > tiny else tiny)
    whole = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 + even * d
        c = 1 + even / c
        d = 1 / (d if abs(d) > tiny else tiny)
        c = c if abs(c) > tiny else tiny
        whole *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 + odd * d
        c = 1 + odd / c
        d = 1 / (d if abs(d) > tiny else tiny)
        c = c if abs(c) > tiny else tiny
        step = d * c
        whole *= step
        if abs(step - 1) < 1e-14:
            break
    return density * whole / a
