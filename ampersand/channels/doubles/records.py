"""Records of tables as they are compared: columns guessed as by import, every row, also one that import would hand back."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ampersand.channels.contacts.birthdays import read_birthday
from ampersand.channels.tables import columns, layout, values, words
from ampersand.channels.tables.mapping import Column, Mapping
from ampersand.channels.tables.meanings import Kind, Meaning
from ampersand.channels.tables.unpacking import NoTable
from ampersand.core.words import gettext as _
from ampersand.parties.doubles.traits import ORGANISATION, OTHERS_MAX, PERSON, Traits

# Headings that say more of a place than import keeps apart.
_NUMBERS = {"street number", "house number", "house no", "street no", "hausnummer", "hausnr", "numero"}
_TOWNS = {"suburb", "locality", "district", "municipality", "gemeinde", "ortsteil", "commune", "municipio"}
_PLACES = {"address 2", "address line 2", "address 3", "street 2", "adresszusatz", "building", "complement"}
# Longer cells are words about somebody, in which likeness says nothing.
_LONGEST_OTHER = 40
_SAMPLE = 2_000


class NoColumns(ValueError):
    """A table in which nothing says who somebody is."""


@dataclass(frozen=True)
class Sheet:
    """A table and what its columns are: the meaning of each, which one holds the ids, and which others are compared."""

    path: Path
    mapping: Mapping
    key: int | None
    meanings: tuple[str, ...]
    others: tuple[int, ...]


def read(paths: Sequence[Path]) -> list[Iterator[Traits]]:
    """The records of one table or of two. What import has no place for is compared where both tables have the heading.

    Raises NoTable, and NoColumns where nothing in a table says who somebody is.
    """
    sheets = [_understood(path) for path in paths]
    headings = [[_heading(sheet, index) for index in sheet.others] for sheet in sheets]
    common = [heading for heading in headings[0] if all(heading in of_sheet for of_sheet in headings)][:OTHERS_MAX]
    return [
        _records(sheet, [sheet.others[of_sheet.index(heading)] for heading in common])
        for sheet, of_sheet in zip(sheets, headings, strict=True)
    ]


def _understood(path: Path) -> Sheet:
    found = layout.sniff(path)
    if not found.headers:
        raise NoTable(
            _("There is no row in %(name)s. Choose a table with a heading over each column.") % {"name": path.name}
        )
    mapping = columns.guess(path, found)
    cells = _sample(path, mapping)
    meanings = tuple(_meaning(column) for column in mapping.columns)
    key = _key_column(mapping, cells)
    others = tuple(
        index for index, meaning in enumerate(meanings) if meaning == "other" and index != key and _tells(cells[index])
    )
    if not set(meanings) & {"given", "family", "name", "email", "phone", "organisation"}:
        words_ = _("Nothing in %(name)s says who somebody is. Give it a column of names, such as “name” or “surname”.")
        raise NoColumns(words_ % {"name": path.name})
    return Sheet(path, mapping, key, meanings, others)


def _meaning(column: Column) -> str:
    heading = words.plain(column.header)
    if heading in _NUMBERS:
        return "number"
    if heading in _TOWNS:
        return "town"
    if heading in _PLACES:
        return "place"
    meaning = column.meaning
    if meaning is Meaning.DETAIL:
        # Of several addresses import keeps one; here every line of them counts.
        named = words.find_meaning(column.header)
        meaning = named if named in columns.ADDRESSES else Meaning.DETAIL
    return _MEANT.get(meaning, "other" if meaning in (Meaning.DETAIL, Meaning.NUMBER) else "")


_MEANT = {
    Meaning.NAME: "name", Meaning.GIVEN_NAME: "given", Meaning.FAMILY_NAME: "family", Meaning.ORGANISATION: "organisation",
    Meaning.EMAIL: "email", Meaning.PHONE: "phone", Meaning.URL: "url", Meaning.STREET: "street", Meaning.CITY: "town",
    Meaning.POSTCODE: "postcode", Meaning.REGION: "region", Meaning.BIRTHDAY: "birthday",
    Meaning.ADDRESS: "street",
}  # fmt: skip


def _key_column(mapping: Mapping, cells: Sequence[list[str]]) -> int | None:
    """The column of ids: the one that says so and tells every row apart; else the number of the row is its id."""
    told = [index for index, column in enumerate(mapping.columns) if column.meaning is Meaning.EXTERNAL_ID]
    named = [index for index, column in enumerate(mapping.columns) if words.plain(column.header).split()[-1:] == ["id"]]
    return next((index for index in [*told, *named] if _tells_apart(cells[index])), None)


def _sample(path: Path, mapping: Mapping) -> list[list[str]]:
    cells: dict[int, list[str]] = defaultdict(list)
    width = len(mapping.columns)
    for count, (_line, row) in enumerate(layout.read_rows(path, mapping.layout)):
        if count >= _SAMPLE:
            break
        if not isinstance(row, csv.Error):
            for index in range(width):
                cells[index].append(row[index].strip() if index < len(row) else "")
    return [cells[index] for index in range(width)]


def _tells_apart(cells: Sequence[str]) -> bool:
    return bool(cells) and all(cells) and len(set(cells)) == len(cells)


def _tells(cells: Sequence[str]) -> bool:
    """Whether a column without a place of its own says something of who somebody is: short, often filled, seldom the same."""
    filled = [cell for cell in cells if cell]
    if len(filled) < max(2, len(cells) / 5) or max(map(len, filled)) > _LONGEST_OTHER:
        return False
    return len(set(filled)) > len(filled) / 2


def _heading(sheet: Sheet, index: int) -> str:
    return words.plain(sheet.mapping.columns[index].header)


def _records(sheet: Sheet, others: Sequence[int]) -> Iterator[Traits]:
    seen: set[str] = set()
    for line, cells in layout.read_rows(sheet.path, sheet.mapping.layout):
        if isinstance(cells, csv.Error) or not any(cell.strip() for cell in cells):
            continue
        padded = [cell.strip() for cell in cells] + [""] * (len(sheet.meanings) - len(cells))
        key = padded[sheet.key] if sheet.key is not None else ""
        # An id told twice would make one of two: the row's number tells them apart.
        key = key if key and key not in seen else f"{key}#{line}" if key else str(line)
        seen.add(key)
        yield _traits(sheet, padded, key, others)


def _traits(sheet: Sheet, cells: Sequence[str], key: str, others: Sequence[int]) -> Traits:
    told: dict[str, list[str]] = defaultdict(list)
    for index, meaning in enumerate(sheet.meanings):
        if meaning and cells[index]:
            told[meaning].append(
                _birthday(cells[index], sheet.mapping.columns[index]) if meaning == "birthday" else cells[index]
            )
    is_person = sheet.mapping.kind is not Kind.ORGANISATIONS
    return Traits(
        key,
        kind=PERSON if is_person else ORGANISATION,
        name=_first(told, "name"),
        given=_first(told, "given"),
        family=_first(told, "family"),
        number=_first(told, "number"),
        street=_first(told, "street"),
        place=" ".join([*told["street"][1:], *told["place"]]),
        town=_first(told, "town"),
        postcode=_first(told, "postcode"),
        region=_first(told, "region"),
        birthday=_first(told, "birthday"),
        emails=tuple(dict.fromkeys(email.lower() for cell in told["email"] for email in values.find_emails(cell))),
        phones=tuple(told["phone"]),
        urls=tuple(told["url"]),
        organisation=_first(told, "organisation"),
        others=tuple(cells[index] for index in others),
    )


def _first(told: dict[str, list[str]], meaning: str) -> str:
    return next(iter(told.get(meaning, ())), "")


def _birthday(cell: str, column: Column) -> str:
    """As digits, year first; a day that no calendar has is told as it is, since a slip is what is looked for."""
    birthday = read_birthday(cell, column.date_order)
    if birthday is None:
        return cell
    return f"{birthday.year or ''}{birthday.month:02d}{birthday.day:02d}"
