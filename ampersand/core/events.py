"""One trace out: every change of state records one line, and the readings of what it touched are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from ampersand.core import jobs
from ampersand.core.models import Event
from ampersand.core.whole import whole

REFRESH = "ampersand.readings.tasks.refresh"


def record(
    name: str, *, at: datetime, by_id: UUID | None, subject_id: UUID, relationship_ids: Iterable[UUID] = ()
) -> None:
    """Record that something was done to a row, and queue the readings of the relationships it touches.

    The trace holds ids alone, so that an erasure need not look for words in it.
    """
    touched = list(dict.fromkeys(relationship_ids))
    lines: list[UUID | None] = [*touched] or [None]
    Event.objects.bulk_create(
        Event(name=name, at=at, by_id=by_id, subject_id=subject_id, relationship_id=relationship_id)
        for relationship_id in lines
    )
    if touched:
        transaction.on_commit(partial(ask_for_readings, touched))


@whole
def ask_for_readings(relationship_ids: Iterable[UUID]) -> None:
    """Queue a fresh reading of each of these relationships. Asked for twice, it is read once."""
    for relationship_id in relationship_ids:
        jobs.defer(REFRESH, lock=f"readings:{relationship_id}", relationship_id=str(relationship_id))
