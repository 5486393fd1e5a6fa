"""The reader's book, backed by the search tables: one lookup for all words of a note, rights applied."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone

from ampersand.core import search
from ampersand.members.models import Member
from ampersand.notebook.reader.book import ORGANISATION, PERSON, Known
from ampersand.parties.closed import hidden_party_ids
from ampersand.parties.models import Party, PartyKind, Tie, TieKind


class SearchBook:
    """The parties one member may see, found by the words of their names. Three queries a note, however large the book.

    `text` is what is read: in a large book, where thousands share each word of a name, its words in order find whom it
    names in full.
    """

    def __init__(self, member: Member, *, text: str = "", on: date | None = None) -> None:
        self._member = member
        self._text = text
        self._on = on or timezone.localdate()

    def lookup(self, words: set[str]) -> list[Known]:
        """Parties named with one of these words, and the organisations their people act for."""
        hidden = hidden_party_ids(self._member)
        found = search.lookup_parties(words, text=self._text, hidden_party_ids=hidden)
        at_work = Tie.objects.standing().current(self._on).filter(kind=TieKind.WORKS_AT, from_party_id__in=found)
        work = dict(at_work.order_by("told_at", "id").values_list("from_party_id", "to_party_id"))
        known = Party.objects.outside().filter(pk__in={*found, *work.values()} - set(hidden), erased_at=None, now=None)
        named = {row[0]: row for row in known.values_list("pk", "name", "sort_name", "kind")}
        return [_known(*row, named.get(work.get(row[0], row[0]))) for row in named.values()]


def _known(
    party_id: UUID, name: str, sort_name: str, kind: str, organisation: tuple[UUID, str, str, str] | None
) -> Known:
    if organisation is not None and organisation[0] == party_id:
        organisation = None
    return Known(
        id=str(party_id),
        name=name,
        kind=PERSON if kind == PartyKind.PERSON else ORGANISATION,
        organisation_id=str(organisation[0]) if organisation else None,
        organisation=organisation[1] if organisation else None,
        aliases=(sort_name,) if sort_name and sort_name != name else (),
    )
