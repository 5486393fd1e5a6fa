"""`ampersand readings`: read the whole book afresh."""

from __future__ import annotations

import json
import time

import click
from django.utils import timezone
from django.utils.translation import gettext as _


@click.command()
@click.option("--engine", type=click.Choice(["duckdb"]), default="duckdb", help="What reads the book.")
@click.option("--json", "as_json", is_flag=True, help="Answer one JSON object.")
def readings(engine: str, as_json: bool) -> int:
    """Read the whole book afresh: whose move it is, and what is quiet."""
    # Ibis takes seconds to load, so only when there is something to read.
    from ampersand.readings import actions

    began = time.monotonic()
    number = actions.read_all(at=timezone.now())
    seconds = round(time.monotonic() - began, 3)
    if as_json:
        click.echo(json.dumps({"readings": number, "engine": engine, "seconds": seconds}))
    else:
        click.echo(_("%(number)d readings, in %(seconds)s seconds.") % {"number": number, "seconds": seconds})
    return 0
