"""Everything of a house that search finds, put there from its tables: what each action put when it wrote one row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg, StringAgg
from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from ampersand.core import search
from ampersand.core.rooms import Room
from ampersand.notebook.models import Note
from ampersand.parties.actions import index_many
from ampersand.parties.models import Party, Relationship
from ampersand.promises.models import Promise
from ampersand.timeline.models import Attachment, Moment

_AT_ONCE = 5_000


def put_everything() -> None:
    """Make all parties, promises, notes and moments findable, in batches."""
    for entries in (_parties(), _promises(), _notes(), _moments()):
        search.put_many(entries)
    # Who is taken for another is found as that one, under all their names.
    index_many(Party.objects.exclude(now=None).values_list("pk", flat=True))


def put_ours() -> None:
    """Make the house and its members findable: what a large book has not copied itself."""
    search.put_many(_parties_of(Party.objects.filter(Q(is_house=True) | ~Q(member=None))))


def _parties() -> Iterator[search.Entry]:
    """Known parties and our own; traces are not looked for by name."""
    known = Exists(Relationship.objects.filter(party=OuterRef("pk")))
    ours = Q(is_house=True) | Q(is_colleague=True) | ~Q(member=None)
    return _parties_of(Party.objects.filter(known | ours, now=None))


def _parties_of(parties: QuerySet[Party]) -> Iterator[search.Entry]:
    told = StringAgg("identifiers__as_told", Value(" "), filter=Q(identifiers__withdrawn_at=None), default=Value(""))
    rows = parties.annotate(told=told).order_by("pk").values_list("pk", "name", "sort_name", "told")
    for pk, name, sort_name, addresses in _few_at_a_time(rows):
        yield search.Entry("party", pk, addresses, (pk,), names=(name, sort_name))


def _promises() -> Iterator[search.Entry]:
    rows = Promise.objects.exclude(room=Room.MINE).order_by("pk")
    told = rows.values_list("pk", "words", "by_id", "to_id", "relationship__party_id", "told_at")
    for pk, words, by, to, party, at in _few_at_a_time(told):
        yield search.Entry("promise", pk, words, tuple({by: None, to: None, party: None}), at=at)


def _notes() -> Iterator[search.Entry]:
    """Raw words are found by their writer alone."""
    rows = Note.objects.order_by("pk").values_list("pk", "words", "about__party_id", "member_id", "written_at")
    for pk, words, about, member, at in _few_at_a_time(rows):
        yield search.Entry("note", pk, words, (about,) if about else (), member, at)


def _moments() -> Iterator[search.Entry]:
    rows = (
        Moment.objects.exclude(room=Room.MINE)
        .annotate(parties=ArrayAgg("participants__party_id", order_by="participants__id"))
        .order_by("pk")
    )
    names: dict[Any, list[str]] = defaultdict(list)
    for moment_id, name in Attachment.objects.order_by("id").values_list("moment_id", "name"):
        names[moment_id].append(name)
    for pk, subject, words, at, parties in _few_at_a_time(
        rows.values_list("pk", "subject", "words", "happened_at", "parties")
    ):
        yield search.Entry("moment", pk, " ".join([subject, words, *names[pk]]), tuple(parties), at=at)


def _few_at_a_time(rows: Any) -> Iterator[Any]:
    return iter(rows.iterator(chunk_size=_AT_ONCE))
