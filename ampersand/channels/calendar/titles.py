"""Whom a title names: many keep a calendar for themselves and write who it is with where others write what about."""

from __future__ import annotations

from ampersand.core import search
from ampersand.core.folding import folded_words
from ampersand.members.models import Member
from ampersand.parties.closed import hidden_party_ids
from ampersand.parties.models import Party, PartyKind

SHORTEST_SINGLE = 4


def find_named(title: str, *, member: Member) -> Party | None:
    """The one known party whose whole name stands in a title; None where there is none, or more than one.

    A single word is no whole name of a person, and a short one none of an organisation.
    """
    words = set(folded_words(title))
    if not words:
        return None
    hidden = hidden_party_ids(member)
    near = search.lookup_parties(words, text=title, hidden_party_ids=hidden)
    known = Party.objects.filter(pk__in=near, now=None).outside()
    found = [party for party in known if _is_whole(party, words)]
    # "Alder Hotels" says more than "Alder": the longer name is meant.
    longest = max((len(folded_words(party.name)) for party in found), default=0)
    meant = [party for party in found if len(folded_words(party.name)) == longest]
    return meant[0] if len(meant) == 1 else None


def _is_whole(party: Party, words: set[str]) -> bool:
    name = folded_words(party.name)
    is_enough = len(name) > 1 or (party.kind != PartyKind.PERSON and len("".join(name)) >= SHORTEST_SINGLE)
    return is_enough and set(name) <= words
