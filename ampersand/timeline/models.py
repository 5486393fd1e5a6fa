from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext_lazy as _

from ampersand.core import ready
from ampersand.core.among import among
from ampersand.core.as_known import told_over_time
from ampersand.core.changes import UPDATE, noted
from ampersand.core.history import kept
from ampersand.core.ids import new_id
from ampersand.core.models import ChangeKind, File, Source
from ampersand.core.rooms import Room
from ampersand.members.models import Member
from ampersand.parties.closed import hidden
from ampersand.parties.models import AsKnownQuerySet, Party, Told


class Mode(models.TextChoices):
    VISIT = "visit", _("visit")
    CALL = "call", _("call")
    VIDEO = "video", _("video")
    MAIL = "mail", _("mail")
    MESSAGE = "message", _("message")
    LETTER = "letter", _("letter")
    GATHERING = "gathering", _("gathering")


class Began(models.TextChoices):
    """Which side reached out. Empty where a meeting belongs to both."""

    US = "us", _("we reached out")
    THEM = "them", _("they reached out")
    BOTH = "", _("both")


class Thread(models.Model):
    """A conversation by mail: messages joined by their whole References chain and their participants."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject = models.CharField(max_length=300, blank=True)


class MomentQuerySet(AsKnownQuerySet["Moment"]):
    def visible_to(self, member: Member) -> Self:
        """Moments in *ours*, or in the member's own *mine*, none of whose people is closed to the member."""
        closed = Participant.objects.filter(hidden("party_id", member=member), moment=OuterRef("pk"))
        return self.filter(~Q(room=Room.MINE) | Q(told_by=member)).exclude(Exists(closed))

    def with_parties(self, party_ids: Iterable[UUID]) -> Self:
        return self.filter(
            Exists(Participant.objects.filter(among("party_id", list(party_ids)), moment=OuterRef("pk")))
        )

    def around(self, day: date, *, with_parties: models.QuerySet[Any] | Iterable[UUID]) -> Self:
        """Those that some of these parties have a part in, within a day of this day, wherever on earth it was meant.

        Asked of the participants first: a house has more moments on one day than these parties have all year.
        """
        return self.filter(pk__in=list(Participant.objects.around(*instants_around(day), with_parties=with_parties)))

    def happened(self, until: datetime) -> Self:
        return self.filter(happened_at__lte=until)

    def ahead(self, since: datetime) -> Self:
        return self.filter(happened_at__gt=since)


def instants_around(day: date) -> tuple[datetime, datetime]:
    """From when (inclusive) until when (exclusive) this day, or one beside it, is somewhere on earth."""
    return datetime.combine(day - timedelta(days=1), time(), UTC), datetime.combine(
        day + timedelta(days=2), time(), UTC
    )


@told_over_time()
@kept
@noted(
    "mode",
    "happened_at",
    "on_day",
    "began",
    "asks_answer",
    "is_settled_by_others",
    "room",
    "told_at",
    "withdrawn_at",
    # Without anybody in it, it is in no reading; whoever comes into it or leaves it is noted below.
    on=[UPDATE],
    touches={ChangeKind.PARTY: "SELECT party_id FROM timeline_participant WHERE moment_id IN (SELECT id FROM rows)"},
)
class Moment(Told):
    """Something that happened, or is arranged to happen, between named people.

    Two times: `happened_at` (an instant, with the zone it was meant in) and `told_at`. A day without an hour is kept
    as a day: `is_all_day`, with `happened_at` where it sorts: at that zone's midnight, or when a note of that day told it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mode = models.CharField(max_length=10, choices=Mode)
    happened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    zone = models.CharField(max_length=64, default="UTC")
    on_day = models.DateField(help_text="the local day in its own zone; two moments of one day are one encounter")
    is_all_day = models.BooleanField(default=False)
    began = models.CharField(max_length=4, choices=Began, blank=True)
    asks_answer = models.BooleanField(default=False)
    is_settled_by_others = models.BooleanField(
        default=False, db_default=False, help_text="somebody else on a list answered what it asks: it waits for nobody"
    )
    subject = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True, help_text="the new words, without what they quote")
    body = models.TextField(blank=True, help_text="the whole text, where the house keeps it")
    where = models.CharField(max_length=300, blank=True)
    thread = models.ForeignKey(Thread, models.SET_NULL, null=True, blank=True, related_name="moments")
    room = models.CharField(max_length=8, choices=Room, default=Room.OURS)

    objects = MomentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-happened_at", "id"], name="moment_when")]

    def __str__(self) -> str:
        return f"{self.get_mode_display()} {self.on_day:%Y-%m-%d}"

    @property
    def local(self) -> datetime:
        return self.happened_at.astimezone(ZoneInfo(self.zone))

    def is_ahead(self, at: datetime) -> bool:
        return self.happened_at > at


class ParticipantRole(models.TextChoices):
    FROM = "from", _("from")
    TO = "to", _("to")
    COPY = "copy", _("in copy")
    WITH = "with", _("with")


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def around(
        self, since: datetime, until: datetime, *, with_parties: models.QuerySet[Any] | Iterable[UUID]
    ) -> models.QuerySet[Any]:
        """The ids of the moments in which one of these parties had a part between two instants."""
        told = self.filter(party__in=with_parties, happened_at__gte=since, happened_at__lt=until)
        return told.values_list("moment_id", flat=True)


@noted(
    "moment_id",
    "party_id",
    "role",
    "is_ours",
    "happened_at",
    # Who else is in it says whether it is read at all.
    touches={
        ChangeKind.PARTY: "SELECT party_id FROM rows UNION ALL"
        " SELECT party_id FROM timeline_participant WHERE moment_id IN (SELECT moment_id FROM rows)"
    },
)
class Participant(models.Model):
    """Who took part, as told. `happened_at` is the moment's own, here so that one index answers *when with whom*."""

    # Each begins an index of its own below.
    moment = models.ForeignKey(Moment, models.CASCADE, related_name="participants", db_index=False)
    party = models.ForeignKey(Party, models.CASCADE, related_name="participations", db_index=False)
    role = models.CharField(max_length=4, choices=ParticipantRole, default=ParticipantRole.WITH)
    is_ours = models.BooleanField(default=False)
    happened_at = models.DateTimeField()

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["party", "-happened_at"], name="participant_when")]
        constraints = [models.UniqueConstraint(fields=["moment", "party"], name="participant_once")]


