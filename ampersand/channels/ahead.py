"""Reading on while what was read is written: the database is busy for a third of an import, and reading needs no database.

A thread and not a process: it shares what was read without packing it up, and ends with the import.
"""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import islice
from queue import Queue
from threading import Event, Thread
from typing import Generic, TypeVar

from django.utils import translation

T = TypeVar("T")
SWITCH_SECONDS = 0.001


@dataclass(frozen=True, slots=True)
class _Failed:
    why: Exception


def batches(items: Iterator[T], *, size: int) -> Generator[list[T]]:
    """The items by so many at once, in order. While one batch is used, the next is read.

    The first is read here, with whatever a reader asks the database as it begins; a thread has no part in the caller's
    transaction. What reading raises is raised here, after the batches before it.
    """
    first = list(islice(items, size))
    if first:
        yield first
    if len(first) == size:
        yield from _Ahead(items, size).batches()


class _Ahead(Generic[T]):
    def __init__(self, items: Iterator[T], size: int) -> None:
        self._items, self._size = items, size
        self._read: Queue[list[T] | _Failed] = Queue(maxsize=1)
        self._is_over = Event()
        self._language = translation.get_language()
        self._thread = Thread(target=self._run, name="reading ahead", daemon=True)

    def batches(self) -> Iterator[list[T]]:
        self._thread.start()
        before = sys.getswitchinterval()
        # Whoever writes waits so long for its turn after each answer of the database.
        sys.setswitchinterval(SWITCH_SECONDS)
        try:
            while batch := self._read.get():
                if isinstance(batch, _Failed):
                    raise batch.why
                yield batch
        finally:
            sys.setswitchinterval(before)
            self._is_over.set()
            # Whoever waits for room is let go on, to see that it is over.
            while self._thread.is_alive():
                while not self._read.empty():
                    self._read.get_nowait()
                self._thread.join(0.01)

    def _run(self) -> None:
        try:
            with translation.override(self._language):
                self._read_on()
        except Exception as why:
            self._read.put(_Failed(why))

    def _read_on(self) -> None:
        while not self._is_over.is_set():
            batch = list(islice(self._items, self._size))
            self._read.put(batch)
            if not batch:
                return
