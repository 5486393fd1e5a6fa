"""The list taken out as a table: what one sees, row for row, in the order one sees it, as CSV or as XLSX.

A cell of a spreadsheet may do more than say something: in CSV every text that a program could take for a formula has an
apostrophe before it; in XLSX every text is written as text.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ampersand.core import events
from ampersand.core.whole import whole
from ampersand.desk.lists import columns
from ampersand.desk.lists.asked import Asked
from ampersand.desk.lists.finding import all_ids
from ampersand.desk.lists.question import question
from ampersand.desk.lists.rows import rows_of
from ampersand.desk.models import Standing
from ampersand.desk.pages.relationships import RelationshipRow
from ampersand.members.models import Member

# A sheet of a spreadsheet ends at 1,048,576 rows.
ROWS_MAX = 1_000_000
BATCH = 1_000
# What spreadsheets take for the beginning of a formula, in their own letters and those of other scripts.
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
_TEXT_MAX = 32_767
BYTE_ORDER_MARK = "\ufeff"

Cell = str | date | Decimal | None


@dataclass(frozen=True)
class Table:
    """The table that is taken out: its heads, and its rows as they are asked for."""

    heads: tuple[str, ...]
    rows: Callable[[], Iterator[tuple[Cell, ...]]]
    count: int = 0
    """How many rows were found; some of them may be closed before they are read."""


@whole
def take_out(asked: Asked, *, by: Member, at: datetime) -> Table:
    """Everything the list finds, as `table_of`. That it was taken out is recorded."""
    events.record("list.taken_out", at=at, by_id=by.pk, subject_id=by.pk)
    return table_of(asked, member=by, at=at)


def table_of(asked: Asked, *, member: Member, at: datetime) -> Table:
    """Everything the list finds, in its order, with the columns this member sees.

    The rows are asked a thousand at a time, each with the rights as they stand then.
    """
    today, shown = timezone.localdate(at), columns.chosen_by(member)
    ids = all_ids(question(asked, member=member, today=today), most=ROWS_MAX)
    here = timezone.get_current_timezone_name(), translation.get_language() or "en"

    def rows() -> Iterator[tuple[Cell, ...]]:
        for first in range(0, len(ids), BATCH):
            # A stream is read after the page that began it has ended, with its language and its time.
            with ExitStack() as settings:
                settings.enter_context(timezone.override(ZoneInfo(here[0])))
                settings.enter_context(translation.override(here[1]))
                batch = list(_batch(ids[first : first + BATCH], shown=shown, member=member, today=today))
            yield from batch

    return Table(tuple(_heads(shown)), rows, len(ids))


def _batch(ids: Sequence[int], *, shown: Sequence[str], member: Member, today: date) -> Iterator[tuple[Cell, ...]]:
    found = {row.pk: row for row in Standing.objects.visible_to(member).filter(pk__in=ids).select_related("party")}
    ordered = [found[pk] for pk in ids if pk in found]
    for row in rows_of(ordered, columns=shown, member=member, today=today, letters=_TEXT_MAX):
        yield tuple(_cells(row, shown))


def _heads(shown: Iterable[str]) -> Iterator[str]:
    yield from (_("Name"), _("At"), _("Place"))
    for name in shown:
        yield columns.title(name)
        if name == "trade":
            yield _("Currency")


def _cells(row: RelationshipRow, shown: Iterable[str]) -> Iterator[Cell]:
    yield from (row.name, row.of, row.place)
    for name in shown:
        yield columns.value(row, name)
        if name == "trade":
            yield row.currency


def neutral(told: Cell) -> str:
    """A cell of CSV that no spreadsheet takes for a formula.

    >>> neutral("=1+1"), neutral("  @SUM(A1)"), neutral("Jane"), neutral(Decimal("-3"))
    ("'=1+1", "'  @SUM(A1)", 'Jane', '-3')
    """
    if told is None:
        return ""
    if not isinstance(told, str):
        return told.isoformat() if isinstance(told, date) else str(told)
    return f"'{told}" if told.lstrip(" \u00a0").startswith(_BEGINS_A_FORMULA) else told


class _Line:
    """What a csv writer writes to: it hands each line on."""

    def write(self, line: str) -> str:
        return line


def as_csv(table: Table) -> Iterator[bytes]:
    """The table as CSV in UTF-8, line for line, with the mark by which spreadsheets know its letters."""
    writer = csv.writer(_Line())
    yield (BYTE_ORDER_MARK + writer.writerow([neutral(head) for head in table.heads])).encode()
    for row in table.rows():
        yield writer.writerow([neutral(cell) for cell in row]).encode()


def as_xlsx(table: Table) -> IO[bytes]:
    """The table as a file of XLSX, at its beginning. It is written row for row and goes when it is closed."""
    file = tempfile.TemporaryFile(prefix="list-")  # noqa: SIM115  whoever sends it closes it
    write_xlsx(table, file)
    file.seek(0)
    return file


def write_xlsx(table: Table, file: IO[bytes]) -> None:
    """Write the table as XLSX, a row at a time: what was written is held no longer."""
    # Twenty megabytes of every web process, were it imported with the pages.
    import xlsxwriter

    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet, days = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(0, len(table.heads) - 1), 22)
    bold = book.add_format({"bold": True})
    for place, head in enumerate(table.heads):
        sheet.write_string(0, place, head, bold)
    for number, row in enumerate(table.rows(), start=1):
        for place, cell in enumerate(row):
            _write(sheet, number, place, cell, days)
    book.close()


def _write(sheet: Any, row: int, column: int, told: Cell, days: Any) -> None:
    if isinstance(told, Decimal):
        sheet.write_number(row, column, told)
    elif isinstance(told, date):
        # A spreadsheet counts days from 1900 on.
        if told.year >= 1900:
            sheet.write_datetime(row, column, told, days)
        else:
            sheet.write_string(row, column, told.isoformat())
    elif told:
        sheet.write_string(row, column, told[:_TEXT_MAX])
