"""Jobs whose worker was killed."""

from __future__ import annotations

import pytest
from asgiref.sync import async_to_sync
from django.db import connection

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
            " VALUES ('any', 'default', 'doing', %s, %s) RETURNING id",
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
    async_to_sync(tasks.retry_stalled_jobs.func)(timestamp=0)


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


def test_every_recurring_job_is_a_task_that_takes_the_time_it_was_due() -> None:
    from inspect import signature

    from procrastinate.contrib.django import app

    assert all("timestamp" in signature(app.tasks[name].func).parameters for _when, name in JOBS)
