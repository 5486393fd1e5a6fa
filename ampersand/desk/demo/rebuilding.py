"""Tables without their indexes while they are filled: building an index once costs less than keeping it row by row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

# Foreign keys of other tables point here too, and hold the primary keys.
_CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE (contype = 'f' AND (conrelid = ANY (%(tables)s::regclass[]) OR confrelid = ANY (%(tables)s::regclass[])))
    OR (contype IN ('p', 'u') AND conrelid = ANY (%(tables)s::regclass[]))
    ORDER BY contype = 'f', conname
"""
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i
    WHERE indrelid = ANY (%(tables)s::regclass[])
    AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype <> 'f') ORDER BY 1
"""


@contextmanager
def without_indexes(cursor: psycopg.Cursor[Any], tables: list[str]) -> Iterator[None]:
    """Take keys, unique constraints and indexes off these tables, and put each back as it was.

    Needs the owner of the tables. All in the caller's transaction: what fails leaves everything as it was. Checking all
    foreign keys at the end by one join each is what makes them cheap.
    """
    named = {"tables": tables}
    constraints = cursor.execute(_CONSTRAINTS, named).fetchall()
    indexes = cursor.execute(_INDEXES, named).fetchall()
    for table, name, _ in reversed(constraints):
        cursor.execute(_ddl("ALTER TABLE {} DROP CONSTRAINT {}", table, name))
    for name, _ in indexes:
        cursor.execute(_ddl("DROP INDEX {}", name))
    yield
    cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
    for _, definition in indexes:
        cursor.execute(definition)
    for table, name, definition in constraints:
        cursor.execute(_ddl("ALTER TABLE {} ADD CONSTRAINT {} " + definition, table, name))


def _ddl(statement: str, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*(sql.Identifier(name.strip('"')) for name in names))
