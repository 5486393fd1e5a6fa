"""Readings, later: of one relationship after each change, of a whole source after an import, of the book each night."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app

from ampersand.core import book, events
from ampersand.core.among import among
from ampersand.core.models import Touched
from ampersand.parties.models import Party, Relationship, Tie, TieKind
from ampersand.readings import past
from ampersand.timeline.models import Participant

# One statement reads so many; past so many in all the whole book is sooner read at once.
READ_TOGETHER = 200
READ_ALL_BEYOND = 2_000


@app.task(name=events.REFRESH)
def refresh(relationship_id: str = "") -> None:
    """Read afresh what was touched since; and one relationship, as a version before queued it."""
    began = timezone.now()
    ids = list(Touched.objects.filter(at__lte=began).values_list("relationship_id", flat=True))
    _read([*ids, *([UUID(relationship_id)] if relationship_id else [])])
    # What was touched again meanwhile stays, and whoever touched it queued another job.
    Touched.objects.filter(among("relationship_id", ids), at__lte=began).delete()


def _read(ids: Sequence[UUID]) -> None:
    """Read these afresh, so many at a time; the whole book, in a process of its own, where that is sooner done.

    Raises NotDone where the whole book could not be read.
    """
    if len(ids) > READ_ALL_BEYOND:
        book.run_apart("readings")
        return
    from ampersand.readings import actions

    for start in range(0, len(ids), READ_TOGETHER):
        actions.read_some(ids[start : start + READ_TOGETHER], at=timezone.now())


@app.task(name="ampersand.readings.tasks.refresh_source")
def refresh_source(source_id: str) -> None:
    """Read what one import touched."""
    parties = Participant.objects.filter(moment__tellings__source_id=source_id).values("party_id")
    people = Party.objects.filter(pk__in=parties)
    same = Party.objects.filter(stood_for_by__in=people).values("pk")
    works = Tie.objects.filter(Q(from_party__in=people) | Q(from_party__in=same), kind=TieKind.WORKS_AT).values(
        "to_party_id"
    )
    touched = list(
        Relationship.objects.filter(party__in=people)
        .union(Relationship.objects.filter(party_id__in=works))
        .values_list("pk", flat=True)[: READ_ALL_BEYOND + 1]
    )
    _read(touched)


@app.task(name=events.READ_ALL, queueing_lock="readings:all")
def read_all() -> None:
    """Read the whole book, in a process that ends with its memory."""
    book.run_apart("readings")


@app.task(name=past.READ_PAST)
def read_past(on: str, relationship_id: str = "") -> None:
    """Read one relationship, or all that are not read yet, as they were known at the end of a past day."""
    from ampersand.readings import past_actions

    day = date.fromisoformat(on)
    asked = past.unread(day, [UUID(relationship_id)] if relationship_id else None)
    ids = list(asked.order_by("pk").values_list("pk", flat=True))
    if not relationship_id:
        past_actions.make_room(day)
    if len(ids) > READ_ALL_BEYOND:
        book.run_apart("readings", "--as-known-on", on)
        return
    for start in range(0, len(ids), READ_TOGETHER):
        past_actions.read_past(ids[start : start + READ_TOGETHER], on=day)
