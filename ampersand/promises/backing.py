"""What a promise leans on: another promise, of anybody. And asking a colleague to promise first, who may be away."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from ampersand.core.as_known import told_over_time
from ampersand.core.history import kept
from ampersand.core.ids import new_id
from ampersand.members.models import Member
from ampersand.parties.closed import shown
from ampersand.parties.models import AsKnownQuerySet, Party, Relationship, Told
from ampersand.promises.models import Promise


class LeaningQuerySet(AsKnownQuerySet["Leaning"]):
    def visible_to(self, member: Member) -> Self:
        """It shows both its ends, so both must be visible."""
        seen = Promise.objects.visible_to(member)
        return self.filter(promise__in=seen, on__in=seen)


@told_over_time()
@kept
class Leaning(Told):
    """A promise leans on another: it can be kept only if that one is. Withdrawn where it no longer does.

    Nothing leans on itself, not by way of others either: `backing_actions.lean` refuses it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    promise = models.ForeignKey(Promise, models.CASCADE, related_name="leanings")
    on = models.ForeignKey(Promise, models.CASCADE, related_name="leaned_on_by")

    objects = LeaningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["promise", "on"], condition=Q(withdrawn_at=None), name="leaning_once"),
            models.CheckConstraint(condition=~Q(promise=F("on")), name="leaning_on_another"),
        ]


class AskingQuerySet(AsKnownQuerySet["Asking"]):
    def visible_to(self, member: Member) -> Self:
        """What a colleague means to promise is theirs until they do: who asked sees it, and who is asked."""
        mine = Q(told_by=member) | Q(promise__by__member=member)
        return self.filter(mine).filter(shown("relationship__party_id", "to_id", member=member))


@told_over_time()
@kept
class Asking(Told):
    """Why a colleague was asked to promise something first: what the one who asked means to promise once it is backed.

    What is asked of them is the promise itself, which waits for their word.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    promise = models.OneToOneField(Promise, models.CASCADE, related_name="asking")
    relationship = models.ForeignKey(Relationship, models.CASCADE, null=True, blank=True, related_name="+")
    to = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="+")
    words = models.TextField(blank=True, help_text="what is to be promised then; empty where it is promised already")
    due_on = models.DateField(null=True, blank=True)
    instead_of = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+", help_text="who was away when it was asked"
    )

    objects = AskingQuerySet.as_manager()


class AbsenceQuerySet(AsKnownQuerySet["Absence"]):
    def visible_to(self, member: Member) -> Self:
        return self.all()

    def current(self, on: date) -> Self:
        return self.standing().filter(from_on__lte=on, until_on__gt=on)


@kept
class Absence(models.Model):
    """A member is away for some days, and somebody stands in: what the one would be asked, the other is shown."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="absences")
    from_on = models.DateField()
    until_on = models.DateField(help_text="the first day back")
    stands_in = models.ForeignKey(Member, models.CASCADE, null=True, blank=True, related_name="stands_in_for")
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="absence_has_days"),
            models.CheckConstraint(condition=~Q(member=F("stands_in")), name="absence_another_stands_in"),
        ]

    def may_be_withdrawn(self, member: Member) -> bool:
        return self.withdrawn_at is None and member.pk == self.member_id
