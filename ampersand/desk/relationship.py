"""What the page of one relationship shows, as it is known at a given time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ampersand.between.lines import Writing
from ampersand.core import as_known, ready
from ampersand.core.among import among
from ampersand.core.rooms import Room
from ampersand.core.spoken import spoken_day, spoken_number, spoken_times
from ampersand.desk.boxes import note_box
from ampersand.desk.contacts import Contact, contacts_of
from ampersand.desk.life import life_of
from ampersand.desk.names import employers, parties_of, same_relationships, short_name, url_of
from ampersand.desk.negotiations.near import negotiations_with, wishes_off
from ampersand.desk.notebook_rows import notebook_rows
from ampersand.desk.own_way import own_way
from ampersand.desk.pages.notebook import Kept
from ampersand.desk.pages.promises import PromiseRow
from ampersand.desk.pages.relationship import (
    AroundRow,
    GiveTake,
    ReadingRow,
    RelationshipPage,
)
from ampersand.desk.pages.strips import Gift, RhythmStrip, Tick
from ampersand.desk.pages.two_strips import TwoStrips
from ampersand.desk.pages.words import Clause
from ampersand.desk.promise_rows import promise_row, who_promised
from ampersand.desk.promised import promised_with
from ampersand.desk.rhythm import rhythm_strip
from ampersand.desk.sentences import rests_on
from ampersand.desk.sides import ANSWERED_DAYS, lines_of, part_of, writing_of
from ampersand.desk.terms_part import terms_part
from ampersand.desk.tie_words import is_end, tie_words
from ampersand.desk.tuned import tune_at_work, tune_figure
from ampersand.desk.two_strips import two_strips
from ampersand.exchange.models import Concession, Transaction
from ampersand.members.models import Member
from ampersand.parties.closed import Ready
from ampersand.parties.models import Party, Relationship, Tending, Tie, TieKind
from ampersand.promises.models import Promise, State
from ampersand.readings.models import Measure, Reading
from ampersand.readings.saying import says

LIST_MAX = 8
TIES_MAX = 60


def relationship_page(
    relationship: Relationship, *, member: Member, at: datetime, kept: Kept | None = None
) -> RelationshipPage:
    """The page of a relationship for a member who may see it. Bounded queries, however long it has lasted.

    In the book of a past day (`core.as_known`) it is the page of that day, `at` its end: nothing is written or done there.
    """
    today = timezone.localdate(at)
    party, is_now = relationship.party, as_known.past() is None
    may_write = is_now and party.may_be_tended(member)
    parties, same = parties_of(relationship), same_relationships(relationship)
    ties = _ties(party_id=party.pk, today=today, member=member)
    work = _employment(ties, party, member=member, today=today)
    lines = lines_of(relationships=same, since=at - timedelta(days=ANSWERED_DAYS), member=member)
    employer = _known(work.to_party) if work else None
    read = list(_readings(relationships=[relationship.pk, *([employer.pk] if employer else [])]))
    readings = {reading.measure: reading for reading in read if reading.relationship_id == relationship.pk}
    quiet = readings.get(Measure.QUIET.value)
    promises = promised_with(relationship, same=same, parties=parties, member=member)
    tendings = _each_once(_tendings(relationships=same, today=today))
    contacts = contacts_of(parties, member=member)
    ours, theirs = (_side(promises, is_ours, member, party, at) for is_ours in (True, False))
    name, closed = short_name(party), _closed(relationship, same)
    given = _concessions(relationships=same, since=today - timedelta(days=365), until=today, member=member)
    is_read = not wishes_off(same, member=member)
    give_take = _give_take(given, party, today=today) if is_read else None
    strips = two_strips(
        contacts,
        parties,
        work=work,
        quiet=quiet,
        expected=readings.get(Measure.NEXT.value),
        promises=promises,
        member=member,
        at=at,
    )
    facts = [*parties, *(fact.pk for told in (promises, given, lines, ties) for fact in told)]
    return RelationshipPage(
        name=party.name,
        life=life_of(quiet),
        today=today,
        standing=_standing(relationship, work, tendings, contacts, member=member, today=today),
        opening=_opening(readings, promises, give_take, strips, today=today),
        box=note_box(member, box=str(relationship.pk), about=relationship) if is_now else None,
        terms=terms_part(
            party.pk,
            [work.to_party_id] if work else [],
            name=name,
            member=member,
            at=at,
            today=today,
            url=reverse("desk:terms", args=[relationship.pk]) if is_now else "",
        ),
        strips=strips,
        readings=_reading_rows(readings, party, strips, today=today),
        own_way=own_way(parties, relationship, member=member, at=at),
        give_take=give_take,
        give_take_url=reverse("desk:give_take", args=[relationship.pk]),
        negotiations=negotiations_with(same, member=member, on=today),
        negotiate_url=reverse("desk:negotiate", args=[relationship.pk]) if may_write else "",
        ours=ours,
        theirs=theirs,
        ours_title=_("We promised"),
        theirs_title=_("%(name)s promised") % {"name": name},
        kept_says=_kept_says(promises, name, today),
        matters=part_of(lines, relationship, writing=writing_of(relationship, member) if is_now else Writing()),
        sides_url=reverse("desk:sides", args=[relationship.pk]),
        before_url=reverse("desk:before", args=[relationship.pk]) if is_now else "",
        around_title=_("Who stands around %(name)s") % {"name": name},
        around=_around(ties, relationship.party_id),
        notebook=notebook_rows(contacts, facts, relationships=same, member=member, at=at),
        notebook_more_url=reverse("desk:moments", args=[relationship.pk]),
        party_url=reverse("desk:party", args=[party.pk]),
        tie_url=reverse("desk:tell_tie", args=[party.pk]) if may_write else "",
        promise_url=_promise_url(relationship) if may_write else "",
        closed_says=_closed_says(closed),
        between_url=reverse("desk:between", args=[relationship.pk]),
        their_page_url=reverse("portal:given", args=[relationship.pk]),
        write_url=reverse("desk:write_message", args=[relationship.pk]) if may_write else "",
        who_sees_url=reverse("desk:who_sees", args=[closed[0].pk if closed else relationship.pk]),
        **_tending_urls(relationship, tends=any(t.member_id == member.pk and t.until_on is None for t in tendings)),
        kept=kept,
        tune=tune_figure(readings.get(Measure.TUNE.value), today=today) or tune_at_work(read, employer, today=today),
    )


@Ready[Relationship]
def relationship_shown(relationship_id: UUID, member: Member) -> models.QuerySet[Relationship]:
    """The relationship a page is asked for, with its party, if the member may see it."""
    return Relationship.objects.visible_to(member).filter(pk=relationship_id).select_related("party")


def _standing(
    relationship: Relationship,
    work: Tie | None,
    tendings: list[Tending],
    contacts: list[Contact],
    *,
    member: Member,
    today: date,
) -> tuple[Clause, ...]:
    """Whom they act for, since when you know each other, who tends it."""
    clauses = []
    if work is not None:
        act = (_("%(role)s at ") % {"role": capfirst(work.role)}) if work.role else _("At ")
        clauses += [Clause(act), Clause(str(work.to_party), url=url_of(work.to_party)), Clause(". ")]
    first_on = _first_on(relationship, contacts, member=member)
    # A past day may be one before they met.
    if first_on <= today:
        since = format_date(first_on, pgettext("date format: month and year in full", "F Y"))
        clauses.append(Clause(_("Between you since %(month)s.") % {"month": since}))
    names = [tending.member.name for tending in tendings if tending.from_on <= today][:4]
    if names:
        tending = ngettext("%(names)s tends it.", "%(names)s tend it.", len(names)) % {"names": _listed(names)}
        clauses.append(Clause(f" {tending}"))
    if relationship.party.is_ours:
        ours = _("%(name)s is one of us now; what was written before stays to be read.")
        clauses.append(Clause(" " + ours % {"name": relationship.party.name}))
    return tuple(clauses)


def _first_on(relationship: Relationship, contacts: list[Contact], *, member: Member) -> date:
    """The earliest day known of it: of contact, of trade, or of what made them known. Being in copy is no contact."""
    known_on = timezone.localdate(relationship.known_at)
    earlier = [contact.on_day for contact in contacts if not contact.is_copied]
    traded = _trade_before(party_id=relationship.party_id, known_on=known_on, member=member)
    return min([known_on, *earlier, *traded])


@Ready[date]
def _trade_before(party_id: UUID, known_on: date, member: Member) -> models.QuerySet[Any]:
    traded = Transaction.objects.visible_to(member).standing()
    traded = traded.filter(party__in=Party.objects.filter(pk=party_id).together(), happened_on__lt=known_on)
    return traded.order_by("happened_on").values_list("happened_on", flat=True)[:1]


@ready.Ready[Tending]
def _tendings(relationships: Sequence[UUID], today: date) -> models.QuerySet[Tending]:
    """Who tends it today or will, whoever began first."""
    tendings = Tending.objects.filter(Q(until_on=None) | Q(until_on__gt=today), among("relationship_id", relationships))
    return tendings.select_related("member").order_by("from_on", "id")


def _each_once(tendings: list[Tending]) -> list[Tending]:
    """Who tends two that are one tends one."""
    return list({tending.member_id: tending for tending in reversed(tendings)}.values())[::-1]


def tending_urls(relationship: Relationship, member: Member) -> dict[str, str]:
    """Where this member takes up tending it or lays it down. With whom is ours nobody does."""
    same = Relationship.objects.the_same([relationship.pk])
    tends = Tending.objects.filter(relationship__in=same, member=member, until_on=None).exists()
    return _tending_urls(relationship, tends=tends)


def _tending_urls(relationship: Relationship, *, tends: bool) -> dict[str, Any]:
    if relationship.party.is_ours or as_known.past() is not None:
        return {}
    name, view = ("stop_tending_url", "desk:stop_tending") if tends else ("tend_url", "desk:tend")
    return {name: reverse(view, args=[relationship.pk])}


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def _opening(
    readings: dict[str, Reading],
    promises: list[Promise],
    give_take: GiveTake | None,
    strips: TwoStrips | None,
    *,
    today: date,
) -> tuple[Clause, ...]:
    """The reading on top: what holds of the stored readings, promises that are late, give and take of the year.

    Each clause opens its evidence. Too early for any, it counts the days of contact.
    """
    clauses = []
    for measure, unsaid in _ON_TOP.items():
        reading = readings.get(measure.value)
        if reading is not None and reading.says not in unsaid:
            clauses += [Clause(says(reading, today=today), why_url=reverse("desk:why", args=[reading.pk])), Clause(" ")]
    for is_ours in (True, False):
        late = sum(p.is_ours == is_ours and p.state(on=today) is State.LATE for p in promises)
        if late:
            sentence = (
                ngettext("One promise of ours is late.", "%(number)s promises of ours are late.", late)
                if is_ours
                else ngettext("One promise to us is late.", "%(number)s promises to us are late.", late)
            )
            clauses.append(Clause(sentence % {"number": capfirst(spoken_number(late))} + " "))
    if give_take is not None:
        clauses.append(Clause(give_take.finding, url="#give-take"))
    return tuple(clauses) or (Clause(_so_far(strips, today)),)


_ORDER = Measure.values
_ALWAYS_SHOWN = (Measure.WHOSE_MOVE, Measure.QUIET)
_UNREMARKABLE = ("too_early", "confirmed", "in_step", "kept_ahead", "in_tune", "not_heard")
# What stands in the reading on top, in its order, and what of it goes without saying.
_ON_TOP = {
    Measure.TUNE: ("too_early", "in_tune"),
    Measure.QUIET: (),
    Measure.WHOSE_MOVE: ("nobodys_move",),
    Measure.MORE_OURS: ("too_early", "in_step", "kept_ahead"),
    Measure.GAP_OURS: ("too_early", "confirmed"),
    Measure.GAP_THEIRS: ("too_early", "confirmed"),
    Measure.AGREE: ("agree", "told", "not_heard"),
}


def _so_far(strips: TwoStrips | None, today: date) -> str:
    days = [day.on for month in strips.months for day in month.days] if strips else []
    if not days:
        return _("Nothing between you yet. Write down how you met.")
    return ngettext(
        "You were in touch on one day so far: %(day)s.",
        "You were in touch on %(number)s days so far, most recently %(day)s.",
        len(days),
    ) % {"number": spoken_number(len(days)), "day": spoken_day(max(days), today=today)}


def _reading_rows(
    readings: dict[str, Reading], party: Party, strips: TwoStrips | None, *, today: date
) -> tuple[ReadingRow, ...]:
    """Each reading with what it rests on; its own rhythm as the year it was read from."""
    days = [day for month in strips.months for day in month.days] if strips else []
    ticks = [Tick(days_ago=(today - day.on).days, way=day.way) for day in days]
    strip = rhythm_strip(party, readings.get(Measure.QUIET.value), ticks)
    return tuple(
        _reading_row(reading, today, strip if reading.measure == Measure.QUIET else None)
        for reading in sorted(readings.values(), key=lambda reading: _ORDER.index(reading.measure))
    )


def _reading_row(reading: Reading, today: date, strip: RhythmStrip | None) -> ReadingRow:
    return ReadingRow(
        says=says(reading, today=today),
        why_url=reverse("desk:why", args=[reading.pk]),
        as_of=reading.as_of,
        rests_on=rests_on(reading),
        strip=strip,
        is_folded=reading.measure not in _ALWAYS_SHOWN and reading.says in _UNREMARKABLE,
    )


def _promise_url(relationship: Relationship) -> str:
    return reverse("desk:new_promise") + f"?relationship={relationship.pk}"


def _side(promises: list[Promise], is_ours: bool, member: Member, party: Party, at: datetime) -> tuple[PromiseRow, ...]:
    """One side's list: what is open by the day it is due, then the latest two that were settled this quarter."""
    side = [promise for promise in promises if promise.is_ours == is_ours]
    still_open = sorted((p for p in side if p.settled_at is None), key=lambda p: (p.due_on or date.max, p.made_on))
    recent, today = at - timedelta(days=92), timezone.localdate(at)
    settled = sorted(
        (p for p in side if p.settled_at and p.settled_at > recent), key=lambda p: p.settled_at or recent, reverse=True
    )
    chosen = still_open[:LIST_MAX] + settled[:2]
    return tuple(promise_row(p, member=member, on=today, note=who_promised(p, on_page_of=party.pk)) for p in chosen)


