"""A promise in a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ampersand.desk.pages.words import PromiseState


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One promise in a list. On ours the acts are done, move, ask to be released; on theirs kept, partly, not kept, release.
    What one said oneself can be taken back."""

    what: str
    state: PromiseState
    due_on: date | None
    note: str = ""
    """Who, to whom, from where: "Tom, to Sami. From this morning's note."."""
    note_url: str = ""
    """Where the note is somebody else than the page is about."""
    url: str = ""
    done_url: str = ""
    move_url: str = ""
    ask_release_url: str = ""
    kept_url: str = ""
    partly_url: str = ""
    not_kept_url: str = ""
    release_url: str = ""
    said: str = ""
    """What the one who looks said of it last: "You said it is done."."""
    undo_url: str = ""
    is_in_hand: bool = False
    is_gone_on_with: bool = False
    """The first of those that were added to a list: where one goes on reading."""

    def is_late(self) -> bool:
        return self.state == "late"
