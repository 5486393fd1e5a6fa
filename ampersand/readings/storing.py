"""The readings of the whole book put in place of those that stand, all at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from ampersand.core import rows_in
from ampersand.readings.models import Reading

_COLUMNS = [str(field.column) for field in Reading._meta.concrete_fields]
_NAMES = [field.attname for field in Reading._meta.concrete_fields]
_TABLE = connection.ops.quote_name(Reading._meta.db_table)
_COMING = "coming_reading"

# Of whom nothing is kept any more there is nothing to read; what one was read as meanwhile is fresher than this.
_PUT = f"""
    INSERT INTO {_TABLE} SELECT coming.* FROM {_COMING} AS coming
    WHERE EXISTS (SELECT FROM parties_relationship AS there WHERE there.id = coming.relationship_id)
    ON CONFLICT DO NOTHING
"""  # noqa: S608  names of our own


@contextmanager
def everything() -> Iterator[Callable[[Sequence[Reading]], int]]:
    """Within, readings are put aside, and in the end they take the place of all that stand. Where it fails, those stay.

    Putting aside answers how many were.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{_COMING}")
        cursor.execute(f"CREATE TEMPORARY TABLE {_COMING} (LIKE {_TABLE})")
        yield _put_aside
        with transaction.atomic():
            Reading.objects.all().delete()
            cursor.execute(_PUT)
            cursor.execute(f"DROP TABLE {_COMING}")


def _put_aside(readings: Sequence[Reading]) -> int:
    rows_in.copy(_COMING, _COLUMNS, (_row(reading) for reading in readings))
    return len(readings)


def _row(reading: Reading) -> list[Any]:
    values = (getattr(reading, name) for name in _NAMES)
    return [json.dumps(value) if isinstance(value, dict) else value for value in values]
