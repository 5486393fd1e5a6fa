"""Many rows at once: copied into a table, or into a staging table first where some may be there already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import AutoField, Field, JSONField, Model
from psycopg.types.json import Jsonb


def copy(rows: Sequence[Model]) -> None:
    """Copy rows of one model into its table. None of them may be there yet."""
    if rows:
        model = type(rows[0])
        _copy(model._meta.db_table, _fields(model), rows)


def copy_missing(rows: Sequence[Model], *, known_by: Sequence[str], answer: str) -> set[Any]:
    """Copy those rows of one model that are not there yet, and answer this column of the rows that were added.

    A row is there when the table has one with the same values in the columns `known_by`, withdrawn ones among them:
    what somebody withdrew, no file tells again.
    """
    if not rows:
        return set()
    model = type(rows[0])
    staging, fields = _staging(model), _fields(model)
    _copy(staging, fields, rows)
    names = ", ".join(_quoted(field) for field in fields)
    same = " AND ".join(f"there.{name} = coming.{name}" for name in map(connection.ops.quote_name, known_by))
    table = connection.ops.quote_name(model._meta.db_table)
    # OFFSET 0 keeps this a look into the index for each row: as a join it would read the whole table once that is large.
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {names} FROM {staging} AS coming "  # noqa: S608 names of our own
            f"WHERE NOT EXISTS (SELECT FROM {table} AS there WHERE {same} OFFSET 0) ORDER BY id "
            f"ON CONFLICT DO NOTHING RETURNING {connection.ops.quote_name(answer)}"
        )
        added = {value for (value,) in cursor.fetchall()}
        cursor.execute(f"TRUNCATE {staging}")
    return added


def _staging(model: type[Model]) -> str:
    """A table like the model's own, of this connection alone; made once a connection."""
    table = connection.ops.quote_name(model._meta.db_table)
    staging = connection.ops.quote_name(f"coming_{model._meta.db_table}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f"pg_temp.{staging}"])
        if cursor.fetchone() == (None,):
            cursor.execute(f"CREATE TEMPORARY TABLE {staging} (LIKE {table} INCLUDING DEFAULTS)")
    return staging


def _copy(table: str, fields: Sequence[Field[Any, Any]], rows: Iterable[Model]) -> None:
    names = ", ".join(_quoted(field) for field in fields)
    attributes = [(field.attname, isinstance(field, JSONField)) for field in fields]
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as stream:
        for row in rows:
            told = row.__dict__
            stream.write_row([Jsonb(told[name]) if is_json else told[name] for name, is_json in attributes])


def _fields(model: type[Model]) -> list[Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]


def _quoted(field: Field[Any, Any]) -> str:
    return connection.ops.quote_name(str(field.column))
