"""Guessing what a table holds: what its rows are and what each column means, from headings and values."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from ampersand.channels.crm_exports import known
from ampersand.channels.crm_exports.shapes import Shape, Told, headings
from ampersand.channels.outcomes import mark as _
from ampersand.channels.tables import values, words
from ampersand.channels.tables.layout import Layout, is_hidden, read_rows
from ampersand.channels.tables.mapping import Column, Mapping
from ampersand.channels.tables.meanings import TIES, Kind, Meaning
from ampersand.core.folding import fold

HIDDEN = _("The workbook hides this sheet. Show it there and bring the workbook in again, if it is meant.")
NO_TABLE = _("This sheet holds no table of people, organisations, or what happened with them.")

SAMPLE_ROWS = 300
ENOUGH_SHARE = 0.7

MANY = {Meaning.EMAIL, Meaning.PHONE, Meaning.FAX, Meaning.URL, Meaning.STREET, Meaning.CATEGORY, Meaning.WORDS,
        Meaning.DETAIL, Meaning.IGNORE}  # fmt: skip
DATED = {Meaning.DATE, Meaning.ENDS, Meaning.DUE_ON, Meaning.BIRTHDAY}
ADDRESSES = {Meaning.STREET, Meaning.POSTCODE, Meaning.CITY, Meaning.REGION, Meaning.COUNTRY, Meaning.ADDRESS}

_SPEAKS_FOR = {
    Kind.PEOPLE: {
        Meaning.GIVEN_NAME: 3, Meaning.FAMILY_NAME: 3, Meaning.IS_ORGANISATION: 4, Meaning.EMAIL: 2,
        Meaning.BIRTHDAY: 2, Meaning.PHONE: 1, Meaning.NAME: 1, Meaning.ROLE: 1, Meaning.NICKNAME: 1, Meaning.PREFIX: 1,
        Meaning.ORGANISATION: 1,
    },
    Kind.ORGANISATIONS: {
        Meaning.ORGANISATION: 2, Meaning.URL: 1, Meaning.STREET: 1, Meaning.POSTCODE: 1, Meaning.CITY: 1,
        Meaning.PHONE: 1, Meaning.COUNTRY: 1,
    },
    Kind.MOMENTS: {
        Meaning.MODE: 3, Meaning.DIRECTION: 3, Meaning.DURATION: 3, Meaning.DATE: 2, Meaning.SUBJECT: 2,
        Meaning.WORDS: 2, Meaning.SENDER: 2, Meaning.RECEIVER: 2, Meaning.TIME: 1,
    },
    Kind.TRANSACTIONS: {
        Meaning.AMOUNT: 3, Meaning.NUMBER: 3, Meaning.DATE: 2, Meaning.CURRENCY: 2, Meaning.QUANTITY: 2,
        Meaning.PRODUCT: 2, Meaning.DUE_ON: 2,
    },
}  # fmt: skip
_HEADINGS_OF_ORGANISATIONS = {
    "employees",
    "revenue",
    "ticker",
    "sic",
    "domain",
    "billing",
    "ownership",
    "annualrevenue",
}
_FILE_NAMES = {
    Kind.ORGANISATIONS: ("account", "compan", "firmen", "organis", "organiz", "empresas", "societes", "entreprises"),
    Kind.PEOPLE: ("people", "contact", "person", "kontakt", "personen", "connections", "user"),
    Kind.TRANSACTIONS: ("order", "invoice", "payment", "bestell", "rechnung", "umsatz", "factur", "commande", "pedido"),
    Kind.MOMENTS: ("activit", "call", "meeting", "task", "visit", "message", "termin", "besuch", "anruf"),
    Kind.OFFERS: ("deal", "opportunit", "offer", "angebot", "quote"),
}
# What a column of an export may be that its program's makers did not foresee.
_SAFE = {Meaning.EMAIL, Meaning.PHONE, Meaning.FAX, Meaning.URL, Meaning.CATEGORY, Meaning.WORDS}
# A date or an amount beside a person is a fact about them, no moment and no trade.
_NOT_OF_PARTIES = {
    Meaning.DATE, Meaning.TIME, Meaning.ENDS, Meaning.DUE_ON, Meaning.DURATION, Meaning.AMOUNT, Meaning.CURRENCY,
    Meaning.MODE, Meaning.NUMBER, Meaning.SUBJECT, Meaning.STATUS, Meaning.QUANTITY, Meaning.PRODUCT, Meaning.SENDER,
    Meaning.RECEIVER, Meaning.DIRECTION, Meaning.TRANSACTION_KIND,
}  # fmt: skip
_TITLES = {
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "herr",
    "frau",
    "monsieur",
    "madame",
    "m",
    "mme",
    "sr",
    "sra",
    "dipl ing",
}
_ABOUT_ANOTHER_COLUMN = ("label", "type", "typ", "etiqueta", "libelle")


def guess(
    path: Path,
    layout: Layout,
    *,
    zone: str = "UTC",
    default_order: str = values.DMY,
    currency: str = "",
    name: str = "",
    kind: Kind | None = None,
    remembered: Mapping | None = None,
) -> Mapping:
    """The likeliest mapping of a table; of the `kind` that somebody says it is, if they do.

    What somebody of the house said of a table of this shape holds before all else (`remembered`), then what is known of
    the exports of other programs.

    `name` is what the file was called where it comes from, `currency` that of amounts told without one.

    Headings and up to 300 rows tell what the columns mean; the order of day and month and the decimal mark are
    decided over every row, as the one cell that proves them may be the last. `default_order` holds where no cell
    does (01/02/2024 throughout), and the column then says that it is not sure.
    """
    sample = list(_whole_rows(path, layout, at_most=SAMPLE_ROWS))
    if remembered is not None:
        columns = _as_remembered(layout, remembered)
        decided = tuple(_decide_writing(path, layout, columns, default_order))
        return replace(remembered, layout=layout, columns=decided, currency=remembered.currency or currency, zone=zone)
    shape = known.find(layout) if kind is None else None
    if shape is not None:
        columns = _of_export(layout, shape, sample)
        decided = tuple(_decide_writing(path, layout, columns, default_order))
        return Mapping(
            layout, shape.kind, decided, currency, zone, shape.known_as, left_out=shape.left_out, mode=shape.mode
        )
    headers = _without_common_prefix(layout.headers)
    told = [_meaning_of(header, [row[index] for row in sample]) for index, header in enumerate(headers)]
    kind = kind or _kind_of(headers, told, name or path.name)
    meanings = _fit_to_kind(kind, headers, told, sample)
    columns = [
        Column(header, meaning, label=short if short != header else "")
        for header, short, meaning in zip(layout.headers, headers, meanings, strict=True)
    ]
    decided = tuple(_decide_writing(path, layout, columns, default_order))
    return Mapping(layout, kind, decided, currency, zone, left_out=_why_left_out(path, layout, meanings))


def _as_remembered(layout: Layout, remembered: Mapping) -> list[Column]:
    """The columns of a table as somebody understood those of another with the same headings."""
    as_told = {words.plain(column.header): column for column in remembered.columns}
    return [replace(as_told[words.plain(header)], header=header, proofs=()) for header in layout.headers]


def _of_export(layout: Layout, shape: Shape, sample: list[list[str]]) -> list[Column]:
    """The columns of a table of another program. What its makers did not foresee is a detail, if it is no address."""
    told_by = headings(layout.headers)
    shorter = _without_common_prefix(layout.headers)
    columns = []
    for index, (header, short) in enumerate(zip(layout.headers, shorter, strict=True)):
        told = shape.column(header, told_by)
        cells = [row[index] for row in sample]
        if told is None:
            meaning = _meaning_of(header, cells) if any(map(str.strip, cells)) else Meaning.IGNORE
            is_of_parties = shape.kind in {Kind.PEOPLE, Kind.ORGANISATIONS}
            told = Told(meaning if meaning in _SAFE and is_of_parties else Meaning.DETAIL)
        label = told.label or (short if short != header else "")
        columns.append(Column(header, told.meaning, form=told.form, label=label))
    filled = [sum(bool(row[index].strip()) for row in sample) for index in range(len(columns))]
    meanings = _one_address(layout.headers, [column.meaning for column in columns], filled)
    return [replace(column, meaning=meaning) for column, meaning in zip(columns, meanings, strict=True)]


def _why_left_out(path: Path, layout: Layout, meanings: list[Meaning]) -> str:
    """Why nothing of a sheet is brought in that its workbook hides, or that tells of nobody."""
    if is_hidden(path, layout):
        return HIDDEN
    is_table = layout.has_header or any(meaning not in {Meaning.DETAIL, Meaning.IGNORE} for meaning in meanings)
    return "" if is_table or not layout.sheet else NO_TABLE


def _without_common_prefix(headers: tuple[str, ...]) -> tuple[str, ...]:
    """Headings without what Pipedrive puts before each of them: "Deal - Value" is a value."""
    prefixes = Counter(header.partition(" - ")[0] for header in headers if " - " in header)
    prefix, count = prefixes.most_common(1)[0] if prefixes else ("", 0)
    if count < max(3, 0.8 * len(headers)):
        return headers
    return tuple(header.removeprefix(f"{prefix} - ") for header in headers)


def _meaning_of(header: str, cells: list[str]) -> Meaning:
    """By the heading where it names a meaning that its values do not deny, else by the values."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    named = words.find_meaning(header)
    if _is_about_another(header) or (cells and not filled and named is None):
        return Meaning.IGNORE
    if named is Meaning.IGNORE or "owner" in words.plain(header).split():
        return Meaning.IGNORE
    if named is not None and not _is_denied(named, filled):
        return named
    return _meaning_of_values(filled) or Meaning.DETAIL


