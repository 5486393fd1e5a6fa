"""Files of mail, read one message at a time: mbox (also .gz), folders of .eml, Maildir, Apple's .emlx, single messages.

Whatever is met becomes an `Item`: the bytes of one message, or the reason why there are none. Never more than one
message is held in memory. Every item knows its exact `Place`, and reading can go on after any place.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ampersand.channels.mail.reasons import Reason

CHUNK = 1 << 20
MESSAGE_LIMIT = 64 << 20
UNPACKED_FREE = 256 << 20
UNPACKED_RATIO = 200
SNIFF = 1 << 16
LOOK_AHEAD = 4096

BOM = b"\xef\xbb\xbf"
PACKED_MAGIC = (
    b"PK\x03\x04",
    b"Rar!",
    b"7z\xbc\xaf",
    b"BZh",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
)
FIRST_HEADER = re.compile(rb"(?:>?From [^\r\n]*(?:\r\n?|\n))?[!-9;-~]{1,100}[ \t]*:")
# The tail that mail programs write after the sender: "Tue Jan  2 23:56:34 2018", zones and seconds as they come.
FROM_DATE = re.compile(rb"\b\d{1,2}:\d{2}(?::\d{2})?\b.{0,20}\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b.{0,20}\d{1,2}:\d{2}")
FROM_SENDER = re.compile(rb"From (?:[^\s@]+@\S+|MAILER-DAEMON|-)(?:\s|$)", re.IGNORECASE)
EMLX_LENGTH = re.compile(rb"(\d{1,12})[ \t]*\r?\n")
NOT_MAIL_NAMES = re.compile(
    r"(?i)^(?:dovecot|maildirfolder|subscriptions|courierimap|\.ds_store|thumbs\.db|desktop\.ini|\.uidvalidity)"
    r"|\.msf$"
)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where an item stands: path within the import with "/", byte offset in the unpacked file, number from 0 there."""

    path: str
    offset: int = 0
    ordinal: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One message as bytes, or the reason why it could not be taken out. `envelope` is the From_ line of an mbox."""

    place: Place
    raw: bytes = b""
    envelope: bytes = b""
    refused: Reason | None = None
    damage: tuple[Reason, ...] = ()


def read(root: Path, *, after: Place | None = None) -> Iterator[Item]:
    """Every item under a file or folder, in the order of paths; with `after`, only those that stand after that place."""
    for path in files(root):
        name = _name_within(root, path)
        if after is None or name > after.path:
            yield from read_file(path, name)
        elif name == after.path:
            yield from read_file(path, name, after=after)


def files(root: Path) -> Iterator[Path]:
    """The files below a folder in the order of their paths, without a mail server's own indexes and unfinished mail."""
    if not root.is_dir():
        yield root
        return
    found = (path for path in root.rglob("*") if path.is_symlink() or path.is_file())
    for path in sorted(found, key=lambda path: path.relative_to(root).as_posix()):
        if not is_bookkeeping(path):
            yield path


def read_file(path: Path, name: str, *, after: Place | None = None) -> Iterator[Item]:
    """The items of one file. A damaged file gives what it has and says so; it never raises."""
    if path.is_symlink():
        yield Item(Place(name), refused=Reason("link"))
        return
    try:
        yield from _read_open(path, name, after)
    except OSError:
        yield Item(Place(name), refused=Reason("unreadable_file"))


def _read_open(path: Path, name: str, after: Place | None) -> Iterator[Item]:
    with path.open("rb") as plain:
        is_gzip = plain.read(2) == b"\x1f\x8b"
        plain.seek(0)
        stream = _Source(gzip.GzipFile(fileobj=plain), path.stat().st_size) if is_gzip else _Source(plain, None)
        yield from _Box(stream, name).items(after)


