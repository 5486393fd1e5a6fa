"""Work for later, by name: apps below need not import those above."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.types import JSONValue


def defer(task: str, *, lock: str | None = None, **arguments: JSONValue) -> bool:
    """Queue a task. With a lock, a second one waiting for the same thing is not queued; answers whether it was."""
    if lock is None:
        app.configure_task(task).defer(**arguments)
        return True
    try:
        # A refused insert must not spoil the transaction around it.
        with transaction.atomic():
            app.configure_task(task, queueing_lock=lock).defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


def is_under_way(lock: str) -> bool:
    """Whether something queued with this lock waits or is being done."""
    return ProcrastinateJob.objects.filter(queueing_lock=lock, status__in=("todo", "doing")).exists()
