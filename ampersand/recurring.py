"""Work that comes again by itself: one line a job."""

from __future__ import annotations

from procrastinate import App

# when (minute hour day month weekday, UTC)   what
JOBS = (
    ("* * * * *", "ampersand.core.tasks.retry_stalled_jobs"),
    ("17 3 * * *", "ampersand.core.tasks.remove_old_jobs"),
    ("37 3 * * *", "ampersand.timeline.tasks.fade_traces"),
    ("7 4 * * *", "ampersand.readings.tasks.read_all"),
    ("41 2 * * *", "ampersand.desk.tasks.gather_all"),
)


def register(app: App) -> None:
    """Called by procrastinate once every app's tasks are known."""
    for when, name in JOBS:
        app.periodic(cron=when, periodic_id=name)(app.tasks[name])
