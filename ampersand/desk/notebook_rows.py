"""The notebook of a relationship: the latest of what happened and of what was written, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.core import ready
from ampersand.core.among import among
from ampersand.core.models import SourceKind
from ampersand.core.spoken import spoken_day
from ampersand.desk.contacts import Contact
from ampersand.desk.pages.relationship import NotebookRow
from ampersand.members.models import Member
from ampersand.notebook.models import Note, Piece
from ampersand.notebook.naming import notes_by_moment, pieces_telling_of
from ampersand.parties.closed import Ready
from ampersand.timeline.models import Mode, Moment, ParticipantRole, with_participants

NOTEBOOK_MAX = 6
CONTACTS_NOTED = 500


def notebook_rows(
    contacts: list[Contact], facts: list[UUID], *, relationships: list[UUID], member: Member, at: datetime
) -> tuple[NotebookRow, ...]:
    """The latest of what happened and of the notes that name them, newest first.

    A note that names nobody of theirs is found by the facts of this page it told of, of their contacts the latest.
    """
    today = timezone.localdate(at)
    latest = [contact for contact in contacts if contact.happened_at <= at]
    days = _a_day_of_a_chat_once(latest)
    happened = with_participants(_happened(ids=list(days)[:NOTEBOOK_MAX])) if days else []
    near = [*facts, *(contact.moment_id for contact in latest[:CONTACTS_NOTED])]
    notes = _notes_naming(facts=near, relationships=relationships, member=member)
    wordless = [moment.pk for moment in happened if not moment.words]
    told_by = notes_by_moment(_telling(moment_ids=wordless, member=member)) if wordless else {}
    words = {moment.words for moment in happened}
    # What only a note tells of stands there as the note; words written for the house stand there as a moment.
    rows = [
        moment_row(moment, today=today, count=days[moment.pk])
        for moment in happened
        if moment.subject or moment.pk not in told_by
    ]
    rows += [note_row(note, today=today) for note in notes if note.words not in words]
    return tuple(sorted(rows, key=lambda row: row.on, reverse=True)[:NOTEBOOK_MAX])


def _a_day_of_a_chat_once(contacts: Sequence[Contact]) -> dict[UUID, int]:
    """The contacts by their moments, of the messages of one day the last, with how many there were."""
    counted: dict[UUID, int] = {}
    last: dict[date, UUID] = {}
    for contact in contacts:
        is_message = contact.mode == Mode.MESSAGE
        moment_id = last.setdefault(contact.on_day, contact.moment_id) if is_message else contact.moment_id
        counted[moment_id] = counted.get(moment_id, 0) + 1
    return counted


@ready.Ready[Moment]
def _happened(ids: Sequence[UUID]) -> models.QuerySet[Moment]:
    return Moment.objects.filter(among("pk", ids)).select_related("told_by", "source").order_by("-happened_at", "-id")


@Ready[Note]
def _notes_naming(facts: Sequence[UUID], relationships: Sequence[UUID], member: Member) -> models.QuerySet[Note]:
    told = Piece.objects.standing().filter(among("fact_id", facts)).values_list("note_id")
    about = Note.objects.filter(among("about_id", relationships)).order_by().values_list("pk")
    seen = Note.objects.filter(pk__in=about.union(told)).visible_to(member).standing()
    return seen.select_related("member").order_by("-written_at", "-id")[:NOTEBOOK_MAX]


@Ready[Piece]
def _telling(moment_ids: Sequence[UUID], member: Member) -> models.QuerySet[Piece]:
    return pieces_telling_of(moment_ids, Note.objects.visible_to(member).standing())


def moment_row(moment: Moment, *, today: date, notes: Sequence[Note] = (), count: int = 1) -> NotebookRow:
    """A moment as an entry of the notebook: when, how, and whose words it holds: who wrote the mail, else who told it.

    One without words of its own holds those of the first of `notes`, which tell of it. `count`: the last of so many
    messages of one day, which stand there together.
    """
    whose = _writer(moment) or _whose(moment)
    who = f", {whose}" if whose else ""
    began = {"us": _("we reached out"), "them": _("they reached out")}.get(moment.began, "")
    mode = str(moment.get_mode_display())
    if count > 1:
        # Who began stands with the first of them.
        mode, began = ngettext("%(number)d message", "%(number)d messages", count) % {"number": count}, ""
    told = ", ".join(part for part in (spoken_day(moment.on_day, today=today), mode, began) if part)
    note = notes[0] if notes and not moment.words else None
    return NotebookRow(
        told=told + who,
        says=_says(moment) or (note.words if note else moment.subject),
        on=moment.happened_at,
        url=reverse("desk:moment", args=[moment.pk]),
        is_mine=note is not None and note.shared_at is None,
    )


def _writer(moment: Moment) -> str:
    """Who wrote it, of what was written: whoever brought it in is not to be taken for them."""
    wrote = [one.party for one in moment.participants.all() if one.role == ParticipantRole.FROM]
    return str(wrote[0]) if wrote else ""


def _whose(moment: Moment) -> str:
    """Who told it; of a table who of us was there, as whoever brought the table in told nothing of their own."""
    if _is_of_table(moment):
        return ", ".join(str(one.party) for one in moment.participants.all() if one.is_ours and not one.party.is_house)
    return moment.told_by.name if moment.told_by else ""


def _says(moment: Moment) -> str:
    """Its words; in a table the subject is what somebody wrote, and no heading of what follows."""
    if moment.words and moment.subject and _is_of_table(moment):
        return f"{moment.subject}\n{moment.words}"
    return moment.words


def _is_of_table(moment: Moment) -> bool:
    return moment.source is not None and moment.source.kind == SourceKind.TABLE


def note_row(note: Note, *, today: date) -> NotebookRow:
    """A note as an entry: raw words, marked as its writer's own."""
    day = spoken_day(timezone.localdate(note.written_at), today=today)
    return NotebookRow(
        told=_("%(day)s, note by %(name)s") % {"day": day, "name": note.member.name},
        says=note.words,
        on=note.written_at,
        url=reverse("desk:note", args=[note.pk]),
        is_mine=note.shared_at is None,
    )
