"""Who becomes known through mail: those with whom it went both ways. All others stay traces."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists, Min, OuterRef, QuerySet

from ampersand.channels.knowing import become_known, make_findable
from ampersand.channels.run import Run
from ampersand.core.rooms import Room
from ampersand.parties.models import Because, Identifier, IdentifierKind, Party, PartyKind, Relationship
from ampersand.timeline.models import Mode, Participant, ParticipantRole, Telling

_WRITTEN = (Mode.MAIL, Mode.MESSAGE, Mode.LETTER)
_TOOK_PART = (ParticipantRole.TO, ParticipantRole.WITH)


def settle_known(*, run: Run) -> None:
    """Begin the relationship with everybody to whom and from whom something was written, as known after this import."""
    source_id = run.import_.source_id
    _call_lists_communities(source_id)
    days = _both_ways_as_told(people_of(source_id))
    began = become_known({party_id: (Because.WROTE_BOTH_WAYS, at) for party_id, at in days.items()}, run=run)
    make_findable(began)
    date_again(days)


def _both_ways_as_told(people: set[UUID]) -> dict[UUID, datetime]:
    """By whom it was told of, so that it stays so when two that are one are two again; by the one they are taken for where
    only both together went both ways.
    """
    days = wrote_both_ways(people)
    if not Party.objects.filter(now__in=people).exists():
        return days
    told = dict(Party.objects.filter(pk__in=_same(people)).values_list("pk", "now_id"))
    alone = _both_ways({party_id: party_id for party_id in told})
    heads = {told[party_id] or party_id for party_id in alone}
    return alone | {head: at for head, at in days.items() if head not in heads}


def people_of(source_id: UUID) -> set[UUID]:
    """Those on the other side who took part in what a source told, as they stand for today."""
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE_OF, [source_id])
        return {party_id for (party_id,) in cursor.fetchall()}


# Step by step: of tables that grew in this very transaction the planner knows nothing, and would go through all for each.
_PEOPLE_OF = """
    WITH told AS MATERIALIZED (SELECT DISTINCT moment_id FROM timeline_telling WHERE source_id = %s),
    took_part AS MATERIALIZED (
        SELECT DISTINCT p.party_id FROM told JOIN timeline_participant p ON p.moment_id = told.moment_id WHERE NOT p.is_ours)
    SELECT DISTINCT coalesce(p.now_id, p.id) FROM took_part JOIN parties_party p ON p.id = took_part.party_id
    WHERE p.member_id IS NULL AND NOT p.is_house AND NOT p.is_colleague
"""


def wrote_both_ways(party_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """The day from which it had gone both ways, for those of these parties with whom it did.

    Theirs to us and ours to them, in From and To, or on a list by what answers what (`conversations`). Being in copy is
    no contact.
    """
    heads = {
        pk: now or pk for pk, now in Party.objects.outside().filter(pk__in=_same(party_ids)).values_list("pk", "now_id")
    }
    return _both_ways(heads)


def _both_ways(heads: dict[UUID, UUID]) -> dict[UUID, datetime]:
    from_them = _first(heads, role__in=[ParticipantRole.FROM], across=_TOOK_PART)
    to_them = _first(heads, role__in=_TOOK_PART, across=[ParticipantRole.FROM])
    return {party_id: max(from_them[party_id], to_them[party_id]) for party_id in from_them.keys() & to_them.keys()}


def date_again(days: dict[UUID, datetime]) -> None:
    """Say of those known by their mail from which day on: what came in since may tell of an earlier one."""
    known = list(Relationship.objects.filter(party__in=days, because=Because.WROTE_BOTH_WAYS))
    moved = [one for one in known if one.known_at != days[one.party_id]]
    for one in moved:
        one.known_at = days[one.party_id]
    Relationship.objects.bulk_update(moved, ["known_at"], batch_size=2_000)


def _same(party_ids: Iterable[UUID]) -> QuerySet[Party, UUID]:
    """These parties and those that stand for them."""
    ids = list(party_ids)
    return (Party.objects.filter(pk__in=ids) | Party.objects.filter(now__in=ids)).values_list("pk", flat=True)


def _first(heads: dict[UUID, UUID], *, role__in: Collection[str], across: Collection[str]) -> dict[UUID, datetime]:
    """When each first took part so in something written, with somebody of ours on its other end."""
    other_end = Participant.objects.filter(moment=OuterRef("moment"), is_ours=True, role__in=list(across))
    rows = (
        Participant.objects.filter(
            Exists(other_end),
            party__in=list(heads),
            is_ours=False,
            role__in=list(role__in),
            moment__mode__in=_WRITTEN,
            moment__withdrawn_at=None,
        )
        .exclude(moment__room=Room.MINE)
        .values_list("party_id")
        .annotate(first=Min("happened_at"))
    )
    found: dict[UUID, datetime] = {}
    for party_id, at in rows:
        head = heads[party_id]
        found[head] = min(at, found.get(head, at))
    return found


def _call_lists_communities(source_id: UUID) -> None:
    """A list that somebody wrote to by its address is no person."""
    told = Telling.objects.filter(source_id=source_id).exclude(said__lists=[]).values_list("said__lists", flat=True)
    lists = {address for addresses in told.distinct() if isinstance(addresses, list) for address in addresses}
    reached = Identifier.objects.filter(kind=IdentifierKind.EMAIL, value__in=lists).values("party_id")
    Party.objects.outside().filter(pk__in=reached, source_id=source_id, kind=PartyKind.PERSON).update(
        kind=PartyKind.COMMUNITY
    )
