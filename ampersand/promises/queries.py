"""What leans on what, seen from either end; and what is asked of a member."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q

from ampersand.core.among import among
from ampersand.members.models import Member
from ampersand.parties.closed import Ready
from ampersand.promises.models import Absence, Leaning, Promise, PromiseEvent, with_events
from ampersand.promises.states import PENDING, EventKind, Position, Side, awaited

# So far down what leans on what is followed, and so many are shown.
DEEPEST = 12
MOST = 60


class Change(StrEnum):
    """What became of a promise that another leans on."""

    NOT_BACKED = "not_backed"  # asked for or offered, and nobody has accepted yet
    MOVING = "moving"
    MOVED = "moved"
    LATE = "late"
    RELEASE_ASKED = "release_asked"
    RELEASED = "released"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    PARTLY = "partly"
    NOT_KEPT = "not_kept"


_CHANGED = {
    Position.ASKED: Change.NOT_BACKED,
    Position.OFFERED: Change.NOT_BACKED,
    Position.COUNTERED: Change.NOT_BACKED,
    Position.TAKEN: Change.NOT_BACKED,
    Position.MOVE_PROPOSED: Change.MOVING,
    Position.MOVE_COUNTERED: Change.MOVING,
    Position.RELEASE_ASKED: Change.RELEASE_ASKED,
    Position.RELEASED: Change.RELEASED,
    Position.DECLINED: Change.DECLINED,
    Position.WITHDRAWN: Change.WITHDRAWN,
    Position.PARTLY: Change.PARTLY,
    Position.NOT_KEPT: Change.NOT_KEPT,
}


@dataclass(frozen=True)
class Backing:
    """A promise that another leans on, at once or by way of others, and what became of it."""

    promise_id: UUID
    """The one that leans."""
    on: Promise
    is_direct: bool
    leaning_id: UUID
    change: Change | None
    moved: PromiseEvent | None = None


_BENEATH = """
    WITH RECURSIVE beneath(top, on_id, leaning_id, depth) AS (
        SELECT promise_id, on_id, id, 1 FROM promises_leaning
        WHERE promise_id = ANY (%(tops)s::uuid[]) AND withdrawn_at IS NULL
        UNION
        SELECT beneath.top, l.on_id, l.id, beneath.depth + 1
        FROM beneath JOIN promises_leaning l ON l.promise_id = beneath.on_id
        WHERE l.withdrawn_at IS NULL AND beneath.depth < %(deepest)s)
    SELECT top, on_id, (array_agg(leaning_id ORDER BY depth))[1], min(depth) FROM beneath GROUP BY top, on_id
    ORDER BY top, 4, on_id LIMIT %(most)s
"""


def backings(promise_ids: Collection[UUID], *, member: Member, on: date) -> dict[UUID, list[Backing]]:
    """For each of these promises what it leans on, as far as the member may see it, the nearest first. Three queries."""
    found = _beneath(promise_ids)
    seen = Promise.objects.visible_to(member).filter(among("pk", list({row[1] for row in found}))) if found else None
    named = list(seen.select_related("by__now", "to__now", "named")) if seen is not None else []
    promises = {promise.pk: promise for promise in with_events(named)}
    backed: dict[UUID, list[Backing]] = defaultdict(list)
    for top, on_id, leaning_id, depth in found:
        if on_id in promises:
            backed[top].append(_backing(top, promises[on_id], leaning_id, is_direct=depth == 1, on=on))
    return backed


def leaning_on(promise: Promise, *, member: Member) -> list[Promise]:
    """The promises that lean on this one, as far as the member may see them."""
    ids = Leaning.objects.standing().filter(on=promise).values("promise_id")
    seen = Promise.objects.visible_to(member).filter(pk__in=ids).select_related("by__now", "to__now", "relationship")
    return with_events(list(seen.order_by("due_on", "id")[:MOST]))


def shaken(member: Member, *, on: date) -> list[tuple[Promise, Backing]]:
    """The open promises this member stands for whose ground has changed, each with what became of what it leans on."""
    promises = {one.pk: one for one in _leaning(me=themselves(member), member=member)}
    backed = backings(list(promises), member=member, on=on) if promises else {}
    return [(promises[top], backing) for top, rows in backed.items() for backing in rows if backing.change is not None]


@Ready[Promise]
def _leaning(me: Sequence[UUID], member: Member) -> models.QuerySet[Promise]:
    mine = Q(among("by_id", me)) | Q(among("named_id", me))
    leaning = Leaning.objects.standing().values("promise_id")
    standing = Promise.objects.visible_to(member).filter(mine, pk__in=leaning, settled_at=None, withdrawn_at=None)
    return standing.select_related("by__now", "to__now", "relationship")[:MOST]


def asked_of(member: Member, *, on: date) -> list[Promise]:
    """What waits for this member's word among ourselves: asked or countered of them, or of whom they stand in for; another day,
    or to be let go, asked for since. What waits longest first. Three queries.
    """
    found = [one for holds in (False, True) for one in _asked_inside(on=on, member=member, holds=holds)]
    return [promise for promise in _longest_first(found) if _waits_for(promise, member)]


@Ready[Promise]
def _asked_inside(on: date, member: Member, holds: bool) -> models.QuerySet[Promise]:
    away = Absence.objects.current(on).filter(stands_in=member).values("member")
    asked = Q(by__member=member) | Q(by__member__in=away)
    inside = Promise.objects.visible_to(member).inside().filter(asked | Q(to__member=member))
    return _with_words(inside.select_related("by__now", "to__now", "asking", "about__party__now"), holds=holds)


def waiting_for_us(member: Member, *, relationship_ids: Sequence[UUID]) -> list[Promise]:
    """What waits for our word in these relationships, and of what this member promised elsewhere: offered to us, countered, asked
    of us, taken as promised by us; another day, or to be let go, asked for; said done by them. What waits longest first. Three
    queries.
    """
    me, of = themselves(member), relationship_ids
    found = [one for holds in (False, True) for one in _waiting_in(of=of, me=me, member=member, holds=holds)]
    return [promise for promise in _longest_first(found) if _waits_for_our_side(promise)]


@Ready[Promise]
def _waiting_in(of: Sequence[UUID], me: Sequence[UUID], member: Member, holds: bool) -> models.QuerySet[Promise]:
    unsettled = Promise.objects.between().filter(settled_at=None, withdrawn_at=None)
    # Each found by its own index; of an OR all that is open in the house would be read.
    tended = unsettled.filter(among("relationship_id", of)).values("pk")
    own = unsettled.filter(among("by_id", me)).values("pk")
    seen = Promise.objects.visible_to(member).filter(pk__in=tended.union(own))
    return _with_words(seen.select_related("by__now", "to__now", "relationship"), holds=holds)


def _with_words(of: models.QuerySet[Promise], *, holds: bool) -> models.QuerySet[Promise]:
    """Promises with words on the table that wait for somebody's: before they hold, or since."""
    if not holds:
        return (
            of.filter(settled_at=None, withdrawn_at=None).exclude(offered_at=None).order_by("offered_at", "id")[:MOST]
        )
    since = PromiseEvent.objects.filter(promise=OuterRef("pk"), kind__in=PENDING)
    standing = of.filter(Exists(since), settled_at=None, withdrawn_at=None, offered_at=None).exclude(to=None)
    return standing.order_by("due_on", "id")[:MOST]


