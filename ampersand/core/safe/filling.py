"""Tables filled from the lines of an export, in one transaction.

No trigger fires meanwhile: what history there is comes with the rows. Indexes and foreign keys are taken away first and
made again from what is there then, as PostgreSQL's own programs do: looking after them row by row takes several times as
long, and remembering which rows are still to be checked takes memory with every row.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from ampersand.core.safe import classes, contents, counting, export, place
from ampersand.core.safe.counting import Counted

_NO_TRIGGERS = "SET LOCAL session_replication_role = replica"
_FOREIGN_KEYS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND conparentid = 0 AND connamespace = 'public'::regnamespace
"""
# A constraint's own index stays: keys of rows must be found, and what excludes others is said there.
_INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE c.relkind = 'i' AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)
"""
_SEQUENCES = """
SELECT relname, attname, sequence
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped,
  pg_get_serial_sequence(c.oid::regclass::text, a.attname) AS sequence
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname = ANY(%s) AND sequence IS NOT NULL
"""


def fill(folder: Path, url: str, told: dict[str, Any], key: bytes) -> None:
    """Fill the empty tables at `url` with the rows in `folder`, as the superuser of a server of ours."""
    with place.connect(url) as connection, connection.transaction():
        connection.execute(_NO_TRIGGERS)
        with _without_what_is_made_of_rows(connection):
            names = sql.SQL(", ").join(map(sql.Identifier, told["tables"]))
            connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))
            connection.execute("CREATE TEMPORARY TABLE coming (line json) ON COMMIT DROP")
            for table, one in told["tables"].items():
                _fill_table(connection, folder, table, counting.from_json(one), key)
        _set_sequences(connection, told["tables"])


@contextmanager
def _without_what_is_made_of_rows(connection: psycopg.Connection[Any]) -> Iterator[None]:
    keys = connection.execute(_FOREIGN_KEYS).fetchall()
    for table, name, _definition in keys:
        connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}".encode())
    indexes = connection.execute(_INDEXES).fetchall()
    for name, _definition in indexes:
        connection.execute(f"DROP INDEX {name}".encode())
    yield
    for _name, definition in indexes:
        connection.execute(definition.encode())
    for table, name, definition in keys:
        connection.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}".encode())


def _fill_table(connection: psycopg.Connection[Any], folder: Path, table: str, one: Counted, key: bytes) -> None:
    with connection.cursor().copy("COPY coming (line) FROM STDIN") as copy:
        for is_sealed in (False, True):
            for line in _lines(folder, export.name_of_rows(table, is_sealed=is_sealed), key if is_sealed else None):
                copy.write_row((line,))
    instead = classes.LEFT_OUT.get(table, {})
    columns = [*_writable(connection, table, one.columns), *instead]
    whole = sql.SQL("line") if not instead else sql.SQL("(line::jsonb || {}::jsonb)::json").format(json.dumps(instead))
    named = sql.SQL(", ").join(map(sql.Identifier, columns))
    name = sql.Identifier(table)
    put = "INSERT INTO {} ({}) SELECT {} FROM coming, json_populate_record(NULL::{}, {}) AS row"
    connection.execute(sql.SQL(put).format(name, named, named, name, whole))
    connection.execute("TRUNCATE coming")


def _writable(connection: psycopg.Connection[Any], table: str, columns: tuple[str, ...]) -> list[str]:
    """Those columns that are not worked out by the database itself."""
    asked = (
        "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 AND attgenerated = '' "
        "AND NOT attisdropped"
    )
    there = {name for (name,) in connection.execute(asked, [f'public."{table}"'])}
    return [column for column in columns if column in there]


def _set_sequences(connection: psycopg.Connection[Any], tables: dict[str, Any]) -> None:
    """What numbers its rows by itself goes on after the last of them, history among it."""
    for table, column, sequence in connection.execute(_SEQUENCES, [list(tables)]).fetchall():
        last = sql.SQL("SELECT setval({}, greatest((SELECT max({}) FROM {}), 1))")
        connection.execute(last.format(sequence, sql.Identifier(column), sql.Identifier(table)))


def _lines(folder: Path, name: str, key: bytes | None) -> Iterator[str]:
    rest = b""
    for piece in contents.read(folder, name, key=key):
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            yield line.decode()
