"""Which files are the snapshot. They are written beside what stands and named here in one step, so there is never a mix."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

VERSION = 1
NAME = "manifest.json"
_COMING = "manifest.coming"
# Only what is called so is ours to remove: whatever else lies in the folder stays, and is never read.
_OURS = re.compile(r"[a-z_]+-[0-9a-f]{2}-[0-9a-f]{32}\.parquet(\.tmp)?|tmp_[a-z_]+-.*\.parquet|manifest\.coming")


@dataclass(frozen=True, slots=True)
class Part:
    """One file: the rows that the relationships of one slice have in one table."""

    file: str
    size: int
    rows: int
    relationships: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """`key` is known to the book too: a snapshot that it does not know of is made anew. `shape` is the digest of the rules
    the tables are made by. `today` is the day on which the book's database was asked, in its own clock.
    """

    key: UUID
    as_of: datetime
    today: date
    shape: str
    slices: int
    tables: Mapping[str, tuple[Part, ...]]

    @property
    def rows(self) -> int:
        return sum(part.rows for parts in self.tables.values() for part in parts)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A manifest with the folder that its files lie in. Where it was brought up to date from another, `since` is the key of
    that one, and `touched` are the relationships of which it may say something else."""

    folder: Path
    manifest: Manifest
    since: UUID | None = None
    touched: Sequence[UUID] = ()

    def files(self, table: str, first: int = 0, end: int | None = None) -> list[str]:
        """The files of a table, of the slices from `first` on and before `end`."""
        return [str(self.folder / part.file) for part in self.manifest.tables[table][first:end]]

    def spans(self, most: int) -> list[tuple[int, int]]:
        """Slices beside each other that hold at most so many relationships together, as first and end; one at least."""
        spans: list[tuple[int, int]] = []
        first = count = 0
        for number in range(self.manifest.slices):
            of_slice = max(parts[number].relationships for parts in self.manifest.tables.values())
            if number > first and count + of_slice > most:
                spans.append((first, number))
                first, count = number, 0
            count += of_slice
        return [*spans, (first, self.manifest.slices)]


def read(folder: Path) -> Manifest | None:
    """The manifest that stands. None where there is none, another version wrote it, or a file of it is not as it was."""
    try:
        told = json.loads((folder / NAME).read_text())
        return _parsed(told, folder) if told["version"] == VERSION else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def put(folder: Path, manifest: Manifest) -> None:
    """Have this manifest stand. Its files are on the disk for good before."""
    told = {
        "version": VERSION,
        "key": str(manifest.key),
        "as_of": manifest.as_of.isoformat(),
        "today": manifest.today.isoformat(),
        "shape": manifest.shape,
        "slices": manifest.slices,
        "tables": {name: [asdict(part) for part in parts] for name, parts in manifest.tables.items()},
    }
    coming = folder / _COMING
    coming.write_text(json.dumps(told))
    for path in {*(folder / part.file for parts in manifest.tables.values() for part in parts), coming}:
        keep_for_good(path)
    keep_for_good(folder)
    os.replace(coming, folder / NAME)  # noqa: PTH105  the one step: before it stands the old one, after it the new one
    keep_for_good(folder)


def keep_for_good(path: Path) -> None:
    """Wait until a file or folder is on the disk, so that a machine that stops does not take it along."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def sweep(folder: Path, manifest: Manifest | None) -> None:
    """Remove what earlier runs left: files of ours that no manifest names."""
    named = {part.file for parts in manifest.tables.values() for part in parts} if manifest else set()
    for path in folder.iterdir():
        if path.is_file() and _OURS.fullmatch(path.name) and path.name not in named:
            path.unlink(missing_ok=True)


def _parsed(told: dict[str, Any], folder: Path) -> Manifest | None:
    tables = {name: tuple(Part(**part) for part in parts) for name, parts in told["tables"].items()}
    slices = int(told["slices"])
    if slices < 1 or any(len(parts) != slices for parts in tables.values()):
        return None
    for part in (part for parts in tables.values() for part in parts):
        if Path(part.file).name != part.file or (folder / part.file).stat().st_size != part.size:
            return None
    as_of, today = datetime.fromisoformat(told["as_of"]), date.fromisoformat(told["today"])
    return Manifest(UUID(told["key"]), as_of, today, told["shape"], slices, tables)
