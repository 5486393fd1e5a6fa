"""Undoing a whole import: what it brought goes, unless something was written upon it since; that stays and is listed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from ampersand.channels.models import Import, ImportItem
from ampersand.core import events, files, jobs, search
from ampersand.core.models import File
from ampersand.exchange.models import Concession, Transaction
from ampersand.members.models import Member
from ampersand.notebook.models import Note, Piece
from ampersand.parties.models import (
    ClosedTo,
    Detail,
    Identifier,
    Party,
    Relationship,
    SideLine,
    StandsFor,
    Tending,
    Tie,
)
from ampersand.promises.models import Promise
from ampersand.timeline import actions as timeline
from ampersand.timeline.models import Moment, Participant, Telling, Thread

M = TypeVar("M", bound=models.Model)


class NotEnded(ValueError):
    """An import that is still running is stopped or let run before it is undone."""


@dataclass(frozen=True)
class Undone:
    """What an undo took away, by kind of row, and what it left standing, with why it stays."""

    gone: dict[str, int]
    stays: list[str]


@transaction.atomic
def undo(import_: Import, *, by: Member, at: datetime) -> Undone:
    """Undo an import. Afterwards the tables hold what they held before it, but for what was written upon it since.

    Undone twice, it is undone once. History goes too: what was brought in by mistake is not kept as a past.
    Raises NotEnded while it runs.
    """
    import_ = Import.objects.select_for_update().get(pk=import_.pk)
    if import_.undone_at:
        return Undone({}, [])
    if not import_.ended_at and not import_.last_error:
        raise NotEnded
    source_id = import_.source_id
    touched = _touched(source_id)
    gone = _undo_joins(source_id)
    stays = []
    moments, moments_stay = _split(Moment.objects.filter(source_id=source_id), _moment_is_built_upon(import_))
    stays += [str(moment.subject or moment) for moment in moments_stay]
    threads = set(moments.exclude(thread=None).values_list("thread_id", flat=True))
    search.remove(list(moments.values_list("pk", flat=True)))
    gone["moment"] = _forget(Moment, moments)
    gone["thread"] = Thread.objects.filter(pk__in=threads, moments=None).delete()[0]
    for model in (Transaction, Tie, Detail, SideLine):
        gone[model._meta.model_name or ""] = _forget(model, model.objects.filter(source_id=source_id))
    relationships, relationships_stay = _split(
        Relationship.objects.filter(source_id=source_id), _relationship_is_built_upon(source_id))
    stays += [str(relationship.party) for relationship in relationships_stay.select_related("party")]
    gone["relationship"] = _forget(Relationship, relationships)
    identifiers = Identifier.objects.filter(source_id=source_id).exclude(party__relationship__isnull=False)
    gone["identifier"] = _forget(Identifier, identifiers)
    parties, _ = _split(Party.objects.filter(source_id=source_id), _party_is_built_upon(source_id))
    search.remove(list(parties.values_list("pk", flat=True)))
    gone["party"] = _forget(Party, parties)
    _close(import_, by=by, at=at)
    for relationship_id in Relationship.objects.filter(pk__in=touched).values_list("pk", flat=True):
        jobs.defer(events.REFRESH, lock=f"readings:{relationship_id}", relationship_id=str(relationship_id))
    return Undone({kind: number for kind, number in gone.items() if number}, stays)


def _touched(source_id: UUID) -> set[UUID]:
    moments = Telling.objects.filter(source_id=source_id).values("moment_id")
    parties = Participant.objects.filter(moment__in=moments).values("party_id")
    return set(Relationship.objects.filter(party_id__in=parties).values_list("pk", flat=True))


def _undo_joins(source_id: UUID) -> dict[str, int]:
    """Take this source's tellings out of moments that others told: the people and words only it added go with them."""
    joins = Telling.objects.filter(source_id=source_id).exclude(moment__source_id=source_id).select_related("moment")
    number = 0
    for telling in joins:
        timeline.take_out(telling)
        number += 1
    return {"telling": number}


def _split(rows: models.QuerySet[M], is_built_upon: Q) -> tuple[models.QuerySet[M], models.QuerySet[M]]:
    return rows.exclude(is_built_upon), rows.filter(is_built_upon)


