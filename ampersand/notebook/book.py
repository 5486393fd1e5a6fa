"""The reader's book, backed by the search tables: one lookup for all words of a note, rights applied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import Coalesce
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
    at_work = (
        Tie.objects.standing()
        .current(on)
        .filter(from_party__in=Party.objects.the_same(party_ids), kind=TieKind.WORKS_AT)
    )
    ends = (Coalesce(f"{end}__now_id", f"{end}_id") for end in ("from_party", "to_party"))
    return at_work.order_by("told_at", "id").values_list(*ends)


_Row = tuple[UUID, str, str, str, list[str]]


@Ready[_Row]
def _named(party_ids: Sequence[UUID]) -> models.QuerySet[Any]:
    """By their names, the last of which are those of others who are taken to be the same."""
    known = Party.objects.outside().filter(among("pk", party_ids), erased_at=None, now=None)
    told_as = ArraySubquery(Party.objects.filter(now=OuterRef("pk")).order_by("pk").values("name"))
    return known.annotate(told_as=told_as).values_list("pk", "name", "sort_name", "kind", "told_as")


def _known(
    party_id: UUID, name: str, sort_name: str, kind: str, told_as: list[str], organisation: _Row | None
) -> Known:
    if organisation is not None and organisation[0] == party_id:
        organisation = None
    return Known(
        id=str(party_id),
        name=name,
        kind=PERSON if kind == PartyKind.PERSON else ORGANISATION,
        organisation_id=str(organisation[0]) if organisation else None,
        organisation=organisation[1] if organisation else None,
        aliases=tuple(one for one in dict.fromkeys([sort_name, *told_as]) if one and one != name),
    )
