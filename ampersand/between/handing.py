"""Handing over who tends a relationship: the story that is told, who stands for what from then on, and what they say to it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ampersand.core.history import kept
from ampersand.core.ids import new_id
from ampersand.members.models import Member
from ampersand.parties.closed import shown
from ampersand.parties.models import Party, Relationship
from ampersand.parties.voices import Voice
from ampersand.promises.models import Promise


class HandingOverQuerySet(models.QuerySet["HandingOver"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(shown("relationship__party_id", member=member))

    def waiting(self) -> Self:
        """Those the colleague has not answered."""
        return self.filter(accepted_at=None, declined_at=None, withdrawn_at=None)

    def done(self) -> Self:
        return self.exclude(accepted_at=None)


@kept
class HandingOver(models.Model):
    """One of us hands the tending of a relationship to another, who accepts it or not.

    `story` is what is told inside; `shared_story` is exactly what the other side reads, empty while nothing was shared.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="handings_over")
    by = models.ForeignKey(Party, models.CASCADE, related_name="+", help_text="who of us tended it")
    to = models.ForeignKey(Party, models.CASCADE, related_name="+", help_text="who of us is to tend it")
    from_on = models.DateField()
    story = models.TextField(blank=True)
    shared_story = models.TextField(blank=True)
    promises = models.ManyToManyField(Promise, related_name="+", help_text="to be named over")
    at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    decline_words = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = HandingOverQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["relationship", "-at"], name="handing_over_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["relationship"],
                condition=Q(accepted_at=None, declined_at=None, withdrawn_at=None),
                name="handing_over_one_waits",
            )
        ]

    @property
    def waits(self) -> bool:
        return self.accepted_at is None and self.declined_at is None and self.withdrawn_at is None

    def may_be_answered(self, member: Member) -> bool:
        """Only who is to tend it accepts it or says no."""
        return self.to.member_id == member.pk

    def may_be_withdrawn(self, member: Member) -> bool:
        return self.by.member_id == member.pk


class ReplyKind(models.TextChoices):
    RIGHT = "right", _("put the story right")
    NO = "no", _("said no to the colleague")


class HandingReplyQuerySet(models.QuerySet["HandingReply"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(shown("handing__relationship__party_id", "by_id", member=member))


class HandingReply(models.Model):
    """What the other side says to a handing over. It stands beside the story, on both sides."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    handing = models.ForeignKey(HandingOver, models.CASCADE, related_name="replies")
    kind = models.CharField(max_length=5, choices=ReplyKind)
    by = models.ForeignKey(Party, models.CASCADE, related_name="+", help_text="whose word it is")
    voice = models.CharField(max_length=10, choices=Voice, default=Voice.OWN)
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    objects = HandingReplyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handing"], condition=Q(kind="no"), name="handing_refused_once"),
        ]
