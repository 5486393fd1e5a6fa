"""Import: what came in, how a table is understood, what became of each row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal

from django.forms import BoundField

from ampersand.desk.pages.forms import Choice, Filter


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that were left out or rejected for one reason."""

    reason: str
    count: int
    example: str = ""


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One import in the list of what came in."""

    name: str
    url: str
    at: datetime
    by: str
    says: str
    """ "1,204 messages; 310 new, 890 joined, 4 left out"."""
    state: Literal["waiting", "running", "done", "stopped", "undoing", "undone"]


@dataclass(frozen=True, slots=True)
class ImportPage:
    today: date
    past: tuple[ImportRow, ...]
    start_url: str
    older_url: str = ""
    of_mail: str = ""
    """What the house keeps of a mail that is brought in; what it keeps not is not in the book."""
    error: str = ""
    here: ClassVar[str] = "import"


@dataclass(frozen=True, slots=True)
class ReportRow:
    """Somebody or something an import brought or met. `why` is a sentence; `place` is where it stood in the file."""

    name: str
    url: str
    why: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class ReportList:
    """The first of them, and how many more there are."""

    rows: tuple[ReportRow, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """One import: running with its progress, or done with every row accounted for (the five counts sum to seen)."""

    name: str
    kind: str
    at: datetime
    by: str
    state: Literal["waiting", "running", "done", "stopped", "undoing", "undone"]
    says: str
    seen: int
    new: int
    joined: int
    unchanged: int
    left_out: int
    rejected: int
    left_out_rows: tuple[LeftOut, ...]
    rejected_rows: tuple[LeftOut, ...]
    total: int | None = None
    """How many there are to see, once known."""
    refresh_url: str = ""
    """Asked every second while it runs; empty afterwards."""
    rejected_file_url: str = ""
    undo_url: str = ""
    resume_url: str = ""
    came_in: ReportList | None = None
    """Who became known by it."""
    joined_to: ReportList | None = None
    """What joined whom or what was known, and why it was taken for the same."""
    kept_after_undo: ReportList | None = None
    """What stayed, and what was written upon it since."""
    complete_until: datetime | None = None
    likely_says: str = ""
    """How many who came in are likely in the book already, and where one says of each."""
    likely_url: str = ""
    here: ClassVar[str] = "import"

    def has_lists(self) -> bool:
        """Whether it says of whom and what by name."""
        return any((self.came_in, self.joined_to, self.kept_after_undo))

    def share_done(self) -> float:
        return self.seen / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """A column of the file, what we took it for, and what else it may be."""

    name: str
    field_name: str
    choices: tuple[Choice, ...]
    is_unsure: bool = False


@dataclass(frozen=True, slots=True)
class MappingPage:
    """The step between a table and its import: columns as guessed, and the first ten rows as understood."""

    name: str
    start_url: str
    again_url: str
    columns: tuple[ColumnGuess, ...]
    readings: tuple[Filter, ...]
    """Encoding, delimiter, decimal sign, order of dates: each guessed, each can be changed."""
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    throw_away_url: str = ""
    is_table: bool = True
    """Of what is none there is nothing to bring in."""
    says: str = ""
    here: ClassVar[str] = "import"


@dataclass(frozen=True, slots=True)
class WhoRow:
    """One name in a chat, the first of what they wrote, and the two fields that say who they are."""

    name: str
    says: str
    words: tuple[str, ...]
    who: BoundField
    called: BoundField


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The step between a chat and its import: who is behind its names, and in which order its days stand."""

    name: str
    start_url: str
    rows: tuple[WhoRow, ...]
    days: tuple[BoundField, ...]
    errors: tuple[str, ...] = ()
    throw_away_url: str = ""
    here: ClassVar[str] = "import"
