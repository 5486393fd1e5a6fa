"""What Today shows: the notebook, at most seven relationships with their reasons, then that is enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.between import worth
from ampersand.core.among import among
from ampersand.core.folding import folded_words
from ampersand.core.rooms import Room
from ampersand.core.spoken import spoken_day, spoken_number
from ampersand.desk.asking import asked_part
from ampersand.desk.boxes import note_box
from ampersand.desk.handing_over import handings_for
from ampersand.desk.life import life_of
from ampersand.desk.models import SetAside
from ampersand.desk.named import named_rows
from ampersand.desk.names import as_now, employers
from ampersand.desk.pages.strips import LateStrip, Strip, Tick
from ampersand.desk.pages.today import MeetingRow, TendRow, TodayPage
from ampersand.desk.pages.words import Clause
from ampersand.desk.planned import own_plans, sentence_of
from ampersand.desk.promise_rows import other_side, promise_rows
from ampersand.desk.rhythm import rhythm_strip, year_of_contact
from ampersand.desk.sentences import promise_says
from ampersand.desk.terms_part import clashes_of
from ampersand.desk.tuned import PARTED, parting_strip
from ampersand.desk.visit import chosen_of, chosen_says
from ampersand.members.models import Member
from ampersand.notebook.models import Piece, PieceKind
from ampersand.parties.closed import Ready
from ampersand.parties.models import Party, Relationship, SideLine, Tending, Tie
from ampersand.promises.models import Promise, State, with_events
from ampersand.readings.models import Measure, Reading
from ampersand.readings.saying import says
from ampersand.timeline.models import Mode, Moment, Participant, instants_around, with_participants

TEND_MAX = 7
QUIET_MAX = 2
PARTING_MAX = 2
DUE_DAYS = 3
LIST_MAX = 12
_MEETINGS = (Mode.VISIT, Mode.CALL, Mode.VIDEO, Mode.GATHERING)


@dataclass(frozen=True)
class _Reason:
    """Why a relationship asks for attention. `key` changes when the reason does, so that a fresh one comes back."""

    relationship: Relationship
    key: str
    clause: Clause
    promise: Promise | None = None
    quiet: Reading | None = None
    parting: Reading | None = None


def today_page(member: Member, *, at: datetime) -> TodayPage:
    """Today for one member, in a bounded number of queries.

    The order is fixed: asked of you, promises due, promises due to you, waiting for your word, parting (at most two),
    quiet beyond their own rhythm (at most two). Each relationship stands once, with its first reason.
    """
    today = timezone.localdate(at)
    together = _tended(member=member, today=today)
    tended = list({head for _told_of, head in together})
    due = _due_promises(member, [told_of for told_of, _head in together], today)
    readings = _readings(relationships=tended, member=member)
    reasons = list(_first_of_each(_reasons(due, readings, today=today)))
    set_aside = _set_aside(member, [reason.relationship.pk for reason in reasons])
    asking = _at_most_seven(
        [one for one in reasons if not one.relationship.party.is_ours and not _is_set_aside(one, set_aside)]
    )
    waits_for_us = [promise for promise in due if promise.state(on=today) is not State.UNCONFIRMED]
    quiet = {reading.relationship_id: reading for reading in readings if reading.measure == Measure.QUIET}
    meetings = _meetings(member, today)
    asked = asked_part(member, tended=[told_of for told_of, _head in together], today=today)
    return TodayPage(
        today=today,
        opening=_opening(
            [promise for promise in waits_for_us if promise.is_ours],
            meetings,
            waits=len(asked.waits),
            today=today,
            at=at,
        ),
        box=note_box(member, box="today", write_url=reverse("desk:write")),
        tend=_tend_rows(asking, quiet, member=member, today=today),
        closing=_closing(len(tended), len(asking)),
        meetings=_meeting_rows(meetings, member=member, today=today, at=at),
        ours=promise_rows([p for p in waits_for_us if p.is_ours][:LIST_MAX], member=member, on=today),
        theirs=promise_rows([p for p in due if not p.is_ours][:LIST_MAX], member=member, on=today),
        asked=asked,
        named=named_rows(member, tended=[told_of for told_of, _head in together]),
        handed=handings_for(member, at=at),
        is_empty_house=not tended and not due and not Relationship.objects.exists(),
        import_url=reverse("desk:import"),
    )


def _due_promises(member: Member, tended: Sequence[UUID], today: date) -> list[Promise]:
    """Open promises due within three days, or late, in the relationships this member tends or promised in."""
    ids = _due_ids(tended=tended, until=today + timedelta(days=DUE_DAYS), member=member)
    return with_events(_due_promises_of(ids=ids, member=member)) if ids else []


@Ready[UUID]
def _due_ids(tended: Sequence[UUID], until: date, member: Member) -> models.QuerySet[Any]:
    due = Promise.objects.open().due_by(until).between()
    of_tended = due.filter(among("relationship_id", tended)).values_list("pk", flat=True)
    return of_tended.union(due.filter(by__in=Party.objects.filter(member=member)).values_list("pk", flat=True))


@Ready[Promise]
def _due_promises_of(ids: Sequence[UUID], member: Member) -> models.QuerySet[Promise]:
    seen = Promise.objects.visible_to(member).filter(among("pk", ids))
    named = seen.select_related("by__now", "to__now", "relationship__party__now__relationship")
    return named.order_by("due_on", "id")[:60]


@Ready[tuple[UUID, UUID]]
def _tended(member: Member, today: date) -> models.QuerySet[Any]:
    """What this member tends with all that is taken to be the same, each with the one it is taken for."""
    tending = Tending.objects.current(today).filter(member=member)
    of = Relationship.objects.outside().filter(pk__in=tending.values("relationship_id"))
    heads = of.values(head=Coalesce("party__now_id", "party_id"))
    themselves = Relationship.objects.filter(party__in=heads).values_list("pk", F("pk"))
    merged = Relationship.objects.filter(party__now__in=heads).values_list("pk", "party__now__relationship__pk")
    return themselves.union(merged)


@Ready[Reading]
def _readings(relationships: Sequence[UUID], member: Member) -> models.QuerySet[Reading]:
    """Readings of what this member tends: all that wait for us or parted, and the rhythm of each."""
    rows = Reading.objects.visible_to(member).filter(among("relationship_id", relationships))
    return (
        rows.filter(
            Q(measure=Measure.QUIET)
            | Q(measure=Measure.WHOSE_MOVE, says="our_move")
            | Q(measure=Measure.TUNE, says__in=PARTED),
            room=Room.OURS,
        )
        .select_related("relationship__party")
        .order_by("since_on", "id")
    )


def _told_once(readings: Iterable[Reading]) -> list[Reading]:
    """Readings that rest on the same last moment, told once: of the person rather than of where they work."""
    chosen: dict[object, Reading] = {}
    for reading in readings:
        last = reading.evidence[-1] if reading.evidence else reading.pk
        if last not in chosen or (
            reading.relationship.party.is_person and not chosen[last].relationship.party.is_person
        ):
            chosen[last] = reading
    return list(chosen.values())


def _reasons(due: list[Promise], readings: list[Reading], *, today: date) -> Iterator[_Reason]:
    for reading in _told_once(reading for reading in readings if reading.measure == Measure.WHOSE_MOVE):
        yield _asked(reading, today)
    for promise in due:
        if promise.is_ours and promise.state(on=today) is not State.UNCONFIRMED:
            yield _due(promise, today)
    for promise in due:
        if not promise.is_ours:
            yield _due(promise, today)
    parted = [reading for reading in readings if reading.measure == Measure.TUNE]
    parted.sort(key=lambda reading: (reading.since_on or date.min, str(reading.pk)), reverse=True)
    for reading in parted[:PARTING_MAX]:
        yield _Reason(reading.relationship, f"parting:{reading.since_on}", _clause(reading, today), parting=reading)
    quiet = _told_once(r for r in readings if r.measure == Measure.QUIET and r.says == "quiet")
    quiet.sort(key=lambda reading: (-(reading.value or 0) / (reading.quiet_beyond or 1), str(reading.pk)))
    for reading in quiet[:QUIET_MAX]:
        yield _Reason(reading.relationship, f"quiet:{reading.since_on}", _clause(reading, today), quiet=reading)


def _asked(reading: Reading, today: date) -> _Reason:
    return _Reason(reading.relationship, f"asked:{reading.since_on}", _clause(reading, today))


def _clause(reading: Reading, today: date) -> Clause:
    return Clause(says(reading, today=today), why_url=reverse("desk:why", args=[reading.pk]))


def _due(promise: Promise, today: date) -> _Reason:
    """A promise of either side that is due or late, in one sentence."""
    clause = Clause(promise_says(promise, today=today), why_url=reverse("desk:promise_why", args=[promise.pk]))
    # `_due_ids` finds those of relationships alone.
    of = as_now(cast(Relationship, promise.relationship))
    return _Reason(of, f"promise:{promise.pk}:{promise.due_on}", clause, promise=promise)


def _first_of_each(reasons: Iterable[_Reason]) -> Iterator[_Reason]:
    seen: set[UUID] = set()
    for reason in reasons:
        if reason.relationship.pk not in seen:
            seen.add(reason.relationship.pk)
            yield reason


def _at_most_seven(reasons: list[_Reason]) -> list[_Reason]:
    """The first seven, with room kept for those that part or are quiet: a full week of promises must not hide them."""
    kept = [reason for reason in reasons if reason.quiet is not None or reason.parting is not None]
    others = [reason for reason in reasons if reason not in kept]
    return [*others[: TEND_MAX - len(kept)], *kept]


def _set_aside(member: Member, relationship_ids: list[UUID]) -> dict[UUID, SetAside]:
    """The latest act of this member on each relationship that was not taken back."""
    acts = _acts(relationships=relationship_ids, member=member) if relationship_ids else []
    return {act.relationship_id: act for act in acts}


@Ready[SetAside]
def _acts(relationships: Sequence[UUID], member: Member) -> models.QuerySet[SetAside]:
    acts = SetAside.objects.filter(among("relationship_id", relationships), member=member, taken_back_at=None)
    return acts.order_by("at", "id")


def _is_set_aside(reason: _Reason, acts: dict[UUID, SetAside]) -> bool:
    """Not now: until there is another reason. Let it rest: until they move or a promise falls due."""
    act = acts.get(reason.relationship.pk)
    if act is None:
        return False
    if act.kind == SetAside.Kind.REST:
        return reason.quiet is not None or reason.parting is not None or act.reason == reason.key
    return act.reason == reason.key


def reason_key(member: Member, relationship_id: UUID, *, at: datetime) -> str:
    """What the line of a relationship on Today rests on just now; empty where it has none."""
    today = timezone.localdate(at)
    due = _due_promises(member, list(Relationship.objects.the_same([relationship_id])), today)
    reasons = _reasons(due, _readings(relationships=[relationship_id], member=member), today=today)
    return next((reason.key for reason in reasons if reason.relationship.pk == relationship_id), "")


def _tend_rows(
    reasons: list[_Reason], quiet: dict[UUID, Reading], *, member: Member, today: date
) -> tuple[TendRow, ...]:
    parties = [reason.relationship.party_id for reason in reasons]
    work = employers(parties, on=today, member=member)
    lines = _matters(relationships=[reason.relationship.pk for reason in reasons], member=member) if reasons else []
    matters = {as_now(line.relationship).pk: line for line in lines}
    ticks, modes = year_of_contact(parties, member=member, today=today)
    return tuple(_tend_row(reason, quiet, work, matters, ticks, modes, today) for reason in reasons)


def _tend_row(
    reason: _Reason,
    quiet: dict[UUID, Reading],
    work: dict[UUID, Tie],
    matters: dict[UUID, SideLine],
    ticks: dict[UUID, list[Tick]],
    modes: dict[UUID, dict[str, int]],
    today: date,
) -> TendRow:
    relationship, party = reason.relationship, reason.relationship.party
    rhythm = quiet.get(relationship.pk)
    used = modes.get(party.pk, {})
    mode = max(used, key=lambda name: (used[name], name), default="")
    return TendRow(
        name=party.name,
        of=str(work[party.pk].to_party) if party.pk in work else "",
        url=reverse("desk:relationship", args=[relationship.pk]),
        life=life_of(rhythm),
        reason=(reason.clause,),
        how=_how(mode, matters.get(relationship.pk)),
        how_icon=mode,  # type: ignore[arg-type]
        strip=_strip(reason, rhythm, ticks.get(party.pk, []), today),
        tend_url=reverse("desk:relationship", args=[relationship.pk]) + "#note",
        not_now_url=reverse("desk:not_now", args=[relationship.pk]),
        rest_url=reverse("desk:let_rest", args=[relationship.pk]),
    )


def _strip(reason: _Reason, rhythm: Reading | None, ticks: list[Tick], today: date) -> Strip | None:
    """What the reason rests on, drawn; else the year of contact."""
    party = reason.relationship.party
    parting = parting_strip(reason.parting, name=party.name, today=today) if reason.parting else None
    return _late_strip(reason.promise, today) or parting or rhythm_strip(party, rhythm, ticks)


def _how(mode: str, line: SideLine | None) -> str:
    """How they are mostly reached, since they have said nothing of their terms, and what they said matters."""
    usual = {
        Mode.VISIT: _("You mostly meet in person."),
        Mode.CALL: _("You mostly speak by telephone."),
        Mode.VIDEO: _("You mostly speak by video."),
        Mode.MAIL: _("You mostly write by e-mail."),
        Mode.MESSAGE: _("You mostly send each other messages."),
        Mode.LETTER: _("You mostly write letters."),
        Mode.GATHERING: _("You mostly meet at gatherings."),
    }
    sentences = [usual[Mode(mode)]] if mode else []
    if line is not None:
        words = _("“%(words)s”") % {"words": line.words} if line.is_quote else line.words
        sentences.append(_("What matters: %(words)s") % {"words": words})
    return " ".join(sentences)


@Ready[SideLine]
def _matters(relationships: Sequence[UUID], member: Member) -> models.QuerySet[SideLine]:
    lines = SideLine.objects.visible_to(member).standing().matters_to_them()
    theirs = lines.filter(relationship__in=Relationship.objects.the_same(relationships))
    return theirs.select_related("relationship__party__now__relationship").order_by("said_on", "id")


def _late_strip(promise: Promise | None, today: date) -> LateStrip | None:
    if promise is None or promise.due_on is None or promise.due_on >= today:
        return None
    words = {"made": spoken_day(promise.made_on, today=today), "due": spoken_day(promise.due_on, today=today)}
    return LateStrip(
        label=_("Promised %(made)s, due %(due)s, not done today") % words,
        made_on=promise.made_on,
        due_on=promise.due_on,
        today=today,
    )


def _meetings(member: Member, today: date) -> list[Moment]:
    """Today's, without what only a note tells has happened: it has no hour to stand at, and nothing is ahead in it."""
    since, until = instants_around(today)
    ids = _around(since=since, until=until, member=member)
    return with_participants(_meetings_of(ids=ids, today=today, member=member)) if ids else []


