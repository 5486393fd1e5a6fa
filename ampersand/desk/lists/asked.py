"""What the list of relationships is asked for, as it stands in the address, and its orders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from ampersand.desk.lists.parts import Span
from ampersand.desk.models import NEVER, NOT_DUE

# A place in the list holds a sort key of up to 300 letters, whatever their script.
LONGEST_ASKED = 2_000
# Of what may be asked several times over, a tag or a detail, so many are taken.
SEVERAL_MAX = 6


@dataclass(frozen=True)
class Sort:
    """An order of the list: its column, whether the largest comes first, and what one needs to have a place in it. Each that has
    one has one of `facets`, where there are any."""

    column: str
    read: Callable[[str], Any]
    is_descending: bool = False
    needs: Span | None = None
    facets: tuple[str, ...] = ()


def storable(told: str) -> str:
    """Without the characters that PostgreSQL holds in no text."""
    return told.replace("\x00", "").encode("utf-8", "ignore").decode()


SORTS = {
    "name": Sort("sort_key", storable),
    "last": Sort("last_on", date.fromisoformat, is_descending=True),
    "quiet": Sort("last_on", date.fromisoformat, needs=Span("last_on", NEVER + timedelta(days=1))),
    "due": Sort("due_on", date.fromisoformat, needs=Span("due_on", None, NOT_DUE), facets=("promise:any",)),
    "ours": Sort("open_ours", int, is_descending=True),
    "theirs": Sort("open_theirs", int, is_descending=True),
    "kept": Sort("kept_share", Decimal, needs=Span("called_count", 1), facets=("kept:none", "kept:some", "kept:all")),
    "known": Sort("known_on", date.fromisoformat),
    "new": Sort("known_on", date.fromisoformat, is_descending=True),
    "trade": Sort("trade_amount", Decimal, is_descending=True),
}

_SEVERAL = ("tag", "detail")
_WHERE = ("sort", "since", "until")


@dataclass(frozen=True)
class Asked:
    """What the list was asked for. What is empty filters nothing; all that is not empty must be so."""

    words: str = ""
    kind: str = ""
    tag: tuple[str, ...] = ()
    tie: str = ""
    at: str = ""  # the organisation, as typed
    place: str = ""
    detail: tuple[str, ...] = ()  # label:value, or label: for any value
    tended: str = ""  # a member's id, "me" or "nobody"
    promise: str = ""  # any | ours | theirs | late
    move: str = ""  # quiet | ours
    last: str = ""  # within-90 | over-365 | never
    after: str = ""
    before: str = ""
    trade: str = ""  # yes | no
    because: str = ""
    closed: str = ""  # yes | no
    sort: str = "name"
    since: str = ""  # where a page begins, after the row it names
    until: str = ""  # where a page ends, before the row it names

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Asked:
        """From a query string, a form or what was saved. Takes only what it knows."""
        known: dict[str, Any] = {
            name: _several(told, name) if name in _SEVERAL else _one(told, name) for name in cls.__dataclass_fields__
        }
        known["sort"] = known["sort"] if known["sort"] in SORTS else "name"
        if label := _one(told, "label").partition(":")[0]:
            known["detail"] = _distinct([*known["detail"], f"{label}:{_one(told, 'value')}"])
        return cls(**known)

    def told(self) -> dict[str, Any]:
        """What is asked and in which order, without the place in the list: what is saved of it."""
        asked = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asked.items()
            if value and name not in ("since", "until") and (name, value) != ("sort", "name")
        }

    def url(self, **changed: Any) -> str:
        """The address of the list that is asked so, from its beginning unless a place is given."""
        asked = {name: getattr(self, name) for name in self.__dataclass_fields__} | {"since": "", "until": ""} | changed
        told = {name: value for name, value in asked.items() if value and (name, value) != ("sort", "name")}
        return reverse("desk:relationships") + (f"?{urlencode(told, doseq=True)}" if told else "")

    def without(self, name: str, value: str = "") -> str:
        """The address of the list that does not ask this; of what is asked several times, only this one not."""
        if name in _SEVERAL:
            return self.url(**{name: tuple(one for one in getattr(self, name) if one != value)})
        return self.url(**{name: ""})

    @property
    def is_filtered(self) -> bool:
        return any(getattr(self, name) for name in self.__dataclass_fields__ if name not in _WHERE)


def _one(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name, "")
    return storable(str(value)).strip()[:LONGEST_ASKED] if not isinstance(value, list | tuple | dict) else ""


def _several(told: Mapping[str, Any], name: str) -> tuple[str, ...]:
    values = told.getlist(name) if hasattr(told, "getlist") else told.get(name, ())
    listed: Iterable[Any] = [values] if isinstance(values, str) else values if isinstance(values, list | tuple) else ()
    return _distinct(storable(str(value)).strip()[:LONGEST_ASKED] for value in listed)


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(_each_once(values))[:SEVERAL_MAX]


def _each_once(values: Iterable[str]) -> Iterator[str]:
    seen = set()
    for value in values:
        if value and value.lower() not in seen:
            seen.add(value.lower())
            yield value
