"""One trace out: every change of state records one line, and the readings of what it touched are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
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
        _asking().relationship_ids |= dict.fromkeys(touched)


@dataclass
class _Asking:
    """The readings that a transaction asks for when it ends, each once however often it is touched."""

    relationship_ids: dict[UUID, None] = field(default_factory=dict)

    def __call__(self) -> None:
        ask_for_readings(self.relationship_ids)


def _asking() -> _Asking:
    """The one of this transaction. What a savepoint took back may be asked for all the same: it is then read as it was."""
    waiting = (waits for _savepoints, waits, _robust in transaction.get_connection().run_on_commit)
    asking = next((waits for waits in waiting if isinstance(waits, _Asking)), None)
    if asking is None:
        asking = _Asking()
        transaction.on_commit(asking)
    return asking


@whole
def ask_for_readings(relationship_ids: Iterable[UUID]) -> None:
    """Queue a fresh reading of each of these relationships. Asked for twice, it is read once."""
    for relationship_id in relationship_ids:
        jobs.defer(REFRESH, lock=f"readings:{relationship_id}", relationship_id=str(relationship_id))
