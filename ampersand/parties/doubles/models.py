from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ampersand.core.history import kept
from ampersand.core.ids import new_id
from ampersand.members.models import Member
from ampersand.parties.closed import shown

# Who says "later" is asked again after so long.
LATER = timedelta(days=90)


class Answer(models.TextChoices):
    SAME = "same", _("the same")
    TWO = "two", _("two")
    LATER = "later", _("later")


class DoubleQuerySet(models.QuerySet["Double"]):
    def visible_to(self, member: Member) -> Self:
        """Only who sees both may know that they are likely one."""
        return self.filter(shown("party_id", "other_id", member=member))

    def of_source(self, source_id: UUID) -> Self:
        """Those of whom one came in with this source."""
        return self.filter(Q(party__source=source_id) | Q(other__source=source_id))

    def waiting(self, at: datetime) -> Self:
        """Those that nobody has answered, or that somebody put off long enough ago, of two that are still two."""
        open_ = Q(answer="") | Q(answer=Answer.LATER, answered_at__lte=at - LATER)
        there = {f"{end}__{name}": None for end in ("party", "other") for name in ("now", "erased_at")}
        return self.filter(open_, **there)


@kept
class Double(models.Model):
    """Two parties that are likely one, for a person to say. What was answered is kept: two people stay two.

    `party` has the lower id. `reasons` are (column, likeness), put into words by `reasons`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    other = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    probability = models.FloatField(help_text="for the order alone; never shown")
    reasons = models.JSONField(default=list)
    found_at = models.DateTimeField()
    answer = models.CharField(max_length=5, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = DoubleQuerySet.as_manager()

    class Meta:
        app_label = "parties"
        constraints = [models.UniqueConstraint(fields=["party", "other"], name="double_once")]
        indexes = [models.Index(fields=["-probability", "id"], condition=~Q(answer="two"), name="double_likeliest")]
