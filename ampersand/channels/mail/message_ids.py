"""Message-IDs in one written form, so that the same mail from two sources is one mail.

The rules have a number that is stored beside every id made by them: who changes a rule raises VERSION, and ids made by
an older one are made anew rather than compared.
"""

from __future__ import annotations

import hashlib
import re

VERSION = 1
MADE_PREFIX = "made:"
# With "mail:" before it, it fits the 500 letters of a key.
LENGTH_LIMIT = 490

BRACKETED = re.compile(r"<([^<>]{1,2000})>")
BARE = re.compile(r"[^\s<>,;()\"]+@[^\s<>,;()\"]+")


def normalise(value: str) -> str:
    """One id without brackets and white space, its domain in lower case; "" when there is none.

    The part before the last @ keeps its case, since some programs tell ids apart by nothing else.
    """
    found = BRACKETED.search(value)
    inner = found[1] if found else value.replace("<", "").replace(">", "")
    return _written(inner)


def chain(*values: str) -> tuple[str, ...]:
    """All ids in these header values, in their order, each once (at its first place)."""
    found: dict[str, None] = {}
    for value in values:
        for inner in BRACKETED.findall(value) or BARE.findall(value):
            written = _written(inner)
            if written:
                found.setdefault(written)
    return tuple(found)


def made_from(*pieces: str | bytes) -> str:
    """An id for a mail that has none: a digest of what it says, so that the same mail always gets the same one."""
    digest = hashlib.blake2b(digest_size=16)
    for piece in pieces:
        raw = piece.encode("utf-8", "surrogateescape") if isinstance(piece, str) else piece
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return MADE_PREFIX + digest.hexdigest()


def _written(inner: str) -> str:
    compact = "".join(inner.split()).replace("\x00", "")
    local, at, domain = compact.rpartition("@")
    written = f"{local}@{domain.lower()}" if at else compact
    if len(written) <= LENGTH_LIMIT:
        return written
    return f"{MADE_PREFIX}{hashlib.blake2b(written.encode('utf-8', 'surrogateescape'), digest_size=16).hexdigest()}"
