"""How near the lists a reader took from notes come to those a careful person took: F1 for each kind of piece.

Two pieces are the same when what identifies them agrees: channel, day and a person for an encounter; promiser, receiver
and half the words for a promise; and so on. Each piece is matched once, the nearest first.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

Piece = Any  # a dictionary, or the words themselves for a question
ENOUGH_WORDS = 0.5


def f1_by_kind(
    readings: dict[str, dict[str, list[Piece]]], gold: dict[str, dict[str, list[Piece]]]
) -> dict[str, float]:
    """Over all notes together; a note without a reading counts as read empty. `all` is every kind taken together."""
    counts = {kind: _count(kind, readings, gold) for kind in NEARNESS}
    counts["all"] = tuple(sum(count[i] for count in counts.values()) for i in range(3))  # type: ignore[assignment]
    return {kind: _f1(*count) for kind, count in counts.items()}


def share_due_right(readings: dict[str, dict[str, list[Piece]]], gold: dict[str, dict[str, list[Piece]]]) -> float:
    """Of the promises that were found, the share with the right day, or rightly with none."""
    days = [
        found.get("due") == wanted.get("due")
        for note, lists in gold.items()
        for found, wanted in _pairs("promises", readings.get(note, {}).get("promises", []), lists.get("promises", []))
    ]
    return sum(days) / len(days) if days else 0.0


def _count(kind: str, readings: dict[str, Any], gold: dict[str, Any]) -> tuple[int, int, int]:
    matched = made = wanted = 0
    for note, lists in gold.items():
        mine, theirs = readings.get(note, {}).get(kind, []), lists.get(kind, [])
        matched, made, wanted = matched + len(_pairs(kind, mine, theirs)), made + len(mine), wanted + len(theirs)
    return matched, made, wanted


def _f1(matched: int, made: int, wanted: int) -> float:
    return 2 * matched / (made + wanted) if matched else 0.0


def _pairs(kind: str, mine: list[Piece], theirs: list[Piece]) -> list[tuple[Piece, Piece]]:
    near = [(NEARNESS[kind](m, t), i, j) for i, m in enumerate(mine) for j, t in enumerate(theirs)]
    taken_mine: set[int] = set()
    taken_theirs: set[int] = set()
    found = []
    for nearness, i, j in sorted(near, key=lambda row: (-row[0], row[1], row[2])):
        if nearness >= ENOUGH_WORDS and i not in taken_mine and j not in taken_theirs:
            taken_mine.add(i)
            taken_theirs.add(j)
            found.append((mine[i], theirs[j]))
    return found


def _words(text: str | None) -> list[str]:
    plain = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z0-9]+", plain)


def _shared_words(a: str | None, b: str | None) -> float:
    left, right = Counter(_words(a)), Counter(_words(b))
    shared = (left & right).total()
    return 2 * shared / (left.total() + right.total()) if shared else 0.0


def _same_name(a: str | None, b: str | None) -> bool:
    left, right = set(_words(a)), set(_words(b))
    if {"us"} in (left, right):
        return left == right
    return bool(left and right) and (left <= right or right <= left)


def _some_in_common(a: Iterable[str] | None, b: Iterable[str] | None) -> bool:
    left, right = list(a or []), list(b or [])
    return not left or not right or any(_same_name(x, y) for x in left for y in right)


def _same_party(a: Piece, b: Piece) -> bool:
    if a.get("party") or b.get("party"):
        return _same_name(a.get("party"), b.get("party"))
    left, right = ({w for w in _words(p.get("name") or p.get("mention")) if len(w) > 2} for p in (a, b))
    return bool(left & right)


def _same_amount(a: Piece, b: Piece) -> bool:
    left, right = a.get("amount"), b.get("amount")
    if left is None or right is None:
        return left is right
    return abs(float(left) - float(right)) <= 0.005 * abs(float(right))


def _same(*keys: str) -> Callable[[Piece, Piece], bool]:
    return lambda a, b: all(a.get(key) == b.get(key) for key in keys)


def _same_names(*keys: str) -> Callable[[Piece, Piece], bool]:
    return lambda a, b: all(_same_name(a.get(key), b.get(key)) for key in keys)


def _and_words(same: Callable[[Piece, Piece], bool]) -> Callable[[Piece, Piece], float]:
    return lambda a, b: _shared_words(a.get("what"), b.get("what")) if same(a, b) else 0.0


NEARNESS: dict[str, Callable[[Piece, Piece], float]] = {
    "encounters": lambda a, b: _same("channel", "on")(a, b) and _some_in_common(a.get("with"), b.get("with")),
    "people": _same_party,
    "promises": _and_words(_same_names("by", "to")),
    "concessions": _and_words(_same_names("by")),
    "transactions": lambda a, b: _same("kind")(a, b) and _same_names("party")(a, b) and _same_amount(a, b),
    "values": _and_words(_same_names("of")),
    "ties": lambda a, b: _same("kind")(a, b) and _same_names("from", "to")(a, b),
    "questions": _shared_words,
    "plans": _same("channel", "on"),
}
