from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from ampersand.core.ids import new_id
from ampersand.members.models import Member
from ampersand.parties.models import Relationship


class SetAsideQuerySet(models.QuerySet["SetAside"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(member=member)


class SetAside(models.Model):
    """What a member did with a line of Today: not now (back when it has a fresh reason), or let it rest."""

    class Kind(models.TextChoices):
        NOT_NOW = "not_now", _("not now")
        REST = "rest", _("let it rest")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    reason = models.CharField(max_length=80, help_text="what the line rested on, so that a fresh reason brings it back")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = SetAsideQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["member", "relationship", "-at"], name="set_aside_of")]
