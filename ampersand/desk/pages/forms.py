"""A page around one form, and what may be chosen in one."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """Another way to read a piece. Taking it posts `value` back under the piece's key, or under its own `key`, and what
    goes with it (`also`) under theirs."""

    value: str
    says: str
    note: str = ""
    is_taken: bool = False
    key: str = ""
    also: tuple[tuple[str, str], ...] = ()

    def also_json(self) -> str:
        return json.dumps(dict(self.also))


@dataclass(frozen=True, slots=True)
class Filter:
    """One select above the list, or a field to type into; its name is the query parameter."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    is_typed: bool = False
    value: str = ""
    """What was typed."""
    type: str = "search"
    listed: str = ""
    """The list on the page that offers what one may type."""


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page around one Django form, which the view passes beside it as `form`."""

    title: str
    act: str
    """The word on its one button."""
    says: str = ""
    more: str = ""
    """What else one needs to know, in small print."""
    back_url: str = ""
    """Where one goes who changes nothing, and after."""
    here: str = "house"
    """The page of the rail it belongs to."""
