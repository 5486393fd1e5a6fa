"""The page of a party."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal


@dataclass(frozen=True, slots=True)
class KnownRow:
    """An identifier, a detail or an earlier name: a claim with its source, which can be withdrawn."""

    label: str
    value: str
    source: str
    since: date | datetime | None = None
    is_withdrawn: bool = False
    withdraw_url: str = ""
    reach_url: str = ""
    """tel: or mailto:, or a page elsewhere."""
    after_url: str = ""
    """The notebook that asks how it was, once they were called or written to."""
    map_url: str = ""

    @property
    def told(self) -> tuple[str, date | None]:
        """Who told it on which day: claims of one telling stand together."""
        return self.source, self.since.date() if isinstance(self.since, datetime) else self.since


@dataclass(frozen=True, slots=True)
class TagRow:
    word: str
    url: str
    """The list of all of whom it is said."""
    withdraw_url: str = ""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What the house says of a party in its own words, and the fields in which it says more."""

    tags: tuple[TagRow, ...] = ()
    tag_url: str = ""
    tell_url: str = ""
    photo_url: str = ""
    photo_send_url: str = ""
    photo_withdraw_url: str = ""
    monogram: str = ""
    there: str = ""
    """ "It is 03:10 there (Asia/Tokyo)."."""
    speaks: str = ""
    words_in_use: tuple[str, ...] = ()
    labels_in_use: tuple[str, ...] = ()
    word: str = ""
    label: str = ""
    value: str = ""
    wrong: str = ""
    """The field that is wrong: word, label, value or photo."""
    error: str = ""


@dataclass(frozen=True, slots=True)
class TieRow:
    says: str
    """ "works at", with who in `name`."""
    name: str
    url: str
    told: str
    from_on: date | None = None
    until_on: date | None = None
    end_url: str = ""
    withdraw_url: str = ""


@dataclass(frozen=True, slots=True)
class DoubleRow:
    """Another party that may be the same, why we think so, and where both stand side by side."""

    name: str
    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class ToldAsRow:
    """A party that is taken to be this one: how it was told, and where they can be two again."""

    name: str
    since: datetime
    told: str
    apart_url: str = ""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that came with a moment, and what that moment was about."""

    name: str
    url: str
    size: str
    told: str
    on: date | None = None
    moment_url: str = ""


@dataclass(frozen=True, slots=True)
class PartyPage:
    name: str
    kind: Literal["person", "organisation", "community"]
    today: date
    why_here: str
    """ "Here because you wrote to each other four times; first on 3 March 2024."."""
    relationship_url: str
    life: int | None
    identifiers: tuple[KnownRow, ...]
    elsewhere: tuple[KnownRow, ...]
    """Under which number other programs know them."""
    details: tuple[KnownRow, ...]
    ties: tuple[TieRow, ...]
    doubles: tuple[DoubleRow, ...]
    told_as: tuple[ToldAsRow, ...]
    """Parties that stand for this one, as they were told."""
    files: tuple[FileRow, ...]
    known_on: date | None = None
    """Set when the page shows what was known on a past day."""
    is_trace: bool = False
    promote_url: str = ""
    edit_url: str = ""
    tie_url: str = ""
    same_url: str = ""
    erase_url: str = ""
    erased_on: date | None = None
    own: OwnWords | None = None
    here: ClassVar[str] = "relationships"