@Ready[UUID]
def _around(since: datetime, until: datetime, member: Member) -> models.QuerySet[Any]:
    return Participant.objects.around(since, until, with_parties=Party.objects.filter(member=member))


@Ready[Moment]
def _meetings_of(ids: Sequence[UUID], today: date, member: Member) -> models.QuerySet[Moment]:
    told = Piece.objects.standing().filter(fact_id=OuterRef("pk"))
    of_note = told.filter(joined=False)
    planned, met = of_note.filter(kind=PieceKind.PLAN), told.filter(kind=PieceKind.ENCOUNTER)
    return (
        Moment.objects.visible_to(member)
        .standing()
        .filter(among("pk", ids), on_day=today, mode__in=_MEETINGS)
        .exclude(Exists(of_note.filter(kind=PieceKind.ENCOUNTER)), is_all_day=True)
        .exclude(Exists(planned), Exists(met))
        .annotate(is_planned_by_note=Exists(planned))
        .order_by("happened_at", "id")[:LIST_MAX]
    )


def _meeting_rows(meetings: list[Moment], *, member: Member, today: date, at: datetime) -> tuple[MeetingRow, ...]:
    # The first one's page is the one a meeting opens.
    others = {meeting.pk: [p.party for p in meeting.participants.all() if not p.party.is_ours] for meeting in meetings}
    parties = [party.pk for people in others.values() for party in people]
    work = employers(parties, on=today, member=member)
    relationships = dict(_relationships(parties=parties, member=member)) if parties else {}
    plans = own_plans([meeting.pk for meeting in meetings if meeting.is_planned_by_note], member=member)  # type: ignore[attr-defined]
    visits = [meeting.pk for meeting in meetings if meeting.mode == Mode.VISIT]
    chosen = chosen_of(visits) if visits else {}
    to_ask = _to_ask(meetings, relationships, at=at)
    clashes = clashes_of([meeting for meeting in meetings if meeting.pk in plans], others, member=member, today=today)
    return tuple(
        _meeting_row(
            meeting,
            others[meeting.pk],
            work,
            relationships,
            plans.get(meeting.pk),
            clashes.get(meeting.pk, ""),
            chosen_says(chosen.get(meeting.pk), today=today),
            reverse("desk:moment", args=[meeting.pk]) if meeting.pk in to_ask else "",
        )
        for meeting in meetings
    )


