"""Imports as jobs: one import is one job, and one that stopped half-way goes on where it stood."""

from __future__ import annotations

from procrastinate.contrib.django import app

from ampersand.channels.models import Import
from ampersand.core import jobs

CARRY_OUT = "ampersand.channels.tasks.carry_out"
UNDO = "ampersand.channels.tasks.undo"


@app.task(name=CARRY_OUT)
def carry_out(import_id: str) -> None:
    """Run an import, or go on with it."""
    from ampersand.channels import actions

    import_ = Import.objects.select_related("source", "member", "file").filter(pk=import_id).first()
    if import_ is not None:
        actions.carry_out(import_)
        # One search for all that came in within the minute.
        jobs.defer("ampersand.parties.tasks.look_for_doubles", lock="doubles", in_seconds=60)


@app.task(name=UNDO)
def undo(import_id: str) -> None:
    """Undo an import as it was asked on its page."""
    from ampersand.channels import actions

    import_ = Import.objects.select_related("source", "member", "file").filter(pk=import_id).first()
    if import_ is not None:
        actions.undo_as_asked(import_)
