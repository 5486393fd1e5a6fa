"""Queries whose words are worked out once, so that a page that asks twenty of them spends its time on the answers.

Putting a queryset together and compiling it to SQL takes Django longer than PostgreSQL needs to answer it. A page asks the
same questions about other rows each time, so the SQL of the first time serves for all: only its values are put in anew.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, Generic, TypeVar, get_type_hints
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections, models

# How many statements a connection keeps prepared: more than there are queries made ready, in their shapes.
MOST_PREPARED = 500

R = TypeVar("R")
Ask = Callable[..., "models.QuerySet[Any]"]
# What was asked, and the stand-ins it was asked with.
Asked = tuple["models.QuerySet[Any]", dict[str, Any]]

_LONG_AGO = datetime(1000, 1, 1, tzinfo=UTC)
_days = count()


def _other_day() -> datetime:
    return _LONG_AGO + timedelta(days=next(_days))


# What stands in for a value while its query is compiled: no two are the same, and none is meant by anybody.
_STAND_INS: dict[Any, Callable[[], Any]] = {
    UUID: uuid4,
    str: lambda: str(uuid4()),
    date: lambda: _other_day().date(),
    datetime: _other_day,
    Sequence[UUID]: lambda: [uuid4()],
}


@dataclass(frozen=True, slots=True)
class _Compiled:
    """SQL and its parameters, each with the name of its value, or none where it is always the same."""

    queryset: models.QuerySet[Any]
    compiler: Any
    sql: str
    parameters: tuple[tuple[str | None, Any], ...]
    # What makes of a column what Python has, which Django looks up column by column each time otherwise.
    converters: Any


class Ready(Generic[R]):
    """The rows of `ask(**values)`, a function that puts a queryset together, compiled once for each shape of it.

    Arguments that are annotated as `UUID`, `str`, `date`, `datetime` or `Sequence[UUID]` are values; all others (flags,
    tuples) are kept for good with the query that is compiled for them, so they are few and hashable. A value must reach the
    queryset as it is: what `ask` works out from one would stay what it was the first time, so that raises `TypeError` when
    it is compiled; so does a value that is None, which has other words. A list of ids goes in by `core.among.among`, since
    `__in` has other words for each length.
    """

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        hints = get_type_hints(ask)
        self._stand_ins = {
            name: _STAND_INS[hints[name]] for name in inspect.signature(ask).parameters if hints.get(name) in _STAND_INS
        }
        self._compiled: dict[Hashable, _Compiled | None] = {}

    def __call__(self, **values: Any) -> list[R]:
        """The rows. Raises TypeError where `ask` works something out from a value."""
        shape = {name: value for name, value in values.items() if name not in self._stand_ins}
        return self._rows(tuple(shape.items()), values, lambda: self._ask_with(shape))

    def _rows(self, shape: Hashable, values: Mapping[str, Any], ask: Callable[[], Asked]) -> list[R]:
        if shape not in self._compiled:
            self._compiled[shape] = _compile(ask(), ask())
        compiled = self._compiled[shape]
        return [] if compiled is None else _fetch(compiled, values)

    def _ask_with(self, shape: Mapping[str, Any]) -> Asked:
        stand_ins = {name: stand_in() for name, stand_in in self._stand_ins.items()}
        return self.ask(**shape, **stand_ins), stand_ins


def rows_of(statement: str, params: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement in words of our own that is asked often, for which PostgreSQL makes its plan once."""
    with connection.cursor() as cursor, _prepared(connection):
        cursor.execute(statement, params)
        return list(cursor.fetchall())


def attach(rows: Iterable[models.Model], name: str, found: Iterable[models.Model], *, by: str) -> None:
    """As `prefetch_related(name)` would: give each row those found whose attribute `by` holds its key."""
    of_row: dict[Any, list[models.Model]] = {}
    for one in found:
        of_row.setdefault(getattr(one, by), []).append(one)
    for row in rows:
        related = row._meta.get_field(name).related_model._default_manager.all()  # type: ignore[union-attr]
        related._result_cache = of_row.get(row.pk, [])
        related._prefetch_done = True  # type: ignore[union-attr]
        vars(row).setdefault("_prefetched_objects_cache", {})[name] = related


def _compile(one: Asked, other: Asked) -> _Compiled | None:
    """The query, or None where it can have no rows. Asked twice with other stand-ins, which tells values from constants."""
    compiler = one[0].query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        sql, parameters = compiler.as_sql()
        same_sql, others = other[0].query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    except EmptyResultSet:
        return None
    named = tuple(_named(parameter, one[1]) for parameter in parameters)
    if sql != same_sql or named != tuple(_named(parameter, other[1]) for parameter in others):
        raise TypeError("work out every value before it is given to a query that is made ready")
    columns = [column for column, *_ in compiler.select[: compiler.col_count]]
    return _Compiled(one[0], compiler, sql, named, compiler.get_converters(columns))


def _named(parameter: Any, stand_ins: Mapping[str, Any]) -> tuple[str | None, Any]:
    for name, stand_in in stand_ins.items():
        if type(parameter) is type(stand_in) and parameter == stand_in:
            return name, None
    return None, parameter


def _fetch(compiled: _Compiled, values: Mapping[str, Any]) -> list[Any]:
    if any(name and values[name] is None for name, _constant in compiled.parameters):
        raise TypeError("ask only for what there is: nothing equals None in SQL")
    named = {name for name, _constant in compiled.parameters if name}
    sent = {name: _sent(values[name]) for name in named}
    parameters = tuple(sent[name] if name else constant for name, constant in compiled.parameters)
    compiler = copy(compiled.compiler)
    # It was compiled by another thread, which had a connection of its own.
    compiler.connection = connections[DEFAULT_DB_ALIAS]
    compiler.as_sql = lambda *_args, **_kwargs: (compiled.sql, parameters)
    compiler.get_converters = lambda *_args: compiled.converters
    asked = compiled.queryset.all()
    asked.query.get_compiler = lambda *_args, **_kwargs: compiler  # type: ignore[method-assign]
    with _prepared(compiler.connection):
        return list(asked)


def _sent(value: Any) -> Any:
    """As the driver takes it: ids as the text of their array, which it would put together id by id and more slowly."""
    return f"{{{','.join([one.hex for one in value])}}}" if isinstance(value, (list, tuple)) else value


@contextmanager
def _prepared(connection: Any) -> Iterator[None]:
    """Within, a statement is prepared when it is first asked on this connection.

    PostgreSQL plans it once for all values where that is no worse. To make it do so always would be quicker by a third and
    was tried: with statements that are not prepared too it then plans without knowing their values, and reads whole tables.
    """
    connection.ensure_connection()
    driver = connection.connection
    driver.prepare_threshold, driver.prepared_max = 0, MOST_PREPARED
    try:
        yield
    finally:
        driver.prepare_threshold = None
