"""What the other side says of a reading about them: it stands beside that sentence, on both sides."""

from __future__ import annotations

from typing import Self

from django.db import models

from ampersand.core.as_known import told_over_time
from ampersand.core.history import kept
from ampersand.core.ids import new_id
from ampersand.members.models import Member
from ampersand.parties.closed import shown
from ampersand.parties.models import Party, Relationship


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(shown("relationship__party_id", "by_id", member=member))


@told_over_time("at")
@kept
class Objection(models.Model):
    """*This is not right*, of a reading. The reading may be read anew meanwhile, so what it said is kept with it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="objections")
    by = models.ForeignKey(Party, models.CASCADE, related_name="+", help_text="whose word it is")
    measure = models.CharField(max_length=16, help_text="of which reading")
    said = models.CharField(max_length=300, blank=True, help_text="what it said then")
    words = models.TextField()
    at = models.DateTimeField()

    objects = ObjectionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.words
