from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ampersand.core import ready
from ampersand.core.among import among
from ampersand.core.as_known import told_over_time
from ampersand.core.changes import noted
from ampersand.core.history import kept
from ampersand.core.ids import new_id
from ampersand.core.models import ChangeKind
from ampersand.core.rooms import Room
from ampersand.members.models import Member
from ampersand.parties.closed import shown
from ampersand.parties.models import AsKnownQuerySet, Party, Relationship, Told
from ampersand.parties.speaking import Voice
from ampersand.promises import kinds
from ampersand.promises.following import FOLLOWS_THEN, follow
from ampersand.promises.kinds import Kind, kind_of
from ampersand.promises.states import DATING, SETTLING, STANDING, EventKind, Position, position_after
from ampersand.timeline.models import Moment


class State(models.TextChoices):
    """Read from the events, never stored. `late` and `unconfirmed` are derived from time and silence."""

    ASKED = "asked", _("asked for")
    OFFERED = "offered", _("offered")
    COUNTERED = "countered", _("other words asked for")
    TAKEN = "taken", _("taken as promised")
    OPEN = "open", _("open")
    LATE = "late", _("late")
    UNCONFIRMED = "unconfirmed", _("said done, not confirmed")
    KEPT = "kept", _("kept")
    PARTLY = "partly", _("partly kept")
    NOT_KEPT = "not_kept", _("not kept")
    DECLINED = "declined", _("declined")
    RELEASED = "released", _("released")
    WITHDRAWN = "withdrawn", _("withdrawn")


# What moves a promise nowhere: one takes another back, the other tells what it is about.
_APART = (EventKind.TAKEN_BACK, EventKind.SORTED)


class PromiseQuerySet(AsKnownQuerySet["Promise"]):
    def visible_to(self, member: Member) -> Self:
        ours = self.filter(~Q(room=Room.MINE) | Q(told_by=member)).filter(_asked_of_nobody_else(member))
        return ours.filter(shown("relationship__party_id", "about__party_id", "by_id", "to_id", member=member))

    def open(self) -> Self:
        """Those that hold and wait to be kept: no offer that nobody accepted, and nothing to the public."""
        return self.filter(settled_at=None, withdrawn_at=None, offered_at=None).exclude(to=None)

    def waiting(self) -> Self:
        """Offers, and what was taken as promised, that wait for the other side's word."""
        return self.filter(settled_at=None, withdrawn_at=None).exclude(offered_at=None)

    def between(self) -> Self:
        """Those of a relationship: neither to the public nor among ourselves."""
        return self.exclude(relationship=None)

    def inside(self) -> Self:
        """What one of us promised another."""
        return self.filter(relationship=None).exclude(to=None)

    def to_public(self) -> Self:
        return self.filter(to=None)

    def due_by(self, day: date) -> Self:
        return self.filter(due_on__lte=day)

    def ours(self) -> Self:
        return self.filter(is_ours=True)

    def theirs(self) -> Self:
        return self.filter(is_ours=False)


def _asked_of_nobody_else(member: Member) -> Q:
    """What one of us asks another is between the two, and who stands in, until it is promised: nobody else's business."""
    away = Q(absences__stands_in=member, absences__withdrawn_at=None)
    now = Q(absences__from_on__lte=Now(), absences__until_on__gt=Now())
    themselves = Party.objects.filter(member=member).values("pk")
    stood_for = Party.objects.filter(member__in=Member.objects.filter(away & now)).values("pk")
    told = Q(relationship__isnull=False) | Q(to=None) | Q(offered_at=None)
    return told | Q(by__in=themselves) | Q(to__in=themselves) | Q(by__in=stood_for)


