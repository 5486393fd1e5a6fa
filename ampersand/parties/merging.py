"""Saying that two parties are one, and that they are two after all.

Nothing is rewritten: facts stay with the party they were told of. A link is told or withdrawn, and what follows from the
links is worked out anew: `Party.now`, that whom a known one stands for is known too, and where search finds them. So it
does not matter in which order links were told, and without a link all is as if it had never been.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext as _

from ampersand.core import events, locks
from ampersand.core.among import among
from ampersand.core.history import forget_past, triggers_at_rest
from ampersand.core.whole import whole
from ampersand.members.models import Member
from ampersand.parties import actions, closed
from ampersand.parties.models import Because, Party, Relationship, StandsFor, Tie, TieKind

Pair = tuple[UUID, UUID]

# What is worked out from the facts of a relationship: it holds no relationship that is worked out itself.
WORKED_OUT = frozenset({"desk.Standing", "readings.Reading"})


class CannotBeOne(ValueError):
    """Two parties are not to be taken for one; its words say why."""


class OneAlready(CannotBeOne):
    """They are one and the same already."""


class OneIsOurs(CannotBeOne):
    """The house and its people are never on the other side."""


class OneIsErased(CannotBeOne):
    """Of whom was erased nothing is known that could be the same."""


class OneIsAnotherKind(CannotBeOne):
    """A person is no organisation."""


class OneIsTiedToTheOther(CannotBeOne):
    """Nobody is tied to themselves."""


class OneIsClosed(PermissionError):
    """One of them is closed to whoever says it, or it is nobody who says it."""


@whole
def merge(
    party: Party, into: Party, *, reason: str, by: Member | None, at: datetime, across_kinds: bool = False
) -> StandsFor:
    """Say that `party` and `into` are one, called as `into` is. Who stood for `party` stands for `into` from now on.

    Said of a party that stands for another already, it is said of that other: a party has one link. `across_kinds` lets an
    organisation be taken for a person. Raises CannotBeOne (a class for each reason) and OneIsClosed.
    """
    _take_locks()
    book = _Book([(party.pk, into.pk)], member=by)
    if refused := book.refused(party.pk, into.pk, across_kinds=across_kinds):
        raise refused
    (link,) = _tell([book.link(party.pk, into.pk)], reason=reason, by=by, at=at)
    for one in (party, into):
        one.refresh_from_db(fields=["now"])
    return link


@whole
def merge_many(
    pairs: Sequence[Pair], *, reason: str, by: Member | None, at: datetime, across_kinds: bool = False
) -> list[StandsFor]:
    """The same for many pairs, each a party and whom it is the same as: a few statements, however many they are.

    Pairs that are one already, be it by those before them, are passed over. All are told or none: the first that is refused
    raises. `refusals` says before which those are.
    """
    _take_locks()
    book = _Book(pairs, member=by)
    ends: list[Pair] = []
    for party_id, into_id in pairs:
        refused = book.refused(party_id, into_id, across_kinds=across_kinds)
        if refused is None:
            ends.append(book.link(party_id, into_id))
        elif not isinstance(refused, OneAlready):
            raise refused
    return _tell(ends, reason=reason, by=by, at=at)


@whole
def unmerge(link: StandsFor, *, by: Member | None, at: datetime) -> None:
    """Say that the two of a link are two after all. What each was told, before and since, stays where it was told.

    Who stood for the one that stands alone again stands for it still. Said twice, it is said once.
    Raises OneIsErased, and OneIsClosed where one of them is closed to whoever says it.
    """
    unmerge_many([link], by=by, at=at)
    link.refresh_from_db()


@whole
def unmerge_many(links: Sequence[StandsFor], *, by: Member | None, at: datetime) -> list[StandsFor]:
    """The same of many links: a few statements, however many they are. All are withdrawn or none.

    Answers those that stood until now; the others are passed over.
    """
    _take_locks()
    told = StandsFor.objects.filter(among("pk", [link.pk for link in links]), withdrawn_at=None)
    standing = list(told.select_related("party", "same_as").order_by("pk"))
    book = _Book([(link.party_id, link.same_as_id) for link in standing], member=by)
    for link in standing:
        if refused := book.refused_to_see(link.party_id, link.same_as_id):
            raise refused
        link.withdrawn_at = at
    ids = together(link.party_id for link in standing)
    told.update(withdrawn_at=at)
    _work_out(ids, at=at)
    _record("party.unmerged", standing, by=by, at=at)
    return standing


def refusal(party: Party, into: Party, *, member: Member | None) -> str | None:
    """Why these two cannot be said to be one by this member (None: by no person), as a sentence; None where they can."""
    refused = _Book([(party.pk, into.pk)], member=member).refused(party.pk, into.pk)
    return None if refused is None else str(refused)


def refusals(pairs: Sequence[Pair], *, member: Member | None) -> dict[Pair, str]:
    """The same of many pairs, each for itself: those that are refused, with the reason."""
    book = _Book(pairs, member=member)
    refused = {pair: book.refused(*pair) for pair in pairs}
    return {pair: str(why) for pair, why in refused.items() if why is not None}


def together(party_ids: Iterable[UUID]) -> set[UUID]:
    """These parties with all that are taken to be the same as one of them."""
    ids = list(party_ids)
    heads = Party.objects.filter(among("pk", ids)).values_list("pk", "now_id")
    head_ids = list({now_id or pk for pk, now_id in heads})
    merged = Party.objects.filter(among("now_id", head_ids)).values_list("pk", flat=True)
    return {*head_ids, *merged}


def would_part(link: StandsFor) -> tuple[list[UUID], list[UUID]]:
    """Who would be one with the one end of a link, and who with the other, without it."""
    ids = list(together([link.party_id]))
    links = StandsFor.objects.standing().filter(among("party_id", ids)).exclude(pk=link.pk)
    forest = _Forest(dict(links.values_list("party_id", "same_as_id")))
    head = forest.head(link.party_id)
    return (
        [one for one in ids if forest.head(one) == head],
        [one for one in ids if forest.head(one) != head],
    )


@whole
def keep_worked_out(party_ids: Iterable[UUID], *, at: datetime) -> None:
    """Work out anew what follows from the links of these parties: for whoever brought or took away what is known of them."""
    ids = list(party_ids)
    merged = list(Party.objects.filter(among("pk", ids)).exclude(now=None).values_list("pk", flat=True))
    if merged:
        _work_out(together(merged), at=at)


def _take_locks() -> None:
    locks.beside(locks.ERASING)
    locks.alone(locks.MERGING)


@dataclass
class _Forest:
    """Who is one with whom: the head of each, with what was linked since."""

    above: dict[UUID, UUID] = field(default_factory=dict)

    def head(self, party_id: UUID) -> UUID:
        path = []
        while party_id in self.above:
            path.append(party_id)
            party_id = self.above[party_id]
        # Each on the way is led straight to the end: of ten thousand in one chain none is walked twice.
        self.above.update(dict.fromkeys(path, party_id))
        return party_id


class _Book:
    """All that is asked of the parties of some pairs before they are linked, fetched at once."""

    def __init__(self, pairs: Sequence[Pair], *, member: Member | None) -> None:
        said = list({party_id for pair in pairs for party_id in pair})
        ids = list(together(said))
        parties = Party.objects.filter(among("pk", ids))
        self._parties = {party.pk: party for party in parties}
        self._forest = _Forest({party.pk: party.now_id for party in self._parties.values() if party.now_id})
        self._closed = set(Party.objects.filter(among("pk", said)).values_list("pk", flat=True)) - _seen(said, member)
        self._tied: dict[UUID, set[UUID]] = defaultdict(set)
        ties = Tie.objects.standing().filter(among("from_party_id", ids), among("to_party_id", ids))
        for one, other in ties.values_list("from_party_id", "to_party_id"):
            self._tied[self._forest.head(one)].add(other)
            self._tied[self._forest.head(other)].add(one)

    def refused(self, party_id: UUID, into_id: UUID, *, across_kinds: bool = False) -> CannotBeOne | OneIsClosed | None:
        """Why these two cannot be one, with its words."""
        if refused := self.refused_to_see(party_id, into_id):
            return refused
        first, second = self._parties[party_id], self._parties[into_id]
        if first.is_ours or second.is_ours:
            return OneIsOurs(_("The house and its people are never on the other side. Choose somebody else."))
        head, other_head = self._forest.head(party_id), self._forest.head(into_id)
        if head == other_head:
            return OneAlready(_("The two are one already."))
        if first.kind != second.kind and not across_kinds:
            words = _(
                "The one is told as %(kind)s, the other as %(other)s. Say of both what they are, then that they are one."
            )
            return OneIsAnotherKind(words % {"kind": first.get_kind_display(), "other": second.get_kind_display()})
        if any(self._forest.head(tied) == other_head for tied in self._tied[head]):
            words = _("%(name)s and %(other)s are tied to each other. Withdraw that tie first, if they are one.")
            return OneIsTiedToTheOther(words % {"name": first, "other": second})
        return None

    def refused_to_see(self, party_id: UUID, other_id: UUID) -> CannotBeOne | OneIsClosed | None:
        """Why nothing at all can be said of these two."""
        if self._closed & {party_id, other_id}:
            return OneIsClosed(_("One of the two is closed. Only who sees both can say whether they are one."))
        if self._parties[party_id].erased_at or self._parties[other_id].erased_at:
            return OneIsErased(_("One of the two was erased, and nothing is known of them any more."))
        return None

    def link(self, party_id: UUID, into_id: UUID) -> Pair:
        """Take the two for one from here on. Answers whom the link is told of, and as whom."""
        head, other_head = self._forest.head(party_id), self._forest.head(into_id)
        self._forest.above[head] = other_head
        self._tied[other_head] |= self._tied.pop(head, set())
        return head, into_id


def _seen(party_ids: list[UUID], member: Member | None) -> set[UUID]:
    """Those of the parties that this member sees; with nobody's word, those that everybody sees."""
    if member is not None:
        return set(Party.objects.visible_to(member).filter(among("pk", party_ids)).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT party_id FROM ({closed.BEHIND}) AS behind WHERE party_id = ANY (%s)", [party_ids])  # noqa: S608
        return set(party_ids) - {party_id for (party_id,) in cursor.fetchall()}


def _tell(ends: Sequence[Pair], *, reason: str, by: Member | None, at: datetime) -> list[StandsFor]:
    links = StandsFor.objects.bulk_create(
        [
            StandsFor(party_id=party_id, same_as_id=into_id, reason=reason[:300], told_at=at, told_by=by)
            for party_id, into_id in ends
        ],
        batch_size=5_000,
    )
    _work_out(together(party_id for end in ends for party_id in end), at=at)
    _record("party.merged", links, by=by, at=at)
    return links


def _work_out(party_ids: Iterable[UUID], *, at: datetime) -> None:
    """Work out what follows from the standing links of these parties, who must be whole groups: those of their links and
    those that were one before."""
    ids = list(party_ids)
    heads = _follow_links(ids)
    _keep_heads_known(heads, at=at)
    actions.index_many(ids)


def _follow_links(party_ids: list[UUID]) -> dict[UUID, UUID]:
    """Set `now` of these parties to the end of their standing links, and answer it."""
    links = StandsFor.objects.filter(among("party_id", party_ids), withdrawn_at=None)
    forest = _Forest(dict(links.values_list("party_id", "same_as_id")))
    heads = {party_id: forest.head(party_id) for party_id in party_ids}
    ends = [head if head != party_id else None for party_id, head in heads.items()]
    # The links themselves have a past; what follows from them needs none, and ten thousand at once would take a minute.
    with triggers_at_rest("parties.Party:update_update"), connection.cursor() as cursor:
        cursor.execute(_FOLLOW, [party_ids, ends])
    return heads


_FOLLOW = """
    UPDATE parties_party p SET now_id = led.now_id FROM unnest(%s::uuid[], %s::uuid[]) AS led (id, now_id)
    WHERE p.id = led.id AND p.now_id IS DISTINCT FROM led.now_id
"""


def _keep_heads_known(heads: Mapping[UUID, UUID], *, at: datetime) -> None:
    """Who is taken for a known one is known: their relationship is worked out from the other's, and goes with the link.

    It stays where something was told of it since.
    """
    relationships = list(Relationship.objects.filter(among("party_id", list(heads))))
    worked_out = [one.pk for one in relationships if one.because == Because.SAME]
    held = _held(worked_out) if worked_out else set()
    first_known: dict[UUID, datetime] = {}
    for one in relationships:
        if one.because != Because.SAME or one.pk in held:
            head = heads[one.party_id]
            first_known[head] = min(one.known_at, first_known.get(head, one.known_at))
    needed = {party_id for party_id in first_known if party_id in heads}
    there = {one.party_id for one in relationships}
    spare = [
        one.pk
        for one in relationships
        if one.because == Because.SAME and one.pk not in held and one.party_id not in needed
    ]
    Relationship.objects.bulk_create(
        Relationship(party_id=head, because=Because.SAME, known_at=first_known[head], told_at=at)
        for head in sorted(needed - there)
    )
    if spare:
        Relationship.objects.filter(among("pk", spare)).delete()
        forget_past(Relationship, spare)


def _held(relationship_ids: list[UUID]) -> set[UUID]:
    """Those of the relationships that something was told of."""
    held: set[UUID] = set()
    # With those that have no way back: what they point at they hold all the same. What rows were before holds nothing.
    for relation in Relationship._meta.get_fields(include_hidden=True):
        column = getattr(relation, "field", None)
        if not isinstance(relation, models.ForeignObjectRel) or not getattr(column, "db_constraint", False):
            continue
        model, told_of = relation.related_model, relation.field.attname
        if model._meta.label not in WORKED_OUT:
            rows = model._base_manager.filter(among(told_of, relationship_ids))
            held.update(rows.values_list(told_of, flat=True))
    return held


def _record(name: str, links: Sequence[StandsFor], *, by: Member | None, at: datetime) -> None:
    ends = {party_id for link in links for party_id in (link.party_id, link.same_as_id)}
    of_party = dict(Relationship.objects.filter(among("party_id", list(together(ends)))).values_list("party_id", "pk"))
    with events.gathered():
        for link in links:
            touched = [of_party[one] for one in (link.party_id, link.same_as_id) if one in of_party]
            events.record(
                name,
                at=at,
                by_id=by.pk if by else None,
                subject_id=link.party_id,
                relationship_ids=touched,
            )
    events.ask_for_readings([*of_party.values(), *_works_of(list(of_party))])


def _works_of(party_ids: list[UUID]) -> list[UUID]:
    """The relationships of where these parties work: what happened with their people is read there too."""
    work = Tie.objects.filter(Q(among("from_party_id", party_ids)), kind=TieKind.WORKS_AT, withdrawn_at=None)
    at_work = together(work.values_list("to_party_id", flat=True))
    return list(Relationship.objects.filter(among("party_id", list(at_work))).values_list("pk", flat=True))
