"""What tables hold, as a count and a digest that do not ask in which order their rows lie.

The digest of a table is the sum of the digests of its rows (the first 120 bits of each SHA-256), so two tables with the
same rows agree however they were filled. It tells damage and loss; against somebody who forges rows it is no guard.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

# How a value is written must not hang on the session that asks.
PLAIN = (
    "SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres'; SET bytea_output = 'hex'; "
    "SET extra_float_digits = 1; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0"
)

_TABLES = """
SELECT c.relname, array_agg(a.attname ORDER BY a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
GROUP BY c.relname ORDER BY c.relname
"""
_COUNT = """
SELECT count(*), coalesce(sum(('x' || substr(d, 1, 15))::bit(60)::bigint), 0),
       coalesce(sum(('x' || substr(d, 16, 15))::bit(60)::bigint), 0)
FROM (SELECT encode(sha256(convert_to(ROW({columns})::text, 'UTF8')), 'hex') AS d FROM {rows} {apart}) AS told
"""
# Else the planner puts the digest of a row into both sums, and works it out twice.
_APART = sql.SQL("OFFSET 0")


@dataclass(frozen=True, slots=True)
class Counted:
    """One table: which columns were counted, how many rows there are, and their digest."""

    columns: tuple[str, ...]
    rows: int
    digest: str

    def as_json(self) -> dict[str, Any]:
        return {"columns": list(self.columns), "rows": self.rows, "digest": self.digest}


def from_json(told: Mapping[str, Any]) -> Counted:
    return Counted(tuple(told["columns"]), int(told["rows"]), str(told["digest"]))


def tables(connection: psycopg.Connection[Any]) -> dict[str, tuple[str, ...]]:
    """Every table of the book with its columns, found by asking the database."""
    return {name: tuple(columns) for name, columns in connection.execute(_TABLES)}


def count(
    connection: psycopg.Connection[Any], table: str, columns: Sequence[str], *, where: sql.Composable | None = None
) -> Counted:
    """Count the rows of a table, or those of them for which `where` holds."""
    rows = sql.Identifier(table) if where is None else sql.SQL("{} WHERE {}").format(sql.Identifier(table), where)
    statement = sql.SQL(_COUNT).format(
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)), rows=rows, apart=_APART
    )
    found = connection.execute(statement).fetchone()
    number, first, second = found or (0, 0, 0)
    return Counted(tuple(columns), number, f"{int(first) % 2**60:015x}{int(second) % 2**60:015x}")


def count_all(connection: psycopg.Connection[Any], named: Mapping[str, Sequence[str]]) -> dict[str, Counted]:
    return {table: count(connection, table, columns) for table, columns in named.items()}


def whole(counted: Mapping[str, Counted], *, of: Iterable[str] | None = None) -> str:
    """One digest over many tables, or over those named."""
    names = sorted(counted if of is None else set(of) & set(counted))
    lines = "\n".join(f"{name} {counted[name].rows} {counted[name].digest}" for name in names)
    return hashlib.sha256(lines.encode()).hexdigest()
