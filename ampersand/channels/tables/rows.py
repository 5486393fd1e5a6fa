"""The rows of a table as understood, each with its line, or left out or rejected with the reason."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from ampersand.channels.contacts.birthdays import read_birthday
from ampersand.channels.contacts.names import NameParts, name_from_address
from ampersand.channels.outcomes import Place, Reason, Rejected
from ampersand.channels.outcomes import mark as _
from ampersand.channels.tables import values
from ampersand.channels.tables.layout import read_rows
from ampersand.channels.tables.mapping import Column, Mapping
from ampersand.channels.tables.meanings import Kind, Meaning
from ampersand.channels.tables.unpacking import UnpacksNoFurther
from ampersand.channels.tables.values import NotReadable
from ampersand.core.folding import fold

NO_FURTHER = _(
    "The packed file is damaged here, or unpacks to more than a table holds. What stood after it was not read."
)
NOT_A_ROW = _("The row cannot be taken apart: a quotation mark may be missing.")
TOO_NARROW = _("The row has %(found)d of %(expected)d columns.")
TOO_WIDE = _("The row has %(found)d columns instead of %(expected)d: a separator may stand inside a value.")
NOBODY = _("The row names nobody: no name, no organisation and no e-mail address.")
NO_ORGANISATION = _("The row names no organisation.")
NO_DATE = _("The row has no date.")
NO_AMOUNT = _("The row has neither an amount nor a number.")
NO_PARTY = _("The row does not say with whom.")
BAD_CELL = _("“%(cell)s” in the column %(column)s cannot be read.")
EMPTY = _("The row is empty.")
A_TOTAL = _("This is a row of totals.")
SAME_AGAIN = _("The same row stands on line %(line)d.")
DELETED = _("It was deleted in the system it comes from.")
NOT_YET = _("It is still to be done: only what has happened is a moment.")
AN_OFFER = _("This is an offer in the making, which is no transaction. Offers cannot be brought in from a table yet.")

_TOTALS = {"total", "totals", "grand total", "sum", "summe", "gesamt", "gesamtsumme", "somme", "suma", "total general"}
_STILL_OPEN = {
    "not started", "to do", "todo", "open", "planned", "deferred", "in progress", "waiting on someone else", "offen",
    "geplant", "zu erledigen", "in arbeit", "a faire", "en cours", "prevu", "pendiente", "por hacer", "false", "no",
    "nein", "non",
}  # fmt: skip
_WHO = {
    Meaning.NAME, Meaning.ORGANISATION, Meaning.EMAIL, Meaning.PERSON_ID, Meaning.ORGANISATION_ID, Meaning.GIVEN_NAME,
    Meaning.FAMILY_NAME, Meaning.NICKNAME,
}  # fmt: skip
_WITH_WHOM = _WHO | {Meaning.PHONE, Meaning.SENDER, Meaning.RECEIVER}
_SEVERAL = re.compile(r"\s*(?::::|;|,|\|)\s*")
_MARKED = re.compile(r"^'(?=\s*[=+\-@\uff0b\uff0d\uff1d\uff20]|[\t\r\n])")


@dataclass(slots=True)
class Row:
    """A row understood. `values` holds, by meaning: text; a list of text for e-mail, web page and category; pairs of
    heading and text for phone, fax and detail; a day or an instant (UTC) for date, end and due date; (amount, currency
    or "") for amount; a Birthday for birthday; a length for duration; yes or no for the two questions.
    """

    place: Place
    kind: Kind
    cells: list[str]
    values: dict[Meaning, Any]

    @property
    def key(self) -> str:
        """The row's own id in the system it comes from, else a digest of all it says."""
        told = self.values.get(Meaning.EXTERNAL_ID)
        return str(told) if told else "digest:" + hashlib.sha256("\x1f".join(self.cells).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class LeftOutRow:
    place: Place
    reason: Reason
    what: str = ""
    cells: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class RejectedRow(Rejected):
    cells: list[str] = field(default_factory=list)


RowOutcome = Row | LeftOutRow | RejectedRow
Store = Callable[[dict[Meaning, Any], str], None]


def read(path: Path, mapping: Mapping, *, name: str = "") -> Iterator[RowOutcome]:
    """Yield what becomes of each row, in order, holding one row at a time (and a number for each row seen).

    `name` is the path to keep in places. Equal rows of people and organisations come once; equal moments and
    transactions all come, as the same small order twice on a day is two orders.
    """
    name = name or path.name
    stores = _stores(mapping)
    width = len(mapping.columns)
    knows_doubles = mapping.kind in {Kind.PEOPLE, Kind.ORGANISATIONS}
    first_lines: dict[int, int] = {}
    for line, cells in read_rows(path, mapping.layout):
        if isinstance(cells, csv.Error):
            cut = NO_FURTHER if isinstance(cells, UnpacksNoFurther) else NOT_A_ROW
            yield RejectedRow(Place(name, line), Reason(cut), "", [])
            continue
        outcome = _read_row(cells, stores, width, mapping, Place(name, line))
        if knows_doubles and type(outcome) is Row:
            first = first_lines.setdefault(hash(tuple(cells)), line)
            if first != line:
                outcome = LeftOutRow(outcome.place, Reason(SAME_AGAIN, {"line": first}), _what(cells), cells)
        yield outcome


def first(path: Path, mapping: Mapping, *, count: int = 10) -> list[RowOutcome]:
    """The first rows as understood, for a person to judge the mapping by."""
    return list(islice(read(path, mapping), count))


def by_column(row: RowOutcome, mapping: Mapping) -> list[tuple[Meaning, Any] | None]:
    """What each column of a row says by itself, in order, with the meaning it is kept under; None for nothing and for
    what cannot be read. Values as in `Row.values`; an amount has the currency that the whole row gives it.
    """
    told = [_cell_alone(row.cells, index, column, mapping.zone) for index, column in enumerate(mapping.columns)]
    currency = next((value for meaning, value in filter(None, told) if meaning is Meaning.CURRENCY), "")
    for index, one in enumerate(told):
        if one and one[0] is Meaning.AMOUNT and mapping.kind is Kind.TRANSACTIONS:
            amount, beside = one[1]
            told[index] = Meaning.AMOUNT, (amount, currency or beside or mapping.currency)
    return told


def _cell_alone(cells: list[str], index: int, column: Column, zone: str) -> tuple[Meaning, Any] | None:
    cell = cells[index].strip() if index < len(cells) else ""
    if not cell or column.meaning is Meaning.IGNORE:
        return None
    told: dict[Meaning, Any] = {}
    try:
        _store(column, zone)(told, _MARKED.sub("", cell))
    except NotReadable:
        return None
    return next(iter(told.items()), None)


def _read_row(
    cells: list[str], stores: list[tuple[int, Column, Store]], width: int, mapping: Mapping, place: Place
) -> RowOutcome:
    problem = _shape_problem(cells, width)
    if problem:
        return problem(place, cells)
    told: dict[Meaning, Any] = {}
    for index, column, store in stores:
        if index < len(cells) and (cell := cells[index].strip()):
            try:
                store(told, _MARKED.sub("", cell) if cell[0] == "'" else cell)
            except NotReadable:
                reason = Reason(BAD_CELL, {"cell": cell[:60], "column": column.header})
                return RejectedRow(place, reason, _what(cells), cells)
    why_left_out = _why_left_out(told, mapping.kind)
    if why_left_out:
        return LeftOutRow(place, Reason(why_left_out), _what(cells), cells)
    why_rejected = _COMPLETE[mapping.kind](told, mapping)
    if why_rejected:
        return RejectedRow(place, Reason(why_rejected), _what(cells), cells)
    return Row(place, mapping.kind, cells, told)


def _shape_problem(cells: list[str], width: int) -> Callable[[Place, list[str]], RowOutcome] | None:
    """What is wrong with a row before its cells are looked at. Excel leaves off empty cells at the end of a row."""
    if len(cells) == width and _first_word(cells) not in _TOTALS:
        if any(cells) and any(cell.strip() for cell in cells):
            return None
        return lambda place, cells: LeftOutRow(place, Reason(EMPTY), "", cells)
    if not cells or not any(cell.strip() for cell in cells):
        return lambda place, cells: LeftOutRow(place, Reason(EMPTY), "", cells)
    if _first_word(cells) in _TOTALS and sum(bool(cell.strip()) for cell in cells) <= max(2, width / 2):
        return lambda place, cells: LeftOutRow(place, Reason(A_TOTAL), _what(cells), cells)
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        sizes = {"found": len(cells), "expected": width}
        return lambda place, cells: RejectedRow(place, Reason(TOO_WIDE, sizes), _what(cells), cells)
    if len(cells) < width and len(cells) < max(2, width / 2):
        sizes = {"found": len(cells), "expected": width}
        return lambda place, cells: RejectedRow(place, Reason(TOO_NARROW, sizes), _what(cells), cells)
    return None


def _first_word(cells: list[str]) -> str:
    return fold(cells[0].strip(" :")) if cells else ""


def _what(cells: list[str]) -> str:
    return " · ".join(filter(None, (" ".join(cell.split()) for cell in cells[:6])))[:100]


def _why_left_out(told: dict[Meaning, Any], kind: Kind) -> str:
    if told.get(Meaning.IS_DELETED):
        return DELETED
    if kind is Kind.MOMENTS and fold(told.get(Meaning.STATUS, "")) in _STILL_OPEN:
        return NOT_YET
    return AN_OFFER if kind is Kind.OFFERS else ""


def _complete_person(told: dict[Meaning, Any], mapping: Mapping) -> str:
    """Put a name together where none was told. A row with an organisation alone stands for the organisation."""
    if Meaning.NAME not in told:
        parts = NameParts(
            told.get(Meaning.FAMILY_NAME, ""), told.get(Meaning.GIVEN_NAME, ""), told.get(Meaning.MIDDLE_NAME, ""),
            told.get(Meaning.PREFIX, ""), told.get(Meaning.SUFFIX, ""),
        )  # fmt: skip
        has_name = bool(parts.family or parts.given)
        emails = told.get(Meaning.EMAIL, [])
        name = (parts.shown if has_name else "") or told.get(Meaning.NICKNAME, "")
        if not name and not emails and told.get(Meaning.ORGANISATION):
            told[Meaning.IS_ORGANISATION] = True
        name = name or (name_from_address(emails[0]) if emails else told.get(Meaning.ORGANISATION, ""))
        if not name:
            return NOBODY
        told[Meaning.NAME] = name
        if has_name and parts.sorted_by:
            told.setdefault(Meaning.SORT_NAME, parts.sorted_by)
    return ""


def _complete_organisation(told: dict[Meaning, Any], mapping: Mapping) -> str:
    return "" if told.get(Meaning.ORGANISATION) else NO_ORGANISATION


def _complete_moment(told: dict[Meaning, Any], mapping: Mapping) -> str:
    if Meaning.DATE not in told:
        return NO_DATE
    _put_time(told, mapping)
    return "" if any(map(told.get, _WITH_WHOM)) else NO_PARTY


def _complete_transaction(told: dict[Meaning, Any], mapping: Mapping) -> str:
    if Meaning.DATE not in told:
        return NO_DATE
    if Meaning.AMOUNT not in told and Meaning.NUMBER not in told:
        return NO_AMOUNT
    _put_time(told, mapping)
    if Meaning.AMOUNT in told:
        amount, currency = told[Meaning.AMOUNT]
        told[Meaning.AMOUNT] = amount, told.get(Meaning.CURRENCY) or currency or mapping.currency
    return "" if any(map(told.get, _WHO)) else NO_PARTY


def _put_time(told: dict[Meaning, Any], mapping: Mapping) -> None:
    """A time of day in a column of its own belongs to the day beside it."""
    clock = told.pop(Meaning.TIME, None)
    if clock is not None and not hasattr(told[Meaning.DATE], "hour"):
        told[Meaning.DATE] = values.join(told[Meaning.DATE], clock, mapping.zone)


_COMPLETE: dict[Kind, Callable[[dict[Meaning, Any], Mapping], str]] = {
    Kind.PEOPLE: _complete_person,
    Kind.ORGANISATIONS: _complete_organisation,
    Kind.MOMENTS: _complete_moment,
    Kind.TRANSACTIONS: _complete_transaction,
    Kind.OFFERS: lambda told, mapping: "",
}


def _stores(mapping: Mapping) -> list[tuple[int, Column, Store]]:
    """For each column that is kept, how a cell of it is read and where it goes; made once, used for every row."""
    return [
        (index, column, _store(column, mapping.zone))
        for index, column in enumerate(mapping.columns)
        if column.meaning is not Meaning.IGNORE
    ]


def _store(column: Column, zone: str) -> Store:
    meaning, header = column.meaning, column.header

    def keep_text(told: dict[Meaning, Any], cell: str) -> None:
        told.setdefault(meaning, " ".join(cell.split()))

    def join_lines(told: dict[Meaning, Any], cell: str) -> None:
        told[meaning] = f"{told[meaning]}\n{cell}" if meaning in told else cell

    def join_street(told: dict[Meaning, Any], cell: str) -> None:
        street = ", ".join(filter(None, map(str.strip, cell.splitlines())))
        told[meaning] = f"{told[meaning]}, {street}" if meaning in told else street

    def add_pair(told: dict[Meaning, Any], cell: str) -> None:
        told.setdefault(meaning, []).append((header, cell))

    def add_phones(told: dict[Meaning, Any], cell: str) -> None:
        for number in cell.split(" ::: "):
            # Words where a number should stand are kept, but nobody can be reached by them.
            kept_as = meaning if any(map(str.isdigit, number)) else Meaning.DETAIL
            told.setdefault(kept_as, []).append((header, number.strip()))

    def add_emails(told: dict[Meaning, Any], cell: str) -> None:
        found = values.find_emails(cell)
        if found:
            told[Meaning.EMAIL] = list(dict.fromkeys([*told.get(Meaning.EMAIL, []), *found]))
        else:
            told.setdefault(Meaning.DETAIL, []).append((header, cell))

    def add_several(told: dict[Meaning, Any], cell: str) -> None:
        told.setdefault(meaning, []).extend(word.lstrip("* ") for word in _SEVERAL.split(cell) if word.strip("* "))

    def add_url(told: dict[Meaning, Any], cell: str) -> None:
        told.setdefault(meaning, []).append(cell)

    def keep_when(told: dict[Meaning, Any], cell: str) -> None:
        when = values.read_when(cell, column.date_order, zone)
        if when is not None:
            told.setdefault(meaning, when)

    def keep_birthday(told: dict[Meaning, Any], cell: str) -> None:
        birthday = read_birthday(cell, column.date_order)
        if birthday:
            told.setdefault(meaning, birthday)
        elif any(digit in cell for digit in "123456789"):
            told.setdefault(Meaning.DETAIL, []).append((header, cell))

    def keep_clock(told: dict[Meaning, Any], cell: str) -> None:
        told.setdefault(meaning, values.read_clock(cell))

    def keep_amount(told: dict[Meaning, Any], cell: str) -> None:
        amount = values.read_amount(cell, column.decimal_mark or ".")
        if amount is not None:
            told.setdefault(meaning, amount)

    def keep_currency(told: dict[Meaning, Any], cell: str) -> None:
        told.setdefault(meaning, values.read_currency(cell))

    def keep_duration(told: dict[Meaning, Any], cell: str) -> None:
        try:
            told.setdefault(meaning, values.read_duration(cell, is_in_seconds="second" in header.lower()))
        except NotReadable:
            told.setdefault(Meaning.DETAIL, []).append((header, cell))

    def keep_yes(told: dict[Meaning, Any], cell: str) -> None:
        told[meaning] = values.read_yes(cell)

    special: dict[Meaning, Store] = {
        Meaning.WORDS: join_lines, Meaning.STREET: join_street, Meaning.DETAIL: add_pair, Meaning.FAX: add_phones,
        Meaning.PHONE: add_phones, Meaning.EMAIL: add_emails, Meaning.CATEGORY: add_several, Meaning.URL: add_url,
        Meaning.DATE: keep_when, Meaning.ENDS: keep_when, Meaning.DUE_ON: keep_when, Meaning.BIRTHDAY: keep_birthday,
        Meaning.TIME: keep_clock, Meaning.AMOUNT: keep_amount, Meaning.CURRENCY: keep_currency,
        Meaning.DURATION: keep_duration, Meaning.IS_DELETED: keep_yes, Meaning.IS_ORGANISATION: keep_yes,
    }  # fmt: skip
    return special.get(meaning, keep_text)
