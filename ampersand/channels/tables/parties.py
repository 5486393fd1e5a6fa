"""Rows of a table as people and organisations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from ampersand.channels.contacts.birthdays import Birthday
from ampersand.channels.contacts.cards import Address as PostalAddress
from ampersand.channels.contacts.load import BIRTHDAY, CATEGORY, DEPARTMENT, NICKNAME, NOTE, POSITION, POSTAL, as_words
from ampersand.channels.contacts.load import in_one_line as envelope
from ampersand.channels.contacts.phones import find_region
from ampersand.channels.outcomes import plain
from ampersand.channels.somebody import Address, Fact, Somebody
from ampersand.channels.tables.mapping import Mapping
from ampersand.channels.tables.meanings import TIES, Kind, Meaning
from ampersand.channels.tables.rows import Row
from ampersand.core.folding import folded_words
from ampersand.parties.doubles.traits import FREE_MAIL
from ampersand.parties.identifiers import normalised
from ampersand.parties.models import Because, IdentifierKind, PartyKind

_SEVERAL_NUMBERS = re.compile(r"\s*[;,]\s*")
# What has a place of its own; the rest of a row becomes details under its headings.
_PLACED = {
    Meaning.NAME, Meaning.GIVEN_NAME, Meaning.MIDDLE_NAME, Meaning.FAMILY_NAME, Meaning.PREFIX, Meaning.SUFFIX,
    Meaning.SORT_NAME, Meaning.ORGANISATION, Meaning.ROLE, Meaning.EMAIL, Meaning.PHONE, Meaning.FAX, Meaning.URL,
    Meaning.STREET, Meaning.POSTCODE, Meaning.CITY, Meaning.REGION, Meaning.COUNTRY, Meaning.ADDRESS, Meaning.BIRTHDAY,
    Meaning.CATEGORY, Meaning.IS_ORGANISATION, Meaning.IS_DELETED, Meaning.EXTERNAL_ID, Meaning.ORGANISATION_ID,
    Meaning.PERSON_ID, Meaning.NICKNAME, Meaning.DEPARTMENT, Meaning.WORDS, Meaning.DETAIL, Meaning.IGNORE, *TIES,
}  # fmt: skip
_OF_A_PERSON = {Meaning.NAME, Meaning.GIVEN_NAME, Meaning.FAMILY_NAME, Meaning.NICKNAME, Meaning.PERSON_ID}
# What only the name of an organisation has.
_FORMS = frozenset(
    "inc ltd llc llp plc corp company limited gmbh ag kg ohg ug ev sa sarl sas spa srl bv nv ab as oy and und et co group "
    "hotel hotels school university bank".split()
)


class Reader:
    """Rows of one table read as somebody. Numbers elsewhere are labelled by their column, so that two of one column differ."""

    def __init__(self, mapping: Mapping, *, country: str, at: datetime) -> None:
        self.kind, self.country, self.at = mapping.kind, country, at
        self.is_export = bool(mapping.known_as)
        meant = {column.meaning for column in mapping.columns}
        # A table with one column of names: what stands beside a name is theirs.
        self.names_one = not self.is_export and Meaning.ORGANISATION in meant and meant.isdisjoint(_OF_A_PERSON)
        self.headers = {column.meaning: column.name for column in mapping.columns}
        # Lists of other programs that were recognised: there a cell may hold several numbers, and a number has its list.
        self.lists = {column.meaning: column.label for column in mapping.columns if column.label}

    def party(self, row: Row, place: str, key: str) -> Somebody:
        """The person or organisation that a row of such a table is about."""
        told = row.values
        is_person = self.kind is Kind.PEOPLE and not told.get(Meaning.IS_ORGANISATION)
        name = told.get(Meaning.NAME) or told.get(Meaning.ORGANISATION, "")
        if self.kind is Kind.ORGANISATIONS:
            name = told.get(Meaning.ORGANISATION) or name
        organisation, *also_at = self._workplaces(told) if is_person else [("", [])]
        return Somebody(
            place=place,
            name=plain(name),
            because=Because.TABLE,
            known_at=self.at,
            kind=PartyKind.PERSON if is_person else PartyKind.ORGANISATION,
            key=key,
            sort_name=plain(told.get(Meaning.SORT_NAME, "")),
            addresses=[*self._reached(told), *self._numbered(told, Meaning.EXTERNAL_ID)],
            facts=[Fact(plain(label), plain(value)) for label, value in self._facts(told) if value.strip()],
            organisation=organisation[0],
            organisation_addresses=organisation[1],
            also_at=also_at,
            role=plain(told.get(Meaning.ROLE, "")),
        )

    def people_of(self, row: Row, place: str, *, because: Because, at: datetime, name: str = "") -> Iterator[Somebody]:
        """All with whom something happened: those of several numbers one by one, else whom the row names."""
        numbers = list(self._numbered(row.values, Meaning.PERSON_ID))
        if len(numbers) > 1:
            for number in numbers:
                yield Somebody(place=place, name="", because=because, known_at=at, addresses=[number])
        elif one := self.person_of(row, place, because=because, at=at, name=name):
            yield one

    def person_of(self, row: Row, place: str, *, because: Because, at: datetime, name: str = "") -> Somebody | None:
        """The person with whom something happened, if the row names one by name, address or number."""
        told = row.values
        if self.names_one and told.get(Meaning.ORGANISATION) and not name:
            return self._the_one(row, place, because=because, at=at) if _is_personal(told) else None
        name = name or told.get(Meaning.NAME, "") or _put_together(told)
        addresses = [*self._reached(told), *self._numbered(told, Meaning.PERSON_ID)]
        if not name and not addresses:
            return None
        emails = told.get(Meaning.EMAIL, [])
        return Somebody(
            place=place,
            name=plain(name or (emails[0] if emails else "")),
            because=because,
            known_at=at,
            addresses=addresses,
            # In the export of a known program only the list of people says where somebody works.
            organisation="" if self.is_export else plain(told.get(Meaning.ORGANISATION, "")),
            organisation_addresses=[] if self.is_export else list(self._numbered(told, Meaning.ORGANISATION_ID)),
            role="" if self.is_export else plain(told.get(Meaning.ROLE, "")),
            is_found_by_name=True,
            is_beside_organisation=True,
        )

    def organisation_of(self, row: Row, place: str, *, because: Because, at: datetime) -> Somebody | None:
        """The organisation with which something happened, if the row names one."""
        told = row.values
        name, numbers = self._workplaces(told)[0]
        if self.names_one and name:
            return None if _is_personal(told) else self._the_one(row, place, because=because, at=at)
        if not name and not numbers:
            return None
        return Somebody(
            place=place,
            name=name,
            because=because,
            known_at=at,
            kind=PartyKind.ORGANISATION,
            addresses=numbers,
        )

    def _the_one(self, row: Row, place: str, *, because: Because, at: datetime) -> Somebody:
        """Whom a row names by one name, with every address and number in it."""
        told = row.values
        is_person = _is_personal(told)
        return Somebody(
            place=place,
            name=plain(told[Meaning.ORGANISATION]),
            because=because,
            known_at=at,
            kind=PartyKind.PERSON if is_person else PartyKind.ORGANISATION,
            addresses=[*self._reached(told), *self._numbered(told, Meaning.ORGANISATION_ID)],
            is_found_by_name=True,
        )

    def _reached(self, told: dict[Meaning, Any]) -> Iterator[Address]:
        for email in told.get(Meaning.EMAIL, ()):
            if clean := normalised(IdentifierKind.EMAIL, plain(email)):
                yield Address(IdentifierKind.EMAIL, clean, plain(email))
        named = told.get(Meaning.COUNTRY, "")
        country = (find_region(named) if named else "") or self.country
        for meaning in (Meaning.PHONE, Meaning.FAX):
            for header, number in told.get(meaning, ()):
                if clean := _phone(plain(number), country):
                    yield Address(IdentifierKind.PHONE, clean, plain(number), plain(header))
        for url in told.get(Meaning.URL, ()):
            if clean := normalised(IdentifierKind.URL, plain(url)):
                yield Address(IdentifierKind.URL, clean, plain(url))

    def _numbered(self, told: dict[Meaning, Any], meaning: Meaning) -> Iterator[Address]:
        told_there, of_list = plain(told.get(meaning, "")), self.lists.get(meaning, "")
        label = of_list or plain(self.headers.get(meaning, ""))[:60]
        for number in _SEVERAL_NUMBERS.split(told_there) if of_list else [told_there]:
            if number:
                # Two programs count from 1: the number alone would be another's as well.
                value = f"{of_list.partition(' ')[0]} {number}" if of_list else number
                yield Address(IdentifierKind.EXTERNAL, value[:320], number, label)

    def _workplaces(self, told: dict[Meaning, Any]) -> list[tuple[str, list[Address]]]:
        """The organisations of a row, by name and by number; at least one, which may be nothing."""
        name, numbers = plain(told.get(Meaning.ORGANISATION, "")), list(self._numbered(told, Meaning.ORGANISATION_ID))
        if len(numbers) < 2:
            return [(name, numbers)]
        names = [part.strip() for part in name.split(";")]
        if len(names) != len(numbers):
            names = [""] * len(numbers)
        return [(name, [number]) for name, number in zip(names, numbers, strict=True)]

    def _facts(self, told: dict[Meaning, Any]) -> Iterator[tuple[str, str]]:
        town = PostalAddress(
            street=told.get(Meaning.STREET, ""),
            city=told.get(Meaning.CITY, ""),
            region=told.get(Meaning.REGION, ""),
            postcode=told.get(Meaning.POSTCODE, ""),
            country=told.get(Meaning.COUNTRY, ""),
        )
        yield POSTAL, envelope(town) or told.get(Meaning.ADDRESS, "")
        birthday = told.get(Meaning.BIRTHDAY)
        yield BIRTHDAY, as_words(birthday) if isinstance(birthday, Birthday) else ""
        for meaning, label in ((Meaning.WORDS, NOTE), (Meaning.NICKNAME, NICKNAME), (Meaning.DEPARTMENT, DEPARTMENT)):
            yield label, told.get(meaning, "")
        if not told.get(Meaning.ORGANISATION) or self.kind is not Kind.PEOPLE:
            yield POSITION, told.get(Meaning.ROLE, "")
        yield from ((CATEGORY, category) for category in dict.fromkeys(told.get(Meaning.CATEGORY, ())))
        yield from told.get(Meaning.DETAIL, ())
        for meaning, value in told.items():
            if meaning not in _PLACED:
                yield self.headers.get(meaning, str(meaning)), as_text(value)


def _is_personal(told: dict[Meaning, Any]) -> bool:
    """Whether the address beside a name says that a person has it: it begins like the name, or is anybody's mailbox."""
    words = folded_words(told.get(Meaning.ORGANISATION, ""))
    if not _FORMS.isdisjoint(words):
        return False
    return any(_is_personal_address(email, words) for email in told.get(Meaning.EMAIL, ()))


def _is_personal_address(email: str, words: list[str]) -> bool:
    local, _at, domain = email.lower().partition("@")
    if domain in FREE_MAIL:
        return True
    if not 2 <= len(words) <= 4:
        return False
    first, last = words[0], words[-1]
    told, run = set(folded_words(local.replace("_", " "))), "".join(folded_words(local.replace("_", " ")))
    return bool(told & {first, last}) or run in {
        first + last,
        last + first,
        first[0] + last,
        last + first[0],
        first + last[0],
    }


def as_text(value: Any) -> str:
    """A value of a row in words: an amount with its currency, a day as ISO 8601 writes it."""
    if isinstance(value, tuple):
        return " ".join(str(part) for part in value if part)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _put_together(told: dict[Meaning, Any]) -> str:
    return " ".join(filter(None, [told.get(Meaning.GIVEN_NAME, ""), told.get(Meaning.FAMILY_NAME, "")]))


@lru_cache(maxsize=50_000)
def _phone(number: str, country: str) -> str:
    return normalised(IdentifierKind.PHONE, number, country=country)
