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

# Of a word that thousands are called by, no note means them all.
MOST_FOUND = 100


class SearchBook:
    """The parties one member may see, found by the words of their names. Four queries a note, however large the book.

    `text` is what is read: in a large book, where thousands share each word of a name, its words in order find whom it
    names in full. What was looked up is kept in `known`; `is_all` where there was no more to find.
    """

    def __init__(self, member: Member, *, text: str = "", on: date | None = None) -> None:
        self._member = member
        self._text = text
        self._on = on or timezone.localdate()
        self.known: list[Known] = []
        self.is_all = True

    def lookup(self, words: set[str]) -> list[Known]:
        """Parties named with one of these words, and the organisations their people act for."""
        hidden = set(hidden_party_ids(self._member))
        found = search.lookup_parties(words, text=self._text, hidden_party_ids=list(hidden), limit=MOST_FOUND)
        if found:
            work = _work_of(found, on=self._on)
            # In the order found, so that of several of one name the same is meant whenever the note is read.
            seen = list(dict.fromkeys([*found, *(pk for pk in work.values() if pk not in hidden)]))
            named = {row[0]: row for row in _named(party_ids=seen)}
            self.known = [_known(*named[pk], named.get(work.get(pk, pk))) for pk in seen if pk in named]
        self.is_all = len(found) < MOST_FOUND
        return self.known


def _work_of(party_ids: list[UUID], *, on: date) -> dict[UUID, UUID]:
    """Whom each of them acts for on a day, of several the latest told, whichever of those who are one it was told of."""
    same = dict(_taken_for(party_ids=party_ids))
    return {same.get(told_of, told_of): at for told_of, at in _work(party_ids=[*party_ids, *same], on=on)}


@Ready[tuple[UUID, UUID]]
def _taken_for(party_ids: Sequence[UUID]) -> models.QuerySet[Any]:
    return Party.objects.filter(among("now_id", party_ids)).values_list("pk", "now_id")


@Ready[tuple[UUID, UUID]]
def _work(party_ids: Sequence[UUID], on: date) -> models.QuerySet[Any]:
    at_work = Tie.objects.standing().current(on).filter(among("from_party_id", party_ids), kind=TieKind.WORKS_AT)
    organisation = Coalesce("to_party__now_id", "to_party_id")
    return at_work.order_by("told_at", "id").values_list("from_party_id", organisation)


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
