"""Before a meeting: one still page with what matters to each, what both said last, what is open, and room to write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.between.agreement import find_holding
from ampersand.between.lines import Writing
from ampersand.between.page import Viewer
from ampersand.between.suggesting import suggestions
from ampersand.desk.contacts import Contact, contacts_of
from ampersand.desk.names import employers, parties_of, same_relationships, short_name
from ampersand.desk.negotiations.cards import concessions
from ampersand.desk.negotiations.near import wishes_off
from ampersand.desk.pages.before import BeforePage, LastSaid, Meeting
from ampersand.desk.pages.promises import PromiseRow
from ampersand.desk.promise_rows import promise_row, who_promised
from ampersand.desk.sides import matters_of
from ampersand.desk.terms_part import terms_part
from ampersand.desk.touching import touched_by
from ampersand.exchange.models import ConcessionState, Negotiation, Offer, OfferEvent, Weight
from ampersand.exchange.negotiating.states import OfferEventKind
from ampersand.members.models import House, Member
from ampersand.notebook.models import Note
from ampersand.notebook.naming import notes_telling_of
from ampersand.parties.models import Relationship
from ampersand.promises.models import Promise, with_events
from ampersand.timeline.models import Began, Mode, Moment, with_participants

# One side of A5 holds about so much of each.
FEW = 3
PROMISES_MAX = 5
QUESTIONS_MAX = 4
SETTLED_DAYS = 30
AHEAD_DAYS = 60
GIVEN_DAYS = 3 * 365
WORDS_MAX = 220
MEETINGS = (Mode.VISIT, Mode.CALL, Mode.VIDEO, Mode.GATHERING)


def before_page(
    relationship: Relationship, *, member: Member, at: datetime, meeting_id: UUID | None = None
) -> BeforePage:
    """The page for the meeting that is named, or for the next one. Bounded queries, however long it has lasted."""
    today, party = timezone.localdate(at), relationship.party
    parties, same = parties_of(relationship), same_relationships(relationship)
    contacts = contacts_of(parties, member=member)
    ahead = _ahead(contacts, meeting_id, today=today, at=at)
    last = _last(contacts, at=at)
    moments = _moments([contact for contact in (ahead, *last) if contact], member=member)
    promises = _promises(same, member=member, at=at)
    work = employers([party.pk], on=today, member=member).get(party.pk)
    our_giving, their_giving = _unanswered(same, member=member, today=today)
    holding = find_holding(same)
    return BeforePage(
        house=House.objects.get().name,
        name=party.name,
        today=today,
        back_url=reverse("desk:relationship", args=[relationship.pk]),
        meeting=_meeting(moments[ahead.moment_id]) if ahead and ahead.moment_id in moments else None,
        said=_said(last, moments, name=short_name(party), member=member),
        matters=matters_of(relationship, same, member=member, at=at, writing=Writing(), most=FEW),
        ours=_side(promises, True, member=member, today=today),
        theirs=_side(promises, False, member=member, today=today),
        our_giving=our_giving,
        their_giving=their_giving,
        suggestions=_suggestions(same, member=member, name=short_name(party)),
        terms=terms_part(
            party.pk,
            [work.to_party_id] if work else [],
            name=short_name(party),
            member=member,
            at=at,
            today=today,
            url="",
        ),
        look_again_on=holding.look_again_on if holding else None,
        touched=touched_by(relationship, member=member, today=today),
    )


def _ahead(contacts: Sequence[Contact], meeting_id: UUID | None, *, today: date, at: datetime) -> Contact | None:
    """The meeting that is named, where it is one of theirs; else the next one of the coming weeks, today's among them."""
    named = next((contact for contact in contacts if contact.moment_id == meeting_id), None)
    if named is not None:
        return named
    until = today + timedelta(days=AHEAD_DAYS)
    coming = [one for one in contacts if one.mode in MEETINGS and today <= one.on_day <= until]
    still = [one for one in coming if one.happened_at > at - timedelta(hours=1) or one.on_day > today]
    return min(still, key=lambda one: (one.happened_at, str(one.moment_id)), default=None)


def _last(contacts: Sequence[Contact], *, at: datetime) -> tuple[Contact | None, ...]:
    """When they last met, and what each side wrote last; a copy is no word to anybody."""
    past = [one for one in contacts if one.happened_at <= at and not one.is_copied]
    met = next((one for one in past if one.mode in MEETINGS), None)
    written = [one for one in past if one.mode not in MEETINGS]
    return (
        met,
        next((one for one in written if one.began == Began.THEM), None),
        next((one for one in written if one.began == Began.US), None),
    )


