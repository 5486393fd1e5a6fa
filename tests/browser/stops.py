"""A page to be visited, and what is done there before it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

Session = dict[str, Any]
"""What a browser remembers of being signed in."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A page: its address, and what is done there before it is looked at."""

    path: str
    do: Callable[[Page], object] = lambda page: None
    is_whole: bool = True
    """Taken from top to bottom, and not only what a window shows."""
    status: int = 200


def path_of(link: str) -> str:
    return "/" + link.split("/", 3)[3]
