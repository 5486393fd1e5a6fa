"""Several who do something at the same time, each on a connection of their own."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

T = TypeVar("T")
PATIENCE_SECONDS, LOOK_SECONDS = 20, 0.01


def at_once(*acts: Callable[[], T]) -> list[T]:
    """What each got of those who began together. The first error is raised."""
    start = Barrier(len(acts))

    def begin(act: Callable[[], T]) -> T:
        try:
            start.wait(timeout=PATIENCE_SECONDS)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(begin, acts))


def begun(act: Callable[[], T]) -> Future[list[T]]:
    """Begin it on a connection of its own. By now it is done, or it waits for what is being done here."""
    threads = ThreadPoolExecutor(1)
    future = threads.submit(at_once, act)
    threads.shutdown(wait=False)
    until = time.monotonic() + PATIENCE_SECONDS
    while not future.done() and not _somebody_waits_for_us():
        assert time.monotonic() < until, "It is not done, and waits for nothing that is done here."
        time.sleep(LOOK_SECONDS)
    return future


def _somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
        )
        return bool(cursor.fetchone()[0])
