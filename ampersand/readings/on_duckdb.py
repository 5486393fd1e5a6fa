"""Measures on DuckDB, over the Parquet files of a snapshot."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from uuid import UUID

import duckdb

from ampersand.readings import engines
from ampersand.readings.columns import Columns, Row
from ampersand.readings.engines import Asked, BookEngine
from ampersand.readings.snapshot import Snapshot, tables
from ampersand.readings.snapshot.writing import csv_sql, files_sql, limits
from ampersand.readings.sources import SOURCES
from ampersand.readings.sources.derived import DERIVED

_FEW = "few_{name}"


class OnDuckDB:
    """The measures' SQL over a snapshot: of the whole book, or of a part of it at a time."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        # What does not fit into memory lies beside the snapshot meanwhile, and is cleared with what killed runs left.
        self._connection = duckdb.connect(config=limits(snapshot.folder / "scratch-read"))
        self._look_at(0, None)

    def __enter__(self) -> OnDuckDB:
        return self

    def __exit__(self, *_error: object) -> None:
        self._connection.close()

    def part_count(self, only: Sequence[UUID] | None = None) -> int:
        return len(self.snapshot.spans(engines.most_together(self.snapshot, only)))

    def parts(self, only: Sequence[UUID] | None = None) -> Iterator[BookEngine]:
        """This engine, looking at one part of the relationships after another, or of these alone; at all of them again in
        the end."""
        try:
            for first, end in self.snapshot.spans(engines.most_together(self.snapshot, only)):
                self._look_at(first, end, only)
                yield self
        finally:
            self._look_at(0, None)

    def rows_of(self, *asked: Asked) -> list[list[Row]]:
        return [_rows(self._connection, one) for one in asked]

    def columns_of(self, *asked: Asked) -> list[Columns]:
        return [_columns(self._connection, one) for one in asked]

    def _look_at(self, first: int, end: int | None, only: Sequence[UUID] | None = None) -> None:
        """Have each table be the rows of these slices, or those that some relationships have there, which are looked for
        once."""
        for name in tables.names():
            rows = f"SELECT * FROM {files_sql(self.snapshot.files(name, first, end))}"  # noqa: S608  ours
            self._connection.execute(f"DROP TABLE IF EXISTS {_FEW.format(name=name)}")
            if only is not None:
                wanted = "(SELECT unnest(?::VARCHAR[]) AS relationship_id)"
                rows = f"{rows} SEMI JOIN {wanted} USING (relationship_id)"
                self._connection.execute(f"CREATE TABLE {_FEW.format(name=name)} AS {rows}", [list(map(str, only))])
                rows = f"SELECT * FROM {_FEW.format(name=name)}"  # noqa: S608
            self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS {rows}")


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

    def columns_of(self, *asked: Asked) -> list[Columns]:
        return [_columns(self._connection, one) for one in asked]

    def close(self) -> None:
        self._connection.close()


def _rows(connection: duckdb.DuckDBPyConnection, asked: Asked) -> list[Row]:
    cursor = connection.execute(asked.sql("duckdb"))
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _columns(connection: duckdb.DuckDBPyConnection, asked: Asked) -> Columns:
    relation = connection.sql(asked.sql("duckdb"))
    chosen = ", ".join(
        _AS_TOLD.get(kind.id, '"{name}"').format(name=name) + f' AS "{name}"'
        for name, kind in zip(relation.columns, relation.types, strict=True)
    )
    return Columns({name: column.tolist() for name, column in relation.project(chosen).fetchnumpy().items()})


# A list is one text (`columns`), and a count fits into 64 bits.
_AS_TOLD = {"list": "array_to_string(\"{name}\", ',')", "hugeint": '"{name}"::BIGINT'}


def _told(value: object) -> object:
    return "\\N" if value is None else value
