"""The files of a snapshot: what changed is copied out of the book, and joined there to what did not change, in DuckDB."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import duckdb
from django.conf import settings
from django.db import connection
from psycopg import errors, pq

from ampersand.readings.snapshot import tables
from ampersand.readings.snapshot.manifest import Part, Snapshot
from ampersand.readings.sources import SOURCES

# One statement asks for so many relationships.
ASKED_TOGETHER = 5_000
# What a slice may hold: enough that a file is worth opening, and little enough to be sorted in memory.
SLICE_ROWS, SLICE_RELATIONSHIPS, MOST_SLICES = 500_000, 50_000, 256
# By the end of a relationship's number, which is drawn by lot: the same wherever and by whatever version it is reckoned.
_SLICE = "('0x' || right(relationship_id, 2))::INT % {slices}"

Told = Callable[[str, int, int], None]
Tables = dict[str, tuple[Part, ...]]


class Writer:
    """A database of DuckDB's in which the rows that are new are put in order and written."""

    def __init__(self, folder: Path, scratch: Path) -> None:
        self._folder, self._scratch = folder, scratch
        self._duck = duckdb.connect(config=limits(scratch / "spilled"))
        self._most_rows = 0

    def load(self, *, as_of: datetime, relationship_ids: Sequence[UUID] | None, told: Told) -> None:
        """Copy out what the book tells of these relationships, or of all."""
        lots = _in_lots(relationship_ids)
        for number, name in enumerate(SOURCES):
            told("copied", number, len(SOURCES))
            path = self._scratch / f"{name}.csv"
            with path.open("wb") as stream:
                copied = sum(
                    _copy_out(SOURCES[name].copied_sql(as_of=as_of, relationship_ids=lot), stream) for lot in lots
                )
            self._most_rows = max(self._most_rows, copied)
        told("copied", len(SOURCES), len(SOURCES))

    def slices_for_all(self, relationships: int) -> int:
        """Into how many slices a book of so many relationships is cut: a power of two, so that each is of equal size."""
        wanted, slices = max(self._most_rows / SLICE_ROWS, relationships / SLICE_RELATIONSHIPS), 1
        while slices < wanted and slices < MOST_SLICES:
            slices *= 2
        return slices

    def write_all(self, slices: int, told: Told) -> Tables:
        """Write every slice of every table, of what was loaded alone.

        What was copied is dealt out to the slices first, in one pass: to look for each slice in all of it takes as many.
        """
        if slices > 1:
            for name in SOURCES:
                self._deal_out(name, slices)
        written: dict[str, list[Part]] = {name: [] for name in tables.names()}
        for number in range(slices):
            told("written", number, slices)
            for name in tables.names():
                self._lay_out(name, self._dealt(name, number, slices) if name in SOURCES else tables.derived_sql(name))
                written[name].append(self._write_one(name, number, f"SELECT {_columns(name)} FROM {name}"))  # noqa: S608
            for name in SOURCES:
                shutil.rmtree(self._slice_folder(name, number), ignore_errors=True)
        told("written", slices, slices)
        return {name: tuple(parts) for name, parts in written.items()}

    def write_touched(self, before: Snapshot, relationship_ids: Sequence[UUID], told: Told) -> Tables:
        """Write those slices anew in which these relationships now have other rows; the files of the others stay."""
        for name in tables.names():
            self._lay_out(name, self._copied(name) if name in SOURCES else tables.derived_sql(name))
        self._run("CREATE TABLE touched (relationship_id VARCHAR)")
        self._put_touched(relationship_ids)
        slices = before.manifest.slices
        wanted = {name: self._slices_that_differ(name, before) for name in tables.names()}
        written = self._write(wanted, slices, told)
        stands = before.manifest.tables
        return {
            name: tuple(new if new.file else stands[name][number] for number, new in enumerate(written[name]))
            for name in tables.names()
        }

    def close(self) -> None:
        self._duck.close()

    def _write(self, wanted: dict[str, dict[int, list[str]]], slices: int, told: Told) -> Tables:
        """Write these slices, each with what is untouched of the old files. A slice that is not wanted has no file name."""
        nothing = Part("", 0, 0, 0)
        written: dict[str, list[Part]] = {name: [nothing] * slices for name in wanted}
        to_do = [(name, number, old) for name, of_table in wanted.items() for number, old in of_table.items()]
        for done, (name, number, old) in enumerate(to_do):
            told("written", done, len(to_do))
            columns = _columns(name)
            fresh = f"SELECT {columns} FROM {name} WHERE {_SLICE.format(slices=slices)} = {number}"  # noqa: S608  ours
            stays = f"SELECT {columns} FROM {files_sql(old)} ANTI JOIN touched USING (relationship_id)"  # noqa: S608
            written[name][number] = self._write_one(name, number, f"{fresh} UNION ALL {stays}")
        told("written", len(to_do), len(to_do))
        return {name: tuple(parts) for name, parts in written.items()}

    def _write_one(self, name: str, number: int, rows: str) -> Part:
        path = self._folder / f"{name}-{number:02x}-{uuid4().hex}.parquet"
        # In one order, so that a snapshot says the same however it came about, and rows of one relationship lie together.
        self._run(f"COPY (SELECT * FROM ({rows}) ORDER BY ALL) TO {_text(str(path))} (FORMAT parquet)")  # noqa: S608
        count, whose = self._size(files_sql([str(path)]))
        return Part(path.name, path.stat().st_size, count, whose)

    def _copied(self, name: str) -> str:
        """What was copied out of one source, each row once."""
        path = self._scratch / f"{name}.csv"
        return f"SELECT DISTINCT {_finished(name)} FROM {csv_sql(name, path)}"  # noqa: S608  ours

    def _deal_out(self, name: str, slices: int) -> None:
        """Put what was copied out of one source into a folder a slice."""
        path, place = self._scratch / f"{name}.csv", self._scratch / name
        rows = f"SELECT *, {_SLICE.format(slices=slices)} AS slice FROM {csv_sql(name, path)}"  # noqa: S608  ours
        self._run(f"COPY ({rows}) TO {_text(str(place))} (FORMAT parquet, PARTITION_BY (slice))")
        path.unlink()

    def _slice_folder(self, name: str, number: int) -> Path:
        return self._scratch / name / f"slice={number}"

    def _dealt(self, name: str, number: int, slices: int) -> str:
        """One slice of what was copied, each row once; of a source without a row there nothing was dealt out."""
        if slices == 1:
            return self._copied(name)
        place = self._slice_folder(name, number)
        if not place.is_dir():
            return f"SELECT {_columns(name)} FROM {_empty_sql(name)}"  # noqa: S608
        rows = f"read_parquet({_text(str(place / '*.parquet'))}, hive_partitioning = false)"
        return f"SELECT DISTINCT {_finished(name)} FROM {rows}"  # noqa: S608

    def _lay_out(self, name: str, rows: str) -> None:
        self._run(f"CREATE OR REPLACE TABLE {name} AS {rows}")

    def _slices_that_differ(self, name: str, before: Snapshot) -> dict[int, list[str]]:
        columns, slices = _columns(name), before.manifest.slices
        ((touched,),) = self._rows(f"SELECT list(DISTINCT {_SLICE.format(slices=slices)}) FROM touched")  # noqa: S608
        files = before.files(name)
        old = {number: [files[number]] for number in touched or ()}
        if not old:
            return {}
        touched_files = files_sql([file for of_slice in old.values() for file in of_slice])
        was = f"SELECT {columns} FROM {touched_files} SEMI JOIN touched USING (relationship_id)"  # noqa: S608  ours
        now = f"SELECT {columns} FROM {name}"  # noqa: S608
        differing = self._rows(
            f"SELECT DISTINCT {_SLICE.format(slices=slices)} FROM"  # noqa: S608  ours
            f" (({was} EXCEPT ALL {now}) UNION ALL ({now} EXCEPT ALL {was}))"
        )
        return {number: old[number] for (number,) in differing}

    def _put_touched(self, relationship_ids: Sequence[UUID]) -> None:
        path = self._scratch / "touched.csv"
        path.write_text("".join(f"{relationship_id}\n" for relationship_id in relationship_ids))
        told = f"read_csv({_text(str(path))}, header = false, columns = {{'relationship_id': 'VARCHAR'}})"
        self._run(f"INSERT INTO touched SELECT relationship_id FROM {told}")  # noqa: S608

    def _size(self, table: str) -> tuple[int, int]:
        """How many rows a table has, and of how many relationships."""
        ((count, whose),) = self._rows(f"SELECT count(*), count(DISTINCT relationship_id) FROM {table}")  # noqa: S608
        return count, whose

    def _run(self, sql: str) -> None:
        self._duck.execute(sql)

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self._duck.execute(sql).fetchall()


