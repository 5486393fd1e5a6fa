"""The book of this house: its database, running and with the tables this version expects."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from ampersand.core import home, postgres, postgres_roles
from ampersand.core.words import gettext as _
from ampersand.core.words import say

# Longer than the tables of an empty book take to be made on a slow machine.
WAIT_SECONDS = 90
LOOK_SECONDS = 0.5


class BookNotReady(Exception):
    """The book cannot be used by this version as it is; the words say what to do."""


class NotDone(Exception):
    """A command of ours, run in a process of its own, did not do what it was to; the words are its own."""


@contextmanager
def opened() -> Iterator[None]:
    """The book, open for one command: its database is started when it does not run, and an empty one gets its tables.

    Needs Django to be set up. Raises BookNotReady where tables are there but older than this version: to change what
    somebody may be using is for `ampersand serve` and `ampersand migrate`. While a server that starts is at it, it is
    waited for.
    """
    with database_running():
        if missing := missing_while_served():
            if is_being_served():
                raise BookNotReady(_("The server is getting ready. Try again in a moment."))
            if not is_empty():
                raise BookNotReady(
                    _("The book is %(count)d changes behind this version. Run `ampersand migrate`, then try again.")
                    % {"count": len(missing)}
                )
            migrate()
        try:
            yield
        finally:
            _close_connections()


def is_being_served() -> bool:
    """Whether a server has the data folder, from its start on."""
    lock = home.data_folder() / "serve.lock"
    if not lock.is_file():
        return False
    with lock.open() as held:
        try:
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def missing_while_served(*, wait_seconds: float = WAIT_SECONDS) -> list[str]:
    """What the book has not seen, once a server that brings it up to date just now has had time for it."""
    until, has_told = time.monotonic() + wait_seconds, False
    while (missing := missing_migrations()) and is_being_served() and time.monotonic() < until:
        if not has_told:
            say(_("The server is getting ready. Waiting for it."))
            has_told = True
        time.sleep(LOOK_SECONDS)
    return missing


@contextmanager
def database_running() -> Iterator[None]:
    """Our own database, started; an external one is there already."""
    if postgres.is_external():
        yield
    else:
        with postgres.running():
            yield


def missing_migrations() -> list[str]:
    """The migrations of this version that the book has not seen, by the names of their files, in no order."""
    from django.apps import apps

    from ampersand.core import as_known

    there = {
        (app.label, file.stem)
        for app in apps.get_app_configs()
        for file in (Path(app.path) / "migrations").glob("[0-9]*.py")
    }
    applied = _applied()
    missing = sorted(f"{label}.{name}" for label, name in there - applied)
    # How past days are read follows the models, and may change where no table does.
    return missing or (["core.as_known"] if applied and as_known.is_out_of_date() else [])


def is_empty() -> bool:
    """Whether there are no tables yet. Asked by the server too, which does without Django."""
    from ampersand.core.safe import place

    try:
        with place.connect(place.book_url()) as connection:
            row = connection.execute("SELECT to_regclass('django_migrations') IS NULL").fetchone()
    except psycopg.OperationalError as error:
        raise _not_answering(error) from error
    return row is None or row[0]


def migrate(*, is_saved: bool = False) -> None:
    """Bring the tables up to this version, as the role that owns them, in a process of its own, after a backup.

    Raises BookNotReady when there can be no backup, or when a step fails: then all is as it was (`safe/upgrade.py`).
    `is_saved` says that there is a way back already.
    """
    if not is_saved and not is_empty():
        _save()
    say(_("Bringing the book up to this version."))
    as_owner = {}
    if postgres.is_external():
        _bring_extensions(os.environ["DATABASE_URL"])
    else:
        as_owner["AMPERSAND_DATABASE_ROLE"] = postgres_roles.APP_OWNER
    command = [sys.executable, "-m", "ampersand.core.safe.upgrade"]
    done = subprocess.run(command, env=os.environ | own_path() | as_owner, capture_output=True, text=True)
    if done.returncode:
        raise BookNotReady(
            _("The book could not be brought up to this version, and is as it was. What went wrong:\n%(words)s")
            % {"words": done.stderr.strip()}
        )


def _save() -> None:
    from ampersand.core.safe import backup, keeping, place

    say(_("Saving the house before it changes."))
    try:
        made = backup.back_up(keeping.said().folder, at=datetime.now(UTC), key=keeping.key_in(keeping.said().key_file))
    except (backup.NotBackedUp, keeping.NotSaid, place.AnotherUnderWay) as error:
        raise BookNotReady(
            _(
                "The book was left as it is, since it could not be saved before. %(why)s\n"
                "If you save it by means of your own, run `ampersand migrate --saved`."
            )
            % {"why": error}
        ) from error
    say(_("The house as it was is saved in %(folder)s.") % {"folder": made})


def _bring_extensions(url: str) -> None:
    try:
        postgres_roles.bring_extensions(url)
    except psycopg.errors.InsufficientPrivilege as error:
        raise BookNotReady(
            _("This role may not bring the extensions %(names)s into the database. Have a superuser do it first.")
            % {"names": ", ".join(postgres_roles.EXTENSIONS)}
        ) from error


def own_path() -> dict[str, str]:
    """For a process of ours started anywhere: where this package is."""
    return {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}


def run_apart(*words: str) -> None:
    """Run one of our commands on this book, in a process that ends with its memory. Raises NotDone with what it said."""
    command = [sys.executable, "-m", "ampersand.cli", *words]
    done = subprocess.run(command, env=os.environ | own_path(), capture_output=True, text=True)
    if done.returncode:
        raise NotDone(done.stderr.strip()[-2_000:])


def _applied() -> set[tuple[str, str]]:
    from django.db import OperationalError

    try:
        return _asked_what_is_applied()
    except OperationalError as error:
        raise _not_answering(error) from error


def _not_answering(error: Exception) -> BookNotReady:
    return BookNotReady(_("The database does not answer: %(why)s") % {"why": str(error).strip()})


def _asked_what_is_applied() -> set[tuple[str, str]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return set()
        cursor.execute("SELECT app, name FROM django_migrations")
        return set(cursor.fetchall())


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()
