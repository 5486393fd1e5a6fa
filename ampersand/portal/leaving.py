"""Being forgotten at one's own wish, and who of us is spoken to on the page Between."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ampersand.core import jobs
from ampersand.members.models import House
from ampersand.parties import erasing
from ampersand.parties.models import Party, Relationship, Tending
from ampersand.portal.models import PageLink, Visit
from ampersand.terms import actions as terms

FORGET = "ampersand.portal.tasks.forget"


def ask_to_be_forgotten(party: Party, *, leaves_mark: bool, at: datetime) -> None:
    """Have a job erase a party that asked for it. Where they wish it their addresses are left alone for good (`leave_alone`).

    Their doors are shut at once: whoever holds a link of theirs sees nothing more.
    """
    if leaves_mark:
        terms.leave_alone(party, at=at)
    theirs = PageLink.objects.filter(party__in=list(Party.objects.the_same([party.pk])))
    Visit.objects.filter(link__in=theirs, ended_at=None).update(ended_at=at)
    theirs.filter(revoked_at=None).update(revoked_at=at)
    jobs.defer(FORGET, lock=f"{FORGET}:{party.pk}", party_id=str(party.pk))


def forget(party_id: UUID, *, at: datetime) -> None:
    """Erase a party that asked for it on its own page. Twice does no harm."""
    erasing.erase_at_own_wish(Party.objects.get(pk=party_id), at=at)


def who_answers(relationship: Relationship, *, on: date) -> list[Party]:
    """Those of us who tend this relationship, or the one with whom they are taken to be the same."""
    there = Relationship.objects.the_same([relationship.pk])
    members = Tending.objects.current(on).filter(relationship__in=there, member__left_at=None)
    return list(Party.objects.filter(member__in=members.values("member")).order_by("pk"))


def party_of_the_house() -> Party:
    return Party.objects.get(is_house=True)


def zone_of_the_house() -> str:
    return House.objects.get().time_zone


def currency_of_the_house() -> str:
    return House.objects.get().currency
