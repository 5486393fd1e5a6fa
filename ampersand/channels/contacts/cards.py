"""What one address card says, in our own words."""

from __future__ import annotations

from dataclasses import dataclass

from ampersand.channels.contacts.birthdays import Birthday
from ampersand.channels.outcomes import Place, Reason

PERSON, ORGANISATION = "person", "organisation"


@dataclass(frozen=True, slots=True)
class Email:
    address: str
    label: str = ""
    is_preferred: bool = False


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it was told, and in E.164 where its country is known."""

    told: str
    e164: str = ""
    label: str = ""
    is_fax: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    street: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """Somebody the card names beside its own person: a spouse, an assistant, a manager."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Detail:
    """A labelled fact with no place of its own elsewhere."""

    label: str
    value: str


@dataclass(frozen=True)
class Card:
    """One card. `name_from` tells where the name was found: told, parts, nickname, organisation or address."""

    place: Place
    key: str
    uid: str
    name: str
    name_from: str
    sort_name: str
    kind: str
    given_name: str = ""
    family_name: str = ""
    nickname: str = ""
    organisation: str = ""
    unit: str = ""
    title: str = ""
    emails: tuple[Email, ...] = ()
    phones: tuple[Phone, ...] = ()
    urls: tuple[Detail, ...] = ()
    addresses: tuple[Address, ...] = ()
    birthday: Birthday | None = None
    note: str = ""
    photo: bytes | None = None
    categories: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """A card that was read and is not brought in."""

    place: Place
    reason: Reason
    what: str = ""
