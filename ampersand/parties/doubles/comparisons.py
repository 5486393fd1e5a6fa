"""What is compared of two records, and how much each likeness weighs. The same levels in SQL for Splink and in Python.

Each comparison has levels, the likeliest first; the first that holds is taken. `m` is how often it holds for one somebody
told twice, `u` for two whoever they are: log2(m / u) is its weight in bits. These weights are taken where a book is too
small to learn from; they are what expectation maximisation found without labels on made books, rounded. Only equality,
the Levenshtein distance and common members of lists are asked, since all engines count these alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any

from rapidfuzz.distance import Levenshtein

Columns = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Level:
    """One likeness. `name` is what reasons are put into words by."""

    name: str
    m: float
    u: float
    sql: str
    holds: Callable[[Columns, Columns], bool]
    shared_list: str = ""

    @property
    def weight(self) -> float:
        return log2(self.m / self.u)


@dataclass(frozen=True, slots=True)
class Comparison:
    column: str
    levels: tuple[Level, ...]
    is_frequency_weighed: bool = False
    # Where both tell the same in that column, this one follows from it and tells nothing more: a town from its postcode.
    unless: str = ""

    def level_of(self, left: Columns, right: Columns) -> Level | None:
        """The level two records stand on; None where either tells nothing, or nothing that another column does not."""
        if left[self.column] is None or right[self.column] is None:
            return None
        if self.unless and left[self.unless] is not None and left[self.unless] == right[self.unless]:
            return None
        return next(level for level in self.levels if level.holds(left, right))


def distance(left: str, right: str) -> int:
    return int(Levenshtein.distance(left, right))


def same(column: str, m: float, u: float) -> Level:
    return Level("same", m, u, f"{column}_l = {column}_r", lambda left, right: bool(left[column] == right[column]))


def swapped(column: str, other: str, m: float, u: float) -> Level:
    sql = f"{column}_l = {other}_r OR {other}_l = {column}_r"
    return Level("swapped", m, u, sql, lambda left, right: left[column] == right[other] or left[other] == right[column])


def near(column: str, m: float, u: float, *, by: int = 1) -> Level:
    sql = f"levenshtein({column}_l, {column}_r) <= {by}"
    return Level(
        "near" if by == 1 else "near_2", m, u, sql, lambda left, right: distance(left[column], right[column]) <= by
    )


def alike(column: str, m: float, u: float) -> Level:
    """No more than a third of the letters differ."""
    sql = f"levenshtein({column}_l, {column}_r) * 3 <= greatest(length({column}_l), length({column}_r))"
    return Level("alike", m, u, sql, lambda left, right: _share(left[column], right[column], 3))


def begins(column: str, m: float, u: float) -> Level:
    """They begin with the same three letters, one is an initial of the other, or half the letters are the same."""
    one, two = f"{column}_l", f"{column}_r"
    sql = (
        f"left({one}, 3) = left({two}, 3) OR levenshtein({one}, {two}) * 2 <= greatest(length({one}), length({two}))"
        f" OR (least(length({one}), length({two})) = 1 AND left({one}, 1) = left({two}, 1))"
    )
    return Level("begins", m, u, sql, lambda left, right: _begins(left[column], right[column]))


def shares(column: str, m: float, u: float, *, name: str = "shares") -> Level:
    return Level(
        name, m, u, "", lambda left, right: not set(left[column] or ()).isdisjoint(right[column] or ()), column
    )


def other(m: float, u: float) -> Level:
    return Level("other", m, u, "ELSE", lambda left, right: True)


def _share(left: str, right: str, part: int) -> bool:
    return distance(left, right) * part <= max(len(left), len(right))


def _begins(left: str, right: str) -> bool:
    return (
        left[:3] == right[:3] or _share(left, right, 2) or (min(len(left), len(right)) == 1 and left[:1] == right[:1])
    )


def words(column: str, *others: str, m: Sequence[float], u: Sequence[float], unless: str = "") -> Comparison:
    """Names and places, in which a letter may be wrong; `others` are columns they are told in by mistake."""
    swaps = tuple(swapped(column, one, 0.01, 0.0005) for one in others)
    levels = (
        same(column, m[0], u[0]),
        *swaps,
        near(column, m[1], u[1]),
        alike(column, m[2], u[2]),
        begins(column, m[3], u[3]),
        other(m[4], u[4]),
    )
    return Comparison(column, levels, is_frequency_weighed=True, unless=unless)


def figures(
    column: str, *, m: Sequence[float], u: Sequence[float], is_frequency_weighed: bool = True, unless: str = ""
) -> Comparison:
    """Numbers told as text, in which a digit may be wrong or two have changed places."""
    levels = (same(column, m[0], u[0]), near(column, m[1], u[1]), near(column, m[2], u[2], by=2), other(m[3], u[3]))
    return Comparison(column, levels, is_frequency_weighed, unless)


_WHERE = (
    figures("number", m=(0.84, 0.09, 0.05, 0.02), u=(0.01, 0.16, 0.5, 0.33)),
    words("street", "place", m=(0.76, 0.08, 0.1, 0.03, 0.03), u=(0.001, 0.0005, 0.003, 0.03, 0.965)),
    words("place", m=(0.72, 0.09, 0.11, 0.04, 0.04), u=(0.001, 0.0005, 0.001, 0.02, 0.977)),
    figures("postcode", m=(0.86, 0.08, 0.04, 0.02), u=(0.004, 0.02, 0.15, 0.826)),
    words("town", "place", m=(0.82, 0.08, 0.05, 0.02, 0.03), u=(0.01, 0.001, 0.001, 0.02, 0.968), unless="postcode"),
    figures("region", m=(0.93, 0.03, 0.03, 0.01), u=(0.2, 0.1, 0.3, 0.4), unless="postcode"),
)
PEOPLE = (
    words("given", "family", m=(0.72, 0.09, 0.07, 0.06, 0.05), u=(0.008, 0.004, 0.006, 0.03, 0.95)),
    words("family", "given", m=(0.78, 0.08, 0.05, 0.03, 0.05), u=(0.004, 0.003, 0.004, 0.02, 0.968)),
    *_WHERE,
    figures("birthday", m=(0.9, 0.04, 0.03, 0.03), u=(0.0001, 0.001, 0.005, 0.9939)),
    Comparison(
        "emails",
        (
            shares("emails", 0.6, 0.00001),
            shares("locals", 0.15, 0.0005, name="local"),
            other(0.25, 0.99949),
        ),
    ),
    Comparison("phones", (shares("phones", 0.7, 0.00005), other(0.3, 0.99995))),
    words("organisation", m=(0.55, 0.03, 0.05, 0.04, 0.33), u=(0.005, 0.0005, 0.001, 0.02, 0.9735)),
)
ORGANISATIONS = (
    words("name", m=(0.7, 0.08, 0.1, 0.07, 0.05), u=(0.0005, 0.0003, 0.001, 0.01, 0.9882)),
    Comparison("domains", (shares("domains", 0.75, 0.0001), other(0.25, 0.9999))),
    Comparison("phones", (shares("phones", 0.7, 0.00005), other(0.3, 0.99995))),
    *_WHERE,
)


def others(count: int) -> tuple[Comparison, ...]:
    """What a file tells besides, whatever it is."""
    return tuple(
        figures(
            f"other_{number}", m=(0.85, 0.08, 0.03, 0.04), u=(0.001, 0.002, 0.01, 0.987), is_frequency_weighed=False
        )
        for number in range(1, count + 1)
    )
