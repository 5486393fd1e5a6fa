"""`ampersand import`: bring in files from the command line, or undo an import."""

from __future__ import annotations

import json
import time
from pathlib import Path
from uuid import UUID

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.channels import actions
from ampersand.channels.models import Import, ImportKind
from ampersand.channels.report import Report, reasons, report
from ampersand.core import files
from ampersand.members.commands import acting
from ampersand.members.models import Member

DONE, WITH_REJECTED = 0, 1


@click.command("import")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--as", "kind", type=click.Choice(ImportKind.values), help="What the files are, where it cannot be told.")
@click.option("--for", "email", default="", help="The member whose things these are; the first steward if not said.")
@click.option("--undo", "undo_id", type=click.UUID, help="Undo the import with this id.")
@click.option("--resume", "resume_id", type=click.UUID, help="Go on with an import that stopped.")
@click.option("--json", "as_json", is_flag=True, help="Answer one JSON object.")
def import_(
    paths: tuple[Path, ...], kind: str | None, email: str, undo_id: UUID | None, resume_id: UUID | None, as_json: bool
) -> int:
    """Bring in mailboxes, calendars, address books and tables: files and folders, in any mixture."""
    if undo_id:
        return _undo(undo_id, as_json)
    began = time.monotonic()
    if resume_id:
        run = _of(resume_id)
    elif paths:
        run = _begin(paths, kind or "", acting(email))
    else:
        raise click.UsageError(_("Name a file or folder to bring in."))
    _carry_out(run, is_quiet=as_json)
    run.refresh_from_db()
    counted = report(run)
    _answer(run, counted, time.monotonic() - began, as_json)
    return WITH_REJECTED if counted.rejected else DONE


def _begin(paths: tuple[Path, ...], kind: str, member: Member) -> Import:
    found = [file for path in paths for file in (path.rglob("*") if path.is_dir() else [path]) if file.is_file()]
    if found and not any(file.stat().st_size for file in found):
        raise click.ClickException(
            _("%(name)s is empty. Export it again and choose the new file.") % {"name": paths[0].name}
        )
    try:
        return actions.begin(list(paths), member=member, at=timezone.now(), kind=kind)
    except actions.NothingThere:
        raise click.ClickException(
            _("There is no file below this path. Name a file or a folder that holds some.")
        ) from None


def _carry_out(run: Import, *, is_quiet: bool) -> None:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, disable=is_quiet, transient=True) as progress:
        task = progress.add_task(str(run.source), total=None)
        actions.carry_out(run, heard=lambda done, total: progress.update(task, completed=done, total=total))


def _undo(import_id: UUID, as_json: bool) -> int:
    run = _of(import_id)
    try:
        undone = actions.undo(run, by=run.member, at=timezone.now())
    except actions.NotEnded:
        raise click.ClickException(_("This import is still running. Wait until it has ended, then undo it.")) from None
    except actions.OthersUnderWay:
        raise click.ClickException(
            _("Something is being brought in right now. Wait until it has ended, then undo it.")
        ) from None
    if as_json:
        click.echo(json.dumps({"id": str(run.pk), "gone": undone.gone, "stays": undone.stays}))
    else:
        click.echo(_("Undone: %(number)d rows are gone.") % {"number": sum(undone.gone.values())})
        for name in undone.stays:
            click.echo(_("Stays, since something was written upon it: %(name)s") % {"name": name})
    return DONE


def _of(import_id: UUID) -> Import:
    run = Import.objects.select_related("source", "member", "file").filter(pk=import_id).first()
    if run is None:
        raise click.ClickException(_("No import has this id. The Import page lists them."))
    return run


def _answer(run: Import, counted: Report, seconds: float, as_json: bool) -> None:
    rejected_file = str(files.path_of(run.rejected_file)) if run.rejected_file else None
    if as_json:
        answer = {
            "id": str(run.pk), "seen": counted.seen, "new": counted.new, "joined": counted.joined,
            "unchanged": counted.unchanged, "left_out": counted.left_out, "rejected": counted.rejected,
            "rejected_file": rejected_file, "seconds": round(seconds, 3),
        }  # fmt: skip
        click.echo(json.dumps(answer))
        return
    click.echo(
        _(
            "%(seen)d seen: %(new)d new, %(joined)d joined, %(unchanged)d known already, "
            "%(left_out)d left out, %(rejected)d rejected."
        )
        % {**counted.__dict__, "seen": counted.seen}
    )
    for line in reasons(run, at_most=20):
        click.echo(f"  {line.count:>6}  {line.reason}")
    if rejected_file:
        click.echo(_("The rejected ones, with their reasons: %(path)s") % {"path": rejected_file})
    click.echo(_("To undo: ampersand import --undo %(id)s") % {"id": run.pk})
