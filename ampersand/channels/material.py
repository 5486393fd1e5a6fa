"""What is to be brought in: files told apart by kind, in an order that is the same each time."""

from __future__ import annotations

import hashlib
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO, BinaryIO

from ampersand.channels import left_out_kinds, opening
from ampersand.channels.chats import parse as chats
from ampersand.channels.crm_exports.monica_json import parse as monica
from ampersand.channels.models import ImportKind
from ampersand.channels.tables import layout, words
from ampersand.core import files

_SNIFF_BYTES = 4096
# An archive may lie in an archive, as the parts of one export do; deeper none is put by hand.
_MOST_NESTED = 3
_BY_ENDING = {
    ".mbox": ImportKind.MAIL,
    ".eml": ImportKind.MAIL,
    ".emlx": ImportKind.MAIL,
    ".ics": ImportKind.CALENDAR,
    ".ical": ImportKind.CALENDAR,
    ".ifb": ImportKind.CALENDAR,
    ".vcs": ImportKind.CALENDAR,
    ".vcf": ImportKind.CONTACTS,
    ".vcard": ImportKind.CONTACTS,
    ".csv": ImportKind.PEOPLE,
    ".tsv": ImportKind.PEOPLE,
    ".tab": ImportKind.PEOPLE,
    ".xlsx": ImportKind.PEOPLE,
    ".xlsm": ImportKind.PEOPLE,
    ".xls": ImportKind.PEOPLE,
    ".ods": ImportKind.PEOPLE,
}

# How a mail begins, whatever its file is called.
_HEADER = re.compile(rb"FROM |[A-Z][A-Z-]{1,40}: ")


@dataclass(frozen=True)
class Part:
    """Files of one kind, with the path each is known by inside the import; `name` is what the file or archive is called."""

    kind: ImportKind
    root: Path
    paths: tuple[Path, ...]
    name: str = ""

    def name_of(self, path: Path) -> str:
        """The path inside the import; a single file has its own name, kept under another one here."""
        return path.relative_to(self.root).as_posix() if path != self.root else self.name or path.name


def parts(paths: Iterable[Path], *, kind: str = "") -> list[Part]:
    """The files below these paths by kind, paths as given and files in the order of their names.

    An archive is a folder, laid open as long as `opening.closed` allows; one that cannot be stays a file.
    A table is taken for one of people until its columns say otherwise (`tables`). With `kind`, all are taken for that.
    What cannot be told apart is taken for mail, whose reader says of each item why it is none.
    """
    found = []
    for root, name in _laid_open(paths):
        by_kind: dict[ImportKind, list[Path]] = {}
        for path in _files_below(root):
            if root.is_dir() and opening.is_archive(path):
                continue
            by_kind.setdefault(ImportKind(kind) if kind else kind_of(path), []).append(path)
        if not kind:
            _enclose(by_kind)
        found += [Part(of_kind, root, tuple(below), name) for of_kind, below in sorted(by_kind.items()) if below]
    return found


def _laid_open(paths: Iterable[Path], *, depth: int = 0) -> Iterator[tuple[Path, str]]:
    """These paths, each archive among them or below them as the folder it unpacks to, with what the archive is called."""
    for path in paths:
        root = (opening.unpacked(path) if path.is_file() and opening.is_archive(path) else None) or path
        yield root, path.name if root != path else ""
        if root.is_dir() and depth < _MOST_NESTED:
            yield from _laid_open(filter(opening.is_archive, _files_below(root)), depth=depth + 1)


def _enclose(by_kind: dict[ImportKind, list[Path]]) -> None:
    """Leave to a chat the files that its messages enclose: a card sent in a chat is no address book to bring in."""
    enclosed = {path for chat in by_kind.get(ImportKind.CHATS, ()) for path in chats.enclosed(chat)}
    for of_kind in [one for one in by_kind if enclosed and one is not ImportKind.CHATS]:
        by_kind[of_kind] = [path for path in by_kind[of_kind] if path not in enclosed]


def kind_of(path: Path) -> ImportKind:
    """What a file is, by the ending of its name, else by how it begins."""
    return kind_named(path, path.name)


def kind_named(path: Path, name: str) -> ImportKind:
    """What a file is that came under this name."""
    ending = Path(name.lower().removesuffix(".gz")).suffix
    if chats.is_chat(path, name):
        return ImportKind.CHATS
    if ending == ".json" and monica.is_export(path):
        return ImportKind.EXPORT
    if ending in _BY_ENDING:
        return _BY_ENDING[ending]
    if opening.is_workbook(path):
        return ImportKind.PEOPLE
    with path.open("rb") as stream:
        start = stream.read(_SNIFF_BYTES).lstrip(b"\xef\xbb\xbf \r\n\t").upper()
    if start.startswith(b"BEGIN:VCARD"):
        return ImportKind.CONTACTS
    if start.startswith((b"BEGIN:VCALENDAR", b"BEGIN:VEVENT", b"BEGIN:VTODO")):
        return ImportKind.CALENDAR
    if ending in left_out_kinds.ENDINGS and not _HEADER.match(start):
        return ImportKind.OTHER
    return ImportKind.PEOPLE if ending == ".txt" and _is_table(path) else ImportKind.MAIL


# Google hands out one export in several archives, told apart by their last number.
_PART = re.compile(r"(?P<export>takeout-.+)-\d{1,4}(?: \(\d+\))?\.zip", re.IGNORECASE)


def export_of(name: str) -> str:
    """The export of which an archive of this name is a part; nothing where it is none.

    >>> export_of("takeout-20240305T080112Z-001.zip"), export_of("photos.zip")
    ('takeout-20240305t080112z', '')
    """
    found = _PART.fullmatch(PurePath(name).name)
    return found["export"].casefold() if found else ""


def pack(contents: Sequence[tuple[str, BinaryIO]], target: IO[bytes]) -> None:
    """Put files into one archive, which is the same each time: a later import of the same files is known by its digest."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(sorted(contents, key=lambda pair: pair[0]), start=1):
            member = zipfile.ZipInfo(PurePath(name).name or f"{number}")
            if member.filename in archive.namelist():
                member.filename = f"{number} {member.filename}"
            member.compress_type = zipfile.ZIP_STORED if name.lower().endswith(".zip") else zipfile.ZIP_DEFLATED
            with archive.open(member, "w") as packed:
                shutil.copyfileobj(content, packed)


def _is_table(path: Path) -> bool:
    """Whether a text is a table, as Excel saves one: several columns under headings that we know."""
    headers = layout.sniff(path).headers
    return len(headers) > 2 and sum(words.find_meaning(header) is not None for header in headers) >= len(headers) / 2


def digest_of(paths: Sequence[Path]) -> str:
    """A digest of the content of all files below these paths and of their order; the same content answers the same."""
    below = [path for root in paths for path in _files_below(root)]
    if len(below) == 1:
        return files.digest_of(below[0])
    digest = hashlib.sha256()
    for path in below:
        digest.update(files.digest_of(path).encode())
    return digest.hexdigest()


def _files_below(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
    else:
        yield from sorted(path for path in root.rglob("*") if path.is_file() and not path.name.startswith("."))
