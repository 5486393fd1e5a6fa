"""One moment with where it came from, and all moments of a relationship in order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import ClassVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.core.spoken import spoken_day
from ampersand.desk.attached import files_of_moment
from ampersand.desk.names import parties_of
from ampersand.desk.notebook_rows import moment_row, note_row
from ampersand.desk.pages.party import FileRow
from ampersand.desk.pages.relationship import NotebookRow
from ampersand.desk.pages.words import Link
from ampersand.desk.visit import chosen_of, chosen_says
from ampersand.desk.worth import asking_of
from ampersand.members.models import Member
from ampersand.notebook.models import Note, Piece
from ampersand.notebook.naming import notes_naming, notes_telling_of
from ampersand.parties.models import Party, Relationship
from ampersand.timeline import visits
from ampersand.timeline.models import Mode, Moment, MomentQuerySet, Participant, ParticipantRole

PAGE_ROWS = 50
# Of chats more are read for a page: a day of one is one row.
CHAT_ROWS = 400
SAID_MAX = 200


@dataclass(frozen=True, slots=True)
class TellingRow:
    """What one source told, and the exact place in it."""

    says: str
    place: str
    told_at: datetime
    apart_url: str = ""


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One message of a chat: who wrote it, when, and its words. `is_this`: the page is about it."""

    who: str
    at: datetime
    words: str
    url: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class MomentPage:
    title: str
    today: date
    when: datetime | None
    on: date
    people: tuple[Link, ...]
    ours: tuple[str, ...]
    words: str
    where: str
    tellings: tuple[TellingRow, ...]
    is_withdrawn: bool
    answer_url: str = ""
    """Where a mail is answered; empty for what is none."""
    files: tuple[FileRow, ...] = ()
    notes: tuple[NotebookRow, ...] = ()
    """The notes that tell of it, as far as one may read them."""
    said: tuple[SaidRow, ...] = ()
    """Of a message all that was said in its chat that day, itself among them."""
    visit_url: str = ""
    """Where those who go say whether it needs a visit."""
    chosen: str = ""
    worth_url: str = ""
    """Where both are asked whether it was worth their time; empty where it is not to be asked, or was."""
    worth_says: str = ""
    """Why it is not asked, or that it was."""
    between_url: str = ""
    here: ClassVar[str] = "relationships"


@dataclass(frozen=True, slots=True)
class MomentsPage:
    title: str
    back_url: str
    rows: tuple[NotebookRow, ...]
    today: date
    earlier_url: str = ""
    known_on: date | None = None
    """Set when the page shows what was known on a past day."""
    here: ClassVar[str] = "relationships"


def moment_page(moment: Moment, *, member: Member) -> MomentPage:
    """A moment: who, when, the words that were kept, and every source that told of it."""
    tellings = list(
        moment.tellings.filter(withdrawn_at=None).select_related("source", "told_by").order_by("told_at", "id")
    )
    parties = list(
        Party.objects.visible_to(member)
        .filter(participations__moment=moment)
        .select_related("member", "now")
        .order_by("sort_key", "id")
    )
    rows = tuple(
        TellingRow(
            says=str(telling.source.get_kind_display()) if telling.source else _("told by hand"),
            place=telling.place,
            told_at=telling.told_at,
            apart_url=reverse("desk:take_apart", args=[telling.pk]) if telling.may_be_taken_apart(member) else "",
        )
        for telling in tellings
    )
    if not rows:
        label = str(moment.source.get_kind_display()) if moment.source else _("told by hand")
        rows = (TellingRow(says=label, place=moment.place, told_at=moment.told_at),)
    readable = Note.objects.visible_to(member).standing()
    notes = notes_telling_of([moment.pk], readable).get(moment.pk, [])
    return MomentPage(
        title=moment.subject or str(moment.get_mode_display()).capitalize(),
        today=timezone.localdate(),
        when=None if moment.is_all_day else moment.happened_at,
        on=moment.on_day,
        people=tuple(Link(name, reverse("desk:party", args=[pk])) for pk, name in _each_once(parties).items()),
        ours=tuple(p.name for p in parties if p.is_ours),
        words=moment.body or moment.words,
        where=moment.where,
        tellings=rows,
        is_withdrawn=moment.withdrawn_at is not None,
        answer_url=_answer_url(moment, parties),
        files=tuple(replace(file, told="", moment_url="") for file in files_of_moment(moment.pk, member=member)),
        notes=tuple(note_row(note, today=timezone.localdate()) for note in notes),
        said=_said_that_day(moment, member=member),
        visit_url=reverse("desk:visit", args=[moment.pk]) if _is_visit_ahead(moment) else "",
        chosen=chosen_says(chosen_of([moment.pk]).get(moment.pk), today=timezone.localdate()),
        **asking_of(moment, member=member, at=timezone.now()),
    )


def _is_visit_ahead(moment: Moment) -> bool:
    return visits.is_planned_visit(moment, on=timezone.localdate())


def _answer_url(moment: Moment, parties: list[Party]) -> str:
    is_answerable = moment.mode == Mode.MAIL and any(not one.is_ours and one.erased_at is None for one in parties)
    return reverse("desk:answer_mail", args=[moment.pk]) if is_answerable else ""