@told_over_time(columns=FOLLOWS_THEN)
@kept
@noted(
    "relationship_id",
    "by_id",
    "to_id",
    "is_ours",
    "room",
    "made_on",
    "first_due_on",
    "words",
    "told_at",
    "withdrawn_at",
    touches={
        ChangeKind.PARTY: "SELECT r.party_id FROM rows JOIN parties_relationship r ON r.id = rows.relationship_id"
    },
)
class Promise(Told):
    """What a party says it will do, to whom, by when. Its state is derived from its events (`states.py`).

    `settled_at`, `offered_at` and `due_on` follow the events: a trigger of the database keeps them, no code does.
    Without `to` it is promised to the public; without `relationship` to the public, or by one of us to another.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, null=True, blank=True, related_name="promises")
    about = models.ForeignKey(
        Relationship,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="promises_inside",
        help_text="for whose sake one of us promised another",
    )
    by = models.ForeignKey(Party, models.CASCADE, related_name="promises_made")
    to = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="promises_received")
    named = models.ForeignKey(
        Party,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="promises_stood_for",
        help_text="who of us stands for what is promised in the house's name",
    )
    advertised = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="taken_as",
        help_text="what we promised to everybody and somebody took as promised to them",
    )
    is_ours = models.BooleanField(help_text="promised by our side")
    words = models.TextField()
    condition = models.TextField(blank=True)
    made_on = models.DateField()
    first_due_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True, help_text="as last moved")
    settled_at = models.DateTimeField(null=True, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True, help_text="while words wait for the other side's")
    moment = models.ForeignKey(Moment, models.SET_NULL, null=True, blank=True, related_name="promises")
    kind = models.CharField(
        max_length=8,
        choices=Kind,
        blank=True,
        default="",
        db_default="",
        help_text="as its maker's side said last; else its words tell it",
    )
    room = models.CharField(max_length=8, choices=Room, default=Room.OURS)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["relationship", "-made_on"], name="promise_of"),
            models.Index(fields=["due_on"], condition=Q(settled_at=None, withdrawn_at=None), name="promise_open_due"),
            models.Index(
                fields=["offered_at"],
                condition=Q(settled_at=None, withdrawn_at=None) & ~Q(offered_at=None),
                name="promise_waits",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(to=None) | Q(relationship=None, is_ours=True), name="promise_to_public")
        ]

    def __str__(self) -> str:
        return self.words

    @staticmethod
    def sorted_by_words() -> models.Case:
        """`sort` as a query asks for it, of its own table."""
        told = RawSQL(kinds.sql('"promises_promise"."words"'), [], output_field=models.CharField())  # noqa: S611  ours
        return models.Case(models.When(~Q(kind=""), then=models.F("kind")), default=told)

    @property
    def sort(self) -> Kind:
        """What it is of: as its maker's side said, else as its words tell."""
        return Kind(self.kind) if self.kind else kind_of(self.words)

    def position(self) -> Position:
        """Where it stands by what was said (prefetch `events`)."""
        return self._position(self.said())

    def _position(self, said: list[PromiseEvent]) -> Position:
        begin = Position.PUBLIC if self.is_to_public else Position.ACCEPTED
        return position_after((event.kind for event in said), begin=begin)

    def state(self, *, on: date) -> State:
        """The state on a day, from the events (prefetch `events`). Late is derived, and only a promise can be late."""
        said = self.said()
        position = self._position(said)
        if position is Position.PUBLIC:
            return State.OPEN
        if position in STANDING:
            due_on = self._due_on(said)
            return State.LATE if due_on is not None and due_on < on else State.OPEN
        if position is Position.DONE:
            return State.UNCONFIRMED
        return State(position)

    def _due_on(self, said: list[PromiseEvent]) -> date | None:
        agreed = [event.due_on for event in said if event.kind in DATING]
        return agreed[-1] if agreed else self.first_due_on

    def said(self) -> list[PromiseEvent]:
        """What was said of it and not taken back since, oldest first (prefetch `events`); what it is about stands apart."""
        events = sorted(self.events.all(), key=lambda event: (event.at, event.pk))
        back = {event.takes_back_id for event in events}
        return [event for event in events if event.kind not in _APART and event.pk not in back]

    @property
    def is_inside(self) -> bool:
        """One of us promised it to another."""
        return self.relationship_id is None and self.to_id is not None

    @property
    def is_to_public(self) -> bool:
        return self.to_id is None

    @property
    def is_open(self) -> bool:
        """It holds, and waits to be kept."""
        return not (self.settled_at or self.withdrawn_at or self.offered_at or self.is_to_public)

    def is_promised_by(self, member: Member) -> bool:
        """Whether this member speaks for its promiser: on our side any of us does, among ourselves only who promised."""
        return self.is_ours and (not self.is_inside or self.by.member_id == member.pk)

    def is_received_by(self, member: Member) -> bool:
        if self.to is None:
            return False
        return self.to.member_id == member.pk if self.is_inside else not self.is_ours

    def may_say_done(self, member: Member) -> bool:
        return self.is_open and self.is_promised_by(member)

    def may_be_called(self, member: Member) -> bool:
        """Only a receiver calls a promise kept: theirs to us may be called by us; ours only in their voice."""
        return self.is_open and self.is_received_by(member)


class PromiseEventQuerySet(models.QuerySet["PromiseEvent"]):
    def visible_to(self, member: Member) -> Self:
        """Whoever sees a promise sees what was said of it."""
        return self.filter(promise__in=Promise.objects.visible_to(member))


@told_over_time()
@noted(
    "promise_id",
    "kind",
    "voice",
    "at",
    "told_at",
    "due_on",
    "sort",
    "takes_back_id",
    touches={
        ChangeKind.PARTY: "SELECT r.party_id FROM rows JOIN promises_promise p ON p.id = rows.promise_id"
        " JOIN parties_relationship r ON r.id = p.relationship_id"
    },
)
class PromiseEvent(models.Model):
    """Something that was said about a promise: by whom, when, in whose voice."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    promise = models.ForeignKey(Promise, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=16, choices=EventKind)
    by = models.ForeignKey(Party, models.CASCADE, related_name="+", help_text="whose word it is")
    voice = models.CharField(max_length=10, choices=Voice, default=Voice.OWN)
    told_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    told_at = models.DateTimeField()
    words = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True, help_text="the day it speaks of")
    condition = models.TextField(blank=True, default="", db_default="")
    sort = models.CharField(
        max_length=8, choices=Kind, blank=True, default="", db_default="", help_text="what it was said to be about"
    )
    named = models.ForeignKey(
        Party,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="who stands for it from then on",
    )
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
            follow("promise_follows_new_events", pgtrigger.Insert, "fresh"),
            follow("promise_follows_gone_events", pgtrigger.Delete, "gone"),
        ]

    def may_be_taken_back(self, member: Member) -> bool:
        """Nobody takes back another's words."""
        return self.told_by_id == member.pk and self.kind not in (*_APART, EventKind.NAMED_OVER)


def with_events(promises: list[Promise]) -> list[Promise]:
    """These promises with what was said of each (their `events`), fetched at once."""
    if promises:
        ready.attach(promises, "events", _events(promises=[promise.pk for promise in promises]), by="promise_id")
    return promises


@ready.Ready[PromiseEvent]
def _events(promises: Sequence[UUID]) -> models.QuerySet[PromiseEvent]:
    return PromiseEvent.objects.filter(among("promise_id", promises))


# Django looks for the tables of an app here.
from ampersand.promises.backing import Absence, Asking, Leaning  # noqa: E402

__all__ = [
    "DATING",
    "SETTLING",
    "Absence",
    "Asking",
    "EventKind",
    "Leaning",
    "Promise",
    "PromiseEvent",
    "PromiseQuerySet",
    "State",
    "with_events",
]
