"""`ampersand restore`: a backup, back into an empty house, or in place of a house that is saved first.

The book is restored beside the one there is, compared with what the backup counted, and then takes its name at once.
Killed at any moment, the house is as it was or as it is to be.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from ampersand.core import book, home, postgres
from ampersand.core.safe import backup, contents, place, programs, sealing
from ampersand.core.safe.contents import Contents, Manifest
from ampersand.core.words import gettext as _

Heard = Callable[[str], None]


class NotRestored(Exception):
    """Nothing was restored, and the house is as it was; the words say why and what to do."""


@dataclass(frozen=True, slots=True)
class Restored:
    manifest: Manifest
    contents: Contents
    saved_before: Path | None
    """The backup of what was there before, where there was something."""


def restore(
    folder: Path,
    *,
    at: datetime,
    key: bytes | None = None,
    is_replacing: bool = False,
    saves_into: Path | None = None,
    heard: Heard = lambda words: None,
) -> Restored:
    """Restore the backup in `folder`, or the newest below it, into this house. The database has to run.

    A house that is not empty is replaced only when that is asked for, after a backup of it into `saves_into`.
    Raises NotRestored for damage, a wrong key, a newer version, and a house that is in use.
    """
    try:
        return _restore(newest(folder), at, key, is_replacing, saves_into, heard)
    except (
        contents.NotABackup, sealing.NotOpened, programs.ProgramFailed, backup.NotBackedUp, psycopg.Error, OSError,
    ) as error:  # fmt: skip
        raise NotRestored(_("Nothing was restored: %(why)s") % {"why": str(error).strip()}) from error


def newest(folder: Path) -> Path:
    """The backup in this folder, or the newest of those below it."""
    if (folder / contents.MANIFEST).exists():
        return folder
    return max(backup.all_in(folder), key=lambda path: path.name, default=folder)


def _restore(
    folder: Path, at: datetime, key: bytes | None, is_replacing: bool, saves_into: Path | None, heard: Heard
) -> Restored:
    manifest = contents.read_manifest(folder, key=key)
    used = key if manifest.is_sealed else None
    refuse_newer(manifest.migrations)
    refuse_in_use()
    heard(_("Looking at every part of the backup."))
    told = contents.refuse_damage(folder, manifest, key=used)
    saved = _make_place(is_replacing, saves_into, at, key, heard)
    with place.only_one_at_a_time():
        heard(_("Bringing the book back."))
        _put_files(folder, told, key=used)
        if postgres.is_external():
            _restore_within_external(folder, manifest, told, key=used)
        else:
            _restore_beside(folder, manifest, told, key=used)
    return Restored(manifest, told, saved)


def refuse_newer(migrations: tuple[str, ...]) -> None:
    """Raise NotRestored for a book that this version does not know."""
    from django.db.migrations.loader import MigrationLoader

    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if not set(migrations) <= known:
        raise NotRestored(
            _("Nothing was restored: this was saved by a newer Ampersand. Bring that version, then restore it.")
        )


def refuse_in_use() -> None:
    if book.is_being_served():
        raise NotRestored(_("Nothing was restored: this house is being served. Stop `ampersand serve` first."))


def is_house_empty(url: str) -> bool:
    """Whether nobody has founded this house yet, be there tables or not."""
    with psycopg.connect(url, autocommit=True) as connection:
        if not _one(connection, "SELECT to_regclass('members_house') IS NOT NULL"):
            return True
        return not _one(connection, "SELECT EXISTS (SELECT FROM members_house)")


def _make_place(
    is_replacing: bool, saves_into: Path | None, at: datetime, key: bytes | None, heard: Heard
) -> Path | None:
    if is_house_empty(place.book_url()):
        return None
    if not is_replacing:
        raise NotRestored(
            _("Nothing was restored: this house is not empty. Restore into another one with --into, or say --replace.")
        )
    if postgres.is_external():
        raise NotRestored(_("Nothing was restored: make an empty database, and name it in DATABASE_URL."))
    heard(_("Saving what is there now."))
    return backup.back_up(saves_into or home.data_folder() / "backups", at=at, key=key, heard=heard)


def _restore_beside(folder: Path, manifest: Manifest, told: Contents, *, key: bytes | None) -> None:
    server = postgres.here()
    for left in (place.COMING, place.GONE):
        place.drop_left_over(server, left)
    place.make_on(server, place.COMING)
    url = server.url_for("owner", database=place.COMING)
    try:
        _bring(folder, url, manifest, key=key, is_ours=manifest.is_ours)
        backup.refuse_if_other(url, told)
        _end_sessions(url)
        place.learn_what_is_there(url)
        close_own_connections()
        place.swap(server, coming=place.COMING, gone=place.GONE)
    except psycopg.errors.ObjectInUse as error:
        raise NotRestored(_("Nothing was restored: another program uses the house. End it, then try again.")) from error
    finally:
        for left in (place.COMING, place.GONE):
            place.drop_left_over(server, left)


def _restore_within_external(folder: Path, manifest: Manifest, told: Contents, *, key: bytes | None) -> None:
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        if _one(connection, "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public')"):
            raise NotRestored(_("Nothing was restored: make an empty database, and name it in DATABASE_URL."))
    _bring(folder, url, manifest, key=key, is_ours=False, is_one_transaction=True)
    _show_rows_to_their_owner(url)
    backup.refuse_if_other(url, told)
    _end_sessions(url)
    place.learn_what_is_there(url)


def _show_rows_to_their_owner(url: str) -> None:
    """Row-level security that was forced, where the owner of the tables passes all the same, would hide them from one who does
    not. `ampersand migrate` forces it where that is right."""
    with psycopg.connect(url, autocommit=True) as connection:
        for (table,) in connection.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity").fetchall():
            name = sql.Identifier(table)
            connection.execute(sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(name))


def _bring(
    folder: Path, url: str, manifest: Manifest, *, key: bytes | None, is_ours: bool, is_one_transaction: bool = False
) -> None:
    dump = contents.read(folder, contents.BOOK, key=key)
    as_role = "" if is_ours or postgres.is_external() else "app_owner"
    programs.restore(dump, url, is_ours=is_ours, as_role=as_role, is_one_transaction=is_one_transaction)


def _put_files(folder: Path, told: Contents, *, key: bytes | None) -> None:
    """Documents first: a row must never point at nothing. Those that lie there are left alone; more do no harm."""
    for digest in told.files:
        put_file(contents.read(folder, contents.name_of_file(digest, key=key), key=key), digest)


def put_file(pieces: Iterable[bytes], digest: str) -> None:
    """Put a document where documents lie, unless it is there. Raises NotRestored for a name that is no digest."""
    if not re.fullmatch("[0-9a-f]{64}", digest):
        raise NotRestored(_("Nothing was restored: it names a document in a way Ampersand does not."))
    target = home.data_folder() / "files" / digest[:2] / digest
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = target.with_name(f"coming-{digest}")
    with draft.open("wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)


def _end_sessions(url: str) -> None:
    """Who was signed in then, or held a link, is not for that reason signed in now.

    The attempts counted at the door go too: Django keeps them as objects of Python, and runs what it reads of such.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        for table in ("django_session", "members_session", "members_signinlink", "members_attempts", "portal_visit"):
            if _one(connection, f"SELECT to_regclass('{table}') IS NOT NULL"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608  a table of ours


def close_own_connections() -> None:
    """Nobody may be connected to a book that changes its name, ourselves among them."""
    from django.db import connections

    connections.close_all()


def _one(connection: psycopg.Connection[Any], statement: str) -> Any:
    row = connection.execute(statement).fetchone()
    return row[0] if row else None
