from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from ampersand.core.as_known import THEN, told_over_time
from ampersand.core.history import kept
from ampersand.core.ids import new_id
from ampersand.core.models import Source
from ampersand.members.models import Member
from ampersand.parties.closed import hidden_array_from, shown
from ampersand.parties.models import Relationship


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, member: Member) -> Self:
        """Raw words are for their writer, until they share them; shared ones are for who may see everybody in them."""
        seen = models.Q(shown("about__party_id", member=member)) & ~models.Q(TellsOfHidden(member=member))
        return self.filter(models.Q(member=member) | models.Q(seen, shared_at__isnull=False))

    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)


# What its writer took back is on no day anybody else's to read.
@told_over_time(
    columns={"shared_at": f"CASE WHEN it.shared_at <= {THEN} AND it.withdrawn_at IS NULL THEN it.shared_at END"}
)
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


class TellsOfHidden(models.Func):
    """For notes: whether a piece of it became a fact about a party that is hidden from the member.

    Asked of all facts of today, on the page of a past day too (`core/as_known.py`).
    """

    output_field = models.BooleanField()
    template = """EXISTS (
        SELECT FROM notebook_piece AS piece WHERE piece.note_id = %(expressions)s AND (
            piece.fact_id = ANY (%(hidden)s)
            OR EXISTS (SELECT FROM public.timeline_participant AS it
                WHERE it.moment_id = piece.fact_id AND it.party_id = ANY (%(hidden)s))
            OR EXISTS (SELECT FROM public.exchange_transaction AS it
                WHERE it.id = piece.fact_id AND it.party_id = ANY (%(hidden)s))
            OR EXISTS (SELECT FROM public.parties_tie AS it
                WHERE it.id = piece.fact_id AND (it.from_party_id = ANY (%(hidden)s) OR it.to_party_id = ANY (%(hidden)s)))
            OR EXISTS (
                SELECT FROM (
                    SELECT relationship_id, by_id, to_id FROM public.promises_promise WHERE id = piece.fact_id
                    UNION ALL
                    SELECT relationship_id, by_id, to_id FROM public.exchange_concession WHERE id = piece.fact_id
                    UNION ALL
                    SELECT relationship_id, of_id, of_id FROM public.parties_sideline WHERE id = piece.fact_id
                ) AS it JOIN parties_relationship AS its ON its.id = it.relationship_id
                WHERE its.party_id = ANY (%(hidden)s) OR it.by_id = ANY (%(hidden)s) OR it.to_id = ANY (%(hidden)s))))"""

    def __init__(self, *, member: Member) -> None:
        super().__init__("pk")
        self._hidden, self._params = hidden_array_from(member)

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        note_id, params = compiler.compile(self.source_expressions[0])
        told = self.template % {"expressions": note_id, "hidden": self._hidden}
        return told, (*params, *self._params * self.template.count("%(hidden)s"))


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


class PieceQuerySet(models.QuerySet["Piece"]):
    def visible_to(self, member: Member) -> Self:
        """Whoever may read a note sees what was kept of it."""
        return self.filter(note__in=Note.objects.visible_to(member))

    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)


class Piece(models.Model):
    """One thing that was kept of a note, with the words it was read from: characters [start, end) of the note.

    Taken back alone it stays, withdrawn; put right, another stands `instead_of` it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    note = models.ForeignKey(Note, models.CASCADE, related_name="pieces")
    kind = models.CharField(max_length=12, choices=PieceKind)
    start = models.IntegerField()
    end = models.IntegerField()
    fact_id = models.UUIDField(null=True, help_text="the fact it became: a moment, promise, line, ...")
    was_put_right = models.BooleanField(default=False)
    joined = models.BooleanField(default=False, help_text="the fact was known before this note")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    instead_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,  # found by the index of those few that have one
        related_name="put_right_as",
    )

    objects = PieceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["fact_id"], name="piece_fact"),
            models.Index(fields=["instead_of"], condition=~models.Q(instead_of=None), name="piece_put_right"),
        ]
        constraints = [models.CheckConstraint(condition=models.Q(end__gte=models.F("start")), name="piece_span")]
