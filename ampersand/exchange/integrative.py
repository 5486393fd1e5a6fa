"""What costs one side little and is worth much to the other, from what both stated. Pure functions; nothing here is prescribed.

Each side gives every question a weight of its own making; utilities are additive. Weights of two sides are never compared with
one another, only the order of their quotients is. A suggestion is a question put to people: reasoned people refuse "improvements"
(Kersten & Mallory 1998, IIASA IR-98-024), so a page shows the reason and asks which weight is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

MOST_PACKAGES = 100_000
"""Up to so many packages are all looked at; beyond, questions are moved one after another."""

Points = tuple[Fraction, Fraction]
"""What a deal is worth: to A in A's points, to B in B's."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What one question is worth, all of it, to A and to B. Not below nought."""

    a: Fraction
    b: Fraction


@dataclass(frozen=True, slots=True)
class Split:
    """How much of each question goes A's way (0 to 1, in the order of the questions), and what that is worth to each."""

    shares: tuple[Fraction, ...]
    worth: Points


@dataclass(frozen=True, slots=True)
class Package:
    """Which option is chosen of each question, and what that is worth to each."""

    chosen: tuple[int, ...]
    worth: Points


Options = Sequence[Points]
"""The options of one question: what each is worth to A and to B."""


def order(weights: Sequence[Weights]) -> list[int]:
    """The questions in the order in which A gains most for each point B gives: by w_A / w_B, the largest first.

    Source: logrolling; Brams & Taylor 1996, Adjusted Winner. Questions that matter to nobody come last; ties keep their place.
    """

    def worth_to_a(index: int) -> tuple[int, Fraction]:
        weight = weights[index]
        if weight.b == 0:
            return (0, Fraction(0)) if weight.a > 0 else (2, Fraction(0))
        return 1, -weight.a / weight.b

    return sorted(range(len(weights)), key=worth_to_a)


def frontier(weights: Sequence[Weights]) -> list[Split]:
    """The corners of the frontier of divisible questions, from all to B to all to A; between two corners it is straight.

    Source: as `order`. No deal is better for both than the point of the frontier beside it.
    """
    shares = [Fraction(0)] * len(weights)
    corners = [_split(weights, shares)]
    for index in order(weights):
        shares[index] = Fraction(1)
        corners.append(_split(weights, shares))
    return corners


def nash(weights: Sequence[Weights], *, without: Points = (Fraction(0), Fraction(0))) -> Split | None:
    """The split that maximises the product of what each gains over having no deal (`without`); None where both cannot gain.

    On a stretch with slopes (w_A, -w_B), t* = ((U_B - d_B) w_A - (U_A - d_A) w_B) / (2 w_A w_B), kept within 0 to 1; the best
    stretch wins. Source: Nash 1950, The bargaining problem.
    """
    best: Split | None = None
    for start, index in _stretches(weights):
        weight = weights[index]
        gain_a, gain_b = start.worth[0] - without[0], start.worth[1] - without[1]
        if weight.a and weight.b:
            at = (gain_b * weight.a - gain_a * weight.b) / (2 * weight.a * weight.b)
        else:
            at = Fraction(1) if weight.a else Fraction(0)
        best = _better(best, _along(weights, start, index, min(max(at, Fraction(0)), Fraction(1))), without)
    return best


def kalai_smorodinsky(weights: Sequence[Weights], *, without: Points = (Fraction(0), Fraction(0))) -> Split | None:
    """The split of the frontier at which each gains the same share of the most it could gain; None where both cannot gain.

    Source: Kalai & Smorodinsky 1975. The most each could gain leaves the other no worse than having no deal.
    """
    most = (_most(weights, without, 0), _most(weights, without, 1))
    if most[0] <= 0 or most[1] <= 0:
        return None

    def lead(worth: Points) -> Fraction:
        return (worth[0] - without[0]) / most[0] - (worth[1] - without[1]) / most[1]

    for start, index in _stretches(weights):
        end = _along(weights, start, index, Fraction(1))
        low, high = lead(start.worth), lead(end.worth)
        if low <= 0 <= high:
            return _along(weights, start, index, -low / (high - low) if high != low else Fraction(0))
    return None


HALF_WAY = 1
"""The place of half-way among the options of a question that both weighed."""


def beyond_half_way(weights: Sequence[tuple[int, int]]) -> list[Package]:
    """Packages better for one and worse for nobody than meeting half-way on every question, of questions that each go all A's way
    (0), half-way (1) or all B's way (2). `weights` are what a question matters to A and to B, in shares of what each gave out
    itself, never compared with the other's. Empty for fewer than two questions, or where a side weighed nothing.
    """
    if len(weights) < 2 or not all(sum(side) for side in zip(*weights, strict=True)):
        return []
    options = [
        [(Fraction(a), Fraction(0)), (Fraction(a, 2), Fraction(b, 2)), (Fraction(0), Fraction(b))] for a, b in weights
    ]
    return improvements(options, [HALF_WAY] * len(weights))