def _is_about_another(header: str) -> bool:
    """Whether the heading is that of a label or type beside an address: "E-mail 1 - Label"."""
    parts = words.plain(header).split()
    return len(parts) > 1 and parts[-1] in _ABOUT_ANOTHER_COLUMN and words.find_meaning(" ".join(parts[:-1])) in MANY


def _is_denied(named: Meaning, filled: list[str]) -> bool:
    if not filled:
        return False
    if named is Meaning.EMAIL:
        return _share(filled, lambda cell: "@" in cell or cell.startswith("/o=")) < 0.3
    if named is Meaning.AMOUNT:
        return _share(filled, _is_amount) < 0.5
    if named in DATED:
        return _share(filled, _is_day) < 0.3
    if named in {Meaning.NAME, Meaning.ORGANISATION, Meaning.GIVEN_NAME, Meaning.FAMILY_NAME}:
        return _share(filled, _is_no_name) > 0.9
    return False


def _meaning_of_values(filled: list[str]) -> Meaning | None:
    if not filled:
        return None
    shapes: list[tuple[Meaning, Callable[[str], bool]]] = [
        (Meaning.EMAIL, lambda cell: bool(values.find_emails(cell)) and len(cell) < 120),
        (Meaning.URL, lambda cell: cell.lower().startswith(("http://", "https://", "www."))),
        (Meaning.PHONE, lambda cell: cell[0] in "+(" and sum(map(str.isdigit, cell)) >= 7 and not _has_letters(cell)),
    ]
    return next((meaning for meaning, fits in shapes if _share(filled, fits) >= ENOUGH_SHARE), None)


