"""The notebook: the box, what was understood of a note, what was kept of it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from ampersand.desk.pages.forms import Choice
from ampersand.desk.pages.words import Link


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece that can be put right, or plain words between two pieces (then it has no key).

    `key` stays the same while the writer types on, so that what was put right stays so: it is made from the kind of the
    row and the words the piece was read from, not from its place.
    """

    says: str
    key: str = ""
    choices: tuple[Choice, ...] = ()
    is_unsure: bool = False
    other: Choice | None = None
    """The second guess, shown beside the first."""
    own: Literal["", "text", "date", "number", "whom"] = ""
    """What may be typed instead of a choice; its value is posted as it is, but for `whom`: there somebody is looked for."""
    ours_key: str = ""
    """Where a colleague goes who was found by typing."""
    theirs_key: str = ""
    """Where somebody of theirs goes who was found by typing."""
    same_keys: tuple[str, ...] = ()
    """What means the same somebody and is put right with it."""

    def same_json(self) -> str:
        return json.dumps(self.same_keys)


@dataclass(frozen=True, slots=True)
class UnderstoodRow:
    """One line of *I understood*. `kind` is the whole label: "We promise Sami"."""

    key: str
    kind: str
    pieces: tuple[Piece, ...]
    hint: str = ""
    is_left_out: bool = False
    head: tuple[Piece, ...] = ()
    """The label in pieces, where one of them can be put right."""

    def every_piece(self) -> tuple[Piece, ...]:
        return (*self.head, *self.pieces)


@dataclass(frozen=True, slots=True)
class Underline:
    """Where words were read, in characters (code points) of the note, end exclusive. They may nest."""

    start: int
    end: int
    ink: Literal["between", "trade", "unsure"] = "between"


@dataclass(frozen=True, slots=True)
class Understood:
    rows: tuple[UnderstoodRow, ...]
    underlines: tuple[Underline, ...]
    who_sees: str

    def underlines_json(self) -> str:
        """For the island: `[[start, end, ink], …]`."""
        return json.dumps([[line.start, line.end, line.ink] for line in self.underlines])


@dataclass(frozen=True, slots=True)
class NoteBox:
    """The one box. It posts `words`, `note_id`, `about`, `written_at` and `corrections` (JSON, piece or row key to value;
    a row's value `""` leaves it out) to `keep_url`, and the same to `understood_url` while the writer types.

    `written_at` is empty without script; a note kept offline carries the time it was written, not that of its sending.
    """

    box: str
    """Names the draft on the device: "today", or the relationship's id."""
    member: str
    """Whose draft it is, so that two members on one device do not meet."""
    keep_url: str
    understood_url: str
    prompt: str
    note_id: str
    """Used when there is no script; with script the device makes one for each new note."""
    about: str = ""
    words: str = ""
    error: str = ""
    understood: Understood | None = None
    whom_url: str = ""
    """Where somebody else is looked for: asked with `words`."""
    write_url: str = ""
    """On phones Today shows this link instead of the box."""
    is_line: bool = False
    is_whole: bool = False
    """Alone on its page: the page's head has the act."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A note was kept; what of it went where, and the way back for as long as the page is open."""

    sentence: str
    undo_url: str
    links: tuple[Link, ...] = ()
    note_url: str = ""
    """Where each thing that was kept can be put right or taken back alone."""


def woven(sentence: str, **pieces: Piece) -> tuple[Piece, ...]:
    """Put pieces into a translated sentence: each keeps the place its language gives it.

    >>> [p.says for p in woven("%(what)s by %(due)s", what=Piece("the volumes", "k1"), due=Piece("Fri 9", "k2"))]
    ['the volumes', ' by ', 'Fri 9']
    """
    parts = re.split(r"%\((\w+)\)s", sentence)
    woven_parts = (pieces[part] if place % 2 else Piece(part) for place, part in enumerate(parts))
    return tuple(piece for piece in woven_parts if piece.says)


@dataclass(frozen=True, slots=True)
class WritePage:
    """The notebook over the whole screen, for phones."""

    box: NoteBox
    now: datetime
    later_url: str
    kept: Kept | None = None
    here: ClassVar[str] = "write"
