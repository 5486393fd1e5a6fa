"""What stands on the paper of an offer. Apart from `paper.py`, which needs a library that draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ampersand.exchange.negotiating.actions import Line


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the paper."""

    house: str
    """Under which name the giver acts."""
    to: str
    about: str
    version: int
    on: date
    at: datetime
    """When it was put: the same offer is the same file, byte for byte."""
    words: str = ""
    valid_until: date | None = None
    lines: Sequence[Line] = ()
    currency: str = ""
    answers: Sequence[tuple[str, str]] = ()
    """Questions of substance with what this offer says to each."""
    by: str = ""
    """Who put it."""
