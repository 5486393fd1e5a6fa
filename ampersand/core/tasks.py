"""The queue's own housekeeping."""

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
