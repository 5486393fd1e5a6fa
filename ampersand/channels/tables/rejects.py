"""The file handed back: the rows that could not be brought in, as they were, each with its reason."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import TextIO

from django.utils.translation import gettext

from ampersand.channels.tables.mapping import Mapping
from ampersand.channels.tables.rows import RejectedRow

# What a spreadsheet may run: what a cell begins with, and what stands behind a sign that it may take for the end of one,
# since it splits rows as its own language has it and not as the file does. Wide signs count as their narrow ones.
_FORMULA = re.compile(
    r"^(?=\s*[=+\-@\uff0b\uff0d\uff1d\uff20]|[\t\r\n])|(?<=[;|\t\n])(?= *[=+\-@\uff0b\uff0d\uff1d\uff20])"
)
_PLAIN_NUMBER = re.compile(r"^[+-]?\d[\d.,]*$")


def write(file: TextIO, mapping: Mapping, rejected: Iterable[RejectedRow]) -> int:
    """Write the rejected rows with two columns more (line and reason), and say how many there were.

    Open the file with `encoding="utf-8-sig", newline=""`, so that Excel reads it. What Excel would take for a formula
    gets an apostrophe in front, which our own reader takes off again when the mended file comes back.
    """
    writer = csv.writer(file)
    writer.writerow([*map(neutralise, mapping.layout.headers), gettext("Line"), gettext("Reason")])
    count = 0
    for row in rejected:
        width = len(mapping.columns)
        cells = [*row.cells, *[""] * (width - len(row.cells))]
        writer.writerow([*map(neutralise, cells), row.place.line, neutralise(row.reason.translated())])
        count += 1
    return count


def neutralise(cell: str) -> str:
    """The cell, made text where a spreadsheet would run it. Plain numbers stay numbers.

    >>> neutralise("=1+1"), neutralise("-12,50"), neutralise("+49 561 1"), neutralise("Ana"), neutralise("Ana;=1+1")
    ("'=1+1", '-12,50', "'+49 561 1", 'Ana', "Ana;'=1+1")
    """
    return cell if _PLAIN_NUMBER.match(cell) else _FORMULA.sub("'", cell)
