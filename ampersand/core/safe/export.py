"""`ampersand export`: the whole house in open formats, to be read by anybody and to be brought back elsewhere.

    manifest.json              what this is, every table with its rows and digest, the digest of the house
    facts/TABLE.jsonl          a line a row, history and withdrawn rows among them: what every member may see
    files/ab/...               documents that an open row refers to, by content
    people.csv, .ics, ...      the same open facts, for other programs
    sealed/                    everything else, under a key derived from the key file of the house

The digest is of all facts, open and sealed. It does not ask for their order, and is the same where they are brought back.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import DatabaseError, transaction
from django.db import connection as django_connection
from psycopg import sql

from ampersand.core import home, keys, version
from ampersand.core.safe import classes, contents, counting, open_rows, parts, place
from ampersand.core.safe.counting import Counted
from ampersand.core.words import gettext as _

WHAT = "ampersand export"
FORMAT = 1

Heard = Callable[[str], None]


class NotExported(Exception):
    """No export was made; the words say why and what to do."""


@dataclass(frozen=True, slots=True)
class Exported:
    folder: Path
    rows: int
    sealed: int
    files: int
    digest: str


def export(folder: Path, *, at: datetime, heard: Heard = lambda words: None) -> Exported:
    """Write the whole house out into `folder`, which must not be there or be empty. The database has to run.

    Needs Django to be set up. Raises NotExported; then there is no folder of this name.
    """
    try:
        with place.only_one_export():
            return _export(folder, at=at, heard=heard)
    except place.AnotherUnderWay as error:
        raise NotExported(str(error)) from error


def _export(folder: Path, *, at: datetime, heard: Heard) -> Exported:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotExported(_("%(folder)s is not empty. Name a folder that is not there yet.") % {"folder": folder})
    draft = folder.with_name(f".coming-{folder.name}")
    shutil.rmtree(draft, ignore_errors=True)  # left by an interrupted one
    try:
        draft.mkdir(mode=0o700, parents=True)
        exported = _write(draft, at=at, heard=heard)
        draft.replace(folder)
    except BaseException as error:
        shutil.rmtree(draft, ignore_errors=True)
        if not isinstance(error, OSError | psycopg.Error | DatabaseError | keys.KeyFileUnusable):
            raise
        raise NotExported(_("Nothing was exported: %(why)s") % {"why": str(error).strip()}) from error
    return Exported(folder, exported.rows, exported.sealed, exported.files, exported.digest)


def key_from(secret: bytes) -> bytes:
    """What the sealed part of an export is sealed with, derived from the key file of its house."""
    return keys.derived(secret, "sealed part of an export").encode()


def digest_of(counted: dict[str, Counted]) -> str:
    """The digest of a house: over its facts, whatever follows from them apart."""
    return counting.whole(counted, of=(table for table in counted if classes.is_fact(table)))


def name_of_rows(table: str, *, is_sealed: bool) -> str:
    return f"{'sealed' if is_sealed else 'facts'}/{table}.jsonl"


def _write(draft: Path, *, at: datetime, heard: Heard) -> Exported:
    key = key_from(keys.read(settings.KEY_FILE))
    with place.connect(place.book_url()) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        snapshot = _one(connection, "SELECT pg_export_snapshot()")
        _refuse_without_room(connection, draft)
        tables = {
            table: classes.columns_of(table, columns)
            for table, columns in counting.tables(connection).items()
            if classes.goes_along(table)
        }
        heard(_("Looking which rows every member may see."))
        open_rows.gather(connection, tables)
        counted, sealed = {}, {}
        for table, columns in tables.items():
            heard(_("Writing %(table)s.") % {"table": table})
            counted[table] = counting.count(connection, table, columns)
            sealed[table] = _write_rows(connection, draft, table, columns, key)
        heard(_("Copying documents."))
        files = _write_files(connection, draft, key)
        heard(_("Writing the same for other programs."))
        _write_parts(draft, snapshot)
        migrations = [
            f"{app}.{name}" for app, name in connection.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2")
        ]
    told = {
        "what": WHAT, "format": FORMAT, "version": version.number(), "made_at": at.isoformat(),
        "digest": digest_of(counted), "migrations": migrations,
        "tables": {table: one.as_json() | {"sealed": sealed[table]} for table, one in counted.items()},
        "files": files, "is_sealed": False,
        "sums": {str(path.relative_to(draft)): contents.digest_of(path) for path in sorted(draft.rglob("*")) if path.is_file()},
    }  # fmt: skip
    sealed_told = told | {"seal": contents.sum_of(told, key)}
    (draft / contents.MANIFEST).write_text(
        json.dumps(sealed_told | {"sum": contents.sum_of(sealed_told, None)}, indent=1)
    )
    rows = sum(one.rows for one in counted.values())
    return Exported(draft, rows, sum(sealed.values()), len(files), digest_of(counted))


def _refuse_without_room(connection: psycopg.Connection[Any], draft: Path) -> None:
    """What is written out takes about as much as the tables with their indexes, and rather less."""
    needed = _one(connection, "SELECT pg_database_size(current_database())")
    if place.free_bytes(draft) < needed:
        raise NotExported(
            _("Nothing was exported: %(gigabytes).1f GB must be free in %(folder)s. Make room, then try again.")
            % {"gigabytes": needed / 2**30, "folder": draft.parent}
        )


def _write_rows(
    connection: psycopg.Connection[Any], draft: Path, table: str, columns: tuple[str, ...], key: bytes
) -> int:
    """Write the rows of a table, open and sealed apart; answers how many are sealed."""
    condition = open_rows.is_open(table, _key_of(connection, table))
    sealed = _Lines(connection, table, columns, sql.SQL("NOT {}").format(condition))
    contents.write(draft, name_of_rows(table, is_sealed=False), _Lines(connection, table, columns, condition), key=None)
    contents.write(draft, name_of_rows(table, is_sealed=True), sealed, key=key)
    return sealed.count


class _Lines:
    """Rows as lines of JSON, and how many they were."""

    def __init__(
        self, connection: psycopg.Connection[Any], table: str, columns: tuple[str, ...], where: sql.Composable
    ) -> None:
        # What JSON never holds unescaped parts and quotes nothing: each line comes as it is written out.
        statement = (
            "COPY (SELECT row_to_json(row_told) FROM (SELECT {} FROM {} WHERE {}) AS row_told) TO STDOUT "
            "(FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02')"
        )
        named = sql.SQL(", ").join(map(sql.Identifier, columns))
        self._asked = sql.SQL(statement).format(named, sql.Identifier(table), where)
        self._connection = connection
        self.count = 0

    def __iter__(self) -> Iterator[bytes]:
        with self._connection.cursor() as cursor, cursor.copy(self._asked) as copy:
            for line in copy:
                self.count += bytes(line).count(b"\n")
                yield bytes(line)


def _write_files(connection: psycopg.Connection[Any], draft: Path, key: bytes) -> list[list[Any]]:
    """Copy documents: open ones as they are, others sealed. Answers digest and whether it is sealed."""
    condition = open_rows.is_open("core_file", "digest")
    asked = sql.SQL("SELECT digest, {} FROM core_file ORDER BY digest").format(condition)
    written: list[list[Any]] = []
    for digest, is_open in connection.execute(asked).fetchall():
        path = home.data_folder() / "files" / digest[:2] / digest
        if not path.is_file():
            continue
        used = None if is_open else key
        name = contents.name_of_file(digest, key=used)
        with path.open("rb") as file:
            pieces = iter(lambda file=file: file.read(1 << 20), b"")  # type: ignore[misc]
            contents.write(draft, name if is_open else f"sealed/{name}", pieces, key=used)
        written.append([digest if is_open else "", not is_open])
    return written


def _write_parts(draft: Path, snapshot: str) -> None:
    with transaction.atomic():
        with django_connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute(f"SET TRANSACTION SNAPSHOT '{snapshot}'")
        for part in parts.every():
            part(draft, open_rows.nobody())


def _key_of(connection: psycopg.Connection[Any], table: str) -> str:
    """The column of the key by which open rows are told; for a table of several, any: none of its rows is open."""
    named = connection.execute(
        "SELECT min(a.attname) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] "
        "WHERE i.indisprimary AND i.indrelid = to_regclass(%s)",
        [f'public."{table}"'],
    ).fetchone()
    return str(named[0] if named and named[0] else "ctid")


def _one(connection: psycopg.Connection[Any], statement: str) -> Any:
    row = connection.execute(statement).fetchone()
    return row[0] if row else None
