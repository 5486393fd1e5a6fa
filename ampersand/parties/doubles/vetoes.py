"""What tells two apart for certain, and what is strong enough to take two for one without a person's word."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from ampersand.parties.doubles.traits import PERSON, Traits

CERTAIN = 0.99
# Signals of one group come from one cause: a family has its address and its telephone in common.
_MAIL, _BIRTH, _HOUSEHOLD, _SITE = "mail", "birth", "household", "site"
_DIGITS = re.compile(r"\D+")


def tells_apart(one: Traits, other: Traits) -> bool:
    """Whether what is told of two can be true of no one: another number in the same system, or another birthday.

    A birthday with one slip, or with day and month the other way round, is no other one.
    """
    return _other_number(one, other) or is_other_birthday(one.birthday, other.birthday)


def is_other_birthday(one: str, other: str) -> bool:
    """Whether two days told as `1975-04-12` or `--04-12` are no one's: more than a slip, and not day and month swapped."""
    first, second = _DIGITS.sub("", one), _DIGITS.sub("", other)
    if len(first) == 4 or len(second) == 4:
        # The year was not told of one of them.
        first, second = first[-4:], second[-4:]
    if not first or not second or OSA.distance(first, second) <= 1:
        return False
    return first[:-4] + first[-2:] + first[-4:-2] != second


def is_certain(reasons: Iterable[tuple[str, str]], *, kind: str, probability: float) -> bool:
    """Whether two may be taken for one without a person: the same name and two strong signals that are independent."""
    told = dict(reasons)
    if probability < CERTAIN or not _has_same_name(told, kind):
        return False
    return len(_strong(told, kind)) >= 2


def is_rather_family(reasons: Iterable[tuple[str, str]], *, kind: str) -> bool:
    """Whether all that two people have in common is what a household has in common, and their first names differ outright.

    A mail address, a birthday or a column of a file's own is nobody else's, and makes it a question again.
    """
    told = dict(reasons)
    return kind == PERSON and told.get("given") == "other" and not any(map(_is_personal, told.items()))


def _is_personal(reason: tuple[str, str]) -> bool:
    column, likeness = reason
    return likeness != "other" and (column in ("emails", "birthday") or column.startswith("other_"))


def _strong(told: dict[str, str], kind: str) -> set[str]:
    found = set()
    if told.get("emails") == "shares":
        found.add(_MAIL)
    if told.get("domains") == "shares":
        found.add(_SITE)
    if told.get("birthday") == "same" and kind == PERSON:
        found.add(_BIRTH)
    lives_there = told.get("street") == "same" and told.get("number") == "same" and told.get("postcode") == "same"
    if told.get("phones") == "shares" or lives_there:
        found.add(_HOUSEHOLD)
    return found


def _has_same_name(told: dict[str, str], kind: str) -> bool:
    names = ("given", "family") if kind == PERSON else ("name",)
    return all(told.get(name) in ("same", "swapped") for name in names)


def _other_number(one: Traits, other: Traits) -> bool:
    systems = {system for system, _number in one.numbers} & {system for system, _number in other.numbers}
    return any(
        {number for named, number in one.numbers if named == system}.isdisjoint(
            number for named, number in other.numbers if named == system
        )
        for system in systems
    )
