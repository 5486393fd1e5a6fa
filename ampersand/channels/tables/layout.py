"""How a table is written down: its letters, its separator, its quotes, and where its rows begin."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from ampersand.channels import encodings, opening
from ampersand.channels.outcomes import mark as _
from ampersand.channels.tables import words
from ampersand.channels.tables.unpacking import NoTable, open_bytes

SAMPLE_BYTES = 256_000
SAMPLE_ROWS = 300
MAX_CELL_LETTERS = 1_000_000
MAX_LINE_LETTERS = 4 * MAX_CELL_LETTERS
# Wider ones are no table that anybody kept: of more columns nobody says what they mean.
MAX_COLUMNS = 1_000
DELIMITERS = ",;\t|"

EMPTY_BOOK = _("There is nothing in this workbook.")
MARKUP = _(
    "This is a web page under the name of a table. Open it in a spreadsheet program and save it as .xlsx or .csv."
)

DAMAGED = _("This is no table: a damaged workbook, or a file of another kind. Save it as .xlsx or .csv.")

csv.field_size_limit(MAX_CELL_LETTERS)


@dataclass(frozen=True)
class Layout:
    """`rows_before` counts the lines of the table before its first row of content, the header among them; `sheet` is
    the sheet of a workbook that holds it.
    """

    encoding: str
    delimiter: str
    quote: str
    headers: tuple[str, ...]
    has_header: bool
    rows_before: int
    sheet: str = ""


_NOTHING = Layout("utf-8", ",", '"', (), False, 0)


def sheets(path: Path) -> list[str]:
    """The tables of a file: the names of the sheets of a workbook that holds several, else one without a name."""
    if not opening.is_workbook(path):
        return [""]
    try:
        found = opening.sheets_of(path)
    except NoTable:
        return [""]
    return [sheet.name for sheet in found] if len(found) > 1 else [""]


def is_hidden(path: Path, layout: Layout) -> bool:
    """Whether a table stands on a sheet that its workbook does not show, beside others that it does."""
    if not layout.sheet:
        return False
    return any(sheet.name == layout.sheet and sheet.is_hidden for sheet in opening.sheets_of(path))


def sniff(path: Path, *, sheet: str | None = None) -> Layout:
    """The layout of a table, from its first 256 kB; whether it is UTF-8 is tried on the whole file.

    Of a workbook that of one sheet, of the first that is shown if none is named.
    """
    if not opening.is_workbook(path):
        return _NOTHING if _why_no_text(path) else _sniff(path)
    try:
        found = _sheet(path, sheet or "")
    except NoTable:
        return _NOTHING
    name = found.name if sheet is None and len(opening.sheets_of(path)) > 1 else sheet or ""
    return replace(_sniff(found.path), encoding="utf-8", delimiter=",", quote='"', sheet=name)


def _sheet(path: Path, name: str) -> opening.Sheet:
    """The sheet of this name, else the first that is shown."""
    found = opening.sheets_of(path)
    if not found:
        raise NoTable(EMPTY_BOOK)
    shown = [sheet for sheet in found if not sheet.is_hidden] or list(found)
    return next((sheet for sheet in found if sheet.name == name), shown[0])


def _why_no_text(path: Path) -> str:
    """Why a file with the name of a table is none: some programs give one to a web page, and damage leaves no workbook."""
    with open_bytes(path) as file:
        start = file.read(400).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        return MARKUP
    return DAMAGED if start.startswith((b"pk\x03\x04", b"%pdf", b"\x89png", b"gif8", b"\xff\xd8\xff")) else ""


def _sniff(path: Path) -> Layout:
    with open_bytes(path) as file:
        sample = file.read(SAMPLE_BYTES)
    encoding = find_encoding(path, sample)
    text = io.TextIOWrapper(io.BytesIO(sample), encoding, errors="repair_as_cp1252", newline="").read()
    lines = text.splitlines(keepends=True)
    if len(sample) == SAMPLE_BYTES and len(lines) > 1:
        lines.pop()
    delimiter, is_told = _told_delimiter(lines)
    quote = _find_quote(lines)
    delimiter = delimiter or _find_delimiter(lines, quote)
    rows = _read(lines, delimiter, quote)[is_told:]
    header, begins = _find_header(rows)
    width = Counter(map(len, rows[begins:])).most_common(1)[0][0] if rows[begins:] else len(header)
    headers = tuple(_unique(header)) if header else tuple(f"{number}" for number in range(1, width + 1))
    return Layout(encoding, delimiter, quote, headers[:MAX_COLUMNS], bool(header), begins + is_told)


def read_rows(path: Path, layout: Layout) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Yield each row of content with the line it begins on. Of a row that cannot be taken apart comes why.

    In a workbook a row is a line, whatever stands in its cells.
    """
    if not opening.is_workbook(path):
        if why_not := _why_no_text(path):
            yield 1, NoTable(why_not)
            return
        yield from _read_rows(path, layout)
        return
    try:
        sheet = _sheet(path, layout.sheet)
    except NoTable as error:
        yield 1, error
        return
    for number, (_line, cells) in enumerate(_read_rows(sheet.path, layout), start=layout.rows_before + 1):
        yield number, cells


