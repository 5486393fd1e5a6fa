from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ampersand.core.changes import noted
from ampersand.core.history import kept
from ampersand.core.ids import new_id
from ampersand.core.models import ChangeKind
from ampersand.members.models import Member
from ampersand.parties.closed import shown
from ampersand.parties.models import Party, Relationship
from ampersand.parties.speaking import Speaker, Voice
from ampersand.timeline.models import Mode, Moment


class Said(models.Model):
    """What every word on what lies between carries: whose it is, in whose voice, by which hand, when."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="+", help_text="whose word it is")
    is_ours = models.BooleanField()
    voice = models.CharField(max_length=10, choices=Voice)
    told_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True

    @staticmethod
    def of(speaker: Speaker) -> dict[str, object]:
        """The columns of what a speaker says."""
        return {
            "party": speaker.party,
            "is_ours": speaker.is_ours,
            "voice": speaker.voice,
            "told_by": speaker.by,
            "at": speaker.at,
        }


class PulseState(models.TextChoices):
    """Derived from what was said and from the day. Who has answered is said to nobody."""

    ASKED = "asked", _("asked")
    ONE_ANSWERED = "one_answered", _("one side has answered")
    OPENED = "opened", _("opened together")
    CLOSED = "closed", _("closed unopened")
    DECLINED = "declined", _("declined")


class Feeling(models.TextChoices):
    """Five plain words, if somebody wants one. They are never averaged, and no line is drawn through them."""

    STRAINED = "strained", _("strained")
    THIN = "thin", _("thin")
    FINE = "fine", _("fine")
    GOOD = "good", _("good")
    CLOSE = "close", _("close")


class Worth(models.TextChoices):
    """What a side says of a meeting that both were in. Nothing is weighed: a side found it worth its time, or did not."""

    WORTH = "worth", _("worth it")
    NOT_WORTH = "not_worth", _("not worth it")


class PulseQuerySet(models.QuerySet["Pulse"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(shown("relationship__party_id", member=member))

    def of(self, relationship: Relationship) -> Self:
        """Those of a relationship, and of all whose party is taken to be the same."""
        return self.filter(relationship__party__in=Party.objects.the_same([relationship.party_id]))


@kept
@noted(
    "relationship_id",
    "questions",
    "opened_at",
    "moment_id",
    "moment_mode",
    "moment_on",
    touches={
        ChangeKind.PARTY: "SELECT r.party_id FROM rows JOIN parties_relationship r ON r.id = rows.relationship_id"
    },
)
class Pulse(Said):
    """One to three questions to both sides of a relationship, answered apart, sealed, opened together.

    Or the one question of a meeting, whether it was worth both their time (`between.worth`): its mode and its day stand here
    as they were put to both, since the other side may not see the moment itself.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="pulses")
    questions = models.JSONField(help_text="one to three, in words")
    closes_on = models.DateField()
    opened_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True, help_text="by either side, without consequence")
    moment = models.ForeignKey(
        Moment, models.SET_NULL, null=True, blank=True, related_name="pulses", help_text="the meeting it asks about"
    )
    moment_mode = models.CharField(max_length=10, choices=Mode, blank=True, db_default="")
    moment_on = models.DateField(null=True, blank=True)

    objects = PulseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["relationship", "-at"], name="pulse_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["relationship", "moment"], condition=~Q(moment=None), name="pulse_once_a_meeting"
            )
        ]

    def __str__(self) -> str:
        return " ".join(self.questions)

    @property
    def is_of_meeting(self) -> bool:
        return self.moment_mode != ""

    def state(self, *, on: date) -> PulseState:
        """The state on a day (prefetch `answers`)."""
        if self.opened_at is not None:
            return PulseState.OPENED
        if self.declined_at is not None:
            return PulseState.DECLINED
        if self.closes_on < on:
            return PulseState.CLOSED
        is_answered = any(answer.is_in for answer in self.answers.all())
        return PulseState.ONE_ANSWERED if is_answered else PulseState.ASKED


