from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ampersand.core import ready
from ampersand.core.among import among
from ampersand.core.history import kept
from ampersand.core.ids import new_id
from ampersand.core.rooms import Room
from ampersand.members.models import Member
from ampersand.parties.closed import shown
from ampersand.parties.models import AsKnownQuerySet, Party, Relationship, Told
from ampersand.parties.speaking import Voice
from ampersand.timeline.models import Moment


class EventKind(models.TextChoices):
    SAID_DONE = "said_done", _("said done")
    KEPT = "kept", _("called kept")
    PARTLY = "partly", _("called partly kept")
    NOT_KEPT = "not_kept", _("called not kept")
    MOVED = "moved", _("moved")
    ASKED_RELEASE = "asked_release", _("asked to be released")
    RELEASED = "released", _("released")
    WITHDRAWN = "withdrawn", _("withdrawn")
    TAKEN_BACK = "taken_back", _("taken back")


# What ends a promise. Only its receiver can say the first four.
SETTLING = (EventKind.KEPT, EventKind.PARTLY, EventKind.NOT_KEPT, EventKind.RELEASED, EventKind.WITHDRAWN)


class State(models.TextChoices):
    """Read from the events, never stored. `late` and `unconfirmed` are derived from time and silence."""

    OPEN = "open", _("open")
    LATE = "late", _("late")
    UNCONFIRMED = "unconfirmed", _("said done, not confirmed")
    KEPT = "kept", _("kept")
    PARTLY = "partly", _("partly kept")
    NOT_KEPT = "not_kept", _("not kept")
    RELEASED = "released", _("released")
    WITHDRAWN = "withdrawn", _("withdrawn")


class PromiseQuerySet(AsKnownQuerySet["Promise"]):
    def visible_to(self, member: Member) -> Self:
        ours = self.filter(~Q(room=Room.MINE) | Q(told_by=member))
        return ours.filter(shown("relationship__party_id", "by_id", "to_id", member=member))

    def open(self) -> Self:
        return self.filter(settled_at=None, withdrawn_at=None)

    def due_by(self, day: date) -> Self:
        return self.filter(due_on__lte=day)

    def ours(self) -> Self:
        return self.filter(is_ours=True)

    def theirs(self) -> Self:
        return self.filter(is_ours=False)


@kept
class Promise(Told):
    """What a party says it will do, to whom, by when. Its state is derived from its events.

    `settled_at` and `due_on` follow the events: a trigger of the database keeps them, no code does.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="promises")
    by = models.ForeignKey(Party, models.CASCADE, related_name="promises_made")
    to = models.ForeignKey(Party, models.CASCADE, related_name="promises_received")
    is_ours = models.BooleanField(help_text="promised by our side")
    words = models.TextField()
    condition = models.TextField(blank=True)
    made_on = models.DateField()
    first_due_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True, help_text="as last moved")
    settled_at = models.DateTimeField(null=True, blank=True)
    moment = models.ForeignKey(Moment, models.SET_NULL, null=True, blank=True, related_name="promises")
    room = models.CharField(max_length=8, choices=Room, default=Room.OURS)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["relationship", "-made_on"], name="promise_of"),
            models.Index(fields=["due_on"], condition=Q(settled_at=None, withdrawn_at=None), name="promise_open_due"),
        ]

    def __str__(self) -> str:
        return self.words

    def state(self, *, on: date) -> State:
        """The state on a day, from the events (prefetch `events`). Late is derived, and only a promise can be late."""
        said_done = False
        state = State.OPEN
        due_on = self.first_due_on
        for event in self.said():
            if event.kind in SETTLING:
                state = State(event.kind)
            elif event.kind == EventKind.SAID_DONE:
                said_done = True
            elif event.kind == EventKind.MOVED:
                due_on = event.due_on
        if state is not State.OPEN:
            return state
        if said_done:
            return State.UNCONFIRMED
        return State.LATE if due_on is not None and due_on < on else State.OPEN

    def said(self) -> list[PromiseEvent]:
        """What was said of it and not taken back since, oldest first (prefetch `events`)."""
        events = sorted(self.events.all(), key=lambda event: (event.at, event.pk))
        back = {event.takes_back_id for event in events}
        return [event for event in events if event.kind != EventKind.TAKEN_BACK and event.pk not in back]

    def may_say_done(self, member: Member) -> bool:
        return self.is_ours and self.settled_at is None and self.withdrawn_at is None

    def may_be_called(self, member: Member) -> bool:
        """Only a receiver calls a promise kept: theirs to us may be called by us; ours only in their voice."""
        return not self.is_ours and self.settled_at is None and self.withdrawn_at is None


_FOLLOW_EVENTS = """
    UPDATE {promise} p SET
        settled_at = (
            SELECT e.at FROM {event} e WHERE e.promise_id = p.id AND e.kind IN ({settling})
            AND NOT EXISTS (SELECT FROM {event} b WHERE b.takes_back_id = e.id)
            ORDER BY e.at DESC, e.id DESC LIMIT 1),
        due_on = COALESCE((
            SELECT e.due_on FROM {event} e WHERE e.promise_id = p.id AND e.kind = 'moved'
            AND NOT EXISTS (SELECT FROM {event} b WHERE b.takes_back_id = e.id)
            ORDER BY e.at DESC, e.id DESC LIMIT 1), p.first_due_on)
    WHERE p.id IN (SELECT promise_id FROM {rows});
    RETURN NULL;
