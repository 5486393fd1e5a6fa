"""The queue's own housekeeping, and the backup that comes again by itself."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

# A job that took its worker down this often would take down the next one too.
ATTEMPTS_MAX = 5
KEPT_HOURS = 24 * 7


@app.task
async def retry_stalled_jobs() -> None:
    """Give the jobs of killed workers to those that live. Without this they would count as running for ever."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=30):
        if job.attempts < ATTEMPTS_MAX:
            await app.job_manager.retry_job(job, retry_at=timezone.now())
        else:
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)


@app.task
async def remove_old_jobs() -> None:
    """Forget the jobs that were done a week ago. Failed ones stay, for `ampersand doctor` to tell of."""
    await app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS)


BACK_UP = "ampersand.core.tasks.back_up"
EXPORT = "ampersand.core.tasks.export_house"


@app.task(name=BACK_UP, queueing_lock=BACK_UP)
def back_up() -> None:
    """Save the house where the environment says, and take away what is too old. What went wrong stands on the House page."""
    from ampersand.core.safe import keeping

    keeping.back_up_as_said(at=timezone.now())


@app.task(name=EXPORT, queueing_lock=EXPORT)
def export_house() -> None:
    """Make the file with the whole house that a steward asked for."""
    from ampersand.core.safe import bundle

    bundle.make(at=timezone.now())


@app.task
def forget_exports() -> None:
    """A file with the whole house is there for a day."""
    from ampersand.core.safe import bundle

    bundle.forget(at=timezone.now())
