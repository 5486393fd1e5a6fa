"""Several who do something at the same time, each on a connection of their own."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

T = TypeVar("T")
LONG_ENOUGH_SECONDS = 0.6


def at_once(*acts: Callable[[], T]) -> list[T]:
    """What each got of those who began together. The first error is raised."""
    start = Barrier(len(acts))

    def begin(act: Callable[[], T]) -> T:
        try:
            start.wait(timeout=20)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(begin, acts))


def begun(act: Callable[[], T]) -> Future[list[T]]:
    """Begin it on a connection of its own; it had time to come as far as it gets beside what is being done here."""
    threads = ThreadPoolExecutor(1)
    future = threads.submit(at_once, act)
    threads.shutdown(wait=False)
    time.sleep(LONG_ENOUGH_SECONDS)
    return future
