from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from ampersand.core.history import kept
from ampersand.core.ids import new_id
from ampersand.members.models import Member
from ampersand.parties.closed import shown
from ampersand.parties.models import Party, Relationship


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


NEVER, NOT_DUE = date.min, date.max


class StandingQuerySet(models.QuerySet["Standing"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(shown("party_id", member=member))


class Standing(models.Model):
    """How a relationship stands: what the list of relationships sorts and filters by, gathered from the facts.

    It may be made anew at any time (`standing.gather`). A day that there is none of stands at the far end of time, so
    that one order serves the whole list. Moments, promises and ties that only some members may see are not counted.
    """

    relationship = models.OneToOneField(Relationship, models.CASCADE, related_name="standing")
    party = models.ForeignKey(Party, models.CASCADE, related_name="+", db_index=False)
    sort_key = models.CharField(max_length=300, db_collation="C")
    last_on = models.DateField(default=NEVER, help_text="when they were last in touch; never: 1 January of year 1")
    last_mode = models.CharField(max_length=10, blank=True)
    open_ours = models.IntegerField(default=0)
    open_theirs = models.IntegerField(default=0)
    due_ours_on = models.DateField(default=NOT_DUE, help_text="the first open promise of ours to fall due")
    due_theirs_on = models.DateField(default=NOT_DUE)
    due_on = models.DateField(default=NOT_DUE, help_text="the earlier of the two")
    known_on = models.DateField(default=NOT_DUE, help_text="since when the house knows them")
    kept_count = models.IntegerField(default=0, help_text="promises of either side that their receiver called kept")
    called_count = models.IntegerField(default=0, help_text="promises that were called kept, partly or not kept")
    kept_share = models.DecimalField(
        max_digits=5, decimal_places=4, default=0, help_text="of the called ones; 0 for none"
    )
    trade = models.JSONField(default=dict, help_text="a year's trade by currency, as decimal text")
    trade_amount = models.DecimalField(
        max_digits=18, decimal_places=4, default=0, help_text="of it in the house's currency"
    )
    facets = ArrayField(
        models.TextField(), default=list, help_text="what is so or not: kind:person, tie:works_at, place:leeds"
    )

    objects = StandingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["sort_key", "relationship"], name="standing_by_name"),
            models.Index(fields=["last_on", "relationship"], name="standing_by_last"),
            models.Index(fields=["due_on", "relationship"], name="standing_by_due"),
            models.Index(fields=["trade_amount", "relationship"], name="standing_by_trade"),
            models.Index(fields=["known_on", "relationship"], name="standing_by_known"),
            models.Index(fields=["open_ours", "relationship"], name="standing_by_ours"),
            models.Index(fields=["open_theirs", "relationship"], name="standing_by_theirs"),
            models.Index(
                fields=["kept_share", "relationship"], condition=models.Q(called_count__gt=0), name="standing_by_kept"
            ),
            models.Index(fields=["party"], name="standing_of_party"),
            GinIndex(fields=["facets"], gin_pending_list_limit=512, name="standing_facets"),
        ]


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def visible_to(self, member: Member) -> Self:
        """One's own and those that were shared with the house."""
        return self.filter(models.Q(member=member) | ~models.Q(shared_at=None), removed_at=None)


@kept
class SavedSearch(models.Model):
    """What the list of relationships was asked for, under a name: one member's until they share it with the house."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    asked = models.JSONField(default=dict, help_text="what was asked, by the names of the address")
    made_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["member", "name"], name="saved_search_of")]

    def __str__(self) -> str:
        return self.name

    def may_be_changed(self, member: Member) -> bool:
        """Whoever made it, and for one of the house its stewards."""
        return self.member_id == member.pk or (self.shared_at is not None and member.is_steward)


class ListColumns(models.Model):
    """Which columns a member chose for the list of relationships."""

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="+")
    names = ArrayField(models.TextField(), default=list, help_text="by name; of a detail: detail:VAT number")


class ListEditQuerySet(models.QuerySet["ListEdit"]):
    def visible_to(self, member: Member) -> Self:
        return self.filter(member=member)


class ListEdit(models.Model):
    """One act on many rows of the list, with the facts it made and ended, so that it is undone as one. It holds no words."""

    class Kind(models.TextChoices):
        TAG = "tag", _("tag told")
        UNTAG = "untag", _("tag taken off")
        TEND = "tend", _("taken up")
        STOP_TENDING = "stop_tending", _("laid down")
        DETAIL = "detail", _("detail told")
        KEEP = "keep", _("kept in the book")
        FADE = "fade", _("let fade")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    made = ArrayField(models.UUIDField(), default=list)
    ended = ArrayField(models.UUIDField(), default=list)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ListEditQuerySet.as_manager()
