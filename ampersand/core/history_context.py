"""Who changes what during a request, told to the database for the history of its rows."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Self, cast

from django.db import Error, connection, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from pghistory import config, runtime
from pghistory.middleware import HistoryMiddleware

_TELL = "SELECT set_config('pghistory.context_id', %s, false), set_config('pghistory.context_metadata', %s, false)"
_WRITES = r"insert\s+into|update|delete\s+from|merge\s+into"
_WRITING = re.compile(rf"\s*({_WRITES}|with\b.*\b({_WRITES}))\b", re.IGNORECASE | re.DOTALL)


@dataclass(slots=True)
class _Told:
    """What was told, on which connection, and within which transaction and savepoints."""

    metadata: dict[str, Any]
    driver: Any
    within: tuple[object, ...]
    is_for_good: bool = False

    def holds(self, metadata: dict[str, Any]) -> bool:
        """Whether the session still says so: a transaction or savepoint that has ended may have taken it back."""
        if metadata != self.metadata or connection.connection is not self.driver:
            return False
        return self.is_for_good or _within()[: len(self.within)] == self.within

    def keep(self) -> None:
        self.is_for_good = True


def _within() -> tuple[object, ...]:
    """The transaction and savepoints that what is done now may be taken back with."""
    return (*connection.atomic_blocks[:1], *connection.savepoint_ids)


class SessionContext(runtime.context):
    """A context of changes that is told to the database session before its first change, and again when it has changed.

    The library puts it before each statement of a request, in one message of two statements. Such a message can
    neither carry its values apart from its words nor be prepared, and that costs every page more than its reading.
    What was told is told again where a rollback may have taken it back, and on a connection that came in place of another.
    On leaving all is taken back, since the connection serves somebody else next.
    """

    def __init__(self, **metadata: Any) -> None:
        super().__init__(**metadata)
        self._told: _Told | None = None
        self._telling: AbstractContextManager[None] | None = None

    def __enter__(self) -> Self:
        if hasattr(runtime._tracker, "value"):
            return self
        runtime._tracker.value = runtime.Context(id=uuid.uuid4(), metadata=self.metadata)
        self._telling = connection.execute_wrapper(self._tell_before)
        self._telling.__enter__()
        return self

    def __exit__(self, *reason: object) -> None:
        if self._telling is None:
            return
        self._telling.__exit__(None, None, None)
        del runtime._tracker.value
        if self._told is None:
            return
        try:
            with connection.cursor() as cursor:
                cursor.execute(_TELL, ["", ""])
        except Error:
            # A broken connection, or a transaction of a caller that failed: nobody may find our values on it. To close it
            # for Django alone would give it back to the pool as it is.
            if not connection.in_atomic_block:
                if connection.connection is not None:
                    connection.connection.close()
                connection.close()

    def _tell_before(
        self, execute: Callable[..., Any], statement: str, params: object, many: bool, context: dict[str, Any]
    ) -> Any:
        if _WRITING.match(statement):
            self._tell()
        return execute(statement, params, many, context)

    def _tell(self) -> None:
        metadata = runtime._tracker.value.metadata
        if self._told is None or not self._told.holds(metadata):
            with connection.cursor() as cursor:
                about = json.dumps(metadata, cls=config.json_encoder())
                cursor.execute(_TELL, [str(runtime._tracker.value.id), about])
            self._told = _Told(dict(metadata), connection.connection, _within())
            transaction.on_commit(self._told.keep)


class SessionHistoryMiddleware(HistoryMiddleware):
    """Say who is signed in, and at which address, wherever a request may change something."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in config.middleware_methods():
            return cast(HttpResponseBase, self.get_response(request))
        with SessionContext(**self.get_context(request)):
            return cast(HttpResponseBase, super().__call__(request))  # type: ignore[no-untyped-call]
