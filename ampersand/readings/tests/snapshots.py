"""What a snapshot holds, and what it should hold, for the tests of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb
from django.utils import timezone

from ampersand.readings import snapshot
from ampersand.readings.snapshot import Manifest, Snapshot, tables
from ampersand.readings.snapshot.writing import files_sql, writer

Held = dict[str, list[tuple[Any, ...]]]


@dataclass
class Days:
    """All that is done in these tests is done on the days ahead: what a snapshot took in is then behind the next one."""

    at: datetime = field(default_factory=lambda: timezone.now() + timedelta(days=1))

    def next(self) -> datetime:
        self.at += timedelta(days=1)
        return self.at


def taken(as_of: datetime) -> tuple[Held, Manifest]:
    """What the snapshot holds that is brought up to this time, and its manifest."""
    with snapshot.taken(as_of=as_of) as made:
        return held(made), made.manifest


def held(made: Snapshot) -> Held:
    """Every row of every table, in order."""
    with duckdb.connect() as connection:
        return {
            name: connection.execute(f"SELECT * FROM {files_sql(made.files(name))} ORDER BY ALL").fetchall()  # noqa: S608
            for name in tables.names()
        }


def made_whole(*, as_of: datetime, folder: Path) -> Held:
    """What a snapshot of the whole book holds that knows nothing of those before it."""
    folder.mkdir(exist_ok=True)
    with writer(folder) as made:
        made.load(as_of=as_of, relationship_ids=None, told=lambda *_told: None)
        parts = made.write_all(1, lambda *_told: None)
    nobody, day = UUID(int=0), date(2000, 1, 1)
    return held(Snapshot(folder, Manifest(nobody, datetime(2000, 1, 1, tzinfo=UTC), day, "", 1, parts)))