def _longest_first(found: list[Promise]) -> list[Promise]:
    return sorted(with_events(found), key=lambda promise: promise.said()[-1].at)


def due_inside(member: Member, *, until: date) -> list[Promise]:
    """What one of us promised another that is due by a day, or late: this member's own, and what they were promised."""
    return with_events(_due_inside(me=themselves(member), until=until, member=member))


@Ready[Promise]
def _due_inside(me: Sequence[UUID], until: date, member: Member) -> models.QuerySet[Promise]:
    mine = Q(among("by_id", me)) | Q(among("to_id", me))
    due = Promise.objects.visible_to(member).open().inside().due_by(until).filter(mine)
    return due.select_related("by__now", "to__now").order_by("due_on", "id")[:MOST]


def open_of(member: Member, *, seen_by: Member, since: date, until: date) -> list[Promise]:
    """What a colleague has open that falls due in some days (both ends included): to be looked at before one promises more.

    Law 10 lets a colleague's open promises show then, as far as one may see them, and nothing else of theirs.
    """
    me = themselves(member)
    of = Promise.objects.visible_to(seen_by).open().filter(Q(by__in=me) | Q(named__in=me))
    due = of.filter(due_on__gte=since, due_on__lte=until).select_related("by__now", "to__now", "relationship")
    return with_events(list(due.order_by("due_on", "id")[:MOST]))


def themselves(member: Member) -> list[UUID]:
    """The key of the party a member is: told to the database as it stands, so that it looks there by its index."""
    party = getattr(member, "party", None)
    return [party.pk] if party else []


def _beneath(promise_ids: Collection[UUID]) -> Sequence[tuple[UUID, UUID, UUID, int]]:
    if not promise_ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_BENEATH, {"tops": list(promise_ids), "deepest": DEEPEST, "most": MOST * 4})
        found: list[tuple[UUID, UUID, UUID, int]] = cursor.fetchall()
        return found


def _backing(top: UUID, promise: Promise, leaning_id: UUID, *, is_direct: bool, on: date) -> Backing:
    said = promise.said()
    moves = [event for event in said if event.kind == EventKind.MOVED]
    proposed = [event for event in said if event.kind in (EventKind.MOVE_PROPOSED, EventKind.MOVE_COUNTERED)]
    change = _change(promise, moves, on=on)
    moved = {Change.MOVING: proposed, Change.MOVED: moves}.get(change, []) if change else []
    return Backing(top, promise, is_direct, leaning_id, change, moved[-1] if moved else None)


def _change(promise: Promise, moves: list[PromiseEvent], *, on: date) -> Change | None:
    position = promise.position()
    if position in _CHANGED:
        return _CHANGED[position]
    if promise.state(on=on) == "late":
        return Change.LATE
    return Change.MOVED if moves and position is Position.ACCEPTED else None


def _waits_for_our_side(promise: Promise) -> bool:
    return awaited(promise.position()) is (Side.PROMISER if promise.is_ours else Side.RECEIVER)


def _waits_for(promise: Promise, member: Member) -> bool:
    is_received = promise.to is not None and promise.to.member_id == member.pk
    return awaited(promise.position()) is (Side.RECEIVER if is_received else Side.PROMISER)
