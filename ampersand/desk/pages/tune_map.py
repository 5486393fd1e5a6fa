"""The map: every relationship by its trade and by what lies between, each against its own usual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from ampersand.desk.pages.past_day import PastDay
from ampersand.desk.pages.words import Clause

View = Literal["", "list", "drawing"]
"""Empty: the drawing on a wide page, the list on a narrow one."""


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A relationship as it stands today. Shares of its own usual: 1 is usual, 2 twice as much."""

    key: str
    name: str
    trade: float
    relationship: float
    is_parted: bool
    """Whether its reading says that the two have parted: it is drawn in ochre."""
    url: str
    """The page with this one chosen."""
    says: str
    trail: tuple[tuple[float, float], ...] = ()
    """The past year, oldest first: trade and relationship at the time, without today's."""


@dataclass(frozen=True, slots=True)
class TuneMap:
    """What is drawn, and the chosen one of them."""

    drawn: tuple[MapPoint, ...]
    chosen: MapPoint | None = None


@dataclass(frozen=True, slots=True)
class MapChosen:
    """The one that was chosen, beside the drawing."""

    point: MapPoint
    life: int
    url: str
    why_url: str
    """What its place on the map rests on."""
    readings: tuple[Clause, ...]
    """What else is read of it, each opening what it rests on."""
    next_url: str = ""
    previous_url: str = ""


@dataclass(frozen=True, slots=True)
class MapRow:
    """The facts of one point, in the list. The sentence opens what it rests on."""

    name: str
    url: str
    says: str
    why_url: str
    year_ago: str = ""


@dataclass(frozen=True, slots=True)
class Thought:
    """Why one is worth a thought, in a few words, which open what they rest on."""

    name: str
    url: str
    says: str
    why_url: str


@dataclass(frozen=True, slots=True)
class MapLens:
    """What the map shows."""

    name: str
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class MapPage:
    today: date
    opening: tuple[Clause, ...]
    lenses: tuple[MapLens, ...]
    drawing: TuneMap | None
    """None where there is nothing to draw, and `opening` says so."""
    chosen: MapChosen | None = None
    thoughts: tuple[Thought, ...] = ()
    thoughts_more: str = ""
    rows: tuple[MapRow, ...] = ()
    not_drawn: str = ""
    """Of how many it is too early to say, and how many more there are than are shown."""
    view: View = ""
    list_url: str = ""
    drawing_url: str = ""
    next_url: str = ""
    previous_url: str = ""
    day: PastDay | None = None
    here: ClassVar[str] = "map"