def _read_rows(path: Path, layout: Layout) -> Iterator[tuple[int, list[str] | csv.Error]]:
    packed = open_bytes(path, tells_damage=True)
    with io.TextIOWrapper(packed, layout.encoding, errors="repair_as_cp1252", newline="") as text:
        # A line without an end would be held in memory whole.
        lines = iter(partial(text.readline, MAX_LINE_LETTERS), "")
        reader = csv.reader(lines, delimiter=layout.delimiter, quotechar=layout.quote)
        to_skip, begins = layout.rows_before, 1
        while True:
            try:
                for cells in reader:
                    if to_skip:
                        to_skip -= 1
                    else:
                        yield begins, cells
                    begins = reader.line_num + 1
                return
            except csv.Error as error:
                yield begins, error
                begins = reader.line_num + 1


def find_encoding(path: Path, sample: bytes) -> str:
    """The encoding of the whole file: the first odd byte may stand in the last row."""
    marked = encodings.by_its_mark(sample)
    if marked or not encodings.reads_as_utf8(sample):
        return marked or encodings.guess(sample)
    odd = bytearray()
    with open_bytes(path) as file:
        for block in iter(partial(_some_lines, file), []):
            whole = b"".join(block)
            if not encodings.reads_as_utf8(whole):
                odd += b"".join(line for line in block if not encodings.reads_as_utf8(line))
            if len(odd) > encodings.SAMPLE_BYTES:
                break
    # A few odd lines in a UTF-8 file were pasted in and are mended by themselves as they are read.
    letters_are_utf8 = any(byte > 0x7F for byte in sample)
    is_stray = letters_are_utf8 or not odd
    return "utf-8" if is_stray else encodings.guess_legacy(bytes(odd))


def _some_lines(file: BinaryIO) -> list[bytes]:
    """The next million bytes or so in whole lines; of a line that does not end, a piece."""
    lines, size = list[bytes](), 0
    while size < 1_000_000 and (line := file.readline(MAX_LINE_LETTERS)):
        lines.append(line)
        size += len(line)
    return lines


def _told_delimiter(lines: list[str]) -> tuple[str, int]:
    """Excel may write "sep=;" as the first line, for itself."""
    first = lines[0].strip().strip('"') if lines else ""
    return (first[4:5], 1) if first.lower().startswith("sep=") and len(first) == 5 else ("", 0)


def _find_quote(lines: list[str]) -> str:
    text = "".join(lines)
    single = sum(text.count(mark) for mark in (",'", ";'", "\t'"))
    return "'" if single > 4 and '"' not in text and single > len(lines) / 2 else '"'


def _find_delimiter(lines: list[str], quote: str) -> str:
    """The separator that makes most rows equally wide, and wide."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(_read(lines, delimiter, quote)))


def _evenness(rows: list[list[str]]) -> float:
    widths = Counter(len(row) for row in rows if row)
    wide = [(width, count) for width, count in widths.items() if width > 1]
    if not wide:
        return 0.0
    width, count = max(wide, key=lambda pair: pair[1] * pair[0])
    share = count / sum(widths.values())
    return share * share * float(width)


def _read(lines: list[str], delimiter: str, quote: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(lines, delimiter=delimiter, quotechar=quote):
            rows.append(row)
            if len(rows) >= SAMPLE_ROWS:
                break
    except csv.Error:
        pass
    return rows


def _find_header(rows: list[list[str]]) -> tuple[list[str], int]:
    """The header row and how many rows stand before the content; no header where the first full row has values."""
    widths = Counter(len(row) for row in rows if any(row))
    width = max(widths, key=lambda width: width * widths[width], default=0)
    for index, row in enumerate(rows[:20]):
        filled = sum(bool(cell.strip()) for cell in row)
        is_full = len(row) >= width * 0.8 and filled >= max(1, width * 0.5) and (width != 2 or filled == 2)
        if is_full:
            if _looks_like_header(row, rows[index + 1 :]):
                return row, index + 1
            # A title is parted from what it is over; a short row is a row.
            return [], index if not all(map(any, rows[:index])) else 0
    return [], 0


def _looks_like_header(row: list[str], below: list[list[str]]) -> bool:
    named = [cell for cell in row if cell.strip()]
    if any("@" in cell or words.looks_like_value(cell) for cell in named):
        return False
    known = sum(words.find_meaning(cell) is not None for cell in named)
    if known >= max(1, len(named) / 4):
        return True
    # Unknown words may still be headings, when values of another sort stand below them.
    return any(words.looks_like_value(cell) or "@" in cell for line in below[:20] for cell in line)


def _unique(headers: list[str]) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for number, header in enumerate(headers, start=1):
        name = " ".join(header.split()) or f"{number}"
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"