def _share(filled: list[str], fits: Callable[[str], bool]) -> float:
    return sum(map(fits, filled)) / len(filled)


def _is_amount(cell: str) -> bool:
    try:
        return values.read_amount(cell, values.mark_told(cell) or ".") is not None
    except values.NotReadable:
        return False


def _is_no_name(cell: str) -> bool:
    return not _has_letters(cell) or cell.lower() in {"true", "false", "yes", "no", "ja", "nein"}


def _is_day(cell: str) -> bool:
    try:
        values.read_when(cell, values.order_told(cell) or values.DMY, "UTC")
    except values.NotReadable:
        return False
    return True


def _has_letters(cell: str) -> bool:
    return any(map(str.isalpha, cell))


def _kind_of(headers: tuple[str, ...], told: list[Meaning], file_name: str) -> Kind:
    """What the rows are, by what all columns and the file's name together speak for; people where it is even."""
    found = set(told)
    scores = Counter({kind: sum(weight for meaning, weight in weights.items() if meaning in found)
                      for kind, weights in _SPEAKS_FOR.items()})  # fmt: skip
    said = {word for header in headers for word in words.plain(header).split()}
    scores[Kind.ORGANISATIONS] += 2 * len(said & _HEADINGS_OF_ORGANISATIONS)
    if words.speaks_of_offers(headers):
        scores[Kind.OFFERS] += 8
    for kind, starts in _FILE_NAMES.items():
        scores[kind] += 3 * any(start in fold(file_name) for start in starts)
    if found & {Meaning.GIVEN_NAME, Meaning.FAMILY_NAME} or Meaning.EMAIL in found:
        scores[Kind.ORGANISATIONS] -= 4
    if Meaning.AMOUNT not in found:
        scores[Kind.TRANSACTIONS] -= 4
    if not found & {Meaning.DATE, Meaning.TIME}:
        scores[Kind.MOMENTS] -= 4
    order = [Kind.PEOPLE, Kind.TRANSACTIONS, Kind.MOMENTS, Kind.ORGANISATIONS, Kind.OFFERS]
    return max(order, key=lambda kind: scores[kind])


