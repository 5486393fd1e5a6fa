"""The reader's book, backed by the search tables: one lookup for all words of a note, rights applied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from ampersand.core import search
from ampersand.core.among import among
from ampersand.core.ready import Ready
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
        if not found:
            return []
        work = dict(_work(party_ids=list(found), on=self._on))
        seen = list({*found, *work.values()} - set(hidden))
        named = {row[0]: row for row in _named(party_ids=seen)}
        return [_known(*row, named.get(work.get(row[0], row[0]))) for row in named.values()]


@Ready[tuple[UUID, UUID]]
def _work(party_ids: Sequence[UUID], on: date) -> models.QuerySet[Any]:
    """Whom each of them acts for on a day, the latest told last."""
    at_work = Tie.objects.standing().current(on).filter(among("from_party_id", party_ids), kind=TieKind.WORKS_AT)
    return at_work.order_by("told_at", "id").values_list("from_party_id", "to_party_id")


@Ready[tuple[UUID, str, str, str]]
def _named(party_ids: Sequence[UUID]) -> models.QuerySet[Any]:
    known = Party.objects.outside().filter(among("pk", party_ids), erased_at=None, now=None)
    return known.values_list("pk", "name", "sort_name", "kind")


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