def _to_ask(meetings: list[Moment], relationships: dict[UUID, UUID], *, at: datetime) -> set[UUID]:
    """Those that are over, of which both may be asked whether they were worth their time, and were not yet. What their terms
    say of it stands where it is asked."""
    today = timezone.localdate(at)
    over = [
        meeting.pk
        for meeting in meetings
        if not meeting.is_all_day
        and (meeting.ended_at or meeting.happened_at) <= at
        and worth.may_be_asked_of(meeting, on=today)
        and any(one.party_id in relationships for one in meeting.participants.all())
    ]
    return set(over) - worth.asked_of(over) if over else set()


@Ready[tuple[UUID, UUID]]
def _relationships(parties: Sequence[UUID], member: Member) -> models.QuerySet[Any]:
    seen = Relationship.objects.visible_to(member)
    merged = Party.objects.filter(among("pk", parties)).exclude(now=None).values_list("pk", "now__relationship__pk")
    return seen.filter(among("party_id", parties)).values_list("party_id", "pk").union(merged)


def _meeting_row(
    meeting: Moment,
    others: list[Party],
    work: dict[UUID, Tie],
    relationships: dict[UUID, UUID],
    plan: Piece | None,
    clash: str,
    chosen: str,
    worth_url: str,
) -> MeetingRow:
    first = others[0] if others else None
    names = ", ".join(str(party) for party in others[:3])
    if len(others) > 3:
        names = _("%(names)s and %(number)d more") % {"names": names, "number": len(others) - 3}
    houses = {str(work[party.pk].to_party) if party.pk in work else "" for party in others}
    about = _about(meeting, called=" ".join([*(str(party) for party in others), *houses]))
    return MeetingRow(
        at=None if meeting.is_all_day else meeting.happened_at,
        is_some_time=meeting.is_all_day and meeting.is_planned_by_note,  # type: ignore[attr-defined]
        name=names or meeting.subject,
        of="".join(houses) if len(houses) == 1 else "",
        note=about if names else "",
        url=reverse("desk:relationship", args=[relationships[first.pk]]) if first and first.pk in relationships else "",
        before_url=_before_url(meeting, relationships.get(first.pk) if first else None),
        own_words=sentence_of(plan) if plan else "",
        own_url=reverse("desk:note", args=[plan.note_id]) if plan else "",
        clash=clash,
        chosen=chosen,
        worth_url=worth_url,
        visit_url="" if chosen or meeting.mode != Mode.VISIT else reverse("desk:visit", args=[meeting.pk]),
    )