class PulseAnswerQuerySet(models.QuerySet["PulseAnswer"]):
    def visible_to(self, member: Member) -> Self:
        """An answer is there for nobody, its writer included, until both are in or its writer opened it alone."""
        opened = self.exclude(said=None)
        return opened.filter(pulse__in=Pulse.objects.visible_to(member))


@kept
@noted(
    "pulse_id",
    "is_ours",
    "said",
    "burned_at",
    touches={
        ChangeKind.PARTY: "SELECT r.party_id FROM rows JOIN between_pulse p ON p.id = rows.pulse_id"
        " JOIN parties_relationship r ON r.id = p.relationship_id"
    },
)
class PulseAnswer(Said):
    """What one side answered: sealed with the key file until it is opened, then in `said` as `sealing.Answer` has it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pulse = models.ForeignKey(Pulse, models.CASCADE, related_name="answers")
    sealed = models.TextField(blank=True)
    said = models.JSONField(null=True, blank=True)
    burned_at = models.DateTimeField(null=True, blank=True, help_text="taken back by its writer, unread")

    objects = PulseAnswerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pulse", "is_ours"], name="pulse_answered_once_a_side")]

    @property
    def is_in(self) -> bool:
        return self.burned_at is None


class PulseReplyQuerySet(models.QuerySet["PulseReply"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(pulse__in=Pulse.objects.visible_to(member))


@kept
class PulseReply(Said):
    """What somebody says to an opened pulse."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pulse = models.ForeignKey(Pulse, models.CASCADE, related_name="replies")
    words = models.TextField()

    objects = PulseReplyQuerySet.as_manager()


class AgreementState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    COUNTERED = "countered", _("answered with another version")
    HOLDS = "holds", _("holds")
    DECLINED = "declined", _("declined")
    REPLACED = "replaced", _("replaced by a later version")
    LAPSED = "lapsed", _("lapsed: nobody answered in time")
    ENDED = "ended", _("ended")


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(shown("relationship__party_id", member=member))

    def of(self, relationship: Relationship) -> Self:
        """Those of a relationship, and of all whose party is taken to be the same."""
        return self.filter(relationship__party__in=Party.objects.the_same([relationship.party_id]))


@kept
class Agreement(models.Model):
    """What both sides hold. It stands in versions: both keys are needed for one to hold, and either key ends it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="agreements")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Party, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["relationship", "-begun_at"], name="agreement_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["relationship"], condition=Q(ended_at=None), name="agreement_one_a_relationship"
            )
        ]


class AgreementVersionQuerySet(models.QuerySet["AgreementVersion"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(agreement__in=Agreement.objects.visible_to(member))


@kept
class AgreementVersion(Said):
    """One version, as one side proposed it. Its words are never changed: another version is another row.

    `digest` is the SHA-256 of its canonical text (`canonical.text_of`), the same wherever that text lies.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="versions")
    number = models.IntegerField()
    together = models.TextField(help_text="what we do together")
    in_touch = models.TextField(blank=True, help_text="how we shall be in touch")
    bundles = models.JSONField(default=list, help_text="the promises and terms it bundles, in their words")
    parting = models.TextField(blank=True, help_text="how we part")
    look_again_on = models.DateField()
    answer_by = models.DateField(null=True, blank=True, help_text="after it, the proposal has lapsed")
    text = models.TextField(help_text="the canonical text")
    digest = models.CharField(max_length=64)

    objects = AgreementVersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_once")]

    def __str__(self) -> str:
        return self.together


class KeyQuerySet(models.QuerySet["AgreementKey"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(version__in=AgreementVersion.objects.visible_to(member))


@kept
class AgreementKey(Said):
    """One side's key to a version: it agrees, or declines. Who proposes has turned its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="keys")
    agrees = models.BooleanField()
    words = models.TextField(blank=True)

    objects = KeyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "is_ours"], name="agreement_key_once_a_side")]


# The tables of other files of this app are found where Django looks for those of the app.
from ampersand.between.handing import HandingOver, HandingReply, ReplyKind  # noqa: E402, F401
from ampersand.between.naming import Named  # noqa: E402, F401
from ampersand.between.objecting import Objection  # noqa: E402, F401
from ampersand.between.readers import ReaderRole, ReadOn  # noqa: E402, F401
