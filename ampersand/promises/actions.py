"""What is said about a promise. The promiser can say *done*; only its receiver calls it kept; silence says nothing."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ampersand.core import events, search
from ampersand.core.rooms import Room
from ampersand.core.whole import whole
from ampersand.members.models import Member
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party, Relationship
from ampersand.parties.speaking import Voice
from ampersand.promises.models import SETTLING, EventKind, Promise, PromiseEvent
from ampersand.timeline.models import Moment


class NotYoursToSay(PermissionError):
    """Each promises only for itself, and only the receiver calls a promise kept."""


class AlreadySettled(ValueError):
    """The promise was called kept, not kept, released or withdrawn before."""


class SaidSince(ValueError):
    """Something was said of the promise since, upon what would be taken back."""


class NotLater(ValueError):
    """A promise is moved to a day that has not passed."""


@whole
def promise(
    *,
    by: Party,
    to: Party,
    relationship: Relationship,
    words: str,
    made_on: date,
    teller: Teller,
    due_on: date | None = None,
    condition: str = "",
    moment: Moment | None = None,
    room: str = Room.OURS,
) -> Promise:
    """Write down what `by` says it will do for `to`. One of the two is ours, the other is not."""
    if by.is_ours == to.is_ours:
        raise NotYoursToSay(by)
    made = Promise.objects.create(
        relationship=relationship,
        by=by,
        to=to,
        is_ours=by.is_ours,
        words=words.strip(),
        condition=condition,
        made_on=made_on,
        first_due_on=due_on,
        due_on=due_on,
        moment=moment,
        room=room,
        **teller.fields(),
    )
    index(made)
    _record("promise.made", made, at=teller.at, by=teller.by)
    return made


def index(promise: Promise) -> None:
    """Make a promise findable by its words, for those who may see both its ends and its relationship."""
    search.put(
        search.Entry(
            kind="promise",
            object_id=promise.pk,
            text=promise.words,
            party_ids=tuple({promise.by_id, promise.to_id, promise.relationship.party_id}),
            at=promise.told_at,
            member_id=promise.told_by_id if promise.room == Room.MINE else None,
        )
    )


def say_done(promise: Promise, *, by: Member, at: datetime, words: str = "") -> PromiseEvent:
    """Say that a promise of ours is done. Saying it twice records nothing. Raises NotYoursToSay, AlreadySettled.

    Whether it was kept is for its receiver to say (`call`).
    """
    if not promise.is_ours:
        raise NotYoursToSay(promise)
    return _say(promise, EventKind.SAID_DONE, whose=promise.by, by=by, at=at, words=words)


def call(
    promise: Promise, kind: str, *, by: Member, at: datetime, voice: str = Voice.OWN, words: str = ""
) -> PromiseEvent:
    """Call a promise kept, partly kept or not kept, as its receiver.

    Theirs to us is called by us. Ours is called by them: a member may only tell their word (`Voice.TOLD_BY_US`).
    Raises NotYoursToSay otherwise, AlreadySettled when it was called before.
    """
    if kind not in (EventKind.KEPT, EventKind.PARTLY, EventKind.NOT_KEPT):
        raise ValueError(f"kind must be kept, partly or not_kept; got {kind}")
    if promise.is_ours and voice == Voice.OWN:
        raise NotYoursToSay(promise)
    return _say(promise, EventKind(kind), whose=promise.to, by=by, at=at, words=words, voice=voice)


def release(promise: Promise, *, by: Member, at: datetime, voice: str = Voice.OWN) -> PromiseEvent:
    """Release the promiser, as its receiver. Raises NotYoursToSay for one of ours in our own voice."""
    if promise.is_ours and voice == Voice.OWN:
        raise NotYoursToSay(promise)
    return _say(promise, EventKind.RELEASED, whose=promise.to, by=by, at=at, voice=voice)


def ask_release(promise: Promise, *, by: Member, at: datetime, words: str = "") -> PromiseEvent:
    """Ask to be released from a promise of ours. It stays open until they answer."""
    if not promise.is_ours:
        raise NotYoursToSay(promise)
    return _say(promise, EventKind.ASKED_RELEASE, whose=promise.by, by=by, at=at, words=words)


def move(promise: Promise, *, due_on: date, by: Member, at: datetime, on: date, voice: str = Voice.OWN) -> PromiseEvent:
    """Move a promise to another day, agreed with the other side. Raises NotLater for a day that has passed."""
    if due_on < on:
        raise NotLater(due_on)
    return _say(promise, EventKind.MOVED, whose=promise.by, by=by, at=at, due_on=due_on, voice=voice)


@whole
def take_back(event: PromiseEvent, *, by: Member, at: datetime) -> PromiseEvent:
    """Take back what one said of a promise. It stays, with when it was taken back; taken back twice, it is once.

    Raises NotYoursToSay for what somebody else said, SaidSince where something was said since.
    """
    if not event.may_be_taken_back(by):
        raise NotYoursToSay(event)
    promise = Promise.objects.select_for_update().get(pk=event.promise_id)
    known = PromiseEvent.objects.filter(takes_back=event).first()
    if known is not None:
        return known
    if promise.said()[-1].pk != event.pk:
        raise SaidSince(event)
    return _event(promise, EventKind.TAKEN_BACK, whose=event.by, by=by, at=at, voice=event.voice, takes_back=event)


@whole
def _say(
    promise: Promise,
    kind: EventKind,
    *,
    whose: Party,
    by: Member,
    at: datetime,
    words: str = "",
    due_on: date | None = None,
    voice: str = Voice.OWN,
) -> PromiseEvent:
    locked = Promise.objects.select_for_update().get(pk=promise.pk)
    said = locked.said()
    if said and said[-1].kind == kind and said[-1].due_on == due_on:
        return said[-1]
    if locked.settled_at is not None:
        raise AlreadySettled(promise)
    return _event(locked, kind, whose=whose, by=by, at=at, words=words, due_on=due_on, voice=voice)


@whole
def _event(
    promise: Promise,
    kind: EventKind,
    *,
    whose: Party,
    by: Member,
    at: datetime,
    words: str = "",
    due_on: date | None = None,
    voice: str = Voice.OWN,
    takes_back: PromiseEvent | None = None,
) -> PromiseEvent:
    event = PromiseEvent.objects.create(
        promise=promise,
        kind=kind,
        by=whose,
        voice=voice,
        told_by=by,
        at=at,
        told_at=at,
        words=words,
        due_on=due_on,
        takes_back=takes_back,
    )
    _record(f"promise.{kind}", promise, at=at, by=by)
    return event


def _record(name: str, promise: Promise, *, at: datetime, by: Member | None) -> None:
    by_id: UUID | None = by.pk if by else None
    events.record(name, at=at, by_id=by_id, subject_id=promise.pk, relationship_ids=[promise.relationship_id])


__all__ = [
    "SETTLING",
    "AlreadySettled",
    "NotLater",
    "NotYoursToSay",
    "SaidSince",
    "ask_release",
    "call",
    "move",
    "promise",
    "release",
    "say_done",
    "take_back",
]
