"""Many rows at once: copied into a table, or into a staging table first where some may be there already.

Rows are plain tuples here: making a model of each costs more than writing it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, TypeVar

from django.db import connection
from django.db.models import AutoField, JSONField, Model
from django.db.models.base import ModelState
from psycopg.types.json import Jsonb

from ampersand.core import rows_in

M = TypeVar("M", bound=Model)
Row = rows_in.Row


def copy(rows: Sequence[Model]) -> None:
    """Copy rows of one model into its table. None of them may be there yet."""
    if rows:
        names, values = _as_rows(rows)
        copy_rows(type(rows[0]), names, values)


def fresh(model: type[M], **values: Any) -> M:
    """A row that is not there yet, with these columns; the others as the model leaves them.

    What `model(...)` makes, in a quarter of the time: of thousands each is only to be copied. What the model makes anew
    for each row (an id, an object) must be among the values. A row it points to may be given too: `moment=moment`.
    """
    row = model.__new__(model)
    row._state = ModelState()
    row.__dict__.update(_left_out(model))
    for name, value in values.items():
        if isinstance(value, Model):
            row._state.fields_cache[name] = value
            row.__dict__[f"{name}_id"] = value.pk
        else:
            row.__dict__[name] = value
    return row


@cache
def _left_out(model: type[Model]) -> dict[str, Any]:
    fields = [field for field in model._meta.concrete_fields if not (field.has_default() and callable(field.default))]
    return {field.attname: field.get_default() for field in fields}


def copy_rows(model: type[Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Copy rows with these columns into the table of a model. None of them may be there yet."""
    if rows:
        rows_in.copy(_table(model), columns, rows)


def copy_missing(
    model: type[Model], columns: Sequence[str], rows: Sequence[Row], *, known_by: Sequence[str], answer: str
) -> set[Any]:
    """Copy those rows that are not there yet, and answer this column of the rows that were added.

    A row is there when the table has one with the same values in the columns `known_by`, withdrawn ones among them:
    what somebody withdrew, no file tells again.
    """
    if not rows:
        return set()
    staging, table, names = _staging(model), _table(model), ", ".join(map(_quoted, columns))
    rows_in.copy(staging, columns, rows)
    same = " AND ".join(f"there.{name} = coming.{name}" for name in map(_quoted, known_by))
    # OFFSET 0 keeps this a look into the index for each row: as a join it would read the whole table once that is large.
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {names} FROM {staging} AS coming "  # noqa: S608 names of our own
            f"WHERE NOT EXISTS (SELECT FROM {table} AS there WHERE {same} OFFSET 0) ORDER BY id "
            f"ON CONFLICT DO NOTHING RETURNING {_quoted(answer)}"
        )
        added = {value for (value,) in cursor.fetchall()}
        cursor.execute(f"TRUNCATE {staging}")
    return added


def fetch(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """The rows of a query with arrays for its values: thousands of keys are one value, not thousands.

    A list is of texts or of ids, and compared with a column of theirs.
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [rows_in.array(value) if isinstance(value, list) else value for value in values])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def count_anew(models: Iterable[type[Model]], *, brought: int) -> None:
    """Let PostgreSQL count what is in these tables: it plans by that, and would find out by itself only minutes later.

    Only those that so many rows brought may have made a quarter larger: counting a large table takes longer than
    filling it by a little.
    """
    tables = [model._meta.db_table for model in models]
    grown = fetch(
        "SELECT relname FROM pg_class WHERE oid IN (SELECT to_regclass(name) FROM unnest(%s::text[]) AS told (name))"
        " AND reltuples < %s",
        tables,
        4 * brought,
    )
    if grown:
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(_quoted(table) for (table,) in grown)}")


def _staging(model: type[Model]) -> str:
    """A table like the model's own, of this connection alone; made once a connection."""
    staging = _quoted(f"coming_{model._meta.db_table}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f"pg_temp.{staging}"])
        if cursor.fetchone() == (None,):
            cursor.execute(f"CREATE TEMPORARY TABLE {staging} (LIKE {_table(model)} INCLUDING DEFAULTS)")
    return staging


def _as_rows(rows: Sequence[Model]) -> tuple[list[str], list[Row]]:
    fields = [field for field in type(rows[0])._meta.concrete_fields if not isinstance(field, AutoField)]
    of_row = itemgetter(*(field.attname for field in fields))
    values: list[Row] = [of_row(row.__dict__) for row in rows]
    if any(isinstance(field, JSONField) for field in fields):
        json = [Jsonb if isinstance(field, JSONField) else None for field in fields]
        values = [[wrap(one) if wrap else one for wrap, one in zip(json, row, strict=True)] for row in values]
    return [str(field.column) for field in fields], values


def _table(model: type[Model]) -> str:
    return _quoted(model._meta.db_table)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
