"""Columns of many rows at once: ids, days, instants and words, and their way into a table through COPY."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import psycopg
import pyarrow as pa
from numpy.typing import NDArray
from psycopg import sql
from pyarrow import csv

Ids = NDArray[np.void]
Days = NDArray[np.int64]
Instants = NDArray[np.int64]

_DAY_SECONDS = 86_400
_NEEDED = csv.WriteOptions(include_header=False, quoting_style="needed")
_HEX = np.array([f"{byte:02x}" for byte in range(256)], dtype="S2")
_DASHES = (8, 13, 18, 23)


def new_ids(seconds: Instants, random: np.random.Generator) -> NDArray[np.bytes_]:
    """UUIDv7 of these instants (seconds since 1970), as text, their other bits from a seed."""
    count = len(seconds)
    octets = random.integers(0, 256, size=(count, 16), dtype=np.uint8)
    octets[:, :6] = (seconds * 1000).astype(">u8").view(np.uint8).reshape(count, 8)[:, 2:]
    octets[:, 6] = octets[:, 6] & 0x0F | 0x70
    octets[:, 8] = octets[:, 8] & 0x3F | 0x80
    return _as_text(octets)


def texts(ids: NDArray[np.bytes_]) -> Any:
    """Ids as a column."""
    width = ids.dtype.itemsize
    offsets = np.arange(0, (len(ids) + 1) * width, width, dtype=np.int32)
    data = np.ascontiguousarray(ids)
    return pa.Array.from_buffers(pa.string(), len(ids), [None, pa.py_buffer(offsets), pa.py_buffer(data)])


def pairs(one: NDArray[np.bytes_], other: NDArray[np.bytes_]) -> Any:
    """Arrays of two ids each, as PostgreSQL writes them."""
    width = 2 * one.dtype.itemsize + 3
    text = np.empty((len(one), width), dtype="S1")
    text[:, 0], text[:, width // 2], text[:, -1] = b"{", b",", b"}"
    text[:, 1 : width // 2] = one.view("S1").reshape(len(one), -1)
    text[:, width // 2 + 1 : -1] = other.view("S1").reshape(len(other), -1)
    return texts(np.ascontiguousarray(text).view(f"S{width}").reshape(len(one)))


def instants(seconds: Instants, *, missing: NDArray[np.bool_] | None = None) -> Any:
    return pa.array(seconds, mask=missing).cast(pa.timestamp("s", tz="UTC"))


def days(numbers: Days, *, missing: NDArray[np.bool_] | None = None) -> Any:
    """Days since 1970 as a column of dates."""
    return pa.array(numbers.astype(np.int32), mask=missing).cast(pa.date32())


def some(values: Any, *, missing: NDArray[np.bool_]) -> Any:
    """A column that is empty where `missing` says so."""
    import pyarrow.compute as pc

    return pc.if_else(pa.array(missing), pa.scalar(None, values.type), values)


def chosen(words: list[str], places: NDArray[np.int64]) -> Any:
    """Words picked from a short list, one for each row."""
    return pa.array(words, pa.string()).take(pa.array(places))


def copy(cursor: psycopg.Cursor[Any], table: str, columns: Mapping[str, Any]) -> int:
    """Copy columns of equal length into a table; a single word stands for all rows. Answers how many rows."""
    count = next(len(column) for column in columns.values() if not isinstance(column, str | bool | int | type(None)))
    block = pa.table({name: _whole(column, count) for name, column in columns.items()})
    sink = pa.BufferOutputStream()
    csv.write_csv(block, sink, _NEEDED)
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with cursor.copy(statement) as stream:
        stream.write(memoryview(sink.getvalue()))
    return count


def _whole(column: Any, count: int) -> Any:
    if column is None:
        return pa.nulls(count, pa.string())
    if isinstance(column, str | bool | int):
        return pa.array([column]).take(pa.array(np.zeros(count, dtype=np.int64)))
    if isinstance(column, np.ndarray) and column.dtype.kind == "S":
        return texts(column)
    return column if isinstance(column, pa.Array | pa.ChunkedArray) else pa.array(column)


def _as_text(octets: NDArray[np.uint8]) -> NDArray[np.bytes_]:
    letters = _HEX[octets].view("S1").reshape(len(octets), 32)
    text = np.full((len(octets), 36), b"-", dtype="S1")
    places = [place for place in range(36) if place not in _DASHES]
    text[:, places] = letters
    return np.ascontiguousarray(text).view("S36").reshape(len(octets))