def _fit_to_kind(kind: Kind, headers: tuple[str, ...], told: list[Meaning], sample: list[list[str]]) -> list[Meaning]:
    """Headings that mean one thing among people and another among orders, and each single meaning only once."""
    fitted = [
        _in_kind(kind, header, meaning, [row[index].strip() for row in sample], told)
        for index, (header, meaning) in enumerate(zip(headers, told, strict=True))
    ]
    filled = [sum(bool(row[index].strip()) for row in sample) for index in range(len(headers))]
    fitted = _one_address(headers, fitted, filled)
    fullest: dict[Meaning, int] = {}
    for index, meaning in enumerate(fitted):
        best = fullest.setdefault(meaning, index)
        if filled[index] > filled[best]:
            fullest[meaning] = index
    return [
        meaning if meaning in MANY or fullest[meaning] == index else Meaning.DETAIL
        for index, meaning in enumerate(fitted)
    ]


def _one_address(headers: tuple[str, ...], meanings: list[Meaning], filled: list[int]) -> list[Meaning]:
    """Of several addresses the fullest; no street of one stands beside the city of another, the rest are details."""
    groups = [words.address_group(header) if meaning in ADDRESSES else None
              for header, meaning in zip(headers, meanings, strict=True)]  # fmt: skip
    fullness: Counter[str] = Counter()
    for group, count in zip(groups, filled, strict=True):
        if group is not None:
            fullness[group] += count
    chosen = fullness.most_common(1)[0][0] if fullness else ""
    return [
        meaning if group is None or group == chosen else Meaning.DETAIL
        for group, meaning in zip(groups, meanings, strict=True)
    ]


def _in_kind(kind: Kind, header: str, meaning: Meaning, cells: list[str], told: list[Meaning]) -> Meaning:
    plain = words.plain(header).split()
    is_of_parties = kind in {Kind.PEOPLE, Kind.ORGANISATIONS}
    if plain[-1:] in (["title"], ["titel"], ["titre"], ["titulo"]):
        return _title(kind, cells)
    if plain[-1:] in (["type"], ["typ"], ["tipo"], ["art"]) and meaning in {Meaning.DETAIL, Meaning.CATEGORY}:
        return {Kind.TRANSACTIONS: Meaning.TRANSACTION_KIND, Kind.MOMENTS: Meaning.MODE}.get(kind, Meaning.CATEGORY)
    if kind is Kind.ORGANISATIONS and meaning is Meaning.NAME:
        return Meaning.DETAIL if Meaning.ORGANISATION in told else Meaning.ORGANISATION
    if kind is Kind.ORGANISATIONS and meaning in {Meaning.PERSON_ID, Meaning.GIVEN_NAME, Meaning.FAMILY_NAME}:
        return Meaning.DETAIL
    if kind is Kind.ORGANISATIONS and meaning is Meaning.ORGANISATION_ID and Meaning.EXTERNAL_ID not in told:
        return Meaning.EXTERNAL_ID
    if kind is Kind.MOMENTS and Meaning.DATE not in told and meaning is Meaning.DUE_ON:
        return Meaning.DATE
    if Meaning.DATE not in told and meaning is Meaning.TIME and any(map(values.order_told, cells)):
        return Meaning.DATE
    if meaning in (_NOT_OF_PARTIES if is_of_parties else TIES):
        return Meaning.DETAIL
    return meaning


