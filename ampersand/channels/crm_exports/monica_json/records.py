"""What an export of Monica holds, record by record, and why some of it is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ampersand.channels.contacts.birthdays import Birthday
from ampersand.channels.contacts.cards import Address as PostalAddress
from ampersand.channels.outcomes import Place, Reason, Rejected
from ampersand.channels.outcomes import mark as _
from ampersand.parties.models import TieKind

UNREADABLE = _("This is no export of Monica: it cannot be read as JSON, or holds no account.")
NAMELESS = _("The contact has no name.")
NO_DAY = _("This is no day: %(told)s.")
NOBODY_THERE = _("It names nobody who took part.")
NOT_SAID = _("There are no words in it.")
YOU = _("This is you: you are here already.")
PARTIAL = _("They are only named for somebody else: kept there as a detail.")
DIARY = _("A page of your diary is about nobody in particular.")
THEIRS = _("Monica keeps this for itself: %(what)s.")
NO_TIE = _("What they are to each other has no place among ties: kept as a detail.")
LOOSE_FILE = _("A file that hangs on no contact.")


@dataclass(frozen=True)
class Person:
    """A contact. `reached` are their addresses as Monica types them: what it is, and the value."""

    place: Place
    uuid: str
    name: str
    sort_name: str = ""
    company: str = ""
    job: str = ""
    reached: tuple[tuple[str, str], ...] = ()
    postal: tuple[PostalAddress, ...] = ()
    birthday: Birthday | None = None
    facts: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, bytes, str], ...] = ()


@dataclass(frozen=True)
class About:
    """Words about one contact that tell of nothing that happened between people."""

    place: Place
    uuid: str
    key: str
    label: str
    words: str
    why: str = ""


@dataclass(frozen=True)
class Happened:
    """A call, an activity, a message. `when` is a day where no hour is told; `by_them` who reached out, if it is told."""

    place: Place
    key: str
    mode: str
    when: date | datetime
    people: tuple[str, ...]
    subject: str = ""
    words: str = ""
    by_them: bool | None = None


@dataclass(frozen=True)
class Link:
    """What one contact is to another."""

    place: Place
    key: str
    kind: TieKind
    from_uuid: str
    to_uuid: str
    role: str


@dataclass(frozen=True)
class LeftOut:
    place: Place
    reason: Reason
    what: str = ""


Record = Person | About | Happened | Link | LeftOut | Rejected


@dataclass
class Account:
    """The lists of an account, and what its numbers stand for."""

    name: str
    lists: Mapping[str, list[Mapping[str, Any]]]
    properties: Mapping[str, Any]
    types: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    files: dict[str, Mapping[str, Any]] = field(default_factory=dict)
