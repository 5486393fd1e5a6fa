"""The book of known parties, as the reader asks for it: one lookup for all words of a note."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from ampersand.notebook.reader.folding import fold, words_of

PERSON, ORGANISATION = "person", "organization"

# Shorter words are not looked up with one letter missing: "Jo" and "Joe" are two people.
SHORTEST_FOR_TYPING_ERRORS = 5


@dataclass(frozen=True, slots=True)
class Known:
    """A party of the book. `organisation_id` and `organisation` say whom a person acts for."""

    id: str
    name: str
    kind: str = PERSON
    organisation_id: str | None = None
    organisation: str | None = None
    aliases: tuple[str, ...] = ()

    @property
    def is_person(self) -> bool:
        return self.kind == PERSON

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


class Book(Protocol):
    def lookup(self, words: set[str]) -> list[Known]:
        """
        Parties with a name or alias that has one of these folded words in it, or one of five letters and more that differs
        from one by a letter; and the organisations of the people among them. Called once a note.
        """
        ...


class ListBook:
    """A book in memory, for tests, the lab and small houses."""

    def __init__(self, parties: Iterable[Known]) -> None:
        self._parties = list(parties)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_shortened: dict[str, list[int]] = defaultdict(list)
        self._by_name: dict[str, int] = {}
        self._by_id: dict[str, int] = {}
        for position, party in enumerate(self._parties):
            self._enter(position, party)

    def lookup(self, words: set[str]) -> list[Known]:
        found: set[int] = set()
        for word in words:
            found.update(self._by_word.get(word, ()))
            found.update(self._by_shortened.get(word, ()))
            if len(word) >= SHORTEST_FOR_TYPING_ERRORS:
                for shortened in shortenings(word):
                    found.update(self._by_shortened.get(shortened, ()))
        found.update(self._organisations_of(found))
        return [self._parties[position] for position in sorted(found)]

    def _organisations_of(self, found: set[int]) -> set[int]:
        people = [self._parties[position] for position in found]
        by_id = {self._by_id[p.organisation_id] for p in people if p.organisation_id in self._by_id}
        by_name = {
            self._by_name[fold(p.organisation)]
            for p in people
            if p.organisation and fold(p.organisation) in self._by_name
        }
        return by_id | by_name

    def _enter(self, position: int, party: Known) -> None:
        self._by_id[party.id] = position
        self._by_name.setdefault(fold(party.name), position)
        for word in {word for name in party.names for word in words_of(name)}:
            self._by_word[word].append(position)
            if len(word) >= SHORTEST_FOR_TYPING_ERRORS - 1:
                for shortened in shortenings(word) if len(word) >= SHORTEST_FOR_TYPING_ERRORS else {word}:
                    self._by_shortened[shortened].append(position)


def shortenings(word: str) -> set[str]:
    """The word and the word with one letter left out: two words at most one typing error apart share one of these."""
    return {word} | {word[:i] + word[i + 1 :] for i in range(min(len(word), 40))}
