"""Undoing a whole import."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from ampersand.channels.mail import acquaintance, conversations
from ampersand.channels.models import Import, ImportItem
from ampersand.core import events, files
from ampersand.core.models import File
from ampersand.members.models import Member
from ampersand.notebook.undoing import Undone, take_back


class NotEnded(ValueError):
    """An import that is still running is let run, or fails, before it is undone."""


@transaction.atomic
def undo(import_: Import, *, by: Member, at: datetime) -> Undone:
    """Undo an import. Afterwards the tables hold what they held before it, but for what was written upon it since.

    Undone twice, it is undone once. Raises NotEnded while it runs.
    """
    import_ = Import.objects.select_for_update().get(pk=import_.pk)
    if import_.undone_at:
        return Undone({}, [])
    if not import_.ended_at and not import_.last_error:
        raise NotEnded
    # Another import of the same member met the same thing and left it as it was: it is that import's too.
    other_lines = ImportItem.objects.filter(fact_id=OuterRef("pk"), run__undone_at=None).exclude(run=import_)
    mail_around, people = conversations.around(import_.source_id), acquaintance.people_of(import_.source_id)
    undone = take_back(
        import_.source_id,
        moment_is_built_upon=Q(Exists(other_lines)),
        once_moments_are_gone=partial(conversations.settle_again, mail_around),
    )
    acquaintance.date_again(acquaintance.wrote_both_ways(people))
    _close(import_, by=by, at=at)
    return undone


def _close(import_: Import, *, by: Member, at: datetime) -> None:
    kept = [file for file in (import_.file, import_.rejected_file) if file]
    import_.undone_at, import_.file, import_.rejected_file = at, None, None
    import_.save(update_fields=["undone_at", "file", "rejected_file"])
    import_.items.all().delete()
    events.record("import.undone", at=at, by_id=by.pk, subject_id=import_.pk)
    for file in kept:
        transaction.on_commit(partial(_let_go_if_unused, file))


def _let_go_if_unused(file: File) -> None:
    try:
        files.let_go(file)
    except models.ProtectedError:
        return  # Another import or a moment still holds the same content.
