"""`ampersand lab rhythm`: forecasts of contact from a log of events, on files alone."""

from __future__ import annotations

import csv
import json
import os
import time
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ampersand.core.words import gettext as _

if TYPE_CHECKING:
    from ampersand.readings.rhythm.events import Rejected

COLUMNS = ("p_alive", "p_contact", "expected", "low", "high", "next_low", "next_median", "next_high")


@click.command("rhythm")
@click.argument("events_file", metavar="EVENTS.csv", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--until", required=True, type=click.DateTime(formats=["%Y-%m-%d"]), help="The last day that is known.")
@click.option("--days", required=True, type=click.IntRange(1, 36_500), help="So many days after it are foretold.")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, writable=True, path_type=Path), help="The file to write."
)
@click.option("--median", "with_median", is_flag=True, help="Write the median count too, as the last column.")
@click.option("--json", "as_json", is_flag=True, help="Answer one JSON object.")
def lab_rhythm(events_file: Path, until: datetime, days: int, out: Path, with_median: bool, as_json: bool) -> int:
    """Foretell of each party whether it is still in touch, and how often and when contact is to be expected.

    EVENTS.csv has the columns party and time (dates, dates with times, or seconds since 1970). An event is a day with
    contact: several of one day count once. Only what happened until the day --until, itself included, is looked at.

    `expected` is the mean count, nearest in the square; the median count is nearest in the absolute difference.
    """
    # The chunks are shared out between threads here; more of them within each product would stand in each other's way.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from ampersand.readings.rhythm import bank, events, layout, model, state

    began = time.monotonic()
    _refuse_unless_it_can_be_written(out, events_file)
    try:
        log = events.read(events_file)
    except layout.NotALog as error:
        raise click.ClickException(str(error)) from error
    as_of_day = (until.date() - date(1970, 1, 1)).days
    learnt = bank.fit(log.days, as_of_day=as_of_day, horizon=days)
    now, there = state.states_in_order(log.days, as_of_day=as_of_day)
    told = model.forecast(now, learnt)
    names = [name for name, is_there in zip(log.names, there.tolist(), strict=True) if is_there]
    columns = (*COLUMNS, "median") if with_median else COLUMNS
    try:
        _write(out, columns, events.rows_of(names, [getattr(told, column) for column in columns]))
        rejected_file = _rejected(log.rejected, out)
    except OSError as error:
        raise click.ClickException(
            _("%(path)s cannot be written: %(why)s.") % {"path": error.filename or out, "why": error.strerror}
        ) from error
    answer = {
        "parties": len(names),
        "later": len(log.names) - len(names),
        "events": log.row_count - len(log.rejected),
        "rejected": len(log.rejected),
        "rejected_file": str(rejected_file) if rejected_file else None,
        "seconds": round(time.monotonic() - began, 3),
    }
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        _say(answer)
    return 1 if log.rejected else 0


def _refuse_unless_it_can_be_written(out: Path, events_file: Path) -> None:
    """Before minutes are spent; neither the answer nor what is written beside it may take the place of the events."""
    if events_file.resolve() in (out.resolve(), _rejected_path(out).resolve()):
        raise click.ClickException(_("The answer would be written over the events. Name another file with --out."))
    if not out.parent.is_dir():
        raise click.ClickException(_("There is no folder %(folder)s to write to.") % {"folder": out.parent})


def _write(out: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Whole or not at all: who is stopped half-way leaves what stood there before."""
    # A device, a pipe or a link (/dev/stdout is one) takes it as it comes.
    is_file = not out.is_symlink() and (out.is_file() or not out.exists())
    path = out.with_name(f"{out.name}.part") if is_file else out
    with path.open("w", newline="", encoding="utf-8") as stream:
        table = csv.writer(stream)
        table.writerow(["party", *columns])
        table.writerows(rows)
    if is_file:
        path.replace(out)


def _rejected_path(out: Path) -> Path:
    return out.with_name(f"{out.stem}.rejected.csv")


def _rejected(rejected: list[Rejected], out: Path) -> Path | None:
    """Beside the answer; one of an earlier run does not stay."""
    from ampersand.readings.rhythm import events

    path = _rejected_path(out)
    path.unlink(missing_ok=True)
    if not rejected:
        return None
    events.write_rejected(rejected, path)
    return path


def _say(answer: dict[str, Any]) -> None:
    click.echo(_("%(parties)d parties foretold, in %(seconds)s seconds.") % answer)
    if answer["later"]:
        click.echo(_("%(later)d were met only later, and are left out.") % answer)
    if answer["rejected"]:
        click.echo(_("%(rejected)d rows could not be read: see %(rejected_file)s.") % answer)
