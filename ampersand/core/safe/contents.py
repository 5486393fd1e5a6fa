"""The folder a backup lies in: what is written where, how it is read again, and when it is refused.

manifest.json            what this is, of which version, under a key or not; with a sum that tells a change
contents.json[.sealed]   every table with its rows and digest, every file with its size
book.dump[.sealed]       the database, as pg_dump writes it
files/ab/...             documents, kept by content; under a key their names tell nothing either
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from ampersand.core.safe import counting, sealing
from ampersand.core.safe.counting import Counted
from ampersand.core.words import gettext as _

WHAT = "ampersand backup"
FORMAT = 1
MANIFEST = "manifest.json"
CONTENTS = "contents.json"
BOOK = "book.dump"
_PIECE_BYTES = 1 << 20


class NotABackup(Exception):
    """The folder holds no backup that can be used; the words say why and what to do."""


@dataclass(frozen=True, slots=True)
class Contents:
    tables: dict[str, Counted]
    files: dict[str, int]
    """The size of each document, by its digest."""
    missing: tuple[str, ...] = ()
    """Documents of which the house had a row and no bytes."""

    @property
    def digest(self) -> str:
        return counting.whole(self.tables)


@dataclass(frozen=True, slots=True)
class Manifest:
    version: str
    made_at: datetime
    migrations: tuple[str, ...]
    is_ours: bool
    """Whether the roles of the database were our own."""
    is_sealed: bool
    sums: dict[str, str] = field(default_factory=dict)
    """The SHA-256 of each part as it lies there."""


def write(folder: Path, name: str, pieces: Iterable[bytes], *, key: bytes | None) -> str:
    """Write a part of a backup, sealed where there is a key; answers the SHA-256 of what lies there now."""
    path, digest = folder / _named(name, key), hashlib.sha256()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("xb") as file:
        for piece in pieces if key is None else sealing.sealed(pieces, key=key, name=name):
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def read(folder: Path, name: str, *, key: bytes | None) -> Iterator[bytes]:
    """Read a part of a backup. Raises NotABackup where it is missing, NotOpened where the key does not open it."""
    try:
        with (folder / _named(name, key)).open("rb") as file:
            if key is None:
                yield from iter(lambda: file.read(_PIECE_BYTES), b"")
            else:
                yield from sealing.opened(file, key=key, name=name)
    except FileNotFoundError:
        raise NotABackup(_("The backup lacks its part %(name)s. Use another one.") % {"name": name}) from None


def name_of_file(digest: str, *, key: bytes | None) -> str:
    """Where a document lies in a backup. The digest of a known document would tell that the house has it."""
    name = digest if key is None else hmac.new(key, digest.encode(), hashlib.sha256).hexdigest()
    return f"files/{name[:2]}/{name}"


def write_contents(folder: Path, contents: Contents, *, key: bytes | None) -> str:
    told = {
        "tables": {name: counted.as_json() for name, counted in contents.tables.items()},
        "files": contents.files,
        "missing": contents.missing,
    }
    return write(folder, CONTENTS, [json.dumps(told).encode()], key=key)


def read_contents(folder: Path, *, key: bytes | None) -> Contents:
    told = json.loads(b"".join(read(folder, CONTENTS, key=key)))
    tables = {name: counting.from_json(counted) for name, counted in told["tables"].items()}
    return Contents(tables, dict(told["files"]), tuple(told["missing"]))


def write_manifest(folder: Path, manifest: Manifest, *, key: bytes | None) -> None:
    told = {
        "what": WHAT, "format": FORMAT, "version": manifest.version, "made_at": manifest.made_at.isoformat(),
        "migrations": manifest.migrations, "is_ours": manifest.is_ours, "is_sealed": manifest.is_sealed,
        "sums": manifest.sums,
    }  # fmt: skip
    signed = told | {"sum": sum_of(told, key)}
    with (folder / MANIFEST).open("x") as file:
        json.dump(signed, file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def read_manifest(folder: Path, *, key: bytes | None) -> Manifest:
    """What a backup says of itself. Raises NotABackup for anything else, for a wrong key and for a changed one."""
    told = said_by(folder)
    if told.get("format") != FORMAT:
        raise NotABackup(_("This backup was made by a newer Ampersand. Restore it with that version."))
    if told.get("is_sealed") and key is None:
        raise NotABackup(_("This backup is under a key. Name its key file with --key."))
    used = key if told.get("is_sealed") else None
    if not hmac.compare_digest(str(told.pop("sum", "")), sum_of(told, used)):
        if used:
            raise NotABackup(_("The backup does not open with this key, or was changed. Use the key it was made with."))
        raise NotABackup(_("The backup is damaged: its manifest is not as it was written. Use another one."))
    return Manifest(
        version=told["version"],
        made_at=datetime.fromisoformat(told["made_at"]),
        migrations=tuple(told["migrations"]),
        is_ours=told["is_ours"],
        is_sealed=told["is_sealed"],
        sums=told["sums"],
    )


def said_by(folder: Path) -> dict[str, Any]:
    """The manifest as it lies there, believed in nothing."""
    try:
        told = json.loads((folder / MANIFEST).read_bytes())
    except FileNotFoundError:
        raise NotABackup(_("There is no backup in %(folder)s.") % {"folder": folder}) from None
    except (ValueError, OSError) as error:
        raise NotABackup(_("The backup in %(folder)s cannot be read.") % {"folder": folder}) from error
    if not isinstance(told, dict) or told.get("what") != WHAT:
        raise NotABackup(_("There is no backup in %(folder)s.") % {"folder": folder})
    return told


def refuse_damage(folder: Path, manifest: Manifest, *, key: bytes | None) -> Contents:
    """Look at every part, documents and all, before anything is done with them. Raises NotABackup."""
    for name, expected in manifest.sums.items():
        if digest_of(folder / _named(name, key)) != expected:
            raise NotABackup(
                _("The backup is damaged: %(name)s is not as it was written. Use another one.") % {"name": name}
            )
    contents = read_contents(folder, key=key)
    for digest in contents.files:
        told = hashlib.sha256()
        for piece in read(folder, name_of_file(digest, key=key), key=key):
            told.update(piece)
        if told.hexdigest() != digest:
            raise NotABackup(_("The backup is damaged: a document is not as it was written. Use another one."))
    return contents


def sum_of(told: Mapping[str, Any], key: bytes | None) -> str:
    words = json.dumps(told, sort_keys=True, separators=(",", ":")).encode()
    return hmac.new(key or WHAT.encode(), words, hashlib.sha256).hexdigest()


def digest_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def _named(name: str, key: bytes | None) -> str:
    return name if key is None else f"{name}.sealed"
