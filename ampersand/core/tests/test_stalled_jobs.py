"""Jobs whose worker was killed."""

from __future__ import annotations

import pytest
from asgiref.sync import async_to_sync
from django.core.management import call_command
from django.db import connection
from procrastinate.contrib.django import procrastinate_app

from ampersand.core import tasks
from ampersand.recurring import JOBS

pytestmark = pytest.mark.django_db


def running_job(*, attempts: int = 0, heartbeat_seconds_ago: int | None = None) -> int:
    """A job that counts as running: on a worker last heard of so long ago, or on one that is gone."""
    with connection.cursor() as cursor:
        worker_id = None
        if heartbeat_seconds_ago is not None:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 s') RETURNING id",
                [heartbeat_seconds_ago],
            )
            (worker_id,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, status, attempts, worker_id)"
            " VALUES ('ampersand.core.tasks.remove_old_jobs', 'default', 'doing', %s, %s) RETURNING id",
            [attempts, worker_id],
        )
        (job_id,) = cursor.fetchone()
    return int(job_id)


def status(job_id: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job_id])
        (words,) = cursor.fetchone()
    return str(words)


def retry_stalled_jobs() -> None:
    async_to_sync(tasks.retry_stalled_jobs.func)()


def test_the_job_of_a_worker_that_is_gone_waits_again() -> None:
    job = running_job()

    retry_stalled_jobs()

    assert status(job) == "todo"


def test_the_job_of_a_silent_worker_waits_again() -> None:
    job = running_job(heartbeat_seconds_ago=31)

    retry_stalled_jobs()

    assert status(job) == "todo"


def test_the_job_of_a_worker_that_lives_goes_on() -> None:
    job = running_job(heartbeat_seconds_ago=5)

    retry_stalled_jobs()

    assert status(job) == "doing"


def test_a_job_that_took_down_five_workers_is_given_up() -> None:
    job = running_job(attempts=tasks.ATTEMPTS_MAX)

    retry_stalled_jobs()

    assert status(job) == "failed"


def test_every_recurring_job_comes_again() -> None:
    recurring = procrastinate_app.current_app.periodic_registry.periodic_tasks

    assert {(task.cron, task.task.name) for task in recurring.values()} == {
        (when, f"due:{name}") for when, name in JOBS
    }


@pytest.mark.django_db(transaction=True)
def test_a_recurring_job_does_its_work_when_it_is_due() -> None:
    job = running_job()
    due = procrastinate_app.current_app.tasks["due:ampersand.core.tasks.retry_stalled_jobs"]
    due.defer(timestamp=0)

    call_command("procrastinate", "worker", "--one-shot", "--concurrency", "1")

    assert status(job) == "succeeded"  # it was given back, and the same worker did it
