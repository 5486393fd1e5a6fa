"""The bytes of a table, packed or not: whatever a packed file unpacks to, reading it comes to an end."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from pathlib import Path
from typing import BinaryIO, cast


class UnpacksNoFurther(csv.Error):
    """A packed file is damaged, or unpacks to more than any table holds."""


class NoTable(csv.Error):
    """There is nothing to read as a table here; says why in a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


# A packed table may unpack to this much and to so many times its size; what goes further was made to fill memory.
UNPACKED_FREE = 256 << 20
UNPACKED_RATIO = 200


def open_bytes(path: Path, *, tells_damage: bool = False) -> BinaryIO:
    """The file as bytes, unpacked where it begins as gzip does: a file kept here has lost its name.

    A packed file that is damaged, or unpacks too far, ends there. With `tells_damage` UnpacksNoFurther is raised once
    before it ends.
    """
    with path.open("rb") as file:
        is_packed = file.read(2) == b"\x1f\x8b"
    if not is_packed:
        return path.open("rb")
    return cast(BinaryIO, io.BufferedReader(_Unpacked(path, tells_damage=tells_damage)))


class _Unpacked(io.RawIOBase):
    def __init__(self, path: Path, *, tells_damage: bool) -> None:
        self._packed = gzip.open(path)  # noqa: SIM115  closed with this one
        self._bytes_left = UNPACKED_FREE + UNPACKED_RATIO * path.stat().st_size
        self._tells_damage = tells_damage
        self._has_ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # a writable one is all that comes
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._packed.close()
        super().close()

    def _read(self, size: int) -> bytes:
        if self._has_ended:
            return b""
        try:
            # What could be unpacked before the damage is handed over.
            data = self._packed.read1(min(size, self._bytes_left) or 1)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            return self._end()
        if data and not self._bytes_left:
            return self._end()
        self._bytes_left -= len(data)
        return data

    def _end(self) -> bytes:
        self._has_ended = True
        if self._tells_damage:
            raise UnpacksNoFurther
        return b""
