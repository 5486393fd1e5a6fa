"""Work of the desk for later: how relationships stand, gathered after each reading and each night."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from ampersand.desk import standing


def gather_after_reading(relationship_ids: list[UUID] | None, at: datetime) -> None:
    standing.gather(relationship_ids, at=at)


@app.task(name="ampersand.desk.tasks.gather_all", queueing_lock="standing:all")
def gather_all() -> None:
    """Gather the whole list, since a year's trade moves on with the days."""
    standing.gather(at=timezone.now())
