"""`ampersand lab doubles`: likely doubles within a table, or between two, on files alone."""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import click

from ampersand.core.words import gettext as _


@click.command("doubles")
@click.argument("people", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("other", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="The file to write; without it the pairs go to standard output.",
)
@click.option("--least", default=0.5, type=click.FloatRange(0, 1), help="The least probability to be told of.")
def lab_doubles(people: Path, other: Path | None, out: Path | None, least: float) -> int:
    """Find likely doubles within one table, or between two. Nothing is learnt from but the tables themselves."""
    # Splink and DuckDB take half a second to load.
    from ampersand.channels.doubles import records
    from ampersand.channels.tables.unpacking import NoTable
    from ampersand.parties.doubles import finding, reasons, writing
    from ampersand.parties.doubles.traits import ORGANISATION, PERSON

    try:
        told = records.read([people, *([other] if other else [])])
    except (NoTable, records.NoColumns) as error:
        raise click.ClickException(str(error)) from error
    with tempfile.TemporaryDirectory() as folder:
        sides = [Path(folder) / f"{number}.jsonl" for number in range(len(told))]
        for traits, side in zip(told, sides, strict=True):
            writing.write(traits, side)

        def pairs() -> Iterator[finding.Pair]:
            for kind in (PERSON, ORGANISATION):
                yield from finding.find(sides, kind=kind, least=least)

        count = 0
        with out.open("w", newline="", encoding="utf-8") if out else nullcontext(sys.stdout) as stream:
            table = csv.writer(stream)
            table.writerow(["left", "right", "probability", "reason"])
            for pair in pairs():
                table.writerow([pair.left, pair.right, f"{pair.probability:.6f}", reasons.in_words(pair.reasons, _)])
                count += 1
    click.echo(_("%(count)d likely doubles.") % {"count": count}, err=out is None)
    return 0