def _moment_is_built_upon(import_: Import) -> Q:
    """Told by another source too, named by another live import, or holding promises, concessions or kept pieces."""
    other_tellings = Telling.objects.filter(moment=OuterRef("pk")).exclude(source_id=import_.source_id)
    other_lines = ImportItem.objects.filter(fact_id=OuterRef("pk"), run__undone_at=None).exclude(run=import_)
    return (
        Q(Exists(other_tellings)) | Q(Exists(other_lines))
        | Q(Exists(Promise.objects.filter(moment=OuterRef("pk"))))
        | Q(Exists(Concession.objects.filter(moment=OuterRef("pk"))))
        | Q(Exists(Piece.objects.filter(fact_id=OuterRef("pk"))))
    )


def _relationship_is_built_upon(source_id: UUID) -> Q:
    of = {"relationship": OuterRef("pk")}
    party = OuterRef("party_id")
    return (
        Q(Exists(Promise.objects.filter(**of))) | Q(Exists(Concession.objects.filter(**of)))
        | Q(Exists(SideLine.objects.filter(**of).exclude(source_id=source_id)))
        | Q(Exists(Note.objects.filter(about=OuterRef("pk")))) | Q(Exists(Tending.objects.filter(**of)))
        | Q(Exists(ClosedTo.objects.filter(**of)))
        | Q(Exists(Participant.objects.filter(party=party)))
        | Q(Exists(Transaction.objects.filter(party=party)))
        | Q(Exists(Tie.objects.filter(Q(from_party=party) | Q(to_party=party))))
        | Q(Exists(StandsFor.objects.filter(Q(party=party) | Q(same_as=party))))
    )


def _party_is_built_upon(source_id: UUID) -> Q:
    party = OuterRef("pk")
    return (
        Q(Exists(Relationship.objects.filter(party=party)))
        | Q(Exists(Participant.objects.filter(party=party)))
        | Q(Exists(Identifier.objects.filter(party=party).exclude(source_id=source_id)))
        | Q(Exists(Detail.objects.filter(party=party)))
        | Q(Exists(Transaction.objects.filter(party=party)))
        | Q(Exists(Tie.objects.filter(Q(from_party=party) | Q(to_party=party))))
        | Q(Exists(StandsFor.objects.filter(Q(party=party) | Q(same_as=party))))
        | Q(Exists(Promise.objects.filter(Q(by=party) | Q(to=party))))
        | Q(Exists(Concession.objects.filter(Q(by=party) | Q(to=party))))
        | Q(Exists(SideLine.objects.filter(of=party)))
        | ~Q(member=None) | Q(is_house=True)
    )


def _forget(model: type[M], rows: models.QuerySet[M]) -> int:
    """Delete rows with what hangs on them and with their history."""
    ids = list(rows.values_list("pk", flat=True))
    for related in _with_history(model):
        link, past = related
        past.objects.filter(**{f"{link}__in": ids}).delete()
    rows.filter(pk__in=ids).delete()
    for related in _with_history(model):
        link, past = related
        past.objects.filter(**{f"{link}__in": ids}).delete()
    return len(ids)


def _with_history(model: type[models.Model]) -> Iterable[tuple[str, type[models.Model]]]:
    """The history tables that speak of rows of this model, with the column that says which."""
    for relation in model._meta.related_objects:
        past = relation.related_model
        if relation.get_accessor_name() == "past" and isinstance(past, type):
            yield "pgh_obj_id", past
    if model is Moment:
        yield "moment_id", Telling._meta.get_field("past").related_model  # type: ignore[misc]


def _close(import_: Import, *, by: Member, at: datetime) -> None:
    kept = [file for file in (import_.file, import_.rejected_file) if file]
    import_.undone_at, import_.file, import_.rejected_file = at, None, None
    import_.save(update_fields=["undone_at", "file", "rejected_file"])
    import_.items.all().delete()
    events.record("import.undone", at=at, by_id=by.pk, subject_id=import_.pk)
    for file in kept:
        transaction.on_commit(lambda file=file: _let_go_if_unused(file))  # type: ignore[misc]


def _let_go_if_unused(file: File) -> None:
    try:
        files.let_go(file)
    except models.ProtectedError:
        return  # Another import or moment still holds the same content.
