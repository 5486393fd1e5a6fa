"""The readings of a past day, by what had been told by its end: asked for by a page, made by the worker, kept for a while.

They are made by the measures and the makers of today from what the sources say of that day, so the same day gives the same
readings each time it is asked. What stands here is no record: it goes when the relationship is read anew, and each night.
This module is light, so that a page may ask; `past_actions` does the work.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from ampersand.core import jobs
from ampersand.core.among import among
from ampersand.members.queries import zone_of_house
from ampersand.parties.models import Relationship
from ampersand.readings.models import PastRead, PastReading

READ_PAST = "ampersand.readings.tasks.read_past"
MOST_WAITING = 4


def end_of(on: date) -> datetime:
    """The last instant of a day of the house: a past day is the same one for whoever asks, and for the worker."""
    return datetime.combine(on, time.max, tzinfo=zone_of_house())


def has_passed(on: date) -> bool:
    """Whether the day has ended where the house is."""
    return on < timezone.localdate(timezone=zone_of_house())


def unread(on: date, relationship_ids: Sequence[UUID] | None = None) -> models.QuerySet[Relationship]:
    """Those of these relationships, or of all, that are not read as of that day."""
    read = PastRead.objects.filter(relationship=OuterRef("pk"), on=on)
    asked = Relationship.objects.filter(~Exists(read), party__now=None, party__erased_at=None)
    return asked if relationship_ids is None else asked.filter(among("pk", relationship_ids))


def is_read(on: date, relationship_id: UUID | None = None) -> bool:
    """Whether this relationship, or every one, is read as of that day; where it is not, it is asked for.

    Who looks at many days waits for a few at a time, and what changed today is read before any of them.
    """
    if not unread(on, None if relationship_id is None else [relationship_id]).exists():
        return True
    if jobs.number_waiting(READ_PAST) < MOST_WAITING:
        lock = f"readings:{on.isoformat()}:{relationship_id or 'all'}"
        jobs.defer(READ_PAST, lock=lock, priority=-1, on=on.isoformat(), relationship_id=str(relationship_id or ""))
    return False


def forget(relationship_ids: Sequence[UUID] | None = None) -> None:
    """Take away what was read as of past days, of these relationships or of all: they may have become another's, or closed."""
    for model in (PastReading, PastRead):
        kept = model._default_manager.all()
        kept = kept if relationship_ids is None else kept.filter(among("relationship_id", relationship_ids))
        kept._raw_delete(kept.db)
