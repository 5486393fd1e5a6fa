"""Reads a workbook and writes each sheet as CSV: a program of its own, so that a hostile workbook ends nothing but it.

Called with the workbook, a folder and how many bytes may be written; answers one JSON object. A row of the sheet becomes
a row of the table. Days are written year first, numbers as they are and not as the sheet rounds them.
"""

from __future__ import annotations

import csv
import datetime
import json
import resource
import sys
from collections.abc import Iterator
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

MEMORY_BYTES = 3 << 30
CPU_SECONDS = 600
MOST_COLUMNS = 1_000
# What a spreadsheet shows where a formula could not be worked out.
_ERRORS = {"#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA"}


class TooLarge(Exception):
    """More was to be written than was allowed."""


def main(path: Path, folder: Path, limit: int) -> dict[str, Any]:
    try:
        return {"why_not": "", "sheets": list(_write_all(path, folder, limit))}
    except PasswordError:
        return {"why_not": "protected"}
    except (TooLarge, MemoryError):
        return {"why_not": "large"}
    except (CalamineError, OSError, ValueError) as error:
        return {"why_not": "protected" if "password" in str(error).lower() else "damaged"}


def _write_all(path: Path, folder: Path, limit: int) -> Iterator[dict[str, Any]]:
    with CalamineWorkbook.from_path(str(path)) as book:
        for number, told in enumerate(book.sheets_metadata):
            if told.typ != SheetTypeEnum.WorkSheet:
                continue
            target = folder / f"{number}.csv"
            if _write(book.get_sheet_by_index(number), target, limit):
                yield {"name": told.name, "file": target.name, "is_hidden": told.visible != SheetVisibleEnum.Visible}


def _write(sheet: CalamineSheet, target: Path, limit: int) -> bool:
    """Write what a sheet holds; answers whether there was anything."""
    width = max((index + 1 for row in _rows(sheet) for index, cell in enumerate(row) if cell), default=0)
    if not width:
        return False
    with target.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        for row in _rows(sheet):
            table.writerow(row[:width])
            if file.tell() > limit:
                raise TooLarge
    return True


def _rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    """The rows as text from the first of the sheet on, with what was merged downwards told in each of its rows."""
    top, left = sheet.start or (0, 0)
    begins = {(start, column): end for (start, column), (end, last) in sheet.merged_cell_ranges or [] if column == last}
    held: dict[int, tuple[int, str]] = {}
    blank: list[Any] = []
    told = sheet.to_python(skip_empty_area=True)
    for number, row in enumerate(chain(repeat(blank, min(top, 10_000)), told), start=max(0, top - 10_000)):
        cells = [*repeat("", min(left, MOST_COLUMNS)), *map(text_of, row[:MOST_COLUMNS])] if row else []
        for column, (end, value) in list(held.items()):
            if number > end:
                del held[column]
            elif column < len(cells) and not cells[column]:
                cells[column] = value
        for column, cell in enumerate(cells):
            if cell and (number, column) in begins:
                held[column] = begins[number, column], cell
        yield cells


def text_of(cell: Any) -> str:
    """A cell as text that our readers of days, times and amounts read the same in every country.

    >>> text_of(15550156.0), text_of(13.37), text_of(datetime.date(2024, 5, 3)), text_of(True)
    ('15550156', '13.37', '2024-05-03', 'true')
    """
    if isinstance(cell, str):
        return "" if cell in _ERRORS else cell.strip()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, datetime.datetime):
        is_day = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if is_day else cell.isoformat(" ", "seconds")
    if isinstance(cell, datetime.time):
        return cell.isoformat("seconds")
    return cell.isoformat() if isinstance(cell, datetime.date) else str(cell)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    json.dump(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])), sys.stdout)
