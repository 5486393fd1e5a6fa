"""The page of one relationship."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal

from ampersand.between.lines import MattersPart
from ampersand.desk.pages.negotiations import NegotiationRow
from ampersand.desk.pages.notebook import Kept, NoteBox
from ampersand.desk.pages.past_day import PastDay
from ampersand.desk.pages.promises import PromiseRow
from ampersand.desk.pages.strips import Gift, MonthShares, Strip
from ampersand.desk.pages.two_strips import TwoStrips
from ampersand.desk.pages.words import Clause, Mode


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A stored reading as a sentence, with its date and what it rests on."""

    says: str
    why_url: str
    as_of: datetime
    rests_on: str
    """ "23 gaps", "the last 4 letters": always a count with its unit."""
    strip: Strip | None = None
    is_folded: bool = False
    """Nothing to notice: all confirmed, in step, too early. It is there, folded."""


@dataclass(frozen=True, slots=True)
class GiveTake:
    """Concessions both ways over a year, each once; two columns, never a sum."""

    finding: str
    label: str
    gifts: tuple[Gift, ...]
    since: date
    theirs_name: str
    """ "she gave", "Alder gave"."""
    small_print: str


@dataclass(frozen=True, slots=True)
class TuneFigure:
    """Trade and what lies between over the past year, each against its own usual over three years."""

    finding: str
    """ "Out of tune since May"; or that the two are in tune."""
    why_url: str
    months: tuple[MonthShares, ...]
    """Oldest first, the present month last."""
    since_on: date | None
    """When they parted; None while they are in tune."""
    trade_says: str
    """ "a third more than usual"."""
    relationship_says: str
    small_print: str


@dataclass(frozen=True, slots=True)
class AroundRow:
    """Somebody who stands around them, by a tie."""

    name: str
    tie: str
    url: str
    note: str = ""
    life: int | None = None
    """Only where the house has a relationship with them."""


@dataclass(frozen=True, slots=True)
class NotebookRow:
    """One entry: a note of mine, a moment, or what somebody kept."""

    told: str
    """ "This morning, visit, Maya"."""
    says: str
    on: date | datetime
    url: str = ""
    is_mine: bool = False
    """The raw words, which only their writer sees."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Their own conditions. Without any, `empty_says` says so and what follows from it."""

    title: str
    told: str
    rows: tuple[tuple[Mode | Literal["x", "clock", "eye", ""], str], ...]
    empty_says: str = ""
    words: str = ""
    """What they said beside the lines, in their words."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class RelationshipPage:
    name: str
    life: int
    today: date
    standing: tuple[Clause, ...]
    """ "She buys for Alder Hotels. Between you since March 2023. Maya tends it, Tom helps."."""
    opening: tuple[Clause, ...]
    """The reading on top; one plain clause when it is too early to say."""
    box: NoteBox | None
    """None on a page of a past day, where nothing is written."""
    terms: Terms
    strips: TwoStrips | None
    readings: tuple[ReadingRow, ...]
    give_take: GiveTake | None
    ours: tuple[PromiseRow, ...]
    theirs: tuple[PromiseRow, ...]
    ours_title: str
    theirs_title: str
    kept_says: str
    matters: MattersPart
    """What matters to either side, and what is wondered."""
    around_title: str
    around: tuple[AroundRow, ...]
    notebook: tuple[NotebookRow, ...]
    notebook_more_url: str = ""
    party_url: str = ""
    tie_url: str = ""
    promise_url: str = ""
    """Where something is promised to them; nowhere for one of us or who was erased."""
    closed_says: str = ""
    """ "Only Maya and the team Hospitals see this." Empty when it is open to the house."""
    who_sees_url: str = ""
    write_url: str = ""
    between_url: str = ""
    their_page_url: str = ""
    give_take_url: str = ""
    negotiations: tuple[NegotiationRow, ...] = ()
    negotiate_url: str = ""
    """Where the agreement and the pulses lie."""
    tend_url: str = ""
    """Where one says "I tend it"; empty for who tends it already."""
    stop_tending_url: str = ""
    sides_url: str = ""
    before_url: str = ""
    tune: TuneFigure | None = None
    """None while it is too early to say whether the two are in tune."""
    kept: Kept | None = None
    own_way: ReadingRow | None = None
    """One's own way with them, for the member who looks alone."""
    day: PastDay | None = None
    here: ClassVar[str] = "relationships"

    @property
    def has_folded_readings(self) -> bool:
        return any(reading.is_folded for reading in self.readings)
