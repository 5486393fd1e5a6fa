"""`ampersand backup`: the whole house while it is used, written aside, tried out in a scratch database, and then named.

A backup that has its name was restored once, with as many rows and the same digest in every table. What an interrupted
one left is cleared away by the next.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from ampersand.core import home, postgres, version
from ampersand.core.safe import contents, counting, place, programs, record
from ampersand.core.safe.contents import Contents, Manifest
from ampersand.core.words import gettext as _

NAMED = "ampersand-"
_DRAFT = ".coming-"
_PIECE_BYTES = 1 << 20
# What is restored on trial needs its room for a while, beside what is written.
_ROOM = 1.5

Heard = Callable[[str], None]


class NotBackedUp(Exception):
    """No backup was made; the words say why and what to do."""


def back_up(
    folder: Path,
    *,
    at: datetime,
    key: bytes | None = None,
    heard: Heard = lambda words: None,
    compression: str = "gzip:4",
) -> Path:
    """Make a backup of this house in a folder of its own below `folder`, and answer where it is.

    The database has to run. Raises NotBackedUp; then nothing has a backup's name that is none, and the house is as it was.
    """
    began = time.monotonic()

    def tell(words: str) -> None:
        record.say_step(words)
        heard(words)

    with place.only_one_at_a_time():
        try:
            made, told = _make(folder, at=at, key=key, heard=tell, compression=compression)
        except (
            OSError, psycopg.Error, postgres.DatabaseNotStarted, programs.ProgramFailed, contents.NotABackup, NotBackedUp,
        ) as error:  # fmt: skip
            record.remember_failed(record.Failed(at, str(error).strip()))
            raise NotBackedUp(_("No backup was made: %(why)s") % {"why": str(error).strip()}) from error
        record.remember_good(
            record.Good(
                at=at,
                where=str(made),
                bytes=sum(path.stat().st_size for path in made.rglob("*") if path.is_file()),
                rows=sum(counted.rows for counted in told.tables.values()),
                seconds=round(time.monotonic() - began, 1),
                is_sealed=key is not None,
                missing=len(told.missing),
            )
        )
    return made


def prune(folder: Path, *, keep: int, days: int, at: datetime) -> list[Path]:
    """Take away the backups beyond the newest `keep`, and those older than `days`; the newest stays in any case."""
    newest_first = sorted(all_in(folder), key=lambda path: path.name, reverse=True)
    oldest = (at - timedelta(days=days)).astimezone(UTC)
    gone = [path for number, path in enumerate(newest_first) if number and (number >= keep or made_at(path) < oldest)]
    for path in gone:
        aside = path.with_name(_DRAFT + path.name)
        path.rename(aside)  # half of a backup must not look like one
        shutil.rmtree(aside)
    return gone


def all_in(folder: Path) -> Iterator[Path]:
    """The backups in a folder, by their names and what they say of themselves."""
    for path in folder.glob(f"{NAMED}*") if folder.is_dir() else ():
        try:
            contents.said_by(path)
        except contents.NotABackup:
            continue
        yield path


def made_at(path: Path) -> datetime:
    return datetime.fromisoformat(contents.said_by(path)["made_at"])


def _make(folder: Path, *, at: datetime, key: bytes | None, heard: Heard, compression: str) -> tuple[Path, Contents]:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in folder.glob(f"{_DRAFT}*"):
        shutil.rmtree(left)
    named = folder / f"{NAMED}{at.astimezone(UTC):%Y-%m-%d-%H%M%S}"
    if named.exists():
        raise NotBackedUp(_("There is a backup of this very second already: %(folder)s.") % {"folder": named})
    draft = folder / f"{_DRAFT}{named.name}"
    draft.mkdir(mode=0o700)
    try:
        manifest = _write(draft, at=at, key=key, heard=heard, compression=compression)
        heard(_("Trying it out: it is restored into a scratch database."))
        told = _try_out(draft, manifest, key=key)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    draft.rename(named)
    _settle(folder)
    return named, told


def _write(draft: Path, *, at: datetime, key: bytes | None, heard: Heard, compression: str) -> Manifest:
    url = place.book_url()
    with place.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        snapshot = _one(connection, "SELECT pg_export_snapshot()")
        _refuse_without_room(connection, draft)
        heard(_("Writing the book."))
        sums = {
            contents.BOOK: contents.write(
                draft, contents.BOOK, programs.dumped(url, snapshot=snapshot, compression=compression), key=key
            )
        }
        heard(_("Counting what is in it."))
        tables = counting.count_all(connection, counting.tables(connection))
        migrations = _migrations(connection)
        kept = _digests_of_files(connection)
    heard(_("Copying documents."))
    files, missing = _copy_files(draft, kept, key=key)
    sums[contents.CONTENTS] = contents.write_contents(draft, Contents(tables, files, missing), key=key)
    manifest = Manifest(
        version=version.number(),
        made_at=at,
        migrations=migrations,
        is_ours=not postgres.is_external(),
        is_sealed=key is not None,
        sums=sums,
    )
    contents.write_manifest(draft, manifest, key=key)
    return manifest


def _try_out(draft: Path, manifest: Manifest, *, key: bytes | None) -> Contents:
    """Read back all that was written, and restore it. Raises where it is not what was counted before."""
    told = contents.refuse_damage(draft, contents.read_manifest(draft, key=key), key=key)
    with place.scratch_database() as url:
        programs.restore(contents.read(draft, contents.BOOK, key=key), url, is_ours=manifest.is_ours)
        refuse_if_other(url, told)
    return told


def refuse_if_other(url: str, told: Contents) -> None:
    """Raise NotABackup where the database at `url` does not hold what is told, row for row."""
    with place.connect(url) as connection:
        found = counting.count_all(connection, {name: one.columns for name, one in told.tables.items()})
    differing = sorted(name for name, one in told.tables.items() if found[name] != one)
    if differing:
        raise contents.NotABackup(
            _("What was restored is not what was saved, in these tables: %(names)s.") % {"names": ", ".join(differing)}
        )


def _refuse_without_room(connection: psycopg.Connection[Any], draft: Path) -> None:
    needed = int(_one(connection, "SELECT pg_database_size(current_database())") * _ROOM)
    for folder in (draft, home.data_folder()):
        if place.free_bytes(folder) < needed:
            raise NotBackedUp(
                _("%(gigabytes).1f GB must be free in %(folder)s for a while. Make room, then try again.")
                % {"gigabytes": needed / 2**30, "folder": folder}
            )


def _migrations(connection: psycopg.Connection[Any]) -> tuple[str, ...]:
    if not _one(connection, "SELECT to_regclass('django_migrations') IS NOT NULL"):
        raise NotBackedUp(_("The house is empty: there is nothing to save yet."))
    applied = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    return tuple(f"{app}.{name}" for app, name in applied)


def _digests_of_files(connection: psycopg.Connection[Any]) -> list[str]:
    if not _one(connection, "SELECT to_regclass('core_file') IS NOT NULL"):
        return []
    return [digest for (digest,) in connection.execute("SELECT digest FROM core_file ORDER BY digest")]


def _copy_files(draft: Path, digests: list[str], *, key: bytes | None) -> tuple[dict[str, int], tuple[str, ...]]:
    """Copy documents by their digests; those whose bytes are gone or not their own any more are told, and hold up nothing."""
    copied, missing = {}, []
    for digest in digests:
        path = home.data_folder() / "files" / digest[:2] / digest
        try:
            with path.open("rb") as file:
                is_whole = hashlib.file_digest(file, "sha256").hexdigest() == digest
        except FileNotFoundError:
            is_whole = False
        if is_whole:
            contents.write(draft, contents.name_of_file(digest, key=key), _pieces(path), key=key)
            copied[digest] = path.stat().st_size
        else:
            missing.append(digest)
    return copied, tuple(missing)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(_PIECE_BYTES), b"")


def _one(connection: psycopg.Connection[Any], statement: str) -> Any:
    row = connection.execute(statement).fetchone()
    return row[0] if row else None


def _settle(folder: Path) -> None:
    """The new name, too, is to survive a power cut."""
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
