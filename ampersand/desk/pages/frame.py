"""The frame around every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class NavLink:
    """One page in the rail or the bar; `key` is what follows `g` on the keyboard."""

    here: str
    name: str
    url: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class CloseAtHand:
    """A relationship this member tends or opened lately."""

    name: str
    url: str
    life: int


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a page for a member who is signed in. The context processor gives it as `frame`."""

    member_name: str
    house_name: str
    nav: tuple[NavLink, ...]
    bar: tuple[NavLink, ...]
    """Three words at the thumb on a phone; the & (write) stands after the second."""
    more: tuple[NavLink, ...]
    """What opens above the thumb, under a fourth word."""
    close: tuple[CloseAtHand, ...]
    home_url: str
    write_url: str
    search_url: str
    settings_url: str
    sign_out_url: str
    theme: Literal["", "light", "dark"] = ""
    """Empty follows the system."""
    has_keys: bool = True
    """Single-letter keys can be turned off (WCAG 2.1.4)."""
