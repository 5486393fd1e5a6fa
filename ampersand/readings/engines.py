"""Where a measure runs: on PostgreSQL for a few relationships at once; over a snapshot for the whole book, on DuckDB or Spark."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

import ibis
import ibis.expr.types as ir
from django.conf import settings
from django.db import connection

from ampersand.core.words import gettext as _
from ampersand.readings import sources
from ampersand.readings.columns import Columns, Row
from ampersand.readings.sources import SOURCES
from ampersand.readings.sources.derived import DERIVED

if TYPE_CHECKING:
    from ampersand.readings.on_duckdb import OnRows
    from ampersand.readings.snapshot import Snapshot

Measured = Callable[..., ir.Table]
# Hears of each step of a long run how much of it is done: its name, so many, of so many.
Told = Callable[[str, int, int], None]

DUCKDB, SPARK = "duckdb", "spark"
# So many relationships are read at once: their rows are then held in memory, and those of the whole book need not be.
PART = 50_000


class UnknownEngine(ValueError):
    """The setting names none of the engines; the words say so."""


class NoSpark(RuntimeError):
    """Spark is asked for and not there; the words say how to bring it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure, an expression over the tables that its arguments name, and the values it is asked with.

    With a `room` it sees only what lies in that room, where a source says in which room a row lies.
    """

    measure: Measured
    values: tuple[tuple[str, int | str], ...] = ()
    room: str = ""

    def expression(self) -> ir.Table:
        """The measure over its tables, unbound to any engine."""
        return self.measure(*(_table(name, self.room) for name in self.reads), **dict(self.values))

    def sql(self, dialect: str) -> str:
        return _sql_of(self, dialect)

    @property
    def reads(self) -> tuple[str, ...]:
        """The tables it reads, in the order of its arguments."""
        return _tables_of(self.measure)


@lru_cache(maxsize=64)
def _sql_of(asked: Asked, dialect: str) -> str:
    """The measure's SQL. Working it out takes longer than one relationship takes the database, so it is kept."""
    return str(ibis.to_sql(asked.expression(), dialect=dialect))


@lru_cache(maxsize=64)
def _tables_of(measure: Measured) -> tuple[str, ...]:
    return tuple(name for name in inspect.signature(measure).parameters if name in SOURCES or name in DERIVED)


def _table(name: str, room: str) -> ir.Table:
    schema = SOURCES[name].schema if name in SOURCES else DERIVED[name].schema
    table = ibis.table(dict(schema), name=name)
    return table.filter(table.room == room) if room and "room" in table.columns else table


class Engine(Protocol):
    """Runs measures and answers the rows of each, or the same as columns."""

    def rows_of(self, *asked: Asked) -> list[list[Row]]: ...

    def columns_of(self, *asked: Asked) -> list[Columns]: ...


class BookEngine(Engine, Protocol):
    """One that reads the whole book, or a part of it at a time."""

    @property
    def snapshot(self) -> Snapshot: ...

    def part_count(self, only: Sequence[UUID] | None = None) -> int: ...

    def parts(self, only: Sequence[UUID] | None = None) -> Iterator[BookEngine]:
        """This engine, looking at one part of the relationships after another, or of these alone; at all of them again in
        the end."""
        ...


class OnPostgres:
    """The measure's own SQL over the tables as they are now. Rights, timeouts and the transaction around it apply."""

    def __init__(self, *, as_of: datetime, relationship_ids: Sequence[UUID] | None = None) -> None:
        self._as_of, self._ids = as_of, relationship_ids

    def rows_of(self, *asked: Asked) -> list[list[Row]]:
        """All in one statement, since to find what is measured takes longer than to measure it."""
        read = self._tables({name for one in asked for name in one.reads})
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

    def columns_of(self, *asked: Asked) -> list[Columns]:
        return list(map(Columns.of, self.rows_of(*asked)))

    def _tables(self, names: Iterable[str]) -> str:
        """The tables of these names, and those that they are worked out of, as what stands after WITH."""
        needed = set(names)
        for name in reversed(list(DERIVED)):
            if name in needed:
                needed.add(DERIVED[name].of)
        told = sources.together(needed & set(SOURCES), as_of=self._as_of, relationship_ids=self._ids)
        worked_out = (f"{name} AS MATERIALIZED ({_derived_sql(name)})" for name in DERIVED if name in needed)
        return ", ".join([told, *worked_out])


@lru_cache
def _derived_sql(name: str) -> str:
    return str(ibis.to_sql(DERIVED[name].expression(), dialect="postgres"))


def unheard(_step: str, _done: int, _of: int) -> None:
    """Nobody listens."""


@contextmanager
def whole_book(
    *, as_of: datetime, engine: str = "", told: Told = unheard, is_past: bool = False
) -> Iterator[BookEngine]:
    """The whole book as it was known at `as_of`: its snapshot, brought up to then and held while it is read.

    Of a past time (`is_past`) a snapshot is made apart and goes when it has been read; the one that stands is kept.
    Without an engine it is the one of the settings. Raises UnknownEngine; and NoSpark where that is asked for and not there.
    """
    # Twenty megabytes of the worker, which reads a few relationships all day on PostgreSQL.
    from ampersand.readings import snapshot

    over = _engine_called(engine or chosen())
    taken = snapshot.taken_apart if is_past else snapshot.taken
    with taken(as_of=as_of, told=told) as made, over(made) as book:
        yield book


def chosen() -> str:
    """The engine of the settings."""
    return str(settings.READINGS_ENGINE)


def _engine_called(engine: str) -> Callable[[Snapshot], AbstractContextManager[BookEngine]]:
    if engine == DUCKDB:
        from ampersand.readings.on_duckdb import OnDuckDB

        return OnDuckDB
    if engine == SPARK:
        try:
            from ampersand.readings.on_spark import OnSpark
        except ModuleNotFoundError as error:
            raise NoSpark(_("Spark is not installed. `pip install 'ampersand[spark]'` brings it.")) from error
        return OnSpark
    raise UnknownEngine(
        _("The whole book is read by duckdb or by spark. AMPERSAND_ENGINE says %(engine)s.") % {"engine": engine}
    )


def most_together(snapshot: Snapshot, only: Sequence[UUID] | None) -> int:
    """So many relationships' slices make a part, all of them or those among which these lie."""
    if not only:
        return PART
    slices = zip(*snapshot.manifest.tables.values(), strict=True)
    count: int = sum(max(part.relationships for part in of_slice) for of_slice in slices)
    return PART * max(1, count // len(only))


def from_rows(folder: Path, **rows: list[Row]) -> OnRows:
    """An engine over rows made by hand, by the name of their source: for tests and trials."""
    from ampersand.readings.on_duckdb import OnRows

    return OnRows(folder, rows)
