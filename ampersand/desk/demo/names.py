"""Names of people and organisations for the large books: many cultures, many scripts, common names and rare ones."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

import numpy as np

from ampersand.core.folding import folded_words
from ampersand.desk.demo.cast import HERE
from ampersand.desk.demo.chance import chance


@dataclass(frozen=True)
class Named:
    """A name as it is written, what it is sorted by (empty: as written), its language, and its mailbox."""

    name: str
    sort_name: str
    language: str
    mailbox: str


@cache
def told() -> dict[str, Any]:
    return tomllib.loads((HERE / "names.toml").read_text(encoding="utf-8"))


class People:
    """Draws people's names. Within a culture a few family names are common and most are rare, as they are in life."""

    def __init__(self) -> None:
        self._cultures = [_Culture(culture) for culture in told()["cultures"]]
        weights = np.array([culture["weight"] for culture in told()["cultures"]], dtype=float)
        self._shares = weights / weights.sum()

    def draw(self, count: int, random: np.random.Generator) -> list[Named]:
        which = random.choice(len(self._cultures), size=count, p=self._shares)
        # The square of an even draw leans towards the front of each list.
        leaning, second, given = random.random(count) ** 2, random.random(count), random.random(count)
        return [
            self._cultures[culture].name(lean, other, first)
            for culture, lean, other, first in zip(which, leaning, second, given, strict=True)
        ]


class Organisations:
    """Draws names of organisations and communities."""

    def __init__(self) -> None:
        words = told()["organisations"]
        self._coined = [
            "".join(parts) for parts in product(*(words[part].split() for part in ("beginnings", "middles", "ends")))
        ]
        self._first, self._second = words["first"].split(), words["second"].split()
        self._kinds, self._forms, self._communities = words["kinds"], words["forms"], words["communities"]

    def draw(self, count: int, random: np.random.Generator) -> list[str]:
        picks = random.random((count, 5))
        return [self._name(*pick) for pick in picks]

    def draw_communities(self, count: int, random: np.random.Generator) -> list[str]:
        picks = random.random((count, 2))
        return [f"{_at(self._communities, one)} {_at(self._coined, two)}" for one, two in picks]

    def _name(self, way: float, one: float, two: float, kind: float, form: float) -> str:
        if way < 0.6:
            stem = _at(self._coined, one)
        else:
            stem = f"{_at(self._first, one)} {_at(self._second, two)}"
        return f"{stem} {_at(self._kinds, kind)}{_at(self._forms, form)}"


class _Culture:
    def __init__(self, words: dict[str, Any]) -> None:
        self.language: str = words["language"]
        self._given = words["given"].split()
        self._given_latin = words.get("given_latin", "").split()
        self._family = _families(words)
        self._family_latin = words.get("family_latin", "").split()
        self._is_double = words.get("double_family", False)
        self._family_first = words.get("family_first", False)
        self._gap = "" if words.get("joined") else " "

    def name(self, family: float, second: float, given: float) -> Named:
        place, first = int(family * len(self._family)), int(given * len(self._given))
        surname = self._family[place]
        if self._is_double and second < 0.7:
            surname = f"{surname} {_at(self._family, second / 0.7)}"
        order = (surname, self._given[first]) if self._family_first else (self._given[first], surname)
        return Named(self._gap.join(order), *self._sorted(surname, place, first))

    def _sorted(self, surname: str, place: int, first: int) -> tuple[str, str, str]:
        if self._family_latin:
            latin = f"{self._family_latin[place]}, {self._given_latin[first]}"
            return latin, self.language, ".".join(folded_words(latin))
        return (
            f"{surname}, {self._given[first]}",
            self.language,
            ".".join(folded_words(f"{self._given[first]} {surname}")),
        )


def _families(words: dict[str, Any]) -> list[str]:
    if "family" in words:
        return list(words["family"].split())
    families = [stem + end for end, stem in product(words["ends"].split(), words["stems"].split())]
    chance("families", words["language"]).shuffle(families)
    return families


def _at(words: list[str], share: float) -> str:
    return words[min(len(words) - 1, int(share * len(words)))]