def _kept_says(promises: list[Promise], name: str, today: date) -> str:
    """Of the last twenty each way that fell due: how many were called kept. Two counts, never one."""
    sentences = []
    for is_ours in (True, False):
        due = [p for p in promises if p.is_ours == is_ours and p.due_on and (p.due_on < today or p.settled_at)]
        due = [p for p in due if p.offered_at is None and p.state(on=today) is not State.DECLINED][:20]
        kept = sum(p.state(on=today) is State.KEPT for p in due)
        if len(due) >= 3:
            words = {"due": len(due), "kept": kept, "name": name}
            sentences.append(
                (
                    _("Of our last %(due)d that fell due, %(kept)d were called kept.")
                    if is_ours
                    else _("Of the last %(due)d to us, %(kept)d were kept.")
                )
                % words
            )
    return " ".join(sentences)


@Ready[Tie]
def _ties(party_id: UUID, today: date, member: Member) -> models.QuerySet[Tie]:
    itself = Party.objects.filter(pk=party_id).together()
    # A union, since for ties from *or* to some of them PostgreSQL would read all ties.
    theirs = Tie.objects.filter(from_party__in=itself).values("pk")
    theirs = theirs.union(Tie.objects.filter(to_party__in=itself).values("pk"))
    return (
        Tie.objects.visible_to(member)
        .standing()
        .current(today)
        .filter(pk__in=theirs)
        .select_related("from_party__relationship", "to_party__relationship", "from_party__now", "to_party__now")
        .order_by("kind", "told_at", "id")[:TIES_MAX]
    )


