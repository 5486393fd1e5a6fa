"""Identifiers made from a seed: the same house twice has the same rows under the same ids."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ampersand.desk.demo.chance import chance


class Ids:
    """UUIDv7 (RFC 9562) whose random bits come from a seed."""

    def __init__(self, seed: str) -> None:
        self._random = chance(seed)

    def new(self, at: datetime) -> UUID:
        milliseconds = int(at.timestamp() * 1000) & 0xFFFF_FFFF_FFFF
        bits = self._random.getrandbits(74)
        return UUID(int=milliseconds << 80 | 0x7 << 76 | (bits >> 62) << 64 | 0b10 << 62 | bits & (1 << 62) - 1)
