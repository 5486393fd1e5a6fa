"""Where a measure runs: on PostgreSQL for a few relationships at once, on DuckDB over a snapshot for the whole book."""

from __future__ import annotations

import csv
import inspect
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
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
from ampersand.readings.sources import SOURCES

Row = dict[str, Any]
Measured = Callable[..., ir.Table]


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure, an expression over the sources that its arguments name, and the values it is asked with.

    With a `room` it sees only what lies in that room, where a source says in which room a row lies.
    """

    measure: Measured
    values: tuple[tuple[str, int | str], ...] = ()
    room: str = ""

    def sql(self, dialect: str) -> str:
        return _sql_of(self, dialect)

    @property
    def reads(self) -> tuple[str, ...]:
        """The sources it reads, in the order of its arguments."""
        return _sources_of(self.measure)


@lru_cache(maxsize=64)
def _sql_of(asked: Asked, dialect: str) -> str:
    """The measure's SQL. Working it out takes longer than one relationship takes the database, so it is kept."""
    tables = (_table(name, asked.room) for name in asked.reads)
    return str(ibis.to_sql(asked.measure(*tables, **dict(asked.values)), dialect=dialect))


@lru_cache(maxsize=64)
def _sources_of(measure: Measured) -> tuple[str, ...]:
    return tuple(name for name in inspect.signature(measure).parameters if name in SOURCES)


def _table(name: str, room: str) -> ir.Table:
    table = ibis.table(dict(SOURCES[name].schema), name=name)
    return table.filter(table.room == room) if room and "room" in table.columns else table


class Engine(Protocol):
    """Runs measures and answers the rows of each."""

    def rows_of(self, *asked: Asked) -> list[list[Row]]: ...


class OnPostgres:
    """The measure's own SQL over the tables as they are now. Rights, timeouts and the transaction around it apply."""

    def __init__(self, *, as_of: datetime, relationship_ids: Sequence[UUID] | None = None) -> None:
        self._as_of, self._ids = as_of, relationship_ids

    def rows_of(self, *asked: Asked) -> list[list[Row]]:
        """All in one statement, since to find what is measured takes longer than to measure it."""
        names = {name for one in asked for name in one.reads}
        read = sources.together(names, as_of=self._as_of, relationship_ids=self._ids)
        measured = " UNION ALL ".join(
            f"SELECT {number} AS number, to_jsonb(measured)::text AS told FROM ({one.sql('postgres')}) AS measured"  # noqa: S608  ours
            for number, one in enumerate(asked)
        )
        rows: list[list[Row]] = [[] for _ in asked]
        with connection.cursor() as cursor:
            cursor.execute(f"WITH {read} {measured}")
            for number, told in cursor.fetchall():
                rows[number].append(json.loads(told))
        return rows


# So many relationships are read at once: their rows are then held in memory, and those of the whole book need not be.
PART = 100_000
_SLICES = 256


_TYPES = {"string": "VARCHAR", "int64": "BIGINT", "boolean": "BOOLEAN", "float64": "DOUBLE"}


class OnDuckDB:
    """The same measure over a snapshot in DuckDB's own memory, for the whole book, or for a part of it at a time."""

    def __init__(self, snapshots: Mapping[str, Path]) -> None:
        # Twenty megabytes of the worker, which reads a few relationships all day on PostgreSQL.
        import duckdb

        self._connection = duckdb.connect()
        self._names = list(snapshots)
        for name, path in snapshots.items():
            columns = {column: _TYPES[kind] for column, kind in SOURCES[name].schema.items()}
            # An empty string stays one: `began` is empty where a moment belongs to both sides.
            self._connection.execute(
                f"CREATE TABLE {name}_snapshot AS SELECT *, hash(relationship_id) % {_SLICES} AS slice FROM read_csv("  # noqa: S608  ours
                "?, header = false, auto_detect = false, columns = ?, nullstr = '\\N')",
                [str(path), columns],
            )
        self._look_at(0, _SLICES)

    def parts(self) -> Iterator[OnDuckDB]:
        """This engine, looking at one part of the relationships after another; at all of them again in the end."""
        told = " UNION ALL ".join(f"SELECT relationship_id FROM {name}_snapshot" for name in self._names)  # noqa: S608  ours
        (count,) = self._connection.execute(f"SELECT count(DISTINCT relationship_id) FROM ({told})").fetchall()[0]  # noqa: S608
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
        """Have each source be the rows of these slices."""
        for name in self._names:
            columns = ", ".join(f'"{column}"' for column in SOURCES[name].schema)
            self._connection.execute(
                f"CREATE OR REPLACE VIEW {name} AS SELECT {columns} FROM {name}_snapshot"  # noqa: S608  ours
                f" WHERE slice >= {first} AND slice < {end}"
            )

    def close(self) -> None:
        self._connection.close()


@contextmanager
def whole_book(*, as_of: datetime) -> Iterator[OnDuckDB]:
    """The whole book as it was known at `as_of`, copied out of the database once."""
    with tempfile.TemporaryDirectory(prefix="readings-") as folder:
        snapshots = {name: Path(folder) / f"{name}.csv" for name in SOURCES}
        for name, path in snapshots.items():
            _copy_out(SOURCES[name].sql(as_of=as_of), path)
        engine = OnDuckDB(snapshots)
        try:
            yield engine
        finally:
            engine.close()


def from_rows(folder: Path, **rows: list[Row]) -> OnDuckDB:
    """An engine over rows made by hand, by the name of their source: for tests and trials."""
    snapshots = {}
    for name, of_source in rows.items():
        snapshots[name] = folder / f"{name}.csv"
        with snapshots[name].open("w", newline="") as stream:
            csv.writer(stream).writerows([[_told(row[column]) for column in SOURCES[name].schema] for row in of_source])
    return OnDuckDB(snapshots)


def _told(value: object) -> object:
    return "\\N" if value is None else value


def _copy_out(sql: str, path: Path) -> None:
    connection.ensure_connection()
    copied = f"COPY ({sql}) TO STDOUT (FORMAT csv, NULL '\\N')"
    with path.open("wb") as stream, connection.cursor() as cursor, cursor.copy(copied) as copy:
        for chunk in copy:
            stream.write(chunk)
