"""Where the book of this house is, for what must see all of it, and databases beside it that are gone afterwards."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from ampersand.core import home, postgres, postgres_roles
from ampersand.core.postgres import Server
from ampersand.core.safe import counting
from ampersand.core.words import gettext as _

SCRATCH = "scratch_"
COMING = "ampersand_coming"
GONE = "ampersand_gone"


class AnotherUnderWay(Exception):
    """A backup, a restore or an export of this house runs already."""


@contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """One backup or restore of a house at a time. Raises AnotherUnderWay. It ends with the process, however that ends."""
    with _alone("safe.lock", _("A backup or a restore of this house runs already. Wait until it has ended.")):
        yield


@contextmanager
def only_one_export() -> Iterator[None]:
    """One export of a house at a time, be there a backup beside it or not. Raises AnotherUnderWay."""
    with _alone("export.lock", _("An export of this house runs already. Wait until it has ended.")):
        yield


@contextmanager
def _alone(name: str, words: str) -> Iterator[None]:
    folder = home.data_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / name).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AnotherUnderWay(words) from None
        yield


def is_under_way() -> bool:
    lock = home.data_folder() / "safe.lock"
    if not lock.is_file():
        return False
    with lock.open() as held:
        try:
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def book_url() -> str:
    """The book, as the role that sees every row of it."""
    return os.environ["DATABASE_URL"] if postgres.is_external() else postgres.url_for(postgres_roles.OWNER)


def connect(url: str, **options: Any) -> psycopg.Connection[Any]:
    connection = psycopg.connect(url, **options)
    is_autocommit = connection.autocommit
    connection.autocommit = True
    connection.execute(counting.PLAIN)
    connection.autocommit = is_autocommit
    return connection


@contextmanager
def scratch_database() -> Iterator[str]:
    """An empty database to try a backup in, gone afterwards. Beside a PostgreSQL of somebody else it has a server of its own."""
    if not postgres.is_external():
        with _scratch_on(postgres.here()) as url:
            yield url
        return
    server = Server(home.data_folder() / "scratch")
    postgres.here().make_home()
    server.stop()
    shutil.rmtree(server.home, ignore_errors=True)  # left by an interrupted one
    server.start(is_durable=False)
    try:
        with _scratch_on(server) as url:
            yield url
    finally:
        server.stop()
        shutil.rmtree(server.home, ignore_errors=True)


@contextmanager
def _scratch_on(server: Server) -> Iterator[str]:
    drop_left_over(server, SCRATCH)
    name = SCRATCH + secrets.token_hex(4)
    make_on(server, name)
    try:
        yield server.url_for(postgres_roles.OWNER, database=name)
    finally:
        drop_left_over(server, name)


def make_on(server: Server, name: str) -> None:
    """An empty database of ours, with the roles' rights to what will be made in it."""
    with _superuser(server) as connection:
        postgres_roles.make_database(connection, name)
    postgres_roles.prepare(server.url_for(postgres_roles.OWNER, database=name))


def drop_left_over(server: Server, beginning: str) -> None:
    with _superuser(server) as connection:
        left = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [beginning])
        for (name,) in left.fetchall():
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def swap(server: Server, *, coming: str, gone: str) -> None:
    """Put another database in place of the book, at once: killed at any moment, either the one or the other has its name.

    Raises psycopg.errors.ObjectInUse while somebody is connected to the book.
    """
    with psycopg.connect(server.url_for(postgres_roles.OWNER, database="postgres")) as connection:
        for name, new in ((postgres.DATABASE, gone), (coming, postgres.DATABASE)):
            statement = "ALTER DATABASE {} RENAME TO {}"
            connection.execute(sql.SQL(statement).format(sql.Identifier(name), sql.Identifier(new)))


def learn_what_is_there(url: str) -> None:
    """Count a book anew after it was filled: until that is done, all that is asked of it is planned as if it were empty."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ANALYZE")


def free_bytes(folder: Path) -> int:
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    return shutil.disk_usage(existing).free


def _superuser(server: Server) -> psycopg.Connection[Any]:
    return psycopg.connect(server.url_for(postgres_roles.OWNER, database="postgres"), autocommit=True)
