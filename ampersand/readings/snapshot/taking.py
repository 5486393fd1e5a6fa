"""Bring the snapshot up to a time, and hold it while it is read."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import duckdb
from django.conf import settings
from django.db import connection, transaction

from ampersand.core import locks
from ampersand.parties.models import Relationship
from ampersand.readings import models
from ampersand.readings.snapshot import lines, manifest, tables, touched
from ampersand.readings.snapshot.manifest import Manifest, Part, Snapshot
from ampersand.readings.snapshot.writing import MOST_SLICES, SLICE_ROWS, Told, writer

# Where more of the book is touched than this share, all of it is sooner copied than sought out.
TOUCHED_SHARE = 0.3
# A slice that has grown to so many times what it was meant to hold: the book is cut anew.
OUTGROWN = 4
_PAST = "past-"


def _unheard(_step: str, _done: int, _of: int) -> None:
    pass


@contextmanager
def taken(*, as_of: datetime, told: Told = _unheard) -> Iterator[Snapshot]:
    """The snapshot as of a time, brought up to it first: of what changed since it was last made, or all of it.

    It is held while it is read: whoever comes second waits, then finds little to do. `told` hears of each step how far it is.
    """
    folder = settings.SNAPSHOTS
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locks.held_alone(locks.READING_ALL), _held(folder):
        with _book_of_one_moment():
            made = _brought_up_to(as_of, folder, told)
        manifest.sweep(folder, made.manifest)
        yield made


@contextmanager
def taken_apart(*, as_of: datetime, told: Told = _unheard) -> Iterator[Snapshot]:
    """A snapshot of its own as of a past time, made whole, which goes at the end. The one that stands is not touched."""
    settings.SNAPSHOTS.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locks.held_alone(locks.READING_ALL), _held(settings.SNAPSHOTS):
        _clear(settings.SNAPSHOTS)
        with tempfile.TemporaryDirectory(prefix=_PAST, dir=settings.SNAPSHOTS) as place:
            with _book_of_one_moment():
                made = _made_whole(as_of, Path(place), told)
            yield Snapshot(Path(place), made)


def _brought_up_to(as_of: datetime, folder: Path, told: Told) -> Snapshot:
    _clear(folder)
    stands = manifest.read(folder)
    # What stands stays until another does, of use or not: who dies in between leaves a snapshot all the same.
    manifest.sweep(folder, stands)
    before = _usable(stands, as_of)
    lines.lay_out()
    renewed = _renewed(before, as_of, folder, told) if before else None
    made = renewed or Snapshot(folder, _made_whole(as_of, folder, told))
    lines.take_away(as_of=as_of)
    models.Snapshot.objects.update_or_create(id=1, defaults={"key": made.manifest.key, "as_of": as_of})
    # Last of all, and before the transaction ends: where that fails the book knows of no such snapshot, and makes another.
    manifest.put(folder, made.manifest)
    return made


def _usable(before: Manifest | None, as_of: datetime) -> Manifest | None:
    """A manifest that the book knows of, of no later time, made by the rules of today and still of a fitting size."""
    if before is None or before.shape != tables.shape() or before.as_of > as_of:
        return None
    is_outgrown = before.slices < MOST_SLICES and any(
        part.rows > OUTGROWN * SLICE_ROWS for parts in before.tables.values() for part in parts
    )
    # A backup that was brought back, or another house, knows of another one.
    is_known = models.Snapshot.objects.filter(key=before.key).exists()
    return before if is_known and not is_outgrown else None


def _made_whole(as_of: datetime, folder: Path, told: Told) -> Manifest:
    with writer(folder) as made:
        made.load(as_of=as_of, relationship_ids=None, told=told)
        slices = made.slices_for_all(Relationship.objects.count())
        return Manifest(uuid4(), as_of, lines.today(), tables.shape(), slices, made.write_all(slices, told))


def _renewed(before: Manifest, as_of: datetime, folder: Path, told: Told) -> Snapshot | None:
    """The snapshot with what was touched since; None where it is sooner made whole, or an old file cannot be read."""
    if lines.reach_all_of_the_book():
        return None
    day = lines.today()
    relationship_ids = touched.find(since=before.as_of, as_of=as_of, day_since=before.today, day=day)
    if len(relationship_ids) > TOUCHED_SHARE * max(Relationship.objects.count(), 100):
        return None
    parts: dict[str, tuple[Part, ...]] = dict(before.tables)
    if relationship_ids:
        try:
            with writer(folder) as made:
                made.load(as_of=as_of, relationship_ids=relationship_ids, told=told)
                parts = made.write_touched(Snapshot(folder, before), relationship_ids, told)
        except (duckdb.InvalidInputException, duckdb.IOException, duckdb.BinderException):
            # A file of the old one is not what it was: all of it is read from the book again.
            return None
    after = replace(before, key=uuid4(), as_of=as_of, today=day, tables=parts)
    return Snapshot(folder, after, since=before.key, touched=relationship_ids)


def _clear(folder: Path) -> None:
    """Remove the scratch of runs that were killed."""
    for left in (*folder.glob("scratch-*"), *folder.glob(f"{_PAST}*")):
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _book_of_one_moment() -> Iterator[None]:
    """Within, everything is read as it stood at one moment; within a transaction of somebody else's, as that sees it."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            # Joined with what fits into a page's share of memory, twenty million rows go to the disk and back.
            cursor.execute("SET LOCAL work_mem = '128MB'")
        yield


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Nobody else of this machine writes into the folder meanwhile, whichever book is theirs."""
    with (folder / "lock").open("w") as lock:
        # Storage that knows no locks has none: then the lock of the database is all there is.
        with suppress(OSError):
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
