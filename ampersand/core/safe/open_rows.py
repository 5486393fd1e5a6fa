"""Which rows every member of the house may see: what an export shows in the open. Everything else is sealed.

It asks each model's own `visible_to` for a steward who is nobody: who tends nothing, wrote nothing, and whom no closed
relationship names. A model without rights of its own follows the rows it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import uuid4

import psycopg
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from psycopg import sql

from ampersand.core.safe import classes
from ampersand.core.safe.classes import Kind

_PREFIX = "open_of_"
# No table of the house has a column of this name: in the condition, all others are those of the row asked about.
_OPEN_KEY = sql.Identifier("key_of_an_open_row")


def gather(connection: psycopg.Connection[Any], tables: Iterable[str]) -> None:
    """Make, for this transaction, a table of the keys of the open rows of each of these tables."""
    named = {table for table in tables if may_be_open(table)}
    for model in _in_order([model for model in _models() if model._meta.db_table in named]):
        _make(connection, model)


def may_be_open(table: str) -> bool:
    """Whether rows of a table may be open at all."""
    return classes.kind_of(table) in (Kind.FACT, Kind.REFERRED) and table not in classes.ONCE_PRIVATE


def is_open(table: str, key: str) -> sql.Composable:
    """The condition that a row of a table is open. It is never null: its denial holds for all other rows.

    Asked by EXISTS, since a large list behind IN that cannot be joined is gone through from the start for each row.
    """
    if not may_be_open(table):
        return sql.SQL("false")
    return sql.SQL("EXISTS (SELECT FROM {kept} WHERE {kept}.{open_key} = {key})").format(
        key=sql.Identifier(key), kept=sql.Identifier(_PREFIX + table), open_key=_OPEN_KEY
    )


def nobody() -> Any:
    """A steward who is none of the members."""
    member = get_user_model()(id=uuid4(), role="steward")
    member._state.db, member._state.adding = "default", False
    return member


def _models() -> list[type[models.Model]]:
    return [
        model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy
    ]


def _make(connection: psycopg.Connection[Any], model: type[models.Model]) -> None:
    asked, given = _asked(model)
    kept, pk = sql.Identifier(_PREFIX + model._meta.db_table), model._meta.pk
    of = sql.SQL(str(pk and pk.rel_db_type(_django())))
    connection.execute(sql.SQL("CREATE TEMPORARY TABLE {} ({} {}) ON COMMIT DROP").format(kept, _OPEN_KEY, of))
    with psycopg.ClientCursor(connection) as cursor:
        cursor.execute(sql.SQL("INSERT INTO {} ").format(kept) + asked, given or None)
    connection.execute(sql.SQL("CREATE INDEX ON {} ({})").format(kept, _OPEN_KEY))
    connection.execute(sql.SQL("ANALYZE {}").format(kept))


def _asked(model: type[models.Model]) -> tuple[sql.Composable, tuple[Any, ...]]:
    """The question for the keys of the open rows, with its values."""
    table = model._meta.db_table
    if classes.is_past(table):
        return _past(model), ()
    if classes.kind_of(table) is Kind.REFERRED:
        return _referred(model), ()
    if hasattr(model._default_manager, "visible_to"):
        return _visible(model)
    return _belonging(model), ()


def _visible(model: type[models.Model]) -> tuple[sql.Composable, tuple[Any, ...]]:
    manager: Any = model._default_manager
    queryset = manager.visible_to(nobody()).order_by().values_list("pk", flat=True)
    words, values = queryset.query.sql_with_params()
    return sql.SQL(words), tuple(values)


def _past(model: type[models.Model]) -> sql.Composable:
    """History is open where what it is of is there and open, and was not in somebody's own room then."""
    of = next(to for one, to in _keys(model) if one.name == "pgh_obj")
    condition = is_open(of, "pgh_obj_id")
    if any(field.name == "room" for field in model._meta.concrete_fields):
        condition = sql.SQL("{} AND room <> 'mine'").format(condition)
    return _where(model, condition)


def _belonging(model: type[models.Model]) -> sql.Composable:
    """Open with everything it belongs to."""
    conditions = [
        sql.SQL("({} IS NULL OR {})").format(sql.Identifier(one.column), is_open(to, one.column))
        for one, to in _keys(model)
        if classes.goes_along(to) and classes.kind_of(to) is not Kind.REFERRED and to != model._meta.db_table
    ]
    return _where(model, sql.SQL(" AND ").join([sql.SQL("true"), *conditions]))


def _referred(model: type[models.Model]) -> sql.Composable:
    """Open by those open rows that refer to it."""
    table = model._meta.db_table
    asked = [
        sql.SQL("SELECT {} FROM {} WHERE {}").format(
            sql.Identifier(one.column),
            sql.Identifier(other._meta.db_table),
            is_open(other._meta.db_table, _column_of_key(other)),
        )
        for other in _models()
        if classes.kind_of(other._meta.db_table) is Kind.FACT and not classes.is_past(other._meta.db_table)
        for one, to in _keys(other)
        if to == table
    ]
    among = sql.SQL(" UNION ").join(asked)
    return _where(model, sql.SQL("{} IN ({})").format(_key(model), among))


def _where(model: type[models.Model], condition: sql.Composable) -> sql.Composable:
    return sql.SQL("SELECT {} FROM {} WHERE {}").format(_key(model), sql.Identifier(model._meta.db_table), condition)


def _key(model: type[models.Model]) -> sql.Identifier:
    return sql.Identifier(_column_of_key(model))


def _column_of_key(model: type[models.Model]) -> str:
    return str(model._meta.pk and model._meta.pk.column)


def _keys(model: type[models.Model]) -> Iterator[tuple[Any, str]]:
    for one in model._meta.concrete_fields:
        if isinstance(one, models.ForeignKey):
            yield one, one.related_model._meta.db_table


def _in_order(wanted: list[type[models.Model]]) -> list[type[models.Model]]:
    """Whom others follow first: rights of their own, then what belongs to those, what is referred to, history."""

    def depth(model: type[models.Model], above: tuple[str, ...] = ()) -> int:
        table = model._meta.db_table
        if hasattr(model._default_manager, "visible_to") or table in above:
            return 0
        tables = {one._meta.db_table: one for one in wanted}
        follows = [tables[to] for _one, to in _keys(model) if to in tables and classes.kind_of(to) is not Kind.REFERRED]
        return 1 + max((depth(one, (*above, table)) for one in follows), default=0)

    def rank(model: type[models.Model]) -> tuple[int, int, str]:
        table = model._meta.db_table
        late = 2 if classes.is_past(table) else 1 if classes.kind_of(table) is Kind.REFERRED else 0
        return late, 0 if late else depth(model), table

    return sorted(wanted, key=rank)


def _django() -> Any:
    from django.db import connection

    return connection
