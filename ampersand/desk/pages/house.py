"""The house."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from ampersand.desk.pages.party import KnownRow
from ampersand.desk.pages.words import Link


@dataclass(frozen=True, slots=True)
class MemberRow:
    name: str
    address: str
    role: str
    teams: str = ""
    note: str = ""
    """ "invited on 3 March, not here yet"."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class SafePart:
    """How the house is kept safe: its backups, and a file with all of it to take along."""

    says: tuple[str, ...]
    """When it was saved last, where, and when it is saved next."""
    warns: str = ""
    """What went wrong, or what would."""
    step: str = ""
    """How far the one under way is."""
    back_up_url: str = ""
    export_url: str = ""
    take_url: str = ""
    """The file with the whole house, once it is there."""
    take_says: str = ""
    refresh_url: str = ""
    """Where to look again, while something is under way."""


@dataclass(frozen=True, slots=True)
class HousePage:
    name: str
    today: date
    legal_names: tuple[str, ...]
    domains: tuple[str, ...]
    members: tuple[MemberRow, ...]
    teams: tuple[Link, ...]
    keeps: tuple[KnownRow, ...]
    """Where things are: the data folder, the key file, the last backup, how message bodies are kept."""
    invite_url: str = ""
    change_url: str = ""
    own_url: str = ""
    """One's own settings: theme, keys, language."""
    links: tuple[Link, ...] = field(default_factory=tuple)
    safe: SafePart | None = None
    here: ClassVar[str] = "house"
