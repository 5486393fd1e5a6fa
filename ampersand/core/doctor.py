"""Whether all is well with this installation, in plain sentences."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from ampersand.core import book, checks, home, postgres
from ampersand.core.safe import keeping, record
from ampersand.core.words import gettext as _

OLDEST_SERVER = 15_00_00
LEAST_FREE_SHARE = 0.1
LEAST_FREE_BYTES = 2 * 2**30
QUIET_WORKER = timedelta(minutes=1)
STALE_BACKUP = timedelta(days=3)


@dataclass(frozen=True)
class Finding:
    is_well: bool
    words: str


def examine() -> list[Finding]:
    """Everything in order, each finding one sentence. Starts the database when it does not run."""
    findings = [key_file(settings.KEY_FILE), disk(home.data_folder()), built_assets(Path(settings.STATIC_ROOT))]
    try:
        with book.database_running():
            findings += _of_book()
    except (postgres.DatabaseNotStarted, DatabaseError) as error:
        findings.append(Finding(False, _("The database does not answer: %(why)s") % {"why": str(error).strip()}))
    return findings


def is_well(findings: list[Finding]) -> bool:
    return all(finding.is_well for finding in findings)


def _of_book() -> Iterator[Finding]:
    yield database()
    yield migrations()
    if not book.is_empty():
        yield role()
        yield worker(now=timezone.now())
        yield failed_jobs()
        yield backups(now=timezone.now())
    connection.close()


def key_file(path: Path) -> Finding:
    if not path.exists():
        return Finding(False, _("The key file %(path)s is missing. Put it back from your own copy.") % {"path": path})
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding(False, _("Others may read the key file %(path)s. Run `chmod 600` on it.") % {"path": path})
    return Finding(True, _("The key file is there, and only its owner may read it."))


def disk(folder: Path) -> Finding:
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    usage = shutil.disk_usage(existing)
    free_gigabytes = usage.free / 2**30
    if usage.free < LEAST_FREE_BYTES or usage.free < LEAST_FREE_SHARE * usage.total:
        words = _("Only %(free).1f GB are free where the data are (%(folder)s). Make room soon.")
        return Finding(False, words % {"free": free_gigabytes, "folder": folder})
    return Finding(True, _("%(free).0f GB are free where the data are.") % {"free": free_gigabytes})


def built_assets(folder: Path) -> Finding:
    if not (folder / "staticfiles.json").exists():
        return Finding(False, _("The pages' styles and scripts are not built. Run `make setup`."))
    return Finding(True, _("The pages' styles and scripts are built."))


def database() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int, current_setting('server_version')")
        number, name = cursor.fetchone()
    if number < OLDEST_SERVER:
        words = _("The database is PostgreSQL %(version)s. Ampersand needs 15 or newer.")
        return Finding(False, words % {"version": name})
    return Finding(True, _("The database answers: PostgreSQL %(version)s.") % {"version": name})


def migrations() -> Finding:
    missing = book.missing_migrations()
    if missing:
        words = _("The book is %(count)d changes behind this version. Run `ampersand migrate`.")
        return Finding(False, words % {"count": len(missing)})
    return Finding(True, _("The book's tables are those of this version."))


def role() -> Finding:
    if reasons := checks.reasons_not_to_serve():
        return Finding(False, "\n".join(reasons))
    return Finding(True, _("The role that serves cannot step around the rights of rows."))


def worker(*, now: datetime) -> Finding:
    last = _one("SELECT max(last_heartbeat) FROM procrastinate_workers")
    if last is None or now - last > QUIET_WORKER:
        return Finding(False, _("No worker runs, so nothing is read or imported. `ampersand serve` starts one."))
    return Finding(True, _("A worker is there."))


def failed_jobs() -> Finding:
    count = _one("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
    if count:
        return Finding(False, _("%(count)d jobs were given up. The log of the worker says why.") % {"count": count})
    return Finding(True, _("No job was given up."))


def backups(*, now: datetime) -> Finding:
    """When the house was last saved. Three days without a backup are not well, nor is one that lies on the disk of the data."""
    try:
        keeping.key_in((said := keeping.said()).key_file)
    except keeping.NotSaid as error:
        return Finding(False, str(error))
    good, failed = record.last_good(), record.last_failed()
    if failed and (good is None or failed.at > good.at):
        words = _("The last backup failed on %(day)s. %(why)s")
        return Finding(False, words % {"day": f"{failed.at:%Y-%m-%d}", "why": failed.words})
    if good is None:
        return Finding(
            False, _("The house was never saved. Run `ampersand backup DIR`, or let the worker do it at night.")
        )
    told = {"day": f"{good.at:%Y-%m-%d %H:%M}", "where": good.where}
    if now - good.at > STALE_BACKUP:
        words = _("The last backup is of %(day)s (UTC): too long ago. A worker makes one each night.")
        return Finding(False, words % told)
    if said.is_beside_the_data:
        words = _(
            "The last backup is of %(day)s (UTC), beside the data: a broken disk takes both. "
            "Name a folder elsewhere in AMPERSAND_BACKUPS."
        )
        return Finding(False, words % told)
    return Finding(True, _("The last backup is of %(day)s (UTC), in %(where)s. It was restored on trial.") % told)


def _one(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
