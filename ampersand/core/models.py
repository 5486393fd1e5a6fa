from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from ampersand.core.ids import new_id


class SourceKind(models.TextChoices):
    MAIL = "mail", _("mail")
    CALENDAR = "calendar", _("calendar")
    CONTACTS = "contacts", _("address book")
    TABLE = "table", _("table")
    CHAT = "chat", _("chat")
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


class Touched(models.Model):
    """A relationship in which something was done since it was last read. Its readings are made afresh by a job."""

    relationship_id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()


class ChangeKind(models.TextChoices):
    """What the ids of a change are, and how far it reaches."""

    PARTY = "party", "parties: what is read of them, and of where they work"
    STANDING = "standing", "parties who stand for another, or act for another, since then or no longer"
    CLOSING = "closing", "parties whose relationship was closed or opened, or is shown to others than before"
    RELATIONSHIP = "relationship", "relationships that have come or gone"
    BOOK = "book", "all of the book"


class Change(models.Model):
    """What one statement changed that a snapshot has not taken in yet (`core/changes.py`). Written by the database."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=12, choices=ChangeKind)
    object_ids = ArrayField(models.UUIDField())


def _index_of_words(name: str, condition: models.Q) -> GinIndex:
    # What was put last waits in a list (of at most 1 MB) that every search reads through.
    return GinIndex(fields=["words"], condition=condition, gin_pending_list_limit=1024, name=name)


class SearchEntry(models.Model):
    """What one row is found by. `scope` says who may find it at all: its kind, and for a row in *mine* also its member.

    `words` holds its folded words, and two of our own making: `~scope` and `~scope/yymm`, by which the index is asked
    for one scope, or for some of its months, at once.
    """

    object_id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=12)
    scope = models.CharField(max_length=48, db_collation="C")
    name = models.CharField(max_length=300, blank=True, db_collation="C", help_text="folded")
    at = models.DateTimeField(null=True)
    party_ids = ArrayField(models.UUIDField(), default=list)
    words = SearchVectorField()

    class Meta:
        indexes = [
            models.Index("scope", "name", models.F("at").desc(nulls_last=True), "object_id", name="search_in_order"),
            _index_of_words("search_parties", models.Q(scope="party")),
            # What is frequent in moments is not read for the few promises and notes.
            _index_of_words("search_moments", models.Q(scope="moment")),
            _index_of_words("search_others", ~models.Q(scope__in=["party", "moment"])),
        ]


class SearchName(models.Model):
    """A folded word of a party's name, so that names are walked through in order and no further than asked."""

    pk = models.CompositePrimaryKey("word", "object_id")
    word = models.CharField(max_length=60, db_collation="C")
    object_id = models.UUIDField()


class SearchBeginning(models.Model):
    """A beginning of a word (4 to 8 letters), under itself and under what is left of it without one letter.

    Two that are alike do no harm, and are not forbidden: whoever writes a word first would make all others wait who
    write it too, until its transaction ends.
    """

    # Of Django's making alone: the table has no key, which would cost a third of writing it and be asked for by nobody.
    pk = models.CompositePrimaryKey("shortened", "beginning")
    shortened = models.CharField(max_length=8, db_collation="C")
    beginning = models.CharField(max_length=8, db_collation="C")

    class Meta:
        indexes = [models.Index(fields=["shortened", "beginning"], name="search_shortened")]
