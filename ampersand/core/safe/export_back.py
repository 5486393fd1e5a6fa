"""An export, brought back into an empty house: its tables made as they were, filled, counted, and then named at once."""

from __future__ import annotations

import hmac
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from ampersand.core import book, postgres, postgres_roles
from ampersand.core.safe import contents, counting, export, filling, place, restore, sealing
from ampersand.core.words import gettext as _


@dataclass(frozen=True, slots=True)
class BroughtBack:
    digest: str
    made_at: datetime


def is_export(folder: Path) -> bool:
    try:
        return bool(json.loads((folder / contents.MANIFEST).read_bytes()).get("what") == export.WHAT)
    except (OSError, ValueError, AttributeError):
        return False


def bring_back(folder: Path, *, secret: bytes, heard: export.Heard = lambda words: None) -> BroughtBack:
    """Bring an export back into this house, which must be empty. `secret` is in the key file of the house it came from.

    The database has to run. Raises NotRestored; then nothing was changed.
    """
    try:
        return _bring_back(folder, export.key_from(secret), heard)
    except (contents.NotABackup, sealing.NotOpened, psycopg.Error, OSError, ValueError, KeyError) as error:
        raise restore.NotRestored(_("Nothing was restored: %(why)s") % {"why": str(error).strip()}) from error


def _bring_back(folder: Path, key: bytes, heard: export.Heard) -> BroughtBack:
    told = _manifest(folder, key)
    restore.refuse_newer(tuple(told["migrations"]))
    restore.refuse_in_use()
    if postgres.is_external():
        raise restore.NotRestored(
            _("Nothing was restored: an export comes back into a house with a database of its own. Unset DATABASE_URL.")
        )
    if not restore.is_house_empty(place.book_url()):
        raise restore.NotRestored(_("Nothing was restored: this house is not empty. Restore into another with --into."))
    _refuse_damage(folder, told)
    with place.only_one_at_a_time():
        _fill_beside(folder, told, key, heard)
    return BroughtBack(told["digest"], datetime.fromisoformat(told["made_at"]))


def _manifest(folder: Path, key: bytes) -> dict[str, Any]:
    """What the export says of itself, believed only where the key of its house has sealed it."""
    told: dict[str, Any] = json.loads((folder / contents.MANIFEST).read_bytes())
    if told.get("format") != export.FORMAT:
        raise contents.NotABackup(_("This export was made by a newer Ampersand. Bring that version first."))
    if told.pop("sum", "") != contents.sum_of(told, None):
        raise contents.NotABackup(_("The export is damaged: its manifest is not as it was written."))
    if not hmac.compare_digest(str(told.pop("seal", "")), contents.sum_of(told, key)):
        raise contents.NotABackup(
            _(
                "The export is sealed under the key file of the house it came from, and this is another key, "
                "or somebody changed it since. Name that file with --key."
            )
        )
    return told


def _refuse_damage(folder: Path, told: dict[str, Any]) -> None:
    for name, expected in told["sums"].items():
        if contents.digest_of(folder / name) != expected:
            raise contents.NotABackup(_("The export is damaged: %(name)s is not as it was written.") % {"name": name})


def _fill_beside(folder: Path, told: dict[str, Any], key: bytes, heard: export.Heard) -> None:
    server = postgres.here()
    for left in (place.COMING, place.GONE):
        place.drop_left_over(server, left)
    place.make_on(server, place.COMING)
    try:
        heard(_("Making the tables as they were."))
        _make_tables(server.url_for(postgres_roles.APP_OWNER, database=place.COMING), told["migrations"])
        heard(_("Filling them."))
        url = server.url_for(postgres_roles.OWNER, database=place.COMING)
        filling.fill(folder, url, told, key)
        _put_files(folder, told, url, key)
        _refuse_if_other(url, told)
        place.learn_what_is_there(url)
        restore.close_own_connections()
        place.swap(server, coming=place.COMING, gone=place.GONE)
    finally:
        for left in (place.COMING, place.GONE):
            place.drop_left_over(server, left)


def _make_tables(url: str, migrations: list[str]) -> None:
    command = [sys.executable, "-m", "ampersand.core.safe.upgrade", "--only", json.dumps(migrations)]
    done = subprocess.run(
        command, env=os.environ | book.own_path() | {"DATABASE_URL": url}, capture_output=True, text=True
    )
    if done.returncode:
        raise restore.NotRestored(_("Nothing was restored: %(why)s") % {"why": done.stderr.strip()})


def _put_files(folder: Path, told: dict[str, Any], url: str, key: bytes) -> None:
    with place.connect(url, autocommit=True) as connection:
        digests = [digest for (digest,) in connection.execute("SELECT digest FROM core_file")]
    for digest in digests:
        opened = contents.name_of_file(digest, key=None)
        sealed = f"sealed/{contents.name_of_file(digest, key=key)}"
        if (folder / opened).exists():
            restore.put_file(contents.read(folder, opened, key=None), digest)
        elif (folder / f"{sealed}.sealed").exists():
            restore.put_file(contents.read(folder, sealed, key=key), digest)


def _refuse_if_other(url: str, told: dict[str, Any]) -> None:
    expected = {table: counting.from_json(one) for table, one in told["tables"].items()}
    with place.connect(url) as connection:
        found = counting.count_all(connection, {table: one.columns for table, one in expected.items()})
    differing = sorted(table for table, one in expected.items() if found[table] != one)
    if differing or export.digest_of(found) != told["digest"]:
        raise contents.NotABackup(
            _("What was restored is not what was saved, in these tables: %(names)s.") % {"names": ", ".join(differing)}
        )