@ready.Ready[Reading]
def _readings(relationships: Sequence[UUID]) -> models.QuerySet[Reading]:
    return Reading.objects.filter(among("relationship_id", relationships), room=Room.OURS)


def _known(organisation: Party) -> Relationship | None:
    """The house's relationship with where somebody works: who sees that they do sees it too."""
    now = organisation.now or organisation
    return now.relationship if hasattr(now, "relationship") else None


def _employment(ties: list[Tie], party: Party, *, member: Member, today: date) -> Tie | None:
    """The tie to where they work, of several the latest told."""
    if len(ties) == TIES_MAX:
        return employers([party.pk], on=today, member=member).get(party.pk)
    at_work = [tie for tie in ties if tie.kind == TieKind.WORKS_AT and is_end(tie.from_party, party.pk)]
    return at_work[-1] if at_work else None


def _around(ties: list[Tie], party_id: UUID) -> tuple[AroundRow, ...]:
    """Who is tied to them: nearest kinds first, at most twelve."""
    others: dict[UUID, tuple[Party, Tie]] = {}
    for tie in ties:
        other = tie.to_party if is_end(tie.from_party, party_id) else tie.from_party
        others.setdefault(other.now_id or other.pk, (other, tie))
    chosen = list(others.items())[:12]
    quiet = _quiet_of(party_ids=[party_id for party_id, _other in chosen]) if chosen else []
    readings = {reading.relationship.party_id: reading for reading in quiet}
    return tuple(
        AroundRow(
            name=str(other),
            tie=tie_words(tie, seen_from=party_id),
            url=url_of(other),
            note=tie.role,
            life=life_of(readings.get(other_id)) if hasattr(other, "relationship") else None,
        )
        for other_id, (other, tie) in chosen
    )


