"""`ampersand note`: keep a note from the command line. `ampersand lab notes`: what the reader takes from a file of notes."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

import click

from ampersand.core.words import gettext as _


@click.command()
@click.argument("words")
@click.option("--as", "email", default="", help="The member who writes; the first steward if not said.")
def note(words: str, email: str) -> int:
    """Keep a note, as if it were written in the notebook."""
    # Here, since `lab` stands in this module too, and needs neither a book nor Django.
    from django.utils import timezone

    from ampersand.members.commands import acting
    from ampersand.members.queries import zone_of
    from ampersand.notebook import actions

    member = acting(email)
    at = timezone.now()
    try:
        kept = actions.keep(
            words,
            member=member,
            device_id=uuid4(),
            written_at=at,
            zone=zone_of(member),
            at=at,
        )
    except actions.NothingWritten:
        raise click.ClickException(_("Write a line first; a name and what happened will do.")) from None
    for piece in kept.pieces.order_by("start", "id"):
        click.echo(f"{piece.get_kind_display()}: {kept.words[piece.start : piece.end]}")
    click.echo(_("Kept."))
    return 0


@click.group()
def lab() -> None:
    """Trials of what Ampersand reads, on files alone. Nothing of the book is looked at or changed."""


@lab.command("notes")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def lab_notes(path: Path) -> int:
    """Read a file of notes (JSON lines) and say what was taken from each, a line a note."""
    from ampersand.notebook.lab import read_file

    for taken in read_file(path):
        click.echo(json.dumps(taken, ensure_ascii=False))
    return 0