""".replace("{settling}", ", ".join(f"'{kind.value}'" for kind in SETTLING))


def _follow(name: str, operation: pgtrigger.Operation, rows: str) -> pgtrigger.Trigger:
    side = "new" if operation is pgtrigger.Insert else "old"
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**{side: rows}),  # type: ignore[no-untyped-call]
        func=_FOLLOW_EVENTS.format(promise="promises_promise", event="promises_promiseevent", rows=rows),
    )


class PromiseEventQuerySet(models.QuerySet["PromiseEvent"]):
    def visible_to(self, member: Member) -> Self:
        """Whoever sees a promise sees what was said of it."""
        return self.filter(promise__in=Promise.objects.visible_to(member))


class PromiseEvent(models.Model):
    """Something that was said about a promise: by whom, when, in whose voice."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    promise = models.ForeignKey(Promise, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=14, choices=EventKind)
    by = models.ForeignKey(Party, models.CASCADE, related_name="+", help_text="whose word it is")
    voice = models.CharField(max_length=10, choices=Voice, default=Voice.OWN)
    told_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    told_at = models.DateTimeField()
    words = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True, help_text="the new day, where it was moved")
    takes_back = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        db_index=False,  # found by its constraint, which holds the few rows that take something back
        related_name="+",
        help_text="what was said before and holds no longer",
    )

    objects = PromiseEventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["promise", "at"], name="promise_event")]
        constraints = [
            models.UniqueConstraint(
                fields=["takes_back"], condition=~Q(takes_back=None), name="promise_event_taken_back_once"
            )
        ]
        triggers = [
            _follow("promise_follows_new_events", pgtrigger.Insert, "fresh"),
            _follow("promise_follows_gone_events", pgtrigger.Delete, "gone"),
        ]

    def may_be_taken_back(self, member: Member) -> bool:
        """Nobody takes back another's words."""
        return self.told_by_id == member.pk and self.kind != EventKind.TAKEN_BACK


def with_events(promises: list[Promise]) -> list[Promise]:
    """These promises with what was said of each (their `events`), fetched at once."""
    if promises:
        ready.attach(promises, "events", _events(promises=[promise.pk for promise in promises]), by="promise_id")
    return promises


@ready.Ready[PromiseEvent]
def _events(promises: Sequence[UUID]) -> models.QuerySet[PromiseEvent]:
    return PromiseEvent.objects.filter(among("promise_id", promises))
