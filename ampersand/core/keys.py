"""The key file: the one secret of a house that is neither in its database nor in its backups."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path


class KeyFileUnusable(Exception):
    """The key file is there but cannot serve as one."""


def read_or_make(path: Path) -> bytes:
    """The key in `path`, made once and readable by its owner only. Two processes starting together agree on one."""
    try:
        return read(path)
    except FileNotFoundError:
        return _make(path)


def derived(key: bytes, purpose: str) -> str:
    """A key for one purpose, so that what signs sessions is not what encrypts passwords."""
    return hmac.new(key, purpose.encode(), hashlib.sha256).hexdigest()


def read(path: Path) -> bytes:
    """The key in `path`. Raises FileNotFoundError, or KeyFileUnusable for one too short to be a secret."""
    key = path.read_bytes().strip()
    if len(key) < 32:
        raise KeyFileUnusable(f"{path} must hold at least 32 characters; got {len(key)}")
    return key


def _make(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o711)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(64) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # unlike rename, this never replaces a key that came to be meanwhile
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return read(path)
