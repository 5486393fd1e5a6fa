"""How a log of events is written: its letters, what stands between its columns, and which columns there are."""

from __future__ import annotations

import codecs
import csv
import io
import shutil
from dataclasses import dataclass
from pathlib import Path

from ampersand.channels import encodings
from ampersand.core.words import gettext as _

SAMPLE_BYTES = 262_144
_MARKS = ",;\t|"
# Of a heading that is none so much is told again.
_TOLD_LETTERS = 200


class NotALog(Exception):
    """The file cannot be read as a log of events; says why."""


@dataclass(frozen=True)
class Layout:
    """The file's encoding and whether it is UTF-8 with plain line ends, the mark between columns, their names (small
    letters), and the lines until the first row."""

    encoding: str
    is_plain: bool
    mark: str
    columns: list[str]
    rows_from: int


def of(path: Path) -> Layout:
    """The layout of a file. Raises NotALog where it is empty, or its heading does not name `party` and `time`."""
    with path.open("rb") as stream:
        sample = stream.read(SAMPLE_BYTES)
    if not sample.strip():
        raise NotALog(_("The file is empty. It needs a heading, party,time, and a row for each event."))
    encoding = _encoding(sample)
    text = codecs.getincrementaldecoder(encoding)("repair_as_cp1252").decode(sample)
    is_plain = encoding.startswith("utf-8") and ("\r" not in text or "\n" in text)
    lines = io.StringIO(text.lstrip("\ufeff"), newline=None).read().split("\n")
    # A spreadsheet's own word for the mark, and empty lines, may stand before it.
    place = next((place for place, line in enumerate(lines) if line.strip() and not line.startswith("sep=")), 0)
    for mark in _MARKS:
        columns = _columns(lines[place], mark)
        if "party" in columns and "time" in columns:
            return Layout(encoding, is_plain, mark, columns, place + 1)
    raise NotALog(
        _("The heading must name the columns party and time; it says: %(heading)s")
        % {"heading": lines[place][:_TOLD_LETTERS]}
    )


def rewrite(path: Path, told: Layout, plain: Path) -> None:
    """Write the same in UTF-8 with plain line ends. What is no letter of its encoding is read as Windows writes it."""
    with (
        path.open(encoding=told.encoding, errors="repair_as_cp1252") as stream,
        plain.open("w", encoding="utf-8", newline="\n") as copy,
    ):
        shutil.copyfileobj(stream, copy, 1 << 20)


def _columns(heading: str, mark: str) -> list[str]:
    try:
        return [name.strip().strip('"').lower() for name in next(csv.reader([heading], delimiter=mark))]
    except csv.Error:
        return []


def _encoding(sample: bytes) -> str:
    # The last line of a sample may be cut in two; that of a short file is whole.
    telling = [line for line in sample[: SAMPLE_BYTES - 4].splitlines() if not line.isascii()]
    if encodings.by_its_mark(sample) is None and any(map(encodings.reads_as_utf8, telling)):
        # Odd letters among these were pasted in.
        return "utf-8"
    return encodings.guess(sample)
