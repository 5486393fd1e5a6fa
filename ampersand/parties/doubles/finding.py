"""Finding likely doubles among many records: a program of its own, so that neither DuckDB nor Splink stays in ours.

    python -m ampersand.parties.doubles.finding FOLDER [--memory MB] [--threads N] [--engine duckdb|spark]

FOLDER holds `left.jsonl` (and `right.jsonl`, where two files are laid side by side), a record a line as `Traits` has them.
`pairs.csv` is written beside them: left, right, probability, reasons.
"""

from __future__ import annotations

import csv
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice
from pathlib import Path
from typing import Any, Protocol

import click
import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from splink import DuckDBAPI, Linker

from ampersand.parties.doubles import comparisons as compared
from ampersand.parties.doubles import model
from ampersand.parties.doubles.comparisons import Comparison
from ampersand.parties.doubles.traits import KEYS, LISTS, ORGANISATION, OTHERS, PERSON, TEXTS, columns_of
from ampersand.parties.doubles.writing import traits_of

BATCH = 20_000
# A key that more records share than these tells nothing: a town's one postcode, everybody at one switchboard.
MOST_SHARING = 60
LEAST_PROBABILITY = 0.5
# A town follows from its postcode where so many of those with one postcode tell one town.
FOLLOWS_SHARE = 0.5
SCHEMA = pa.schema(
    [
        ("unique_id", pa.string()),
        *((name, pa.string()) for name in (*TEXTS, *OTHERS)),
        *((name, pa.list_(pa.string())) for name in LISTS),
        *((name, pa.int64()) for name in KEYS),
    ]
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that are likely one: how likely, and by which likeness of which column."""

    left: str
    right: str
    probability: float
    reasons: tuple[tuple[str, str], ...]


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--memory", default=4_000, help="Megabytes DuckDB may take before it writes to disk.")
@click.option("--threads", default=2)
@click.option("--least", default=LEAST_PROBABILITY)
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb")
def main(folder: Path, memory: int, threads: int, least: float, engine: str) -> None:
    right = folder / "right.jsonl"
    sides = [folder / "left.jsonl", *([right] if right.exists() else [])]
    with (folder / "pairs.csv").open("w", newline="", encoding="utf-8") as stream:
        table = csv.writer(stream)
        table.writerow(["left", "right", "probability", "reasons"])
        for kind in (PERSON, ORGANISATION):
            for pair in find(sides, kind=kind, memory_mb=memory, threads=threads, least=least, engine=engine):
                reasons = ";".join(f"{column}={level}" for column, level in pair.reasons)
                table.writerow([pair.left, pair.right, f"{pair.probability:.6f}", reasons])


def find(
    sides: Sequence[Path],
    *,
    kind: str,
    memory_mb: int = 4_000,
    threads: int = 2,
    least: float = LEAST_PROBABILITY,
    engine: str = "duckdb",
) -> Iterator[Pair]:
    """The pairs of this kind from a probability on: within one file of records, or between two. Likeliest first."""
    with tempfile.TemporaryDirectory() as scratch:
        tables = [_prepared(side, kind, Path(scratch) / f"{number}.parquet") for number, side in enumerate(sides)]
        if sum(table.count for table in tables) < 2 or not all(table.count for table in tables):
            return
        names = [f"side_{number}" for number in range(len(tables))]
        with _OnDuckDB(Path(scratch), memory_mb=memory_mb, threads=threads) as here:
            for name, table in zip(names, tables, strict=True):
                here.load(name, table)
            weights = _weights(here, tables, names, kind=kind)
            if not weights.comparisons:
                return
            if engine == "duckdb":
                yield from _pairs(here, names, weights, least=least)
        if engine == "spark":
            from ampersand.parties.doubles.on_spark import OnSpark

            with OnSpark(Path(scratch), threads=threads) as cluster:
                for name, table in zip(names, tables, strict=True):
                    cluster.load(name, table)
                yield from _pairs(cluster, names, weights, least=least)


@dataclass(frozen=True, slots=True)
class Table:
    """Records of one side, ready to be compared, and how many of them tell something in each column."""

    path: Path
    count: int
    filled: Counter[str]


def comparisons_of(kind: str, tables: Sequence[Table]) -> tuple[Comparison, ...]:
    """What can be compared: columns that both sides tell something in."""
    all_of_kind = compared.PEOPLE if kind == PERSON else compared.ORGANISATIONS
    return tuple(
        comparison
        for comparison in (*all_of_kind, *compared.others(len(OTHERS)))
        if all(table.filled[comparison.column] for table in tables)
    )


def _prepared(side: Path, kind: str, path: Path) -> Table:
    """The records of this kind, in the form they are compared in, in a file that an engine reads."""
    size, filled = 0, Counter[str]()
    with pq.ParquetWriter(path, SCHEMA) as writer, side.open(encoding="utf-8") as stream:
        of_kind = (told for told in map(json.loads, stream) if told.get("kind", PERSON) == kind)
        while batch := list(islice(of_kind, BATCH)):
            rows = [columns_of(traits_of(told)) for told in batch]
            size += len(rows)
            for row in rows:
                filled.update(name for name, value in row.items() if value is not None)
            writer.write_table(pa.Table.from_pylist(rows, schema=SCHEMA))
    return Table(path, size, filled)


class Engine(Protocol):
    """Where records lie and pairs are scored."""

    def load(self, name: str, table: Table) -> None: ...

    def frame(self, name: str) -> Any: ...

    def rows(self, sql: str) -> Iterator[Sequence[Any]]: ...


class _OnDuckDB:
    """In the memory of this process, and beyond what it may take on disk."""

    def __init__(self, scratch: Path, *, memory_mb: int, threads: int) -> None:
        self._connection = duckdb.connect()
        self._connection.execute(f"SET memory_limit = '{int(memory_mb)}MB'")
        self._connection.execute(f"SET threads = {int(threads)}")
        self._connection.execute(f"SET temp_directory = '{scratch / 'spill'}'")
        self._api = DuckDBAPI(self._connection)

    def __enter__(self) -> _OnDuckDB:
        return self

    def __exit__(self, *_error: object) -> None:
        self._connection.close()

    def load(self, name: str, table: Table) -> None:
        self._connection.execute(f"CREATE VIEW raw_{name} AS SELECT * FROM read_parquet('{table.path}')")  # noqa: S608
        self._connection.execute(f"CREATE TABLE {name} AS {without_common_keys(f'raw_{name}')}")

    def frame(self, name: str) -> Any:
        # Splink wants a name of its own for each registration.
        return self._api.register(
            self._connection.table(name), dataset_display_name=name, table_name=f"{name}_{next(_number)}"
        )

    def rows(self, sql: str) -> Iterator[Sequence[Any]]:
        found = self._connection.execute(sql)
        while rows := found.fetchmany(10_000):
            yield from rows


_number = count(1)


def without_common_keys(table: str) -> str:
    """SQL for the table without keys that too many of it share."""
    plain = ", ".join(("unique_id", *TEXTS, *OTHERS, *LISTS))
    return f"SELECT {plain}, {', '.join(_rare_key(table, key) for key in KEYS)} FROM {table}"  # noqa: S608


def _rare_key(table: str, key: str) -> str:
    return (
        f"CASE WHEN {key} IN (SELECT {key} FROM {table} WHERE {key} IS NOT NULL GROUP BY {key}"  # noqa: S608
        f" HAVING count(*) > {MOST_SHARING}) THEN NULL ELSE {key} END AS {key}"
    )


def _linker(engine: Engine, names: Sequence[str], weights: model.Weights) -> Linker:
    frames = [engine.frame(name) for name in names]
    settings = model.settings(weights, is_between_two=len(frames) > 1)
    return Linker(frames if len(frames) > 1 else frames[0], settings)


def _weights(engine: Engine, tables: Sequence[Table], names: Sequence[str], *, kind: str) -> model.Weights:
    """What is compared and how much it weighs, learnt from these records where they are enough."""
    comparisons = [_weighed(engine, names, one) for one in comparisons_of(kind, tables)]
    size = sum(table.count for table in tables)
    weights = model.unlearnt(comparisons, count=size)
    if not comparisons or size < model.LEARNS_FROM_RECORDS:
        return weights
    certain = _certain(engine, names, kind, comparisons)
    return model.learn(lambda weights: _linker(engine, names, weights), weights, kind=kind, count=size, certain=certain)


def _pairs(engine: Engine, names: Sequence[str], weights: model.Weights, *, least: float) -> Iterator[Pair]:
    scored = _linker(engine, names, weights).inference.predict(threshold_match_probability=least)
    columns = ", ".join(f"gamma_{comparison.column}" for comparison in weights.comparisons)
    found = engine.rows(
        f"SELECT unique_id_l, unique_id_r, match_probability, {columns} FROM {scored.physical_name}"  # noqa: S608
        " ORDER BY match_probability DESC, unique_id_l, unique_id_r"
    )
    return (pair_of(row, weights.comparisons) for row in found)


def pair_of(row: Sequence[Any], comparisons: Sequence[Comparison]) -> Pair:
    """A scored row in words of ours: Splink counts the levels from the last one, and -1 is told by nobody."""
    left, right, probability, *gammas = row
    reasons = tuple(
        (comparison.column, comparison.levels[len(comparison.levels) - 1 - gamma].name)
        for comparison, gamma in zip(comparisons, gammas, strict=True)
        if gamma >= 0
    )
    return Pair(left, right, float(probability), reasons)


def _weighed(engine: Engine, names: Sequence[str], comparison: Comparison) -> Comparison:
    """The comparison, which stands for itself where in this book it does not follow from another."""
    column, other = comparison.column, comparison.unless
    if not other:
        return comparison
    told = " UNION ALL ".join(f"SELECT {column} AS told, {other} AS beside FROM {name}" for name in names)  # noqa: S608
    both = f"SELECT beside, told, count(*) AS size FROM ({told}) WHERE told IS NOT NULL AND beside IS NOT NULL GROUP BY ALL"  # noqa: S608
    ((alike, pairs),) = engine.rows(
        "SELECT sum(alike), sum(whole * (whole - 1)) FROM"  # noqa: S608
        f" (SELECT beside, sum(size * (size - 1)) AS alike, sum(size) AS whole FROM ({both}) GROUP BY beside)"
    )
    return comparison if not pairs or alike / pairs >= FOLLOWS_SHARE else replace(comparison, unless="")


def _certain(engine: Engine, names: Sequence[str], kind: str, comparisons: Sequence[Comparison]) -> int:
    """How many pairs agree in what hardly two have in common; no further than is asked."""
    left, right = names[0], names[-1]
    apart = "true" if left != right else "l.unique_id < r.unique_id"
    most = 0
    for rule in model.certain_rules(kind, {comparison.column for comparison in comparisons}):
        sql = f"SELECT 1 FROM {left} l JOIN {right} r ON {rule} AND {apart} LIMIT {model.LEARNS_FROM_CERTAIN}"  # noqa: S608
        most = max(most, sum(1 for _ in engine.rows(sql)))
    return most


if __name__ == "__main__":
    main()
