"""Who of the house has read what stands of a relationship: by role and day, for the other side, and never by name.

It is the least that can be told honestly. Nobody of the house is shown it, for it would be a report on what members do; and it
is kept for a year.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Self
from uuid import UUID

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from ampersand.core.ids import new_id
from ampersand.members.models import Member
from ampersand.parties.closed import shown
from ampersand.parties.models import Relationship

KEPT_DAYS = 365


class ReaderRole(models.TextChoices):
    TENDS = "tends", _("somebody who tends you")
    HOUSE = "house", _("somebody of the house")


class ReadOnQuerySet(models.QuerySet["ReadOn"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(shown("relationship__party_id", member=member))


class ReadOn(models.Model):
    """On this day somebody in this role opened the page of a relationship. Once a day and role, however often."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # Begins the index of the constraint below.
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="read_on", db_index=False)
    role = models.CharField(max_length=5, choices=ReaderRole)
    on = models.DateField()

    objects = ReadOnQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relationship", "on", "role"], name="read_on_once")]


def note(relationship_id: UUID, *, by: Member, on: date) -> None:
    """Note that a member read the page of a relationship on this day. One statement the first time in a process, then none."""
    _note(relationship_id, by.pk, on)


# What this process has noted already is not asked again. The day is part of the key, so yesterday's fall out by themselves.
@lru_cache(maxsize=20_000)
def _note(relationship_id: UUID, member_id: UUID, on: date) -> None:
    told: dict[str, Any] = {"id": new_id(), "relationship": relationship_id, "member": member_id, "on": on}
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, told | {"tends": ReaderRole.TENDS, "house": ReaderRole.HOUSE})


_NOTE = """
    INSERT INTO between_readon (id, relationship_id, role, "on")
    SELECT %(id)s, %(relationship)s, CASE WHEN EXISTS (
        SELECT FROM parties_tending
        WHERE relationship_id = %(relationship)s AND member_id = %(member)s AND from_on <= %(on)s
        AND (until_on IS NULL OR until_on > %(on)s)) THEN %(tends)s ELSE %(house)s END, %(on)s
    ON CONFLICT DO NOTHING
"""


def let_go(*, on: date) -> int:
    """Take away what was noted more than a year ago. Answers how many."""
    count, _of_each = ReadOn.objects.filter(on__lt=on - timedelta(days=KEPT_DAYS)).delete()
    return count
