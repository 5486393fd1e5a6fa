"""Identifiers that sort by the time they were made (UUID version 7, RFC 9562 section 5.7)."""

import os
import time
from uuid import UUID


def new_id() -> UUID:
    """A fresh UUIDv7: 48 bits of Unix milliseconds, then random bits. Made here because PostgreSQL 15 cannot."""
    return id_at(time.time_ns() // 1_000_000)


def id_at(unix_milliseconds: int) -> UUID:
    """A UUIDv7 stamped with the given Unix time in milliseconds (for bulk loads that keep their own clock)."""
    random = int.from_bytes(os.urandom(10), "big")
    value = (unix_milliseconds & 0xFFFF_FFFF_FFFF) << 80
    value |= 0x7 << 76 | (random >> 62 & 0xFFF) << 64
    value |= 0b10 << 62 | (random & 0x3FFF_FFFF_FFFF_FFFF)
    return UUID(int=value)
