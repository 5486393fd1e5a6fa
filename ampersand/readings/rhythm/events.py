"""A log of events, read from a table: who, and on which day. What cannot be read is told with its reason, never guessed.

A day is the local calendar day as written: of `2024-03-01T23:30:00+02:00` that is 1 March. Of seconds since 1970 it is the day
in UTC.
"""

from __future__ import annotations

import csv
import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ampersand.core.words import gettext as _
from ampersand.readings.rhythm import layout
from ampersand.readings.rhythm.layout import Layout, NotALog
from ampersand.readings.rhythm.state import Days

# A zone changes nothing: the day is the one that is written.
_ZONE = r"(Z|z|[A-Z]{2,5}|[A-Z][A-Za-z]+(/[A-Z][A-Za-z_]+)+|[+-]\d{2}(:?\d{2})?(\[[A-Za-z_/+0-9-]+\])?)"
_CLOCK = rf"([T ]([01]?\d|2[0-4]):[0-5]\d(:[0-6]\d([.,]\d+)?)?( ?[AaPp][Mm])?( *{_ZONE})?)?"
_ISO = r"\d{4}-\d{1,2}-\d{1,2}" + _CLOCK
_SLASHED = r"\d{4}/\d{1,2}/\d{1,2}" + _CLOCK
_DOTTED = r"\d{1,2}\.\d{1,2}\.\d{4}" + _CLOCK
# As programs write numbers too: 1.7067e+09.
_SECONDS = r"-?\d{1,13}(\.\d*)?|-?\d\.\d+[eE]\+?\d{1,2}"
# Beyond these a time is a slip of the pen.
FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(frozen=True)
class Rejected:
    """A row that was left out: its number among the rows after the heading, what it said, and why."""

    row: int
    party: str
    time: str
    reason: str


@dataclass(frozen=True)
class Log:
    """Names of the parties, their days (since 1970), and how many rows there were, with those left out."""

    names: list[str]
    days: Days
    row_count: int
    rejected: list[Rejected]


def read(path: Path) -> Log:
    """Read a table with the columns `party` and `time`, in any order of rows; others are passed over.

    Raises NotALog where there is no such table.
    """
    # A tenth of a second, and only this needs it.
    import duckdb

    connection = duckdb.connect()
    try:
        party, time = _load(connection, path)
        return _read(connection, party, time)
    finally:
        connection.close()


def _load(connection: Any, path: Path) -> tuple[str, str]:
    """The rows as text in the table `told`, and the names of the two columns in it."""
    told = layout.of(path)
    why_not = _loaded(connection, path, told) if told.is_plain else "other letters"
    if why_not:
        with tempfile.TemporaryDirectory() as folder:
            plain = Path(folder) / "events.csv"
            layout.rewrite(path, told, plain)
            why_not = _loaded(connection, plain, told)
    if why_not:
        raise NotALog(_("The file cannot be read as a table: %(said)s") % {"said": why_not})
    return f"c{told.columns.index('party')}", f"c{told.columns.index('time')}"


def _loaded(connection: Any, path: Path, told: Layout) -> str:
    """Why the rows could not be loaded; nothing where they were: those in `told`, what is broken in `broken`."""
    import duckdb

    asked = (
        "CREATE OR REPLACE TABLE told AS SELECT row_number() OVER () AS row, * FROM read_csv(?, delim = ?, header = false,"
        " skip = ?, auto_detect = false, columns = ?, quote = '\"', escape = '\"', null_padding = true,"
        " ignore_errors = true, strict_mode = false, store_rejects = true, parallel = ?, rejects_scan = ?, rejects_table = ?)"
    )
    kinds, said = {f"c{number}": "VARCHAR" for number in range(len(told.columns))}, ""
    # Line ends within quotes and rows of few columns do not go together with reading in parallel.
    for parallel in (True, False):
        rejects = f"broken_{secrets.token_hex(4)}"
        options = [str(path), told.mark, told.rows_from, kinds, parallel, f"scan_{rejects}", rejects]
        try:
            connection.execute(asked, options)
        except duckdb.Error as error:
            said = str(error).splitlines()[0]
            continue
        (is_other_encoding,) = connection.execute(
            f"SELECT count(*) > 0 FROM {rejects} WHERE error_type = 'INVALID ENCODING'"  # noqa: S608  ours
        ).fetchone()
        if is_other_encoding:
            return "other letters"
        connection.execute(f"CREATE OR REPLACE VIEW broken AS SELECT * FROM {rejects}")  # noqa: S608  ours
        return ""
    return said


