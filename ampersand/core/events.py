"""One trace out: every change of state records one line, and the readings of what it touched are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ampersand.core import jobs
from ampersand.core.models import Event, Touched

REFRESH = "ampersand.readings.tasks.refresh"
READ_ALL = "ampersand.readings.tasks.read_all"
# What is touched within so long is read together, and not beside the page that waits for its answer.
REFRESH_SECONDS = 2


def record(
    name: str, *, at: datetime, by_id: UUID | None, subject_id: UUID, relationship_ids: Iterable[UUID] = ()
) -> None:
    """Record that something was done to a row, and queue the readings of the relationships it touches.

    The trace holds ids alone, so that an erasure need not look for words in it.
    """
    touched = list(dict.fromkeys(relationship_ids))
    lines: list[UUID | None] = [*touched] or [None]
    told = [
        Event(name=name, at=at, by_id=by_id, subject_id=subject_id, relationship_id=relationship_id)
        for relationship_id in lines
    ]
    gathered = _gathered.get()
    if gathered is None:
        Event.objects.bulk_create(told)
    else:
        gathered += told
    if touched:
        ask_for_readings(touched)


_gathered: ContextVar[list[Event] | None] = ContextVar("gathered", default=None)


@contextmanager
def gathered() -> Iterator[None]:
    """Within, the lines of an act made of many are written at its end, all at once. It must be one transaction."""
    if _gathered.get() is not None:
        yield
        return
    told: list[Event] = []
    token = _gathered.set(told)
    try:
        yield
    finally:
        _gathered.reset(token)
    Event.objects.bulk_create(told)


@dataclass
class _Asking:
    """The readings that a transaction asks for when it ends, each once however often it is touched."""

    relationship_ids: dict[UUID, None]

    def __call__(self) -> None:
        now = timezone.now()
        touched = [
            Touched(relationship_id=relationship_id, at=now) for relationship_id in sorted(self.relationship_ids)
        ]
        if touched:
            # Told for good before the job is looked for: one that begins meanwhile finds it.
            Touched.objects.bulk_create(
                touched,
                update_conflicts=True,
                unique_fields=["relationship_id"],
                update_fields=["at"],
                batch_size=1_000,
            )
            jobs.defer(REFRESH, lock=REFRESH, in_seconds=REFRESH_SECONDS)


def ask_for_readings(relationship_ids: Iterable[UUID]) -> None:
    """Have these relationships read afresh soon after this transaction ends, with all that others touch meanwhile.

    What a savepoint took back may be asked for all the same: it is then read as it was.
    """
    ids = dict.fromkeys(relationship_ids)
    waiting = (waits for _savepoints, waits, _robust in transaction.get_connection().run_on_commit)
    asking = next((waits for waits in waiting if isinstance(waits, _Asking)), None)
    if asking is None:
        transaction.on_commit(_Asking(ids))
    else:
        asking.relationship_ids |= ids
