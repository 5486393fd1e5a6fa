from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ampersand.core.as_known import told_over_time
from ampersand.core.history import kept
from ampersand.core.ids import new_id
from ampersand.members.models import Member
from ampersand.parties.closed import shown
from ampersand.parties.models import AsKnownQuerySet, Party, Told
from ampersand.parties.speaking import Voice
from ampersand.terms import lines
from ampersand.terms.attempt import Ground, Purpose
from ampersand.terms.gate import InForce, Roster
from ampersand.timeline.models import Mode


class TermsQuerySet(AsKnownQuerySet["Terms"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(shown("party_id", "said_by_id", member=member))

    def of(self, party_ids: Iterable[UUID]) -> Self:
        return self.filter(party__in=list(party_ids))

    def in_force(self, at: datetime) -> Self:
        """Those that hold at a time, the latest version first."""
        return self.filter(from_at__lte=at).filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=at)).order_by("-version")


@told_over_time()
@kept
class Terms(Told):
    """One version of a party's own conditions for being reached and kept. A new version is a new row; none is changed.

    The version of the highest number that has begun and is not withdrawn holds. When all are withdrawn the default holds again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.ForeignKey(Party, models.CASCADE, related_name="terms")
    version = models.IntegerField()
    roster = models.CharField(max_length=12, choices=Roster, blank=True)
    words = models.TextField(blank=True, help_text="free words beside the lines; people read them, the gate does not")
    from_at = models.DateTimeField()
    said_by = models.ForeignKey(Party, models.CASCADE, related_name="+", help_text="the party, or who speaks for it")
    said_at = models.DateTimeField()
    voice = models.CharField(max_length=10, choices=Voice, default=Voice.OWN)

    objects = TermsQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "version"], name="terms_version_once")]

    def __str__(self) -> str:
        return self.get_roster_display() if self.roster else self.words

    def in_force(self) -> InForce:
        """What the gate asks (prefetch `lines`)."""
        told = sorted(self.lines.all(), key=lambda line: line.position)
        return InForce(roster=self.roster, lines=tuple(lines.read(line.kind, line.value) for line in told))

    def may_be_answered(self, member: Member) -> bool:
        return self.withdrawn_at is None


class TermLineQuerySet(models.QuerySet["TermLine"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(terms__in=Terms.objects.visible_to(member))


@kept
class TermLine(models.Model):
    """One line of a version: its kind, and what it says as `lines.read` takes it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    terms = models.ForeignKey(Terms, models.CASCADE, related_name="lines")
    position = models.IntegerField()
    kind = models.CharField(max_length=10, choices=lines.Kind)
    value = models.JSONField()

    objects = TermLineQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["terms", "position"], name="term_line_place")]


class AnswerKind(models.TextChoices):
    ACCEPTS = "accepts", _("accepts")
    ALTERNATIVE = "alternative", _("offers one alternative")
    DECLINES = "declines", _("declines")


class TermsAnswerQuerySet(models.QuerySet["TermsAnswer"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(terms__in=Terms.objects.visible_to(member))


@kept
class TermsAnswer(models.Model):
    """What the house says to a version. It holds from when it was said, whatever the house answers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    terms = models.ForeignKey(Terms, models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=12, choices=AnswerKind)
    words = models.TextField(blank=True)
    alternative = models.CharField(
        max_length=12, choices=Roster, blank=True, help_text="the one choice we offer instead"
    )
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects = TermsAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=AnswerKind.ALTERNATIVE) ^ Q(alternative=""), name="terms_answer_offers_one"
            )
        ]


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(shown("party_id", member=member))


class Decision(models.Model):
    """What the gate said to one attempt: it may go, or it may not, because of this line. Written once, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.ForeignKey(Party, models.CASCADE, related_name="decisions")
    terms = models.ForeignKey(Terms, models.SET_NULL, null=True, blank=True, related_name="decisions")
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    mode = models.CharField(max_length=12, choices=Mode)
    purpose = models.CharField(max_length=10, choices=Purpose)
    ground = models.CharField(max_length=10, choices=Ground, blank=True)
    may = models.BooleanField()
    because = models.CharField(max_length=20, help_text="a Because, or the kind of the line that decided")
    opens_at = models.DateTimeField(null=True, blank=True)
    receiver = models.ForeignKey(
        "terms.Receiver", models.SET_NULL, null=True, blank=True, related_name="decisions", help_text="what was to go"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["party", "-at"], name="decision_of")]
        constraints = [
            models.CheckConstraint(condition=Q(purpose=Purpose.NOTICE) ^ Q(ground=""), name="notice_names_its_ground")
        ]


class Left(models.Model):
    """An address that is left alone: whoever used it left, and wished that mark to stay. Only its seal is kept
    (`erasure.sealed`), so that it can be recognised and never read."""

    sealed = models.CharField(max_length=80, primary_key=True)
    on = models.DateField()


# The tables of a folder of this app are found where Django looks for those of the app.
from ampersand.terms.messages.models import Message, Receiver  # noqa: E402, F401