def _said_that_day(moment: Moment, *, member: Member) -> tuple[SaidRow, ...]:
    """The conversation of the day, where a message is one of several: alone most messages say nothing."""
    if moment.mode != Mode.MESSAGE or moment.thread_id is None:
        return ()
    of_day = Moment.objects.visible_to(member).standing().filter(thread=moment.thread_id, on_day=moment.on_day)
    around = list(of_day.order_by("happened_at", "id").prefetch_related("participants__party")[:SAID_MAX])
    if len(around) < 2:
        return ()
    return tuple(
        SaidRow(
            who=next((str(one.party) for one in said.participants.all() if one.role == ParticipantRole.FROM), ""),
            at=said.happened_at,
            words=said.body or said.words,
            url=reverse("desk:moment", args=[said.pk]),
            is_this=said.pk == moment.pk,
        )
        for said in around
    )


def _latest(moments: MomentQuerySet) -> list[list[Moment]]:
    """The latest of these moments, a page and one more; of one chat those of one day together, as far as they stand so."""
    in_order = moments.order_by("-happened_at", "-id")
    happened = list(in_order[: PAGE_ROWS + 1])
    if len(happened) > PAGE_ROWS and any(map(_is_of_chat, happened)):
        happened = list(in_order[:CHAT_ROWS])
    found: list[list[Moment]] = []
    for moment in happened:
        if found and _is_of_chat(moment) and _is_same_day(moment, found[-1][-1]):
            found[-1].append(moment)
        else:
            found.append([moment])
    return found


def _is_of_chat(moment: Moment) -> bool:
    return moment.mode == Mode.MESSAGE and moment.thread_id is not None


def _is_same_day(one: Moment, other: Moment) -> bool:
    return (one.mode, one.thread_id, one.on_day) == (other.mode, other.thread_id, other.on_day)


def _each_once(parties: list[Party]) -> dict[UUID, str]:
    """Those from outside by name: told of two that are one, it is the one who was there."""
    return {party.now_id or party.pk: str(party) for party in parties if not party.is_ours}


def moments_page(
    relationship: Relationship, *, member: Member, before: str, at: datetime, known_on: date | None = None
) -> MomentsPage:
    """The moments of a relationship, and the notes that name it and tell of none, newest first, fifty a page; `before` is
    where the last page ended.

    With `known_on`, those that had been told by the end of that day and were not withdrawn by then.
    """
    today = timezone.localdate(at)
    known_at = at if known_on is None else timezone.make_aware(datetime.combine(known_on, time.max))
    parties = parties_of(relationship)
    moments = (
        Moment.objects.visible_to(member)
        .as_known_on(known_at)
        .with_parties(parties)
        .select_related("told_by", "source")
        .prefetch_related("participants__party")
    )
    notes = notes_naming(parties).visible_to(member).standing().filter(told_at__lte=known_at)
    with_them = Participant.objects.filter(party_id__in=parties).values("moment_id")
    alone = notes.exclude(Exists(Piece.objects.standing().filter(note=OuterRef("pk"), fact_id__in=with_them)))
    edge = _edge(before)
    if edge is not None:
        moments = moments.filter(Q(happened_at__lt=edge[0]) | Q(happened_at=edge[0], pk__lt=edge[1]))
        alone = alone.filter(Q(written_at__lt=edge[0]) | Q(written_at=edge[0], pk__lt=edge[1]))
    happened = _latest(moments)
    told_by = notes_telling_of([days[0].pk for days in happened], notes)
    found = [
        (
            (days[0].happened_at, days[0].pk),
            (days[-1].happened_at, days[-1].pk),
            moment_row(days[0], today=today, notes=told_by.get(days[0].pk, ()), count=len(days)),
        )
        for days in happened
    ]
    found += [
        ((note.written_at, note.pk), (note.written_at, note.pk), note_row(note, today=today))
        for note in alone.select_related("member").order_by("-written_at", "-id")[: PAGE_ROWS + 1]
    ]
    found.sort(key=lambda row: row[0], reverse=True)
    is_cut = sum(map(len, happened)) == CHAT_ROWS
    if is_cut:
        # Of what is older than the last message that was read, nobody knows yet what stands between.
        found = [row for row in found if row[0] >= (happened[-1][-1].happened_at, happened[-1][-1].pk)]
    here = reverse("desk:moments", args=[relationship.pk])
    on = f"&on={known_on.isoformat()}" if known_on else ""
    last = min(oldest for _at, oldest, _row in found[:PAGE_ROWS]) if is_cut or len(found) > PAGE_ROWS else None
    return MomentsPage(
        title=_("All moments with %(name)s") % {"name": relationship.party},
        back_url=reverse("desk:relationship", args=[relationship.pk]),
        rows=tuple(row for _at, _oldest, row in found[:PAGE_ROWS]),
        earlier_url=f"{here}?before={last[0].timestamp():.6f}.{last[1]}{on}" if last else "",
        known_on=known_on,
        today=today,
    )


def _edge(before: str) -> tuple[datetime, UUID] | None:
    try:
        seconds, micro, moment_id = before.split(".", 2)
        return datetime.fromtimestamp(float(f"{seconds}.{micro}"), tz=timezone.get_current_timezone()), UUID(moment_id)
    except (ValueError, OverflowError, OSError):
        return None


__all__ = ["MomentPage", "MomentsPage", "moment_page", "moments_page", "spoken_day"]
