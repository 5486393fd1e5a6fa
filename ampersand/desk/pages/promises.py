"""A promise in a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ampersand.desk.pages.words import PromiseState


@dataclass(frozen=True, slots=True)
class PromiseAct:
    """Something that may be done with a promise: at once, or on a page with a form of its own."""

    says: str
    url: str
    is_form: bool = False
    is_main: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One promise in a list. On ours the acts are done, move, ask to be released; on theirs kept, partly, not kept, release;
    on what waits for a word, to say it. What one said oneself can be taken back."""

    what: str
    state: PromiseState
    due_on: date | None
    note: str = ""
    """Who, to whom, from where: "Tom, to Sami. From this morning's note."."""
    note_url: str = ""
    """Where the note is somebody else than the page is about."""
    url: str = ""
    acts: tuple[PromiseAct, ...] = ()
    asks: str = ""
    """What the other side asks, where it waits for a word of ours: "Jane asks for Thu 3 Dec instead."."""
    said: str = ""
    """What the one who looks said of it last: "You said it is done."."""
    undo_url: str = ""
    is_in_hand: bool = False
    is_gone_on_with: bool = False
    """The first of those that were added to a list: where one goes on reading."""

    def is_late(self) -> bool:
        return self.state == "late"
