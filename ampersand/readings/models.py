from __future__ import annotations

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from ampersand.core.as_known import THAT_DAY, told_over_time
from ampersand.core.ids import new_id
from ampersand.core.rooms import Room
from ampersand.members.models import Member
from ampersand.parties.closed import shown
from ampersand.parties.models import Relationship


class Measure(models.TextChoices):
    """The readings there are of a relationship. What was promised is read of each side apart."""

    WHOSE_MOVE = "whose_move", _("whose move")
    QUIET = "quiet", _("quiet")
    NEXT = "next", _("when next")
    KEPT_OURS = "kept_ours", _("what we promised, kept")
    KEPT_THEIRS = "kept_theirs", _("what they promised, kept")
    GAP_OURS = "gap_ours", _("what we call done, and they do not confirm")
    GAP_THEIRS = "gap_theirs", _("what they call done, and we do not confirm")
    MORE_OURS = "more_ours", _("whether we promise more than is kept")
    MORE_THEIRS = "more_theirs", _("whether they promise more than is kept")
    GIVE_AND_TAKE = "give_and_take", _("give and take")
    AGREE = "agree", _("agree and differ")
    RIGHT_WAY = "right_way", _("right way")
    TUNE = "tune", _("in tune")


class ReadingQuerySet(models.QuerySet["Reading"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(shown("relationship__party_id", member=member))


class AsRead(models.Model):
    """What a reading says, and what it rests on. `says` is which sentence of the measure holds (`too_early`, `their_move`,
    `quiet`, ...); `value`, `low`, `high` are in `unit`; `count` is how much evidence there was; `told` has what else the
    sentence names, as the measure's maker (`readings.making`) describes it. A reading in room *between* rests on what lies
    there alone: the other side sees it. It says how things stood at `as_of`, by what had been told until `as_known_at`. Of
    moments and purchases `evidence` and `against` hold the latest; `readings.resting` finds all that it rests on.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    measure = models.CharField(max_length=16, choices=Measure)
    room = models.CharField(max_length=8, choices=Room, default=Room.OURS)
    rule_version = models.IntegerField()
    says = models.CharField(max_length=24)
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    usual = models.FloatField(null=True, help_text="the middle one of what it rests on")
    unit = models.CharField(max_length=16, blank=True)
    count = models.IntegerField(default=0)
    since_on = models.DateField(null=True)
    told = models.JSONField(default=dict)
    as_of = models.DateTimeField()
    as_known_at = models.DateTimeField()
    evidence = ArrayField(models.UUIDField(), default=list)
    against = ArrayField(models.UUIDField(), default=list)

    class Meta:
        abstract = True


class PastReading(AsRead):
    """A reading as it would have been at the end of a past day: kept for a while, for who looks at that day again."""

    # The constraint begins with it, and is looked in instead of an index of its own.
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="past_readings", db_index=False)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["relationship", "on", "measure", "room"], name="past_reading_once")
        ]
        indexes = [models.Index(fields=["on", "measure"], name="past_reading_of_day")]


class PastRead(models.Model):
    """That a relationship was read as of a past day, whatever that gave. What changes it since takes this away."""

    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="+")
    on = models.DateField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relationship", "on"], name="past_read_once")]
        indexes = [models.Index(fields=["on"], name="past_read_of_day")]


@told_over_time(told="", source=PastReading._meta.db_table, where=f'it."on" = {THAT_DAY}')
class Reading(AsRead):
    """A sentence with a quantity, computed by a published rule, with what it rests on, for and against.

    There is one of each measure and room; on the page of a past day those are read that were made of it (`PastReading`).
    """

    # The constraint begins with it, and is looked in instead of an index of its own.
    relationship = models.ForeignKey(Relationship, models.CASCADE, related_name="readings", db_index=False)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["relationship", "measure", "room"], name="reading_once")]
        indexes = [models.Index(fields=["measure", "says", "-value"], name="reading_says")]

    @property
    def quiet_beyond(self) -> float | None:
        """Of *quiet*: the days of silence after which it is said. The rule before this one said it after the range."""
        beyond: float | None = self.told.get("beyond", self.high)
        return beyond


class Snapshot(models.Model):
    """The copy of the facts that the whole book was last read from (`readings/snapshot`). One with another key is no good.

    `read_key` is the one of which the whole book stands read, by the rules of `read_by`: what differs from it alone is read
    when the book is read again on that day.
    """

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    key = models.UUIDField()
    as_of = models.DateTimeField()
    read_key = models.UUIDField(null=True)
    read_by = models.CharField(max_length=64, blank=True)


class PriorQuerySet(models.QuerySet["Prior"]):
    def known_at(self, at: datetime) -> Prior | None:
        """What was believed at an instant: the latest that was fitted until then, if any was."""
        return self.filter(as_of__lte=at).order_by("-as_of", "-pk").first()


class Prior(models.Model):
    """What the house's own book says of anybody before their own is seen, as it was fitted once (`readings.fitted`).

    The first reading of the whole book on a day adds one and none is changed or taken away: what is read as it was known on
    a day that has passed is read with what was believed then.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    as_of = models.DateTimeField()
    gaps = models.JSONField(help_text="of the gaps between encounters, see readings.rhythm.next_gap.Prior")
    contact = models.JSONField(null=True, help_text="of contact ahead, see readings.rhythm.model.Model")
    kept = models.JSONField(help_text="of either side's promises, see readings.keeping.Prior")

    objects = PriorQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-as_of"], name="prior_as_of")]
