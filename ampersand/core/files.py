"""Files, kept once by content: their bytes lie in the data folder under their SHA-256 digest."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from ampersand.core.models import File

_CHUNK_BYTES = 1 << 20


def keep(content: bytes | BinaryIO | Path, *, at: datetime, media_type: str = "") -> File:
    """Keep these bytes and answer their File. The same content is kept once, whoever brings it.

    The row is written after the bytes are safely in place, so that no row ever points at nothing.
    """
    name, size_bytes = _put_in_place(content)
    file, _ = File.objects.get_or_create(
        digest=name, defaults={"size_bytes": size_bytes, "media_type": media_type[:120], "kept_at": at}
    )
    return file


def _put_in_place(content: bytes | BinaryIO | Path) -> tuple[str, int]:
    """Write the bytes where they belong; answers their digest and how many there are. Nothing is left of what fails."""
    with tempfile.NamedTemporaryFile(dir=_folder(), prefix="coming-", delete=False) as coming:
        try:
            digest, size_bytes = hashlib.sha256(), 0
            for chunk in _chunks(content):
                digest.update(chunk)
                size_bytes += len(chunk)
                coming.write(chunk)
            coming.flush()
            os.fsync(coming.fileno())
            target = _path(digest.hexdigest())
            target.parent.mkdir(exist_ok=True)
            Path(coming.name).replace(target)
        except BaseException:
            Path(coming.name).unlink(missing_ok=True)
            raise
    return digest.hexdigest(), size_bytes


def path_of(file: File) -> Path:
    """Where the bytes of a file lie."""
    return _path(file.digest)


def let_go(file: File) -> None:
    """Take a file away, its bytes with it. Raises ProtectedError while something still points to it."""
    path = path_of(file)
    file.delete()
    path.unlink(missing_ok=True)


def digest_of(content: Path) -> str:
    """The digest that `keep` would keep this file under."""
    digest = hashlib.sha256()
    for chunk in _chunks(content):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(content: bytes | BinaryIO | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
    elif isinstance(content, Path):
        with content.open("rb") as stream:
            yield from iter(lambda: stream.read(_CHUNK_BYTES), b"")
    else:
        yield from iter(lambda: content.read(_CHUNK_BYTES), b"")


def _folder() -> Path:
    folder: Path = settings.DATA_FOLDER / "files"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _path(digest: str) -> Path:
    return _folder() / digest[:2] / digest