def _title(kind: Kind, cells: list[str]) -> Meaning:
    """Outlook's Title is Mr., LinkedIn's is a post, and that of an activity is its subject."""
    if kind not in {Kind.PEOPLE, Kind.ORGANISATIONS}:
        return Meaning.SUBJECT
    filled = [fold(cell).strip(". ") for cell in cells if cell]
    is_form_of_address = sum(cell in _TITLES for cell in filled) >= len(filled) / 2
    return Meaning.PREFIX if is_form_of_address else Meaning.ROLE


def _decide_writing(path: Path, layout: Layout, columns: list[Column], default_order: str) -> Iterable[Column]:
    """Add what every row together proves about days and amounts; where none does, what somebody said the last time."""
    dated = {index for index, column in enumerate(columns) if column.meaning in DATED}
    summed = {index for index, column in enumerate(columns) if column.meaning is Meaning.AMOUNT}
    proofs = _weigh(path, layout, dated, summed) if dated | summed else {}
    of_file = _order_of_file([proofs[index] for index in dated])
    for index, column in enumerate(columns):
        if index in dated:
            default = column.date_order or (values.DMY if proofs[index]["."] else default_order)
            is_known = bool(column.date_order or of_file)
            choices = (values.YMD, values.DMY, values.MDY)
            order, column = _proven(column, proofs[index], choices, of_file or default)
            yield replace(column, date_order=order, is_sure=column.is_sure or (is_known and not _tells(column)))
        elif index in summed:
            default = column.decimal_mark or ("," if layout.delimiter == ";" else ".")
            mark, column = _proven(column, proofs[index], (",", "."), default)
            yield replace(column, decimal_mark=mark)
        else:
            yield column


def _order_of_file(proofs: list[Counter[str]]) -> str:
    """The one order of day and month that all columns of days together prove: a program writes all of them alike."""
    found = {order for one in proofs for order in (values.DMY, values.MDY) if one[order]}
    return found.pop() if len(found) == 1 else ""


def _tells(column: Column) -> bool:
    """Whether the cells of a column prove an order of day and month themselves."""
    return any(choice != values.YMD for choice, _count in column.proofs)


def asks_for_order(mapping: Mapping) -> bool:
    """Whether the days of a table could be read in two ways, and nothing in the file says which."""
    return any(column.meaning in DATED and not column.is_sure for column in mapping.columns)


def _weigh(path: Path, layout: Layout, dated: set[int], summed: set[int]) -> dict[int, Counter[str]]:
    """For each column how often its cells prove something; what could be two things counts under its separator."""
    proofs: dict[int, Counter[str]] = {index: Counter() for index in dated | summed}
    for cells in _whole_rows(path, layout):
        for index in dated:
            proofs[index][values.order_told(cells[index]) or _separator(cells[index])] += 1
        for index in summed:
            proofs[index][values.mark_told(cells[index])] += 1
    return proofs


def _whole_rows(path: Path, layout: Layout, *, at_most: int | None = None) -> Iterator[list[str]]:
    """Those of the rows, or of the first of them, that are as wide as the table."""
    for _line, cells in islice(read_rows(path, layout), at_most):
        if not isinstance(cells, csv.Error) and len(cells) == len(layout.headers):
            yield cells


def _separator(cell: str) -> str:
    """What parts day and month in a cell that could be read both ways; nothing for a cell that is no such day."""
    return next((mark for mark in "./-" if mark in cell[1:3]), "")


def _proven(column: Column, proofs: Counter[str], choices: tuple[str, ...], default: str) -> tuple[str, Column]:
    """What the cells prove, and the column with the count of them. Days told year first prove nothing about others."""
    counted = tuple((choice, proofs[choice]) for choice in choices if proofs[choice])
    deciding = [(choice, count) for choice, count in counted if choice != values.YMD] or list(counted)
    chosen = max(deciding, key=lambda pair: pair[1])[0] if deciding else default
    unproven = sum(proofs.values()) - sum(count for _, count in counted) - proofs[""]
    is_sure = len(deciding) == 1 or (not deciding and not unproven)
    return chosen, replace(column, proofs=counted, is_sure=is_sure)