def improvements(questions: Sequence[Options], now: Sequence[int]) -> list[Package]:
    """Packages that lower nobody and are better for at least one; at most three: the one of the largest product of gains, the one
    where both gain as equally as can be, and the smallest change. Gains are shares of the most each could get.

    Up to `MOST_PACKAGES` all packages are looked at, so that an empty answer means there is none. Beyond, questions are moved one
    and two at a time while it helps, and an empty answer means only that none was found. Source: Raiffa 1982, The
    Art and Science of Negotiation (Pareto improvement, post-settlement settlement).
    """
    stands = _package(questions, now)
    if prod(len(options) for options in questions) <= MOST_PACKAGES:
        found = [one for one in _all(questions) if _improves(one, stands)]
    else:
        found = _step_by_step(questions, stands)
    return _three(found, stands, _most_points(questions)) if found else []


def _all(questions: Sequence[Options]) -> Iterator[Package]:
    for chosen in product(*(range(len(options)) for options in questions)):
        yield _package(questions, chosen)


def _step_by_step(questions: Sequence[Options], stands: Package) -> list[Package]:
    """From one package to a better one, moving one or two questions, as long as that lowers nobody."""
    found: list[Package] = []
    at = stands
    while better := [one for one in _near(questions, at) if _improves(one, at)]:
        found.extend(better)
        at = max(better, key=lambda one: (sum(one.worth), one.chosen))
    return found


def _near(questions: Sequence[Options], package: Package) -> Iterator[Package]:
    for first in range(len(questions)):
        for second in range(first, len(questions)):
            for one, other in product(range(len(questions[first])), range(len(questions[second]))):
                chosen = list(package.chosen)
                chosen[first], chosen[second] = one, other
                yield _package(questions, chosen)


def _improves(package: Package, stands: Package) -> bool:
    gains = (package.worth[0] - stands.worth[0], package.worth[1] - stands.worth[1])
    return min(gains) >= 0 and max(gains) > 0


def _three(found: Sequence[Package], stands: Package, most: Points) -> list[Package]:
    def gains(one: Package) -> tuple[Fraction, Fraction]:
        a, b = one.worth[0] - stands.worth[0], one.worth[1] - stands.worth[1]
        return (a / most[0] if most[0] else a), (b / most[1] if most[1] else b)

    def changed(one: Package) -> int:
        return sum(then != now for then, now in zip(one.chosen, stands.chosen, strict=True))

    by_product = max(found, key=lambda one: (gains(one)[0] * gains(one)[1], sum(gains(one)), one.chosen))
    by_equal = max(found, key=lambda one: (min(gains(one)), -abs(gains(one)[0] - gains(one)[1]), one.chosen))
    smallest = min(found, key=lambda one: (changed(one), -sum(gains(one)), one.chosen))
    return list(dict.fromkeys((by_product, by_equal, smallest)))


def _most_points(questions: Sequence[Options]) -> Points:
    zero = Fraction(0)
    return (
        sum((max((one[0] for one in options), default=zero) for options in questions), zero),
        sum((max((one[1] for one in options), default=zero) for options in questions), zero),
    )


def _package(questions: Sequence[Options], chosen: Sequence[int]) -> Package:
    zero = Fraction(0)
    worth = [options[index] for options, index in zip(questions, chosen, strict=True)]
    return Package(tuple(chosen), (sum((one[0] for one in worth), zero), sum((one[1] for one in worth), zero)))


def _stretches(weights: Sequence[Weights]) -> Iterator[tuple[Split, int]]:
    """Each straight stretch of the frontier: where it begins, and the question that changes hands along it."""
    return zip(frontier(weights), order(weights), strict=False)


def _split(weights: Sequence[Weights], shares: Sequence[Fraction]) -> Split:
    zero = Fraction(0)
    pairs = list(zip(weights, shares, strict=True))
    return Split(
        tuple(shares),
        (sum((w.a * s for w, s in pairs), zero), sum((w.b * (1 - s) for w, s in pairs), zero)),
    )


def _along(weights: Sequence[Weights], start: Split, index: int, at: Fraction) -> Split:
    shares = list(start.shares)
    shares[index] = at
    return _split(weights, shares)


def _better(best: Split | None, other: Split, without: Points) -> Split | None:
    if other.worth[0] < without[0] or other.worth[1] < without[1]:
        return best
    if best is None or _product(other, without) > _product(best, without):
        return other if _product(other, without) > 0 else best
    return best


def _product(split: Split, without: Points) -> Fraction:
    return (split.worth[0] - without[0]) * (split.worth[1] - without[1])


def _most(weights: Sequence[Weights], without: Points, side: int) -> Fraction:
    """The most a side can gain while the other is no worse off than without a deal; below nought where there is no such deal."""
    other, best = 1 - side, Fraction(-1)
    for start, index in _stretches(weights):
        end = _along(weights, start, index, Fraction(1))
        step = end.worth[other] - start.worth[other]
        points = [Fraction(0), Fraction(1)]
        if step:
            points.append(min(max((without[other] - start.worth[other]) / step, Fraction(0)), Fraction(1)))
        for at in points:
            split = _along(weights, start, index, at)
            if split.worth[other] >= without[other]:
                best = max(best, split.worth[side] - without[side])
    return best
