"""A stream of bytes under a key, so that any change, cut or exchange of its pieces is noticed before it is used.

Each stream has a key of its own, derived (HKDF-SHA256) from the secret, a salt of the stream and its name. Its pieces of
64 KiB are sealed one by one (AES-256-GCM); their number and whether it is the last go into the nonce, as in the STREAM
construction of Hoang, Reyhanitabar, Rogaway and Vizár (2015).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ampersand.core.words import gettext as _

MARK = b"ampersand sealed 1\n"
SALT_BYTES = 32
PIECE_BYTES = 1 << 16
_TAG_BYTES = 16


class NotOpened(Exception):
    """A sealed stream was not made with this key, or is not as it was made."""


def sealed(pieces: Iterable[bytes], *, key: bytes, name: str) -> Iterator[bytes]:
    """These bytes, sealed under `name`: opened under another name they are refused."""
    salt = secrets.token_bytes(SALT_BYTES)
    cipher = _cipher(key, salt, name)
    yield MARK + salt
    number, held = 0, b""
    for piece in _even(pieces):
        if held:
            yield cipher.encrypt(_nonce(number, is_last=False), held, None)
            number += 1
        held = piece
    yield cipher.encrypt(_nonce(number, is_last=True), held, None)


def opened(stream: BinaryIO, *, key: bytes, name: str) -> Iterator[bytes]:
    """What was sealed, piece by piece. Raises NotOpened at the first piece that is not as it was made."""
    head = stream.read(len(MARK) + SALT_BYTES)
    if not head.startswith(MARK) or len(head) != len(MARK) + SALT_BYTES:
        raise NotOpened(_("%(name)s is damaged, or was not sealed by Ampersand.") % {"name": name})
    cipher = _cipher(key, head[len(MARK) :], name)
    number, piece = 0, stream.read(PIECE_BYTES + _TAG_BYTES)
    while True:
        following = stream.read(PIECE_BYTES + _TAG_BYTES)
        try:
            yield cipher.decrypt(_nonce(number, is_last=not following), piece, None)
        except InvalidTag:
            raise NotOpened(_("%(name)s does not open with this key, or is damaged.") % {"name": name}) from None
        if not following:
            return
        number, piece = number + 1, following


def _even(pieces: Iterable[bytes]) -> Iterator[bytes]:
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        while len(waiting) >= PIECE_BYTES:
            yield bytes(waiting[:PIECE_BYTES])
            del waiting[:PIECE_BYTES]
    if waiting:
        yield bytes(waiting)


def _cipher(key: bytes, salt: bytes, name: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), length=32, salt=salt, info=f"ampersand sealed stream {name}".encode()).derive(key))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
