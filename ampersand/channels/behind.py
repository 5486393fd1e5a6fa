"""Writing what was made while more is made: the database takes the longer part of an import, and making needs no database.

What is written behind is written in its order, on the same connection and in the same transaction, by a thread that ends
before anything else is asked of the database. So nothing is written that would not have been, and a failure is that of the
batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import copy_context
from queue import Queue
from threading import Thread, get_ident
from typing import Any, ParamSpec, Protocol, TypeVar

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import translation

from ampersand.core import history_context

T = TypeVar("T")
P = ParamSpec("P")
# So many are made, then written while as many more are made.
PIECE = 1_250
# So many writes wait at most: a batch is in memory anyhow, but whoever writes should begin.
_WAITING = 16


class Later(Protocol):
    """Whatever has a call carried out, now or behind the caller; its answer is lost."""

    def __call__(self, write: Callable[P, object], *values: P.args, **named: P.kwargs) -> None: ...


def pieces(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """What is made before it is handed on to be written."""
    for start in range(0, len(items), PIECE):
        yield items[start : start + PIECE]


@contextmanager
def writing(count: int) -> Iterator[Later]:
    """Have what is handed on in here written behind, until the end of this; what makes only one piece is written at once.

    Whoever else asks the database in here waits until all is written that was handed on. The first failure is raised at
    the end, or when the next is handed on, and nothing is written after it. Foreign keys are looked at after each write,
    while more is made, and not all together at the end of the transaction: what they point to must be written before.
    """
    # Who changes what is known to this thread alone.
    if count <= PIECE or not connection.in_atomic_block or history_context.is_told():
        yield _now
        return
    behind = _Behind()
    with behind.alone():
        yield behind


def _now(write: Callable[P, object], *values: P.args, **named: P.kwargs) -> None:
    write(*values, **named)


class _Behind:
    def __init__(self) -> None:
        self._waiting: Queue[Callable[[], object] | None] = Queue(maxsize=_WAITING)
        self._failed: BaseException | None = None
        self._connection: BaseDatabaseWrapper = connections[connection.alias]
        self._language = translation.get_language()
        self._context = copy_context()
        self._thread = Thread(target=self._context.run, args=(self._run,), name="writing behind", daemon=True)

    def __call__(self, write: Callable[P, object], *values: P.args, **named: P.kwargs) -> None:
        self._raise()
        self._waiting.put(lambda: write(*values, **named))

    @contextmanager
    def alone(self) -> Iterator[None]:
        with self._connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self._connection.inc_thread_sharing()
        try:
            self._thread.start()
            try:
                with self._connection.execute_wrapper(self._wait_first):
                    yield
            except BaseException as why:
                # What was handed on before need not be written any more.
                self._failed = self._failed or why
                raise
            finally:
                self._waiting.put(None)
                self._thread.join()
        finally:
            self._connection.dec_thread_sharing()
        self._raise()
        with self._connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    def _raise(self) -> None:
        if self._failed is not None:
            raise self._failed

    def _wait_first(
        self, execute: Callable[..., Any], statement: str, params: object, many: bool, context: dict[str, Any]
    ) -> Any:
        if get_ident() != self._thread.ident:
            self._waiting.join()
            self._raise()
        return execute(statement, params, many, context)

    def _run(self) -> None:
        connections[connection.alias] = self._connection
        try:
            with translation.override(self._language):
                while (write := self._waiting.get()) is not None:
                    self._do(write)
                    self._waiting.task_done()
        finally:
            del connections[connection.alias]

    def _do(self, write: Callable[[], object]) -> None:
        if self._failed is not None:
            return
        try:
            write()
        except BaseException as why:
            # Raised where the next write is handed on, or at the end.
            self._failed = why