def _read(connection: Any, party: str, time: str) -> Log:
    connection.execute(
        f"CREATE VIEW asked AS SELECT row, trim(coalesce({party}, '')) AS party, trim(coalesce({time}, '')) AS time FROM told"  # noqa: S608  names of our own
    )
    connection.execute(f"CREATE TABLE dated AS SELECT row, party, time, {_day_sql(connection)} AS day FROM asked")  # noqa: S608
    first, last = (f"DATE '{year}-01-01' - DATE '1970-01-01'" for year in (FIRST_YEAR, LAST_YEAR))
    good = f"party <> '' AND day IS NOT NULL AND day BETWEEN {first} AND {last}"
    left_out = connection.execute(
        f"SELECT row, party, time, day IS NULL FROM dated WHERE ({good}) IS NOT TRUE ORDER BY row"  # noqa: S608
    ).fetchall()
    rejected = [
        Rejected(row, party, time, _reason(party, time, is_undated)) for row, party, time, is_undated in left_out
    ]
    (row_count,) = connection.execute("SELECT count(*) FROM told").fetchone()
    broken = connection.execute("SELECT line, csv_line, error_message FROM broken ORDER BY line").fetchall()
    rejected += [Rejected(line, "", (words or "")[:200], _("The row is broken.")) for line, words, _said in broken]
    connection.execute(f"CREATE TABLE days AS SELECT DISTINCT party, day FROM dated WHERE {good}")  # noqa: S608
    connection.execute(
        "CREATE TABLE who AS SELECT party, row_number() OVER (ORDER BY party) - 1 AS number"
        " FROM (SELECT DISTINCT party FROM days)"
    )
    names = [name for (name,) in connection.execute("SELECT party FROM who ORDER BY number").fetchall()]
    told = connection.execute("SELECT number, day FROM days JOIN who USING (party) ORDER BY number, day").fetchnumpy()
    number, day = (_plain(told[column]) for column in ("number", "day"))
    return Log(names, Days(number, day, len(names)), row_count + len(broken), rejected)


def _day_sql(connection: Any) -> str:
    """SQL for the day, a number since 1970, or NULL."""
    # Eight figures are a day (20240131) where all in the file are, else seconds.
    (are_days,) = connection.execute(
        "SELECT coalesce(bool_and(try_strptime(time, '%Y%m%d') IS NOT NULL AND left(time, 2) IN ('19', '20')), false)"
        r" FROM asked WHERE regexp_full_match(time, '\d{8}')"
    ).fetchone()
    eight = (
        r"WHEN regexp_full_match(time, '\d{8}') THEN try_strptime(time, '%Y%m%d')::DATE - DATE '1970-01-01'"
        if are_days
        else ""
    )
    return f"""CASE
        WHEN regexp_full_match(time, '{_ISO}')
            THEN TRY_CAST(regexp_extract(time, '^[0-9-]+') AS DATE) - DATE '1970-01-01'
        {eight}
        WHEN regexp_full_match(time, '{_SECONDS}')
            THEN floor(TRY_CAST(time AS DOUBLE) / 86400
                / CASE WHEN abs(TRY_CAST(time AS DOUBLE)) >= 1e11 THEN 1000 ELSE 1 END)::BIGINT
        WHEN regexp_full_match(time, '{_SLASHED}')
            THEN TRY_CAST(replace(regexp_extract(time, '^[0-9/]+'), '/', '-') AS DATE) - DATE '1970-01-01'
        WHEN regexp_full_match(time, '{_DOTTED}')
            THEN try_strptime(regexp_extract(time, '^[0-9.]+'), '%d.%m.%Y')::DATE - DATE '1970-01-01'
        END"""


def _reason(party: str, time: str, is_undated: bool) -> str:
    if not party:
        return _("No party is named.")
    if not time:
        return _("No time is told.")
    if is_undated:
        return _("The time cannot be read. Write a date (2024-01-31), a date with a time, or seconds since 1970.")
    return _("The time lies outside the years %(first)d to %(last)d.") % {"first": FIRST_YEAR, "last": LAST_YEAR}


def _plain(column: Any) -> NDArray[np.int64]:
    told: NDArray[np.int64] = np.asarray(column, dtype=np.int64)
    return told


def write_rejected(rejected: list[Rejected], path: Path) -> None:
    """Write the rows that were left out, each with its reason."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        table = csv.writer(stream)
        table.writerow(["row", "party", "time", "reason"])
        table.writerows((one.row, one.party, one.time, one.reason) for one in rejected)


def rows_of(names: list[str], columns: list[NDArray[np.float64]]) -> Iterator[list[str]]:
    """A row for each name, its numbers short."""
    for name, *numbers in zip(names, *(column.tolist() for column in columns), strict=True):
        yield [name, *(f"{number:.6g}" for number in numbers)]
