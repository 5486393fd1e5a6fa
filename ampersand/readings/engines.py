"""Where a measure runs: on PostgreSQL for a few relationships at once, on DuckDB over a snapshot for the whole book."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import ibis
import ibis.expr.types as ir
from django.db import connection

from ampersand.readings import sources

Row = dict[str, Any]
Measured = Callable[..., ir.Table]


@lru_cache(maxsize=64)
def _sql_of(measure: Measured, dialect: str, values: tuple[tuple[str, int], ...]) -> str:
    """The measure's SQL. Working it out takes longer than one relationship takes the database, so it is kept."""
    return str(ibis.to_sql(measure(sources.contacts(), **dict(values)), dialect=dialect))


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure, an expression over `sources.contacts`, and the values it is asked with."""

    measure: Measured
    values: tuple[tuple[str, int], ...] = ()

    def sql(self, dialect: str) -> str:
        return _sql_of(self.measure, dialect, self.values)


class Engine(Protocol):
    """Runs measures and answers the rows of each."""

    def rows_of(self, *asked: Asked) -> list[list[Row]]: ...


class OnPostgres:
    """The measure's own SQL over the tables as they are now. Rights, timeouts and the transaction around it apply."""

    def __init__(self, *, as_of: datetime, relationship_ids: Sequence[UUID] | None = None) -> None:
        self._source = sources.contacts_sql(as_of=as_of, relationship_ids=relationship_ids)

    def rows_of(self, *asked: Asked) -> list[list[Row]]:
        """All in one statement, since to find the contacts takes longer than to measure them."""
        measured = " UNION ALL ".join(
            f"SELECT {number} AS number, to_jsonb(measured)::text AS told FROM ({one.sql('postgres')}) AS measured"  # noqa: S608  ours
            for number, one in enumerate(asked)
        )
        rows: list[list[Row]] = [[] for _ in asked]
        with connection.cursor() as cursor:
            cursor.execute(f"WITH contacts AS MATERIALIZED ({self._source}) {measured}")
            for number, told in cursor.fetchall():
                rows[number].append(json.loads(told))
        return rows


# So many relationships are read at once: their rows are then held in memory, and those of the whole book need not be.
PART = 100_000
_SLICES = 256


class OnDuckDB:
    """The same measure over a snapshot in DuckDB's own memory, for the whole book, or for a part of it at a time."""

    def __init__(self, snapshot: Path) -> None:
        # Twenty megabytes of the worker, which reads a few relationships all day on PostgreSQL.
        import duckdb

        self._connection = duckdb.connect()
        columns = {
            name: {"string": "VARCHAR", "int64": "BIGINT", "boolean": "BOOLEAN"}[kind]
            for name, kind in sources.CONTACTS_SCHEMA.items()
        }
        # An empty string stays one: `began` is empty where a moment belongs to both sides.
        self._connection.execute(
            f"CREATE TABLE snapshot AS SELECT *, hash(relationship_id) % {_SLICES} AS slice FROM read_csv("  # noqa: S608  ours
            "?, header = false, auto_detect = false, columns = ?, nullstr = '\\N')",
            [str(snapshot), columns],
        )
        self._look_at(0, _SLICES)

    def parts(self) -> Iterator[OnDuckDB]:
        """This engine, looking at one part of the relationships after another; at all of them again in the end."""
        (count,) = self._connection.execute("SELECT count(DISTINCT relationship_id) FROM snapshot").fetchall()[0]
        number = min(_SLICES, 1 + count // PART)
        try:
            for part in range(number):
                self._look_at(part * _SLICES // number, (part + 1) * _SLICES // number)
                yield self
        finally:
            self._look_at(0, _SLICES)

    def rows_of(self, *asked: Asked) -> list[list[Row]]:
        return [self._rows(one) for one in asked]

    def _rows(self, asked: Asked) -> list[Row]:
        cursor = self._connection.execute(asked.sql("duckdb"))
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def _look_at(self, first: int, end: int) -> None:
        """Have `contacts` be the rows of these slices."""
        names = ", ".join(f'"{name}"' for name in sources.CONTACTS_SCHEMA)
        self._connection.execute(
            f"CREATE OR REPLACE VIEW contacts AS SELECT {names} FROM snapshot"  # noqa: S608  ours
            f" WHERE slice >= {first} AND slice < {end}"
        )

    def close(self) -> None:
        self._connection.close()


@contextmanager
def whole_book(*, as_of: datetime) -> Iterator[OnDuckDB]:
    """The whole book as it was known at `as_of`, copied out of the database once."""
    with tempfile.TemporaryDirectory(prefix="readings-") as folder:
        snapshot = Path(folder) / "contacts.csv"
        _copy_out(sources.contacts_sql(as_of=as_of), snapshot)
        engine = OnDuckDB(snapshot)
        try:
            yield engine
        finally:
            engine.close()


def from_rows(rows: list[Row], folder: Path) -> OnDuckDB:
    """An engine over rows made by hand, for tests and trials."""
    path = folder / "contacts.csv"
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows([[row[name] for name in sources.CONTACTS_SCHEMA] for row in rows])
    return OnDuckDB(path)


def _copy_out(sql: str, path: Path) -> None:
    connection.ensure_connection()
    copied = f"COPY ({sql}) TO STDOUT (FORMAT csv, NULL '\\N')"
    with path.open("wb") as stream, connection.cursor() as cursor, cursor.copy(copied) as copy:
        for chunk in copy:
            stream.write(chunk)
