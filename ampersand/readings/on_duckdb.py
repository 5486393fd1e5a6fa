"""Measures on DuckDB, over the Parquet files of a snapshot."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb

from ampersand.readings import engines
from ampersand.readings.engines import Asked, BookEngine, Row
from ampersand.readings.snapshot import Snapshot, tables
from ampersand.readings.snapshot.writing import csv_sql, files_sql, limits
from ampersand.readings.sources import SOURCES
from ampersand.readings.sources.derived import DERIVED


class OnDuckDB:
    """The measures' SQL over a snapshot: of the whole book, or of a part of it at a time."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        # What does not fit into memory lies beside the snapshot meanwhile, and is cleared with what killed runs left.
        self._connection = duckdb.connect(config=limits(snapshot.folder / "scratch-read"))
        self._look_at(0, None)

    def __enter__(self) -> OnDuckDB:
        return self

    def __exit__(self, *_error: object) -> None:
        self._connection.close()

    @property
    def part_count(self) -> int:
        return len(self._snapshot.spans(engines.PART))

    def parts(self) -> Iterator[BookEngine]:
        """This engine, looking at one part of the relationships after another; at all of them again in the end."""
        try:
            for first, end in self._snapshot.spans(engines.PART):
                self._look_at(first, end)
                yield self
        finally:
            self._look_at(0, None)

    def rows_of(self, *asked: Asked) -> list[list[Row]]:
        return [_rows(self._connection, one) for one in asked]

    def _look_at(self, first: int, end: int | None) -> None:
        """Have each table be the rows of these slices."""
        for name in tables.names():
            files = files_sql(self._snapshot.files(name, first, end))
            self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {files}")  # noqa: S608  ours


class OnRows:
    """An engine over rows made by hand, by the name of their source: for tests and trials."""

    def __init__(self, folder: Path, rows: Mapping[str, Sequence[Row]]) -> None:
        self._connection = duckdb.connect()
        for name, of_source in rows.items():
            path = folder / f"{name}.csv"
            with path.open("w", newline="") as stream:
                csv.writer(stream).writerows(
                    [[_told(row[column]) for column in SOURCES[name].schema] for row in of_source]
                )
            self._connection.execute(f"CREATE TABLE {name} AS SELECT * FROM {csv_sql(name, path)}")  # noqa: S608  ours
        there = set(rows)
        for name, derived in DERIVED.items():
            if derived.of in there:
                self._connection.execute(f"CREATE VIEW {name} AS {tables.derived_sql(name)}")
                there.add(name)

    def rows_of(self, *asked: Asked) -> list[list[Row]]:
        return [_rows(self._connection, one) for one in asked]

    def close(self) -> None:
        self._connection.close()


def _rows(connection: duckdb.DuckDBPyConnection, asked: Asked) -> list[Row]:
    cursor = connection.execute(asked.sql("duckdb"))
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _told(value: object) -> object:
    return "\\N" if value is None else value
