"""Between which shares a kept share lies, without the libraries that a process which serves pages does not hold."""

from __future__ import annotations

from math import exp, lgamma, log, log1p

_STEPS = 300
_ENOUGH = 1e-12


def beta_quantile(share: float, a: float, b: float) -> float:
    """The value below which Beta(a, b) lies with probability `share`. a and b above 0; right to nine digits.

    Halves the interval around it. `readings.beta` does the same for many at once.
    """
    low, high = 0.0, 1.0
    while high - low > 1e-10:
        middle = (low + high) / 2
        low, high = (middle, high) if _below(middle, a, b) < share else (low, middle)
    return (low + high) / 2


def _below(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by its continued fraction (Lentz 1976)."""
    if x > (a + 1) / (a + b + 2):
        return 1 - _below(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    fraction = d
    for step in range(1, _STEPS):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        for term in (even, odd):
            d, c = 1 / (1 + term * d), 1 + term / c
            fraction *= c * d
        if abs(c * d - 1) < _ENOUGH:
            break
    return front * fraction
