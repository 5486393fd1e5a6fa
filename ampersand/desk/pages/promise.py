"""One promise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from ampersand.desk.pages.promises import PromiseAct, PromiseRow
from ampersand.desk.pages.words import Mode, PromiseState


@dataclass(frozen=True, slots=True)
class SaidRow:
    """Something that was said of a promise: by whom, in whose voice, when."""

    who: str
    what: str
    at: datetime
    voice: str = ""
    """ "Their word, told by Maya": who wrote it down, where it was not who said it."""
    words: str = ""
    due_on: date | None = None
    condition: str = ""
    is_taken_back: bool = False
    url: str = ""
    icon: Mode | str = ""


@dataclass(frozen=True, slots=True)
class BackingRow:
    """A promise at the other end of a leaning, and what became of it."""

    row: PromiseRow
    says: str = ""
    """ "It is being moved to Friday.": nothing where it stands as it was."""
    no_more_url: str = ""


@dataclass(frozen=True, slots=True)
class PromisePage:
    id: str
    what: str
    state: PromiseState
    state_says: str
    between: str
    """ "Promised by Maya to Jane Okafor, for Thursday."."""
    named: str
    condition: str
    due_on: date | None
    today: date
    relationship_url: str
    relationship_name: str
    acts: tuple[PromiseAct, ...]
    said: tuple[SaidRow, ...]
    leans_on: tuple[BackingRow, ...]
    leaned_on_by: tuple[BackingRow, ...]
    late_url: str = ""
    write_url: str = ""
    """Where one writes to them about it."""
    """Where one says so, for what is ours and late."""
    lean_url: str = ""
    ask_url: str = ""
    pass_on_url: str = ""
    then_says: str = ""
    """What is to be promised once this one is."""
    then_url: str = ""
    why_url: str = ""
    kind: str = ""
    """What it is about."""
    kind_url: str = ""
    """Where its promiser's side says otherwise, or one of us writes down that they did."""
    kind_is_theirs: bool = False
    """It is theirs to say: what is said here stands as their word, told by us."""
    kinds: tuple[tuple[str, str], ...] = ()
    """What else it may be of: its value and its word."""
    undo_url: str = ""
    here: ClassVar[str] = "promises"


@dataclass(frozen=True, slots=True)
class AskedPart:
    """At most seven of each. `shaken` are promises that lean on something that changed, each with what became of it."""

    waits: tuple[PromiseRow, ...] = ()
    shaken: tuple[BackingRow, ...] = ()
    inside: tuple[PromiseRow, ...] = ()
    """Due among ourselves."""