def _name_within(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix() if path != root else path.name


def is_bookkeeping(path: Path) -> bool:
    """Whether a file is a mail server's own index, or mail that is still being written."""
    # In a Maildir, tmp holds mail that is still being written.
    is_unfinished = path.parent.name == "tmp" and (path.parent.parent / "cur").is_dir()
    return is_unfinished or bool(NOT_MAIL_NAMES.search(path.name))


class _Source:
    """A file, packed or not, that ends instead of raising: `damage` then says why."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, packed_bytes: int | None) -> None:
        self._stream = stream
        self._limit = None if packed_bytes is None else UNPACKED_FREE + packed_bytes * UNPACKED_RATIO
        self._position = 0
        self.damage: Reason | None = None

    def seek(self, offset: int) -> None:
        try:
            self._position = self._stream.seek(offset)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            self.damage = Reason("packed_data_damaged")

    def read(self, size: int) -> bytes:
        if self.damage:
            return b""
        if self._limit is not None and self._position > self._limit:
            self.damage = Reason("unpacks_too_far")
            return b""
        return self._read(size)

    def _read(self, size: int) -> bytes:
        try:
            # read1 hands over what could be unpacked before the damage; read would lose it.
            data = self._stream.read1(size) if isinstance(self._stream, gzip.GzipFile) else self._stream.read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            self.damage = Reason("packed_data_damaged")
            return b""
        self._position += len(data)
        return data


class _Box:
    """One file as a stream of items. Holds the bytes from the start of the present message to the end of what was read."""

    def __init__(self, source: _Source, name: str) -> None:
        self._source = source
        self._name = name
        self._held = bytearray()
        self._offset = 0
        self._is_at_end = False
        self._is_cut = False

    def items(self, after: Place | None) -> Iterator[Item]:
        start = self._sniff()
        if isinstance(start, Item):
            if after is None:
                yield start
        elif after is not None:
            yield from self._after(after)
        else:
            yield from self._messages(ordinal=0)

    def _sniff(self) -> Item | None:
        """The one item of a file that is no mbox; None when the messages of an mbox can be read from here."""
        while len(self._held) < SNIFF and self._fill():
            pass
        self._skip(len(BOM) if self._held.startswith(BOM) else 0)
        self._skip(len(self._held) - len(self._held.lstrip(b"\r\n\t \x00")) if self._held[:1] in b"\r\n" else 0)
        head = bytes(self._held[:SNIFF])
        if self._is_mailbox(head):
            return None
        refused = self._refusal(head)
        if refused:
            return Item(Place(self._name), refused=refused)
        return self._single(head)

    def _is_mailbox(self, head: bytes) -> bool:
        if not head.startswith(b"From "):
            return False
        return bool(FROM_DATE.search(head.split(b"\n", 1)[0])) or self._is_separator(0, is_start=True)

    def _refusal(self, head: bytes) -> Reason | None:
        if not head.strip(b"\x00 \t\r\n"):
            return self._source.damage or Reason("empty")
        if head.startswith(PACKED_MAGIC):
            return Reason("packed")
        emlx = EMLX_LENGTH.match(head)
        if not FIRST_HEADER.match(head, emlx.end() if emlx else 0):
            return Reason("no_mail_inside")
        return None

    def _single(self, head: bytes) -> Item:
        emlx = EMLX_LENGTH.match(head)
        self._skip(emlx.end() if emlx else 0)
        offset = self._offset
        while len(self._held) < MESSAGE_LIMIT and self._fill():
            pass
        raw = bytes(self._held[: int(emlx[1]) if emlx else MESSAGE_LIMIT])
        damage = [self._source.damage] if self._source.damage else []
        if len(raw) >= MESSAGE_LIMIT:
            damage.append(_too_large())
        return Item(Place(self._name, offset), raw, damage=tuple(damage))

    def _after(self, place: Place) -> Iterator[Item]:
        self._held.clear()
        self._is_at_end = False
        self._source.seek(place.offset)
        self._offset = place.offset
        following = self._messages(ordinal=place.ordinal)
        next(following, None)
        yield from following

    def _messages(self, *, ordinal: int) -> Iterator[Item]:
        while self._held or self._fill():
            place = Place(self._name, self._offset, ordinal)
            end = self._find_end()
            yield self._item(place, end)
            self._skip(end)
            ordinal += 1

    def _find_end(self) -> int:
        """Bytes from the start of this message to the From_ line of the next one, or to the end of the file."""
        self._is_cut = False
        at = 0
        while True:
            at = self._held.find(b"\nFrom ", at)
            if at < 0:
                self._let_go_of_the_middle()
                at = max(len(self._held) - 5, 0)
                if not self._fill():
                    return len(self._held)
            elif self._is_separator(at + 1):
                return at + 1
            else:
                at += 1

    def _let_go_of_the_middle(self) -> None:
        # One endless message must not take all memory. `_held` is then no longer the file's own bytes, so the offset
        # is moved along to stay true for the next message.
        surplus = len(self._held) - MESSAGE_LIMIT
        if surplus > 0:
            keep = MESSAGE_LIMIT // 2
            del self._held[keep : keep + surplus]
            self._offset += surplus
            self._is_cut = True

    def _is_separator(self, at: int, *, is_start: bool = False) -> bool:
        while len(self._held) < at + LOOK_AHEAD and self._fill():
            pass
        end = self._held.find(b"\n", at, at + 1000)
        if end < 0:
            return is_start
        line = bytes(self._held[at:end]).rstrip(b"\r")
        if not FIRST_HEADER.match(bytes(self._held[end + 1 : end + 1201]).lstrip(b"\r\n")):
            return False
        has_date = bool(FROM_DATE.search(line))
        if is_start or self._follows_blank(at):
            return has_date or bool(FROM_SENDER.match(line)) or is_start
        return has_date and bool(FROM_SENDER.match(line))

    def _follows_blank(self, at: int) -> bool:
        before = bytes(self._held[max(at - 4, 0) : at])
        return before.endswith((b"\n\n", b"\n\r\n")) or before in (b"\n", b"\r\n")

    def _item(self, place: Place, end: int) -> Item:
        line_end = self._held.find(b"\n", 0, end) + 1 or end
        envelope = bytes(self._held[:line_end]).strip()
        raw = bytes(self._held[line_end : min(end, MESSAGE_LIMIT)])
        damage = [_too_large()] if self._is_cut or end > MESSAGE_LIMIT else []
        if end == len(self._held) and self._source.damage:
            damage.append(self._source.damage)
        return Item(place, _unquoted(_without_last_blank(raw)), envelope, damage=tuple(damage))

    def _fill(self) -> bool:
        if self._is_at_end:
            return False
        chunk = self._source.read(CHUNK)
        self._is_at_end = not chunk
        self._held += chunk
        return bool(chunk)

    def _skip(self, count: int) -> None:
        del self._held[:count]
        self._offset += count


def _too_large() -> Reason:
    return Reason.of("too_large", megabytes=MESSAGE_LIMIT >> 20)


def _without_last_blank(raw: bytes) -> bytes:
    if raw.endswith(b"\r\n\r\n"):
        return raw[:-2]
    return raw[:-1] if raw.endswith(b"\n\n") else raw


def _unquoted(raw: bytes) -> bytes:
    # mboxrd adds one ">" before every ">*From "; mboxo only before "From ". Taking one away is right for both, but
    # for a mail that itself began a line with ">From " in an mboxo, which nothing can tell apart.
    return re.sub(rb"(?m)^>(>*From )", rb"\1", raw) if b">From " in raw else raw
