"""An export, brought back into an empty house: its tables made as they were, filled, counted, and then named at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from ampersand.core import book, postgres, postgres_roles
from ampersand.core.safe import classes, contents, counting, export, place, restore, sealing
from ampersand.core.safe.counting import Counted
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
    told = _manifest(folder)
    restore.refuse_newer(tuple(told["migrations"]))
    restore.refuse_in_use()
    if postgres.is_external():
        raise restore.NotRestored(
            _("Nothing was restored: an export comes back into a house with a database of its own. Unset DATABASE_URL.")
        )
    if not restore.is_house_empty(place.book_url()):
        raise restore.NotRestored(_("Nothing was restored: this house is not empty. Restore into another with --into."))
    _refuse_damage(folder, told)
    _refuse_wrong_key(folder, told, key)
    with place.only_one_at_a_time():
        _fill_beside(folder, told, key, heard)
    return BroughtBack(told["digest"], datetime.fromisoformat(told["made_at"]))


def _manifest(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / contents.MANIFEST).read_bytes())
    if told.get("format") != export.FORMAT:
        raise contents.NotABackup(_("This export was made by a newer Ampersand. Bring that version first."))
    if told.pop("sum", "") != contents.sum_of(told, None):
        raise contents.NotABackup(_("The export is damaged: its manifest is not as it was written."))
    return told


def _refuse_damage(folder: Path, told: dict[str, Any]) -> None:
    for name, expected in told["sums"].items():
        if contents.digest_of(folder / name) != expected:
            raise contents.NotABackup(_("The export is damaged: %(name)s is not as it was written.") % {"name": name})


def _refuse_wrong_key(folder: Path, told: dict[str, Any], key: bytes) -> None:
    """Before anything is begun: the first sealed part says whether the key is that of its house."""
    for table in told["tables"]:
        try:
            next(contents.read(folder, export.name_of_rows(table, is_sealed=True), key=key))
        except sealing.NotOpened:
            raise restore.NotRestored(
                _(
                    "Nothing was restored: a part of the export is sealed under the key file of the house it came from. "
                    "Name that file with --key."
                )
            ) from None
        return


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
        _fill(folder, url, told, key)
        _put_files(folder, told, url, key)
        _refuse_if_other(url, told)
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


def _fill(folder: Path, url: str, told: dict[str, Any], key: bytes) -> None:
    with place.connect(url) as connection, connection.transaction():
        names = sql.SQL(", ").join(map(sql.Identifier, told["tables"]))
        connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))
        connection.execute("CREATE TEMPORARY TABLE coming (line json) ON COMMIT DROP")
        for table, one in told["tables"].items():
            _fill_table(connection, folder, table, counting.from_json(one), key)
        _set_sequences(connection, told["tables"])


def _fill_table(connection: psycopg.Connection[Any], folder: Path, table: str, one: Counted, key: bytes) -> None:
    """Triggers of the library that keeps history rest; foreign keys are checked at the end."""
    with connection.cursor().copy("COPY coming (line) FROM STDIN") as copy:
        for is_sealed in (False, True):
            for line in _lines(folder, export.name_of_rows(table, is_sealed=is_sealed), key if is_sealed else None):
                copy.write_row((line,))
    instead = classes.LEFT_OUT.get(table, {})
    columns = [*_writable(connection, table, one.columns), *instead]
    whole = sql.SQL("line") if not instead else sql.SQL("(line::jsonb || {}::jsonb)::json").format(json.dumps(instead))
    named = sql.SQL(", ").join(map(sql.Identifier, columns))
    name = sql.Identifier(table)
    connection.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(name))
    put = "INSERT INTO {} ({}) SELECT {} FROM coming, json_populate_record(NULL::{}, {}) AS row"
    connection.execute(sql.SQL(put).format(name, named, named, name, whole))
    connection.execute("TRUNCATE coming")
    connection.execute("SET CONSTRAINTS ALL DEFERRED")


def _writable(connection: psycopg.Connection[Any], table: str, columns: tuple[str, ...]) -> list[str]:
    """Those columns that are not worked out by the database itself."""
    asked = (
        "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 AND attgenerated = '' "
        "AND NOT attisdropped"
    )
    there = {name for (name,) in connection.execute(asked, [f'public."{table}"'])}
    return [column for column in columns if column in there]


def _set_sequences(connection: psycopg.Connection[Any], tables: dict[str, Any]) -> None:
    for table in tables:
        sequence = f"SELECT pg_get_serial_sequence('\"{table}\"', 'id') WHERE to_regclass('\"{table}\"') IS NOT NULL"
        if not _has(connection, table, "id"):
            continue
        named = connection.execute(sequence).fetchone()
        if named and named[0]:
            last = sql.SQL("SELECT setval({}, greatest((SELECT max(id) FROM {}), 1))")
            connection.execute(last.format(named[0], sql.Identifier(table)))


def _has(connection: psycopg.Connection[Any], table: str, column: str) -> bool:
    asked = "SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attname = %s AND NOT attisdropped"
    return connection.execute(asked, [f'public."{table}"', column]).fetchone() is not None


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


def _lines(folder: Path, name: str, key: bytes | None) -> Iterator[str]:
    rest = b""
    for piece in contents.read(folder, name, key=key):
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            yield line.decode()