def _before_url(meeting: Moment, relationship_id: UUID | None) -> str:
    return f"{reverse('desk:before', args=[relationship_id])}?meeting={meeting.pk}" if relationship_id else ""


def _about(meeting: Moment, *, called: str) -> str:
    """What it is about and where, but for what only repeats whom it is with."""
    known = set(folded_words(called))
    told = [part for part in (meeting.subject, meeting.where) if not _repeats(part, known)]
    return ". ".join(part.rstrip(".") for part in told)


def _repeats(part: str, known: set[str]) -> bool:
    """Whether it says no more than names that are known, but for what joins them: and, with, at."""
    words = {word for word in folded_words(part) if len(word) > 3}
    return not part or (bool(words) and words <= known)


def _opening(ours: list[Promise], meetings: list[Moment], *, waits: int, today: date, at: datetime) -> str:
    """The day in a sentence or two."""
    due = sum(promise.due_on == today for promise in ours)
    sentences = []
    if waits:
        words = ngettext("One waits for your word.", "%(number)s wait for your word.", waits)
        sentences.append(words % {"number": capfirst(spoken_number(waits))})
    if due:
        sentences.append(
            ngettext(
                "One promise of ours comes due today.",
                "%(number)s promises of ours come due today.",
                due,
            )
            % {"number": capfirst(spoken_number(due))}
        )
    ahead = [meeting for meeting in meetings if not meeting.is_all_day and meeting.is_ahead(at)]
    if ahead:
        soonest = timezone.localtime(ahead[0].happened_at)
        sentences.append(_("Your next meeting is at %(time)s.") % {"time": f"{soonest:%H:%M}"})
    return " ".join(sentences) or _("Nothing is asked of you today.")


def _closing(tended: int, asking: int) -> str:
    rest = max(0, tended - asking)
    if not asking:
        return _("All is in rhythm. Enough for today.")
    if not rest:
        return _("That is enough.")
    return ngettext(
        "That is enough. The other one is in rhythm, or resting.",
        "That is enough. The other %(number)d are in rhythm, or resting.",
        rest,
    ) % {"number": rest}


__all__ = ["other_side", "reason_key", "today_page"]
