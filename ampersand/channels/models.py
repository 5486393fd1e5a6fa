from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from ampersand.core.ids import new_id
from ampersand.core.models import File, Source
from ampersand.members.models import Member


class ImportKind(models.TextChoices):
    MAIL = "mail", _("mail")
    CALENDAR = "calendar", _("calendar")
    CONTACTS = "contacts", _("address book")
    PEOPLE = "people", _("table of people")
    ORGANISATIONS = "organisations", _("table of organisations")
    MOMENTS = "moments", _("table of moments")
    TRANSACTIONS = "transactions", _("table of transactions")
    OFFERS = "offers", _("table of offers")
    NOTES = "notes", _("table of notes")
    CHATS = "chats", _("chats")
    EXPORT = "export", _("export of another program")
    OTHER = "other", _("files that are left out")


class KnownTableQuerySet(models.QuerySet["KnownTable"]):
    def visible_to(self, member: Member) -> Self:
        """What columns mean is no secret in a house: headings, and no value of anybody's row."""
        return self.all()


class KnownTable(models.Model):
    """How somebody said that a table of one shape is to be understood; the latest holds for the next of that shape."""

    fingerprint = models.CharField(max_length=64, help_text="of its headings, in whatever order")
    mapping = models.JSONField()
    told_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField()

    objects = KnownTableQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["fingerprint", "-told_at"], name="known_table_latest")]

    def __str__(self) -> str:
        return self.fingerprint[:12]


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, member: Member) -> Self:
        """An import shows every item it met, so it is for whoever brought it in."""
        return self.filter(member=member)


class Import(models.Model):
    """Files or folders being brought in by one member: a job on the server, with what became of every item."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.ForeignKey(Member, models.PROTECT, related_name="imports")
    source = models.OneToOneField(Source, models.PROTECT, related_name="brought_in_by")
    kind = models.CharField(max_length=14, choices=ImportKind, blank=True, help_text="empty: not yet told apart")
    file = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    paths = models.JSONField(
        default=list, help_text="files and folders on the server, where it is not one file kept here"
    )
    digest = models.CharField(max_length=64, db_index=True, help_text="of its content: the same file again is known")
    mapping = models.JSONField(null=True, blank=True, help_text="for tables: which column means what")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    undo_asked_at = models.DateTimeField(null=True, blank=True, help_text="while a job is undoing it")
    undone_at = models.DateTimeField(null=True, blank=True)
    item_count = models.IntegerField(null=True, blank=True, help_text="how many there are to do, once counted")
    step = models.CharField(max_length=40, blank=True)
    last_error = models.TextField(blank=True)
    rejected_file = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    after_undo = models.JSONField(
        null=True, blank=True, help_text="the counts it had, and what stays and why, by ids and never by names"
    )

    objects = ImportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["member", "-began_at"], name="import_of")]

    def __str__(self) -> str:
        return str(self.source)

    @property
    def state(self) -> str:
        if self.undone_at:
            return "undone"
        if self.undo_asked_at:
            return "undoing"
        if self.ended_at:
            return "ended"
        return "failed" if self.last_error else "running"


class Fate(models.TextChoices):
    """What became of an item. Every item has exactly one."""

    NEW = "new", _("new")
    JOINED = "joined", _("joined what was known")
    UNCHANGED = "unchanged", _("known already")
    LEFT_OUT = "left_out", _("left out")
    REJECTED = "rejected", _("rejected")


class ImportItem(models.Model):
    """The ledger of an import: one line for every item met, in order, with its exact place and what became of it."""

    run = models.ForeignKey(Import, models.CASCADE, related_name="items", db_index=False)
    part = models.SmallIntegerField(default=0, help_text="which of the kinds of file brought in together")
    ordinal = models.IntegerField()
    place = models.CharField(max_length=300)
    key = models.CharField(max_length=500, blank=True)
    fate = models.CharField(max_length=9, choices=Fate)
    reason = models.CharField(max_length=300, blank=True)
    fact_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "part", "ordinal"], name="import_item_once")]
        indexes = [
            models.Index(fields=["run", "fate", "part", "ordinal"], name="import_item_fate"),
            models.Index(fields=["key"], name="import_item_key"),
            # What else met a fact is asked of each when an import is undone, and when somebody is erased.
            models.Index(fields=["fact_id"], name="import_item_fact"),
        ]


class ToldAgain(models.Model):
    """That an import told a fact which another had told before: should that one be undone, the fact is told by this one.

    `said` is what it would have said in its own words: the name of a party, since when and why somebody is known.
    """

    run = models.ForeignKey(Import, models.CASCADE, related_name="told_again", db_index=False)
    fact_id = models.UUIDField()
    party_id = models.UUIDField(db_index=True, help_text="of whom it is told: it goes with their erasure")
    place = models.CharField(max_length=300, blank=True)
    said = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fact_id", "run"], name="told_again_once")]
        indexes = [models.Index(fields=["run"], name="told_again_by")]
