from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from ampersand.core.history import kept
from ampersand.core.ids import new_id
from ampersand.core.models import Source
from ampersand.members.models import Member
from ampersand.parties.models import Relationship, hidden_party_ids
from ampersand.promises.models import Promise
from ampersand.timeline.models import Participant


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, member: Member) -> Self:
        """Raw words are for their writer, until they share them; shared ones are for who may see everybody in them."""
        hidden = hidden_party_ids(member)
        met = Participant.objects.filter(party_id__in=hidden).values("moment_id")
        promised = Promise.objects.filter(
            models.Q(by_id__in=hidden) | models.Q(to_id__in=hidden) | models.Q(relationship__party_id__in=hidden)
        )
        tells = Piece.objects.filter(note=models.OuterRef("pk")).filter(
            models.Q(fact_id__in=hidden) | models.Q(fact_id__in=met) | models.Q(fact_id__in=promised.values("pk"))
        )
        shared = models.Q(shared_at__isnull=False) & ~models.Q(about__party_id__in=hidden) & ~models.Exists(tells)
        return self.filter(models.Q(member=member) | shared)

    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)


@kept
class Note(models.Model):
    """A member's words in the notebook, raw. `device_id` is made where it was written, so that sending it twice keeps one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="notes")
    device_id = models.UUIDField(unique=True)
    words = models.TextField()
    written_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    told_at = models.DateTimeField()
    about = models.ForeignKey(Relationship, models.SET_NULL, null=True, blank=True, related_name="notes")
    source = models.OneToOneField(Source, models.PROTECT, related_name="note")
    shared_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["member", "-written_at"], name="note_of")]

    def __str__(self) -> str:
        return self.words[:60]

    def may_be_undone(self, member: Member) -> bool:
        return self.member_id == member.pk


class PieceKind(models.TextChoices):
    ENCOUNTER = "encounter", _("you met")
    PERSON = "person", _("who")
    PROMISE = "promise", _("promise")
    CONCESSION = "concession", _("give and take")
    TRANSACTION = "transaction", _("trade")
    MATTERS = "matters", _("what matters")
    TIE = "tie", _("tie")
    PLAN = "plan", _("plan")
    QUESTION = "question", _("to find out")


class Piece(models.Model):
    """One thing that was kept of a note, with the words it was read from: characters [start, end) of the note."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    note = models.ForeignKey(Note, models.CASCADE, related_name="pieces")
    kind = models.CharField(max_length=12, choices=PieceKind)
    start = models.IntegerField()
    end = models.IntegerField()
    fact_id = models.UUIDField(null=True, help_text="the fact it became: a moment, promise, line, ...")
    was_put_right = models.BooleanField(default=False)
    joined = models.BooleanField(default=False, help_text="the fact was known before this note")

    class Meta:
        indexes = [models.Index(fields=["fact_id"], name="piece_fact")]
        constraints = [models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="piece_span")]
