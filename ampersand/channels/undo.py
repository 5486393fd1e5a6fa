"""Undoing a whole import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial, reduce
from operator import or_
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from ampersand.channels import followers, told_again
from ampersand.channels.mail import acquaintance, conversations
from ampersand.channels.models import Import, ImportItem
from ampersand.channels.report import report
from ampersand.core import events, files, locks
from ampersand.core.among import among
from ampersand.core.logs import kind_of
from ampersand.core.models import File
from ampersand.members.models import Member
from ampersand.notebook.undoing import NAMED_MAX, Left, Rests, Undone, take_back
from ampersand.parties import actions as parties
from ampersand.parties.models import Party, Relationship
from ampersand.timeline.models import Moment


class NotEnded(ValueError):
    """An import that is still running is let run, or fails, before it is undone."""


class NotWaiting(ValueError):
    """Something was brought in already: that is undone, not thrown away."""


class OthersUnderWay(RuntimeError):
    """Another import is settling what it brought: what rests on what cannot be told just now."""


# Shorter than a page waits.
WAIT_SECONDS = 10


def ask(import_: Import, *, by: Member, at: datetime) -> None:
    """Ask that an import be undone by a job: the page says so until it is. Raises NotEnded while it runs."""
    with transaction.atomic():
        import_ = Import.objects.select_for_update().get(pk=import_.pk)
        if not import_.ended_at and not import_.last_error:
            raise NotEnded
        if not import_.undone_at and not import_.undo_asked_at:
            import_.undo_asked_at = at
            import_.save(update_fields=["undo_asked_at"])
            events.record("import.undo_asked", at=at, by_id=by.pk, subject_id=import_.pk)


def carry_out(import_: Import) -> None:
    """Undo an import as it was asked. It is one transaction: killed half-way nothing is gone, and it begins anew.

    What fails is kept in `last_error` and raised; the import then stands as it did.
    """
    import_.refresh_from_db(fields=["undo_asked_at", "undone_at"])
    if import_.undo_asked_at is None or import_.undone_at:
        return
    try:
        undo(import_, by=import_.member, at=timezone.now(), is_waiting=True)
    except Exception as error:
        failed = {"undo_asked_at": None, "last_error": kind_of(error)[:2000]}
        Import.objects.filter(pk=import_.pk, undone_at=None).update(**failed)
        raise


@transaction.atomic
def throw_away(import_: Import, *, by: Member, at: datetime) -> None:
    """Throw away an import that waits for somebody's word, with its file: nothing was brought in yet. Raises NotWaiting."""
    import_ = Import.objects.select_for_update().get(pk=import_.pk)
    if import_.ended_at or import_.undone_at or import_.last_error or import_.step or import_.items.exists():
        raise NotWaiting
    source, file = import_.source, import_.file
    events.record("import.thrown_away", at=at, by_id=by.pk, subject_id=import_.pk)
    import_.delete()
    source.delete()
    if file:
        transaction.on_commit(partial(_let_go_if_unused, file))


@transaction.atomic
def undo(import_: Import, *, by: Member, at: datetime, is_waiting: bool = False) -> Undone:
    """Undo an import. Afterwards the tables hold what they held before it, but for what was written upon it since.

    Undone twice, it is undone once. Raises NotEnded while it runs, OthersUnderWay while another leaves no room, unless
    it is waited for.
    """
    try:
        locks.alone(locks.BRINGING, within_seconds=0 if is_waiting else WAIT_SECONDS)
    except locks.Taken as error:
        raise OthersUnderWay from error
    import_ = Import.objects.select_for_update().get(pk=import_.pk)
    if import_.undone_at:
        return Undone({}, [])
    if not import_.ended_at and not import_.last_error:
        raise NotEnded
    counts = asdict(report(import_))
    told_of = followers.told_of(import_.source_id)
    undone = _take_back(import_)
    _close(import_, by=by, at=at)
    _keep(import_, counts, undone)
    # Each may have rested on another: whoever took part in what goes last has then nothing left to stay for.
    is_less = True
    while is_less:
        is_less = False
        for earlier in _left_standing():
            left = _take_back(earlier)
            _keep(earlier, asdict(report(earlier)), left)
            is_less = is_less or bool(left.gone)
    followers.tell(followers.still_there(told_of), at=at)
    return undone


def _keep(import_: Import, counts: dict[str, int], undone: Undone) -> None:
    """What the report says from now on."""
    left = [[left.model, str(left.id), left.why] for left in undone.left]
    import_.after_undo = {"counts": counts, "left": left}
    import_.save(update_fields=["after_undo"])


def _take_back(import_: Import) -> Undone:
    """What an import brought goes, but for what another import of other content met too: that is this one's as well.

    The very same file brought in again met nothing of its own.
    """
    other_lines = (
        ImportItem.objects.filter(run__undone_at=None).exclude(run=import_).exclude(run__digest=import_.digest)
    )
    about_party = other_lines.filter(fact_id=OuterRef("party"))
    stays_known, renamed = told_again.hand_over(import_)
    mail_around, people = conversations.around(import_.source_id), acquaintance.people_of(import_.source_id)
    undone = take_back(
        import_.source_id,
        moment_is_built_upon=Q(Exists(other_lines.filter(fact_id=OuterRef("pk")))),
        is_told_elsewhere=Q(Exists(about_party)),
        party_is_told_elsewhere=Q(Exists(other_lines.filter(fact_id=OuterRef("pk")))),
        once_moments_are_gone=partial(conversations.settle_again, mail_around),
    )
    acquaintance.date_again(acquaintance.wrote_both_ways(people))
    parties.index_many(renamed)
    _name_those_who_stay(stays_known, undone)
    return undone


def _name_those_who_stay(relationship_ids: Sequence[UUID], undone: Undone) -> None:
    """Whom another import tells of too: they stay, told by that one from now on."""
    told_too = Relationship.objects.filter(among("pk", list(relationship_ids)[:NAMED_MAX])).select_related("party__now")
    for relationship in told_too.order_by("party__sort_key", "id"):
        undone.stays.append(str(relationship))
        undone.left.append(Left("relationship", relationship.pk, Rests.TOLD_TOO.value))


def _left_standing() -> list[Import]:
    """Imports undone before, of which something had to stay that rested on what is gone now: it may go with it."""
    of_it = OuterRef("source_id")
    stays = [Exists(model._default_manager.filter(source_id=of_it)) for model in (Moment, Relationship, Party)]
    left = Import.objects.exclude(undone_at=None).filter(reduce(or_, map(Q, stays))).order_by("-began_at", "-id")
    with connection.cursor() as cursor:
        # The planner takes what one source told for a good part of the book, found among the first rows of it, and would
        # read all of ten million for one that has none left.
        cursor.execute("SET LOCAL enable_seqscan = off")
        found = list(left)
        cursor.execute("SET LOCAL enable_seqscan = on")
    return found


def _close(import_: Import, *, by: Member, at: datetime) -> None:
    kept = [file for file in (import_.file, import_.rejected_file) if file]
    import_.undone_at, import_.file, import_.rejected_file = at, None, None
    import_.save(update_fields=["undone_at", "file", "rejected_file"])
    import_.items.all().delete()
    import_.told_again.all().delete()
    events.record("import.undone", at=at, by_id=by.pk, subject_id=import_.pk)
    for file in kept:
        transaction.on_commit(partial(_let_go_if_unused, file))


def _let_go_if_unused(file: File) -> None:
    try:
        files.let_go(file)
    except models.ProtectedError:
        return  # Another import or a moment still holds the same content.
