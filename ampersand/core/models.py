from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ampersand.core.ids import new_id


class SourceKind(models.TextChoices):
    MAIL = "mail", _("mail")
    CALENDAR = "calendar", _("calendar")
    CONTACTS = "contacts", _("address book")
    TABLE = "table", _("table")
    NOTE = "note", _("notebook")
    TYPED = "typed", _("typed")
    DEMO = "demo", _("demo house")


class Source(models.Model):
    """One bringing-in: a file that was imported, a note that was kept. Facts point to it and say their place in it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=SourceKind)
    label = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.label or self.get_kind_display()


class File(models.Model):
    """A document, kept once by content. Its bytes lie in the data folder under the digest."""

    digest = models.CharField(primary_key=True, max_length=64)
    size_bytes = models.BigIntegerField()
    media_type = models.CharField(max_length=120, blank=True)
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:12]


class Erasure(models.Model):
    """The dated empty place that an erasure leaves. It says what kind of thing was here, and nothing of what it was."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject_id = models.UUIDField(db_index=True)
    erased_at = models.DateTimeField()
    row_count = models.IntegerField(help_text="rows whose content was taken away, history included")


class Event(models.Model):
    """One line a change of state: what was done, by whom, to which row. Never a person's words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=60, help_text="past tense: promise.said_done")
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True, blank=True, help_text="the member who acted; empty for a job")
    subject_id = models.UUIDField(db_index=True)
    relationship_id = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="event_when")]
