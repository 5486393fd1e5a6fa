from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from ampersand.core.history import kept
from ampersand.core.ids import new_id
from ampersand.core.models import File
from ampersand.core.rooms import Room
from ampersand.members.models import Member
from ampersand.parties.closed import hidden, shown
from ampersand.parties.models import Party, Relationship
from ampersand.terms.attempt import Ground, Purpose
from ampersand.timeline.models import Moment


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, member: Member) -> Self:
        """What was sent off, unless somebody it names is closed to the member; what is being written only its writer sees."""
        named = Receiver.objects.filter(hidden("party_id", member=member), message=OuterRef("pk"))
        seen = self.filter(shown("relationship__party_id", member=member)).exclude(Exists(named))
        return seen.filter(~Q(sent_off_at=None) | Q(by=member))

    def drafts_of(self, member: Member) -> Self:
        return self.filter(by=member, sent_off_at=None, taken_back_at=None)

    def with_parties(self, party_ids: Iterable[UUID]) -> Self:
        ids = list(party_ids)
        to_them = Receiver.objects.filter(message=OuterRef("pk"), party__in=ids)
        return self.filter(Q(relationship__party__in=ids) | Exists(to_them))


@kept
class Message(models.Model):
    """Something a member writes to somebody outside, by mail. Until it is sent off it is its writer's alone.

    To each of those it goes to it goes by itself, through the gate (`Receiver`). From when it is sent off it stands in the room
    between: whoever it went to has it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="messages")
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    subject = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True)
    purpose = models.CharField(max_length=10, choices=Purpose)
    ground = models.CharField(max_length=10, choices=Ground, blank=True)
    topics = models.CharField(
        max_length=300, blank=True, help_text="what it is about, between commas: the gate reads them"
    )
    # Promises belong to an app above.
    promise_id = models.UUIDField(null=True, blank=True, db_index=True, help_text="the promise it is about")
    answers = models.ForeignKey(Moment, models.SET_NULL, null=True, blank=True, related_name="answered_by")
    moment = models.ForeignKey(Moment, models.SET_NULL, null=True, blank=True, related_name="message")
    message_id = models.CharField(max_length=300, unique=True, help_text="its Message-ID, without brackets")
    asks_answer = models.BooleanField(default=False)
    together_id = models.UUIDField(
        null=True, blank=True, db_index=True, help_text="letters about one change, to each it touches"
    )
    room = models.CharField(max_length=8, choices=Room, default=Room.BETWEEN)
    written_at = models.DateTimeField()
    sent_off_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["by", "-sent_off_at"], name="message_by")]
        constraints = [
            models.CheckConstraint(condition=Q(purpose=Purpose.NOTICE) ^ Q(ground=""), name="message_names_its_ground")
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_draft(self) -> bool:
        return self.sent_off_at is None and self.taken_back_at is None

    def may_be_written(self, member: Member) -> bool:
        """Only its writer writes it, and only until it is sent off."""
        return self.by_id == member.pk and self.is_draft

    def may_be_taken_back(self, member: Member) -> bool:
        """Its writer may, as long as some of it has not gone. Whether any has is looked at when it is done."""
        return self.by_id == member.pk and self.taken_back_at is None


class Role(models.TextChoices):
    TO = "to", _("to")
    COPY = "copy", _("in copy")


class State(models.TextChoices):
    """What has become of what goes to one receiver."""

    DRAFT = "draft", _("being written")
    WAITING = "waiting", _("waiting")
    HELD = "held", _("held")
    SENDING = "sending", _("going out")
    SENT = "sent", _("sent")
    UNSURE = "unsure", _("may have gone")
    REFUSED = "refused", _("refused")
    TAKEN_BACK = "taken_back", _("taken back")


class ReceiverQuerySet(models.QuerySet["Receiver"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(message__in=Message.objects.visible_to(member))

    def due(self, at: datetime) -> Self:
        return self.filter(state=State.WAITING, goes_at__lte=at)


@kept
class Receiver(models.Model):
    """Somebody a message goes to, and what became of it on the way there. Each gets a copy of their own, through the gate."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="receivers")
    party = models.ForeignKey(Party, models.CASCADE, related_name="+")
    address = models.CharField(max_length=320)
    role = models.CharField(max_length=4, choices=Role, default=Role.TO)
    why = models.TextField(blank=True, help_text="why they are told: it stands in what they get")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    goes_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="sent, refused, or taken back")
    try_count = models.IntegerField(default=0)
    server_says = models.TextField(blank=True, help_text="why the mail server did not take it, in its words")

    objects = ReceiverQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["goes_at", "id"], condition=Q(state="waiting"), name="receiver_due"),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="receiver_claimed"),
        ]
        constraints = [models.UniqueConstraint(fields=["message", "party"], name="receiver_once")]


class EnclosureQuerySet(models.QuerySet["Enclosure"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(message__in=Message.objects.visible_to(member))


class Enclosure(models.Model):
    """A file that goes with a message."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="enclosures")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)

    objects = EnclosureQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "file", "name"], name="enclosed_once")]


class SnippetQuerySet(models.QuerySet["Snippet"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(by=member)


class Snippet(models.Model):
    """A piece of wording that a member likes to begin from. It is theirs alone, and goes nowhere by itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    by = models.ForeignKey(Member, models.CASCADE, related_name="snippets")
    name = models.CharField(max_length=120)
    words = models.TextField()

    objects = SnippetQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "name"], name="snippet_name_once")]

    def __str__(self) -> str:
        return self.name
