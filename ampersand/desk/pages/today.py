"""Today."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, Literal

from ampersand.desk.pages.handing_over import HandingSaid, HandingWaits
from ampersand.desk.pages.notebook import Kept, NoteBox
from ampersand.desk.pages.promise import AskedPart
from ampersand.desk.pages.promises import PromiseRow
from ampersand.desk.pages.strips import RhythmStrip, Strip
from ampersand.desk.pages.words import Clause, Mode


@dataclass(frozen=True, slots=True)
class TendRow:
    """One of at most seven relationships asking for attention."""

    name: str
    of: str
    """The organisation they act for, as plain words; may be empty."""
    url: str
    life: int
    reason: tuple[Clause, ...]
    how: str
    """The lightest way within their terms, in a sentence or two."""
    how_icon: Mode | Literal[""]
    strip: Strip | None
    tend_url: str
    """The relationship, ready to write."""
    not_now_url: str
    rest_url: str


@dataclass(frozen=True, slots=True)
class MeetingRow:
    at: datetime | None
    """None for the whole day."""
    name: str
    of: str = ""
    note: str = ""
    url: str = ""
    is_some_time: bool = False
    """At some time of the day that nobody has said."""
    own_words: str = ""
    """What the one who looks wrote when they planned it; only they see it."""
    own_url: str = ""
    """Their note, where the plan is put on another day or taken back."""
    visit_url: str = ""
    """Where those who go say whether it needs a visit; empty once somebody did."""
    chosen: str = ""
    worth_url: str = ""
    """Where both are asked whether it was worth their time, once it is over and until somebody asked."""
    before_url: str = ""
    """The still page to read before it."""
    clash: str = ""
    """What of the other's terms stands against it, and who said it when: the plan is shown struck through."""


@dataclass(frozen=True, slots=True)
class NamedRow:
    """Somebody whom the other side of a relationship brings in."""

    name: str
    address: str
    why: str
    by: str
    by_url: str
    on: datetime
    keep_url: str
    leave_url: str


@dataclass(frozen=True, slots=True)
class TodayPage:
    today: date
    opening: str
    box: NoteBox
    tend: tuple[TendRow, ...]
    closing: str
    """ "That is enough. The other 41 are in rhythm, or resting." With no rows: "All is in rhythm. Enough for today."."""
    meetings: tuple[MeetingRow, ...]
    ours: tuple[PromiseRow, ...]
    theirs: tuple[PromiseRow, ...]
    asked: AskedPart = field(default_factory=AskedPart)
    """What waits for one's word, and what shakes below a promise of one's own."""
    named: tuple[NamedRow, ...] = ()
    handed: tuple[tuple[HandingWaits, ...], tuple[HandingSaid, ...]] = ((), ())
    """What waits for a word on tending something, and what was said to what one handed over or took."""
    """Whom those one tends bring in, until it is settled."""
    is_empty_house: bool = False
    """Nothing was brought in yet: the page offers the two first acts."""
    import_url: str = ""
    kept: Kept | None = None
    here: ClassVar[str] = "today"

    def has_rhythm(self) -> bool:
        return any(isinstance(row.strip, RhythmStrip) for row in self.tend)
