"""Work for later, by name: apps below need not import those above."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.types import JSONValue, TimeDeltaParams

from ampersand.core.ready import Ready


def defer(
    task: str, *, lock: str | None = None, in_seconds: int = 0, priority: int = 0, **arguments: JSONValue
) -> bool:
    """Queue a task, to be done at once or so many seconds from now.

    With a lock, a second one waiting for the same thing is not queued; answers whether it was. What has a smaller `priority`
    is done after the rest.
    """
    schedule: TimeDeltaParams | None = {"seconds": in_seconds} if in_seconds else None
    if lock is None:
        app.configure_task(task, schedule_in=schedule, priority=priority).defer(**arguments)
        return True
    if _waiting(lock=lock):
        return False
    try:
        # A refused insert must not spoil the transaction around it.
        with transaction.atomic():
            app.configure_task(task, queueing_lock=lock, schedule_in=schedule, priority=priority).defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


@Ready[int]
def _waiting(lock: str) -> models.QuerySet[Any]:
    waiting = ProcrastinateJob.objects.filter(queueing_lock=lock, status="todo")
    return waiting.order_by().values_list("id", flat=True)[:1]


def number_waiting(task: str) -> int:
    """How many jobs of this task wait to be begun."""
    return ProcrastinateJob.objects.filter(task_name=task, status="todo").count()


def is_under_way(lock: str) -> bool:
    """Whether something queued with this lock waits or is being done."""
    return ProcrastinateJob.objects.filter(queueing_lock=lock, status__in=("todo", "doing")).exists()