class TellingQuerySet(AsKnownQuerySet["Telling"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(moment__in=Moment.objects.visible_to(member))


@told_over_time()
@kept
class Telling(Told):
    """What one source said about a moment. Several tellings of the same thing are joined under one moment.

    `key` is how the same thing is recognised (`mail:<Message-ID>`, `event:<iCalUID>/<RECURRENCE-ID>`); `said` keeps what
    this source told, so that a join can be undone exactly.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    moment = models.ForeignKey(Moment, models.CASCADE, related_name="tellings")
    key = models.CharField(max_length=500)
    said = models.JSONField(default=dict)
    is_apart = models.BooleanField(default=False, help_text="a member took it apart; it never joins by itself again")

    objects = TellingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["key"], name="telling_key"),
            # How the mails that hang together are found: by the ids they name, and by what they are about.
            GinIndex(KeyTransform("references", "said"), name="telling_references"),
            models.Index(KeyTransform("base", "said"), name="telling_base"),
        ]
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="telling_once_a_source")]

    def may_be_taken_apart(self, member: Member) -> bool:
        """Only what joined something already known, and still tells of it, can be taken apart from it."""
        return bool(self.said.get("joined")) and not self.is_apart and self.withdrawn_at is None


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(moment__in=Moment.objects.visible_to(member))


class Attachment(models.Model):
    """A File that came with a moment."""

    moment = models.ForeignKey(Moment, models.CASCADE, related_name="attachments")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["moment", "file", "name"], name="attached_once")]


class HowToGo(models.TextChoices):
    """What became of the question whether a visit is needed."""

    VISIT = "visit", _("it stays a visit")
    CALL = "call", _("a call instead")
    LINE = "line", _("a line instead")


class VisitChoiceQuerySet(models.QuerySet["VisitChoice"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(moment__in=Moment.objects.visible_to(member))


@told_over_time("at")
class VisitChoice(models.Model):
    """One of those who go to a planned visit said that it is needed, or what does instead. The latest word stands."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    moment = models.ForeignKey(Moment, models.CASCADE, related_name="visit_choices")
    choice = models.CharField(max_length=5, choices=HowToGo)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects = VisitChoiceQuerySet.as_manager()


def day_of(instant: datetime, zone: str) -> date:
    """The local day of an instant in the zone it was meant in."""
    return instant.astimezone(ZoneInfo(zone)).date()


__all__ = [
    "Attachment",
    "Began",
    "HowToGo",
    "Mode",
    "Moment",
    "Participant",
    "ParticipantRole",
    "Source",
    "Telling",
    "Thread",
    "VisitChoice",
    "day_of",
]


def with_participants(moments: list[Moment]) -> list[Moment]:
    """These moments with who had a part in each, in the order told (their `participants`, with the party), fetched at once."""
    if moments:
        ready.attach(moments, "participants", _present(moments=[moment.pk for moment in moments]), by="moment_id")
    return moments


@ready.Ready[Participant]
def _present(moments: Sequence[UUID]) -> models.QuerySet[Participant]:
    return Participant.objects.filter(among("moment_id", moments)).select_related("party__now").order_by("id")