@ready.Ready[Reading]
def _quiet_of(party_ids: Sequence[UUID]) -> models.QuerySet[Reading]:
    readings = Reading.objects.filter(among("relationship__party_id", party_ids), measure=Measure.QUIET)
    return readings.select_related("relationship").defer("evidence", "against")


def _give_take(given: list[Concession], party: Party, *, today: date) -> GiveTake | None:
    """Concessions of the past year, each once; two counts, never a sum."""
    if not given:
        return None
    name = short_name(party)
    ours = sum(concession.is_ours for concession in given)
    words = {"name": name, "theirs": spoken_times(len(given) - ours), "ours": spoken_times(ours)}
    largest = max((concession.amount or 0 for concession in given), default=0)
    finding = _("%(name)s gave way %(theirs)s this year, we %(ours)s.") % words
    return GiveTake(
        finding=finding,
        label=finding,
        since=today - timedelta(days=365),
        theirs_name=_("%(name)s gave") % words,
        gifts=tuple(
            Gift(
                days_ago=(today - c.happened_on).days,
                way="ours" if c.is_ours else "theirs",
                says=c.words,
                worth=float(c.amount / largest) if c.amount and largest else 0.35,
            )
            for c in given
        ),
        small_print=_(
            "Drawn as large as somebody put it, roughly; those without an amount are drawn small. "
            "Two columns, never a sum."
        ),
    )


@Ready[Concession]
def _concessions(
    relationships: Sequence[UUID], since: date, until: date, member: Member
) -> models.QuerySet[Concession]:
    given = Concession.objects.visible_to(member).standing().filter(among("relationship_id", relationships))
    given = given.filter(drawn_back_at=None)
    return given.filter(happened_on__gte=since, happened_on__lte=until).order_by("happened_on", "id")


def _closed(relationship: Relationship, same: list[UUID]) -> list[Relationship]:
    """Itself where it is closed, and those that are closed of whom its party is taken to be the same: each hides it."""
    merged = Relationship.objects.filter(among("pk", same)).exclude(closed_at=None).order_by("closed_at", "id")
    return list(merged) if len(same) > 1 else [relationship] if relationship.closed_at else []


def _closed_says(closed: list[Relationship]) -> str:
    if not closed:
        return ""
    named = []
    for relationship in closed:
        rows = relationship.closed_to.filter(until=None).select_related("member", "team").order_by("told_at", "id")
        named.append([who.name for row in rows if (who := row.member or row.team)])
    names = [name for name in named[0] if all(name in others for others in named)]
    return _("Only %(names)s see this.") % {"names": _listed(names)}
