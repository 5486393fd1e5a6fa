"""Readings made again of nothing but what they list: each in a relationship of its own, that knows of nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from ampersand.readings import actions, engines, resting
from ampersand.readings.models import Reading
from ampersand.readings.saying import Ear, says
from ampersand.readings.sources import SOURCES

# What a row of each source is named by.
NAMED = {
    "contacts": "moment_id",
    "promises": "promise_id",
    "concessions": "concession_id",
    "trade": "transaction_id",
    "pulses": "pulse_id",
}
DIGITS = 9
Row = dict[str, Any]
Rows = Mapping[str, Sequence[Row]]


def lists(reading: Reading) -> set[str]:
    """The ids of all that the page of a reading opens."""
    rests = resting.on(reading)
    return {str(one) for one in (*rests.evidence, *rests.against)}


def known(at: datetime, relationship_ids: Sequence[UUID]) -> Rows:
    """All that the sources tell of these relationships."""
    # Who is in touch with whom is in no reading that is stored.
    return {name: _rows(SOURCES[name].sql(as_of=at, relationship_ids=relationship_ids)) for name in NAMED}


def _rows(sql: str) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def made_of(
    pieces: Iterable[tuple[Reading, set[str]]], rows: Rows, *, at: datetime, folder: Path
) -> list[Reading | None]:
    """Each reading made again of these pieces alone; None where of them alone nothing is said."""
    wanted = list(pieces)
    alone: dict[str, list[Row]] = {name: [] for name in NAMED}
    by_relationship = _by_relationship(rows)
    for number, (reading, ids) in enumerate(wanted):
        for name, row in by_relationship.get(str(reading.relationship_id), ()):
            if row[NAMED[name]] in ids:
                alone[name].append({**row, "relationship_id": str(UUID(int=number))})
    engine = engines.from_rows(folder, **alone)
    try:
        made = {(str(one.relationship_id), one.measure, one.room): one for one in actions.made(engine, at=at)}
    finally:
        engine.close()
    return [
        made.get((str(UUID(int=number)), reading.measure, reading.room)) for number, (reading, _) in enumerate(wanted)
    ]


def _by_relationship(rows: Rows) -> dict[str, list[tuple[str, Row]]]:
    found: dict[str, list[tuple[str, Row]]] = {}
    for name, of_source in rows.items():
        for row in of_source:
            found.setdefault(row["relationship_id"], []).append((name, row))
    return found


def what_it_says(reading: Reading, *, today: date) -> dict[str, Any]:
    """All of a reading but for what it lists: what it says and with which numbers, and its sentence in both ears."""
    fields = ("says", "value", "low", "high", "usual", "unit", "count", "since_on", "told")
    told = {name: _near(getattr(reading, name)) for name in fields}
    return {**told, **{ear: says(reading, today=today, ear=ear, house="Harbour & Finch") for ear in Ear}}


def _near(told: Any) -> Any:
    """To nine digits: engines add in another order."""
    if isinstance(told, float):
        return float(f"{told:.{DIGITS}g}")
    if isinstance(told, dict):
        return {name: _near(one) for name, one in told.items()}
    return [_near(one) for one in told] if isinstance(told, list | tuple) else told
