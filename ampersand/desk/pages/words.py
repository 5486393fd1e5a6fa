"""Words that more than one page says, and those that open what they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mode = Literal["visit", "call", "video", "mail", "message", "letter", "gathering"]

PromiseState = Literal["offered", "open", "due", "late", "done", "unconfirmed", "kept", "partly", "broken", "freed"]

Way = Literal["theirs", "ours", "both"]
"""Who reached out: they, we, or both met."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Part of a sentence. With `why_url` it opens its evidence in place; with `url` it is a plain link."""

    words: str
    why_url: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    name: str
    url: str
