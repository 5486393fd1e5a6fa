"""One trace out: every change of state records one line, and the readings of what it touched are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.types import JSONValue

from ampersand.core import jobs
from ampersand.core.models import Event
from ampersand.core.whole import whole

REFRESH = "ampersand.readings.tasks.refresh"
READ_ALL = "ampersand.readings.tasks.read_all"
# Past this many it is cheaper to read the whole book at once.
READ_TOGETHER_MAX = 200


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
        _ask_at_the_end(touched)


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
        ask_for_readings(self.relationship_ids)


def _ask_at_the_end(touched: Iterable[UUID]) -> None:
    """Ask when this transaction ends, at once where there is none.

    What a savepoint took back may be asked for all the same: it is then read as it was.
    """
    waiting = (waits for _savepoints, waits, _robust in transaction.get_connection().run_on_commit)
    asking = next((waits for waits in waiting if isinstance(waits, _Asking)), None)
    if asking is None:
        transaction.on_commit(_Asking(dict.fromkeys(touched)))
    else:
        asking.relationship_ids |= dict.fromkeys(touched)


@whole
def ask_for_readings(relationship_ids: Iterable[UUID]) -> None:
    """Queue a fresh reading of these relationships: of one, of some together, or of the whole book when they are many.

    One that is asked for again while it waits is read once.
    """
    ids: list[JSONValue] = [str(relationship_id) for relationship_id in relationship_ids]
    if len(ids) > READ_TOGETHER_MAX:
        jobs.defer(READ_ALL, lock="readings:all")
    elif len(ids) > 1:
        jobs.defer(REFRESH, relationship_ids=ids)
    elif ids:
        jobs.defer(REFRESH, lock=f"readings:{ids[0]}", relationship_ids=ids)
