"""The reader's book, backed by the search tables: one lookup for all words of a note, rights applied."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone

from ampersand.core import search
from ampersand.members.models import Member
from ampersand.notebook.reader.book import ORGANISATION, PERSON, Known
from ampersand.parties.closed import hidden_party_ids
from ampersand.parties.models import Party, PartyKind, Tie, TieKind


class SearchBook:
    """The parties one member may see, found by the words of their names. Three queries a note, however large the book."""

    def __init__(self, member: Member, *, on: date | None = None) -> None:
        self._member = member
        self._on = on or timezone.localdate()

    def lookup(self, words: set[str]) -> list[Known]:
        """Parties named with one of these words, and the organisations their people act for."""
        hidden = hidden_party_ids(self._member)
        found = search.lookup_parties(words, hidden_party_ids=hidden)
        ties = Tie.objects.standing().current(self._on).filter(kind=TieKind.WORKS_AT)
        work = {
            tie.from_party_id: tie.to_party_id for tie in ties.filter(from_party_id__in=found).order_by("told_at", "id")
        }
        parties = Party.objects.filter(Q(pk__in=found) | Q(pk__in=list(work.values())), erased_at=None, now=None)
        named = {party.pk: party for party in parties.exclude(pk__in=hidden) if not party.is_ours}
        return [_known(party, named.get(work.get(party.pk, party.pk))) for party in named.values()]


def _known(party: Party, organisation: Party | None) -> Known:
    is_own = organisation is None or organisation.pk == party.pk
    return Known(
        id=str(party.pk),
        name=party.name,
        kind=PERSON if party.kind == PartyKind.PERSON else ORGANISATION,
        organisation_id=None if is_own or organisation is None else str(organisation.pk),
        organisation=None if is_own or organisation is None else organisation.name,
        aliases=(party.sort_name,) if party.sort_name and party.sort_name != party.name else (),
    )
