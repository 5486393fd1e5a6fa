"""Somebody whom the other side names to us: who, how they are reached, and why. It waits for a member.

A member makes a party of it and the tie that says who introduced them, or leaves it. Nothing is sent to anybody by itself.
"""

from __future__ import annotations

from typing import Self

from django.db import models

from ampersand.core.history import kept
from ampersand.core.ids import new_id
from ampersand.members.models import Member
from ampersand.parties.closed import shown
from ampersand.parties.models import Party, Relationship


class NamedQuerySet(models.QuerySet["Named"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(shown("relationship__party_id", "by_id", "became_id", member=member))

    def waiting(self) -> Self:
        return self.filter(settled_at=None)


@kept
class Named(models.Model):
    """One whom somebody of the other side brings in. Settled, it became a party or was left."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="named")
    by = models.ForeignKey(Party, models.CASCADE, related_name="+", help_text="who named them")
    name = models.CharField(max_length=300)
    address = models.CharField(max_length=320, blank=True)
    why = models.TextField(blank=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    became = models.ForeignKey(Party, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = NamedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["at"], condition=models.Q(settled_at=None), name="named_waiting")]

    def __str__(self) -> str:
        return self.name

    def may_be_settled(self, member: Member) -> bool:
        return self.relationship.party.may_be_tended(member)
