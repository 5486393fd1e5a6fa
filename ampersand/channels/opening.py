"""What lies packed in one file, laid open for a while: archives as folders, workbooks as one table a sheet.

Whoever opens something that was made to fill memory or disk is stopped: an archive is measured before it is unpacked, and
a workbook is read by a process of its own that may use so much and no more.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ampersand.channels.outcomes import mark as _
from ampersand.channels.tables.unpacking import UNPACKED_FREE, UNPACKED_RATIO, NoTable

PROTECTED = _("The workbook is protected by a password. Save it without one and bring it in again.")
DAMAGED = _("The workbook cannot be opened: it is damaged, or of a kind we do not read. Save it as .xlsx or .csv.")
TOO_LARGE = _("The workbook unpacks to more than a table holds. Save the sheets that matter as .csv.")

MOST_MEMBERS = 100_000
MOST_SECONDS = 900
_OPENED_AT_ONCE = 8
_PREFIX = "ampersand-opened-"
_DAY_SECONDS = 86_400
_WHY = {"protected": PROTECTED, "damaged": DAMAGED, "large": TOO_LARGE}
# Packed the same way, and no archive anybody put files into.
_DOCUMENTS = ("word/", "ppt/", "META-INF/")

_Key = tuple[str, int, int, tuple[str, ...]]
_folders: dict[_Key, tempfile.TemporaryDirectory[str]] = {}
_books: dict[_Key, tuple[tempfile.TemporaryDirectory[str], Book]] = {}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with something in it, as a table of its own: CSV in UTF-8, a row of the sheet a row of it."""

    name: str
    path: Path
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets of a workbook, or why there are none to be had."""

    sheets: tuple[Sheet, ...]
    why_not: str = ""


def is_workbook(path: Path) -> bool:
    """Whether this is a workbook of Excel or OpenDocument, by how it begins and what is inside."""
    with path.open("rb") as stream:
        start = stream.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return True
    return start.startswith(b"PK\x03\x04") and _is_packed_workbook(path)


def is_archive(path: Path) -> bool:
    """Whether this is a zip that files were put into."""
    with path.open("rb") as stream:
        if not stream.read(4).startswith(b"PK\x03\x04"):
            return False
    names = names_in(path)
    is_document = "[Content_Types].xml" in names or "mimetype" in names or any(n.startswith(_DOCUMENTS) for n in names)
    return bool(names) and not is_document


def unpacked(path: Path, *, only: tuple[str, ...] = ()) -> Path | None:
    """The folder into which an archive is unpacked, until `closed`; None for one that cannot be, or had better not be.

    With `only`, of an archive those files whose names end so.
    """
    key = _key(path, only)
    if key not in _folders:
        folder = _folder()
        if not _unpack(path, Path(folder.name), only):
            folder.cleanup()
            return None
        _folders[key] = folder
    return Path(_folders[key].name)


def sheets_of(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a workbook that hold anything. Raises NoTable, which says why there are none."""
    key = _key(path)
    if key not in _books:
        while len(_books) >= _OPENED_AT_ONCE:
            _books.pop(next(iter(_books)))[0].cleanup()
        folder = _folder()
        _books[key] = folder, _read(path, Path(folder.name))
    book = _books[key][1]
    if book.why_not:
        raise NoTable(book.why_not)
    return book.sheets


@contextmanager
def closed() -> Iterator[None]:
    """Take away whatever is laid open once this is done."""
    try:
        yield
    finally:
        for folder in [*_folders.values(), *(folder for folder, _book in _books.values())]:
            folder.cleanup()
        _folders.clear()
        _books.clear()


def _key(path: Path, only: tuple[str, ...] = ()) -> _Key:
    stat = path.stat()
    return str(path.resolve()), stat.st_mtime_ns, stat.st_size, only


def _folder() -> tempfile.TemporaryDirectory[str]:
    """A folder for what is laid open; those that a killed process left behind go with the day."""
    for old in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if time.time() - old.stat().st_mtime > _DAY_SECONDS:
                shutil.rmtree(old, ignore_errors=True)
    return tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)


def names_in(path: Path) -> list[str]:
    """What the files in an archive are called; nothing where it cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return []


def _is_packed_workbook(path: Path) -> bool:
    names = names_in(path)
    if any(name in {"xl/workbook.xml", "xl/workbook.bin"} for name in names):
        return True
    try:
        with zipfile.ZipFile(path) as archive:
            return "mimetype" in names and archive.read("mimetype")[:60].endswith(b"opendocument.spreadsheet")
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError):
        return False


def _unpack(path: Path, folder: Path, only: tuple[str, ...]) -> bool:
    """Unpack all of an archive, or nothing: it is measured first, and no member leaves the folder."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir() and _is_content(member.filename)]
            members = [member for member in members if not only or member.filename.lower().endswith(only)]
            size = sum(member.file_size for member in members)
            if len(members) > MOST_MEMBERS or size > UNPACKED_FREE + UNPACKED_RATIO * path.stat().st_size:
                return False
            if any(member.flag_bits & 1 for member in members):
                return False
            for member in members:
                target = folder.joinpath(*_parts(member.filename))
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(member) as packed, target.open("xb") as plain:
                    shutil.copyfileobj(packed, plain)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, RuntimeError, ValueError, EOFError, NotImplementedError):
        return False
    return bool(members)


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in {"/", "..", "."})


def _is_content(name: str) -> bool:
    parts = _parts(name)
    return bool(parts) and "__MACOSX" not in parts and not parts[-1].startswith(".")


def _read(path: Path, folder: Path) -> Book:
    """Have the workbook read by a process of its own; what it could not do is told by how it ended."""
    program = Path(__file__).with_name("tables") / "workbook.py"
    limit = UNPACKED_FREE + UNPACKED_RATIO * path.stat().st_size
    command = [sys.executable, "-I", str(program), str(path), str(folder), str(limit)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return Book((), TOO_LARGE)
    if done.returncode < 0:
        return Book((), TOO_LARGE)
    try:
        told = json.loads(done.stdout)
    except ValueError:
        return Book((), DAMAGED)
    if told["why_not"]:
        return Book((), _WHY[told["why_not"]])
    sheets = (Sheet(one["name"], folder / one["file"], one["is_hidden"]) for one in told["sheets"])
    return Book(tuple(sheets))
