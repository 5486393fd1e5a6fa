"""Does this need a visit? Their terms, its purpose and what was said of the last ones, for those who go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.core.among import among
from ampersand.core.spoken import spoken_day
from ampersand.desk.contacts import contacts_of
from ampersand.desk.names import as_now, employers, parties_of, short_name
from ampersand.desk.pages.relationship import Terms
from ampersand.desk.pages.visit import PastVisit, VisitPage
from ampersand.desk.planned import own_plans, sentence_of
from ampersand.desk.terms_part import clashes_of, terms_part
from ampersand.members.models import Member
from ampersand.notebook.models import Note
from ampersand.notebook.naming import notes_telling_of
from ampersand.parties.models import Party, Relationship
from ampersand.timeline import visits
from ampersand.timeline.models import HowToGo, Mode, Moment, VisitChoice

LAST = 3
WORDS_MAX = 300


def visit_page(moment: Moment, *, member: Member, at: datetime) -> VisitPage:
    today = timezone.localdate(at)
    theirs = [
        one.party for one in moment.participants.select_related("party__now").order_by("id") if not one.party.is_ours
    ]
    relationship = relationship_of(moment, member)
    plan = own_plans([moment.pk], member=member).get(moment.pk)
    may_choose = visits.is_planned_visit(moment, on=today) and visits.goes(moment, member)
    return VisitPage(
        name=", ".join(dict.fromkeys(str(party) for party in theirs)) or moment.subject,
        at=None if moment.is_all_day else moment.happened_at,
        on=moment.on_day,
        today=today,
        where=moment.where,
        about=moment.subject,
        own_words=sentence_of(plan) if plan else "",
        clash=clashes_of([moment], {moment.pk: theirs}, member=member, today=today).get(moment.pk, ""),
        terms=_terms(relationship, member=member, at=at, today=today) if relationship else None,
        before=_before(relationship, moment, member=member, at=at) if relationship else (),
        chosen=chosen_says(chosen_of([moment.pk]).get(moment.pk), today=today),
        choose_url=reverse("desk:visit", args=[moment.pk]) if may_choose else "",
        back_url=reverse("desk:moment", args=[moment.pk]),
    )


def relationship_of(moment: Moment, member: Member) -> Relationship | None:
    """The relationship of the first of the other side who is known."""
    parties = Party.objects.filter(participations__moment=moment).outside()
    seen = Relationship.objects.visible_to(member).filter(party__in=parties)
    found = seen.select_related("party__now__relationship").order_by("known_at", "id").first()
    return as_now(found) if found else None


def chosen_of(moments: Sequence[UUID]) -> dict[UUID, VisitChoice]:
    """By moment, the latest word. One query."""
    said = VisitChoice.objects.filter(among("moment_id", moments)).select_related("by").order_by("at", "id")
    return {one.moment_id: one for one in said}


def chosen_says(choice: VisitChoice | None, *, today: date) -> str:
    if choice is None:
        return ""
    told = {"name": choice.by or _("somebody of us"), "day": spoken_day(timezone.localdate(choice.at), today=today)}
    return {
        HowToGo.VISIT: _("It stays a visit: %(name)s, %(day)s."),
        HowToGo.CALL: _("A call instead: %(name)s, %(day)s."),
        HowToGo.LINE: _("A line instead: %(name)s, %(day)s."),
    }[HowToGo(choice.choice)] % told


def _terms(relationship: Relationship, *, member: Member, at: datetime, today: date) -> Terms:
    party = relationship.party
    work = employers([party.pk], on=today, member=member).get(party.pk)
    organisations = [work.to_party_id] if work else []
    return terms_part(party.pk, organisations, name=short_name(party), member=member, at=at, today=today, url="")


def _before(relationship: Relationship, moment: Moment, *, member: Member, at: datetime) -> tuple[PastVisit, ...]:
    """The last visits, with what was kept of each: the words of the moment, or of a note one may read."""
    past = [
        contact.moment_id
        for contact in contacts_of(parties_of(relationship), member=member)
        if contact.mode == Mode.VISIT and contact.happened_at <= at and contact.moment_id != moment.pk
    ][:LAST]
    found = Moment.objects.visible_to(member).filter(pk__in=past).order_by("-happened_at", "-id")
    notes = notes_telling_of(past, Note.objects.visible_to(member).standing())
    return tuple(
        PastVisit(
            on=one.on_day,
            words=_short(one.words or next((note.words for note in notes.get(one.pk, [])), "") or one.subject),
            url=reverse("desk:moment", args=[one.pk]),
        )
        for one in found
    )


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= WORDS_MAX else f"{words[: WORDS_MAX - 1].rstrip()}…"
