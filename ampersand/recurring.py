"""Work that comes again by itself: one line a job."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from procrastinate import App
from procrastinate.tasks import Task

# when (minute hour day month weekday, UTC)   what
JOBS = (
    ("* * * * *", "ampersand.core.tasks.retry_stalled_jobs"),
    ("* * * * *", "ampersand.terms.tasks.send_waiting"),
    ("* * * * *", "ampersand.portal.tasks.carry_out"),
    ("37 2 * * *", "ampersand.portal.tasks.forget_readers"),
    ("11 1 * * *", "ampersand.core.tasks.back_up"),
    ("17 3 * * *", "ampersand.core.tasks.remove_old_jobs"),
    ("29 * * * *", "ampersand.core.tasks.forget_exports"),
    ("31 * * * *", "ampersand.desk.tasks.forget_lists"),
    ("37 3 * * *", "ampersand.timeline.tasks.fade_traces"),
    ("27 3 * * *", "ampersand.members.tasks.forget_old_sessions"),
    ("7 4 * * *", "ampersand.readings.tasks.read_all"),
    ("23 1 * * *", "ampersand.parties.tasks.look_for_doubles"),
    ("41 2 * * *", "ampersand.desk.tasks.gather_all"),
)


def register(app: App) -> None:
    """Called by procrastinate once every app's tasks are known. One that is still waiting is not queued again."""
    for when, name in JOBS:
        due = app.task(name=f"due:{name}", queueing_lock=f"due:{name}")(_without_time(app.tasks[name]))
        app.periodic(cron=when, periodic_id=name)(due)


def _without_time(task: Task[..., Any, ...]) -> Callable[[int], Any]:
    """Procrastinate tells a recurring task when it was due; ours look at the clock themselves when they run."""

    def due(timestamp: int) -> Any:
        return task.func()

    return due
