"""Whom a name in a note may mean instead: its namesakes in the book, and people and colleagues found by typing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ampersand.core import search
from ampersand.core.folding import folded_words
from ampersand.desk.names import employers
from ampersand.members.models import Member
from ampersand.notebook.book import SearchBook
from ampersand.notebook.reader.book import Known
from ampersand.notebook.reader.pieces import Understood
from ampersand.notebook.rows import US, reference
from ampersand.parties.closed import hidden_party_ids
from ampersand.parties.models import Party

FOUND_MAX = 8
ALIKE_MAX = 6


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody found by typing, as a row of the note would mean them."""

    reference: str
    name: str
    note: str = ""
    is_ours: bool = False


def is_ours(reference: str) -> bool:
    return reference == US or reference.startswith("colleague:")


def names_said(understood: Understood) -> dict[str, str]:
    """By reference, how the note itself calls them where it does so first."""
    return {
        reference(person.who): person.mentions[0].of(understood.words)
        for person in understood.people
        if person.mentions and not person.who.is_us
    }


class Namesakes:
    """Those of the book whose names have a word that the note says.

    `read` is the book as the note was read with it. Only where that held no more than a part, and too few of a name, it is
    asked once more for the names alone.
    """

    def __init__(self, said: Iterable[str], *, read: SearchBook, member: Member, on: date) -> None:
        names = list(dict.fromkeys(said))
        self._found: dict[str, list[str]] = {}
        self._know(read.known)
        if not read.is_all and any(len(self.of(name)) < ALIKE_MAX for name in names):
            words = {word for name in names for word in folded_words(name)}
            self._know(SearchBook(member, text=" ".join(names), on=on).lookup(words))

    def _know(self, known: Iterable[Known]) -> None:
        self._found.clear()
        self._words = {f"party:{one.id}": folded_words(one.name) for one in known}

    def of(self, said: str) -> list[str]:
        """The references of those who may be meant by a name, the nearest first."""
        if said not in self._found:
            asked = tuple(folded_words(said))
            alike = {reference: _alike(asked, words) for reference, words in self._words.items()}
            near = sorted((reference for reference in alike if alike[reference]), key=alike.__getitem__, reverse=True)
            self._found[said] = near[:ALIKE_MAX]
        return self._found[said]

    def all_of(self, names: Iterable[str]) -> list[str]:
        return list(dict.fromkeys(reference for name in names for reference in self.of(name)))


def _alike(asked: Iterable[str], words: list[str]) -> int:
    """How many of the words asked begin a word of a name."""
    return sum(any(word.startswith(one) for word in words) for one in asked)


def found_by(words: str, *, member: Member, on: date) -> list[Whom]:
    """People, organisations and colleagues whose names begin so, as far as the member may see them."""
    hits = search.find(
        words, kinds=("party",), hidden_party_ids=hidden_party_ids(member), member_id=member.pk, limit=FOUND_MAX
    )
    rows = Party.objects.visible_to(member).filter(erased_at=None, is_house=False).select_related("member", "now")
    seen = rows.in_bulk([hit.object_id for hit in hits])
    parties = {(party.now or party).pk: party.now or party for hit in hits if (party := seen.get(hit.object_id))}
    work = employers(parties, on=on, member=member)
    return [
        _whom(party, note=str(work[pk].to_party) if pk in work else "", member=member)
        for pk, party in parties.items()
        if not party.is_ours or (party.member is not None and party.member.left_at is None)
    ]


def _whom(party: Party, *, note: str, member: Member) -> Whom:
    if party.member is None:
        return Whom(f"party:{party.pk}", party.name, note=note)
    reference = US if party.member_id == member.pk else f"colleague:{party.member.name}"
    return Whom(reference, party.name, is_ours=True)