@contextmanager
def writer(folder: Path) -> Iterator[Writer]:
    """A writer into this folder. What it needs meanwhile lies beside it, and goes in the end."""
    with tempfile.TemporaryDirectory(prefix="scratch-", dir=folder) as scratch:
        made = Writer(folder, Path(scratch))
        try:
            yield made
        finally:
            made.close()


def limits(scratch: Path | None = None) -> dict[str, Any]:
    """What DuckDB may take of the machine, so that the pages beside it stay quick."""
    told: dict[str, Any] = {"memory_limit": settings.READINGS_MEMORY, "threads": settings.READINGS_THREADS}
    return told | ({"temp_directory": str(scratch)} if scratch else {})


def _in_lots(relationship_ids: Sequence[UUID] | None) -> list[Sequence[UUID] | None]:
    if relationship_ids is None:
        return [None]
    return [relationship_ids[at : at + ASKED_TOGETHER] for at in range(0, len(relationship_ids), ASKED_TOGETHER)]


def _copy_out(sql: str, stream: Any) -> int:
    """Answers how many rows were copied.

    By the driver's own hand: PostgreSQL sends each row by itself, and of tens of millions of rows what lies between
    takes longer than they do.
    """
    connection.ensure_connection()
    raw = connection.connection.pgconn
    began = raw.exec_(f"COPY ({sql}) TO STDOUT (FORMAT csv, NULL '\\N')".encode())
    if began.status != pq.ExecStatus.COPY_OUT:
        raise errors.error_from_result(began)
    while (row := raw.get_copy_data(0))[0] > 0:
        stream.write(row[1])
    ended = raw.get_result()
    # The last result is none: only then may the next statement be sent.
    while raw.get_result() is not None:
        pass
    if ended.status != pq.ExecStatus.COMMAND_OK:
        raise errors.error_from_result(ended)
    return int(ended.command_tuples)


def _finished(name: str) -> str:
    made = ", ".join(f"{sql} AS {column}" for column, sql in SOURCES[name].finished.items())
    return f"* REPLACE ({made})" if made else "*"


def _columns(name: str) -> str:
    return ", ".join(f'"{column}"' for column in tables.columns(name))


def csv_sql(name: str, path: Path) -> str:
    """A file that PostgreSQL copied out, as a table of DuckDB's."""
    told = ", ".join(f"'{column}': '{kind}'" for column, kind in tables.columns(name).items())
    # An empty string stays one: `began` is empty where a moment belongs to both sides.
    return f"read_csv({_text(str(path))}, header = false, auto_detect = false, columns = {{{told}}}, nullstr = '\\N')"


def _empty_sql(name: str) -> str:
    """A table of this name's columns without a row."""
    nothing = ", ".join(f'NULL::{kind} AS "{column}"' for column, kind in tables.columns(name).items())
    return f"(SELECT {nothing} WHERE false)"


def files_sql(paths: Sequence[str]) -> str:
    """These files as one table of DuckDB's."""
    return f"read_parquet([{', '.join(_text(path) for path in paths)}])"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
