"""Waiting for the house under test to have answered everything: a page may ask for more after the test that opened it.

The tables are emptied after such a test, and that may never meet a request half-way: each would wait for the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from django.core.signals import request_finished, request_started

LONGEST_SECONDS = 60


class UnderWay:
    """How many requests are being answered."""

    def __init__(self) -> None:
        self.count = 0
        self.changed = Condition()

    def begun(self, **_: object) -> None:
        self._add(1)

    def ended(self, **_: object) -> None:
        self._add(-1)

    def wait_until_none(self) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.count == 0, timeout=LONGEST_SECONDS), (
                "A request is still being answered."
            )

    def _add(self, change: int) -> None:
        with self.changed:
            self.count += change
            self.changed.notify_all()


@contextmanager
def requests_counted() -> Iterator[UnderWay]:
    under_way = UnderWay()
    request_started.connect(under_way.begun, weak=False)
    request_finished.connect(under_way.ended, weak=False)
    try:
        yield under_way
    finally:
        request_started.disconnect(under_way.begun)
        request_finished.disconnect(under_way.ended)
