"""The tables of a snapshot: the sources as PostgreSQL tells them, and what is worked out of them once, for whoever reads."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache

import ibis

from ampersand.readings.snapshot.manifest import VERSION
from ampersand.readings.sources import SOURCES
from ampersand.readings.sources.derived import DERIVED

_TYPES = {"string": "VARCHAR", "int64": "BIGINT", "boolean": "BOOLEAN", "float64": "DOUBLE"}


def names() -> tuple[str, ...]:
    """Every table, each after those it is worked out of."""
    return (*SOURCES, *DERIVED)


def columns(name: str) -> Mapping[str, str]:
    """The columns of a table with their types, as DuckDB calls them."""
    schema = SOURCES[name].schema if name in SOURCES else DERIVED[name].schema
    return {column: _TYPES[kind] for column, kind in schema.items()}


@lru_cache
def derived_sql(name: str) -> str:
    """How DuckDB works out a table of those that stand before it."""
    return str(ibis.to_sql(DERIVED[name].expression(), dialect="duckdb"))


@lru_cache
def shape() -> str:
    """A digest of the rules by which the tables are made: a snapshot made by others is made anew."""
    rules = [source.copied_sql(as_of=datetime(2000, 1, 1, tzinfo=UTC)) for source in SOURCES.values()]
    finished = [sql for source in SOURCES.values() for sql in source.finished.values()]
    told = [str(VERSION), *rules, *finished, *map(derived_sql, DERIVED), *(str(columns(name)) for name in names())]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
