"""`ampersand readings`: read the whole book afresh."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass, field
from datetime import datetime

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

# The pages are asked for by people who wait; the whole book is not.
NICE = 10


@click.command()
@click.option(
    "--engine", type=click.Choice(["duckdb", "spark"]), help="What reads the book, unless AMPERSAND_ENGINE says."
)
@click.option(
    "--as-known-on", type=click.DateTime(["%Y-%m-%d"]), help="Read a past day, by what had been told by its end."
)
@click.option("--json", "as_json", is_flag=True, help="Answer one JSON object.")
def readings(engine: str | None, as_known_on: datetime | None, as_json: bool) -> int:
    """Read the whole book afresh, from a snapshot that is brought up to date first."""
    # Ibis takes seconds to load, so only when there is something to read.
    from ampersand.readings import actions, engines, past, past_actions

    if as_known_on is not None and not past.has_passed(as_known_on.date()):
        raise click.ClickException(_("Choose a day before today."))

    os.nice(NICE)
    began = time.monotonic()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, disable=as_json, transient=True) as shown:
        steps = _Steps(shown)
        try:
            if as_known_on is None:
                number = actions.read_all(at=timezone.now(), engine=engine or "", told=steps.hear)
            else:
                number = past_actions.read_past_whole(on=as_known_on.date(), engine=engine or "", told=steps.hear)
        except (engines.UnknownEngine, engines.NoSpark) as error:
            raise click.ClickException(str(error)) from None
    seconds = round(time.monotonic() - began, 3)
    if as_json:
        told = {"readings": number, "engine": engine or engines.chosen(), "seconds": seconds, "steps": steps.seconds()}
        click.echo(json.dumps(told))
    else:
        click.echo(_("%(number)d readings, in %(seconds)s seconds.") % {"number": number, "seconds": seconds})
        for step, took in steps.seconds().items():
            click.echo(_("%(step)s: %(seconds)s seconds") % {"step": _words(step), "seconds": took})
    return 0


@dataclass
class _Steps:
    """Each step as it is heard of: how far it is, and when it began and was last heard of."""

    shown: Progress
    tasks: dict[str, TaskID] = field(default_factory=dict)
    began: dict[str, float] = field(default_factory=dict)

    def hear(self, step: str, done: int, of: int) -> None:
        if step not in self.tasks:
            self.tasks[step] = self.shown.add_task(_words(step), total=of)
            self.began[step] = time.monotonic()
        self.shown.update(self.tasks[step], completed=done, total=of)

    def seconds(self) -> dict[str, float]:
        """How long each step took: until the next began, and the last until it is asked."""
        times = [*self.began.values(), time.monotonic()]
        return {step: round(times[number + 1] - at, 3) for number, (step, at) in enumerate(self.began.items())}


def _words(step: str) -> str:
    return {
        "copied": _("Copy what changed"),
        "written": _("Write the snapshot"),
        "read": _("Read"),
        "kept": _("Keep what was read"),
    }[step]