def _moments(contacts: Sequence[Contact], *, member: Member) -> dict[UUID, Moment]:
    seen = Moment.objects.visible_to(member).filter(pk__in=[contact.moment_id for contact in contacts])
    return {moment.pk: moment for moment in with_participants(list(seen.order_by("id")))}


def _meeting(moment: Moment) -> Meeting:
    present = [one.party for one in moment.participants.all()]
    return Meeting(
        mode=str(moment.get_mode_display()),
        at=None if moment.is_all_day else moment.happened_at,
        on=moment.on_day,
        where=moment.where,
        about=moment.subject,
        theirs=tuple(dict.fromkeys(str(one) for one in present if not one.is_ours)),
        ours=tuple(dict.fromkeys(str(one) for one in present if one.is_ours)),
    )


def _said(
    last: Sequence[Contact | None], moments: dict[UUID, Moment], *, name: str, member: Member
) -> tuple[LastSaid, ...]:
    shown = [moments[contact.moment_id] for contact in last if contact and contact.moment_id in moments]
    notes = notes_telling_of([moment.pk for moment in shown], Note.objects.visible_to(member).standing())
    who = {Began.THEM.value: name, Began.US.value: _("We")}
    rows = []
    for moment in shown:
        told = next((note.words for note in notes.get(moment.pk, [])), "")
        words = " ".join((moment.words or told or moment.subject).split())
        is_meeting = moment.mode in MEETINGS
        rows.append(
            LastSaid(
                who=_("When you last met") if is_meeting else who.get(moment.began, ""),
                how=str(moment.get_mode_display()),
                on=moment.on_day,
                words=words if len(words) <= WORDS_MAX else f"{words[: WORDS_MAX - 1].rstrip()}…",
            )
        )
    return tuple(rows)


def _promises(same: Sequence[UUID], *, member: Member, at: datetime) -> list[Promise]:
    """What is open or waits for a word, and what was settled lately."""
    lately = Q(settled_at=None) | Q(settled_at__gt=at - timedelta(days=SETTLED_DAYS))
    told = Promise.objects.visible_to(member).standing().filter(lately, relationship__in=same)
    known = told.select_related("by__now", "to__now", "relationship").order_by("-made_on", "-id")
    return with_events(list(known[:200]))


def _side(promises: Sequence[Promise], is_ours: bool, *, member: Member, today: date) -> tuple[PromiseRow, ...]:
    side = sorted(
        (one for one in promises if one.is_ours == is_ours),
        key=lambda one: (one.settled_at is not None, one.due_on or date.max, one.made_on, one.pk),
    )
    return tuple(promise_row(one, member=member, on=today, note=who_promised(one)) for one in side[:PROMISES_MAX])


def _unanswered(same: Sequence[UUID], *, member: Member, today: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What was given by us, and by them, and is not answered: neither a gift nor drawn back. Nothing where a side wishes so."""
    if wishes_off(same, member=member):
        return (), ()
    given = concessions(member).filter(
        relationship__in=same, is_gift=False, happened_on__gt=today - timedelta(days=GIVEN_DAYS)
    )
    still = [one for one in given[:200] if one.state in (ConcessionState.MADE, ConcessionState.OFFERED)]
    sides = ([one.words for one in still if one.is_ours == is_ours][:FEW] for is_ours in (True, False))
    ours, theirs = (tuple(words) for words in sides)
    return ours, theirs


def _suggestions(same: Sequence[UUID], *, member: Member, name: str) -> tuple[tuple[str, str], ...]:
    """What costs one little and is worth much to the other: from what both stated in an open negotiation, and nothing else."""
    accepted = OfferEvent.objects.filter(offer__negotiation=OuterRef("pk"), kind=OfferEventKind.ACCEPTED)
    offered = Offer.objects.filter(negotiation=OuterRef("pk"), withdrawn_at=None)
    seen = Negotiation.objects.visible_to(member).standing().filter(relationship__in=same)
    newest = (
        seen.filter(Exists(offered))
        .exclude(Exists(accepted))
        .order_by("-told_at", "-id")
        .prefetch_related("questions")
        .first()
    )
    if newest is None:
        return ()
    questions = sorted(newest.questions.all(), key=lambda one: one.position)
    stated: dict[bool, dict[UUID, int]] = {True: {}, False: {}}
    for one in Weight.objects.visible_to(member).filter(question__in=questions, is_stated=True):
        stated[one.is_ours][one.question_id] = one.value
    viewer = Viewer(is_ours=True, party_ids=(), other=name, address=lambda _act, _id: "")
    found = suggestions(questions, stated[True], stated[False], viewer=viewer)
    return tuple(("; ".join(one.says), " ".join(one.because)) for one in found[:1])
