"""Statements of more values than the protocol of PostgreSQL carries apart from the words: 65,535.

A large import that is undone, a book that is read, whatever goes by a list of ids: their values go within the words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

MOST_APART = 65_535


def let_many_through(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Have each statement of this connection looked at. Asked for twice, it is done once."""
    if _bind_within not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _bind_within)


def _bind_within(
    execute: Callable[..., Any], statement: str, params: Sequence[Any] | None, many: bool, context: dict[str, Any]
) -> Any:
    if params is not None and not many and len(params) > MOST_APART:
        statement, params = context["connection"].ops.compose_sql(statement, params), None
    return execute(statement, params, many, context)
