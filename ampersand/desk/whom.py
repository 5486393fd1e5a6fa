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
    """Those of the book whose names have a word that the note says. One lookup for all names of a note."""

    def __init__(self, said: Iterable[str], *, member: Member, on: date) -> None:
        names = list(said)
        words = {word for name in names for word in folded_words(name)}
        known = SearchBook(member, text=" ".join(names), on=on).lookup(words) if words else []
        self._words = {f"party:{one.id}": folded_words(one.name) for one in known}

    def of(self, said: str) -> list[str]:
        """The references of those who may be meant by a name, the nearest first."""
        asked = folded_words(said)

        def alike(reference: str) -> int:
            return sum(any(word.startswith(one) for word in self._words[reference]) for one in asked)

        near = sorted(self._words, key=alike, reverse=True)
        return [reference for reference in near if alike(reference)][:ALIKE_MAX]

    def all_of(self, names: Iterable[str]) -> list[str]:
        return list(dict.fromkeys(reference for name in names for reference in self.of(name)))


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
