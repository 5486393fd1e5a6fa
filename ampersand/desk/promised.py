"""The promises between the house and somebody: of an organisation those of its people too, as *kept* is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models

from ampersand.core import ready
from ampersand.core.among import among
from ampersand.members.models import Member
from ampersand.parties.closed import Ready
from ampersand.parties.models import Party, Relationship, Tie, TieKind
from ampersand.promises.models import Promise, with_events

PROMISES_MAX = 200


def promised_with(
    relationship: Relationship, *, same: Sequence[UUID], parties: Sequence[UUID], member: Member
) -> list[Promise]:
    """Open promises and the latest that were settled, at most two hundred, newest first, with what was said of them.

    Of an organisation also what was promised between us and its people while they worked there; of whom is closed it is not
    told here, as it is in no reading of it. `parties` are those of `names.parties_of`.
    """
    found = list(_promises(relationships=same, member=member))
    if not relationship.party.is_person and len(parties) > 1:
        found += _of_people(relationship, parties, {one.pk for one in found}, member=member)
        found = sorted(found, key=lambda one: (one.made_on, one.pk), reverse=True)[:PROMISES_MAX]
    return with_events(found)


def _of_people(relationship: Relationship, parties: Sequence[UUID], own: set[UUID], *, member: Member) -> list[Promise]:
    at_work: dict[UUID, list[tuple[date | None, date | None]]] = {}
    for person, head, from_on, until_on in _worked(party_id=relationship.party_id):
        at_work.setdefault(head or person, []).append((from_on, until_on))

    def is_of_work(promise: Promise) -> bool:
        party = promise.relationship.party if promise.relationship else None
        spans = at_work.get(party.now_id or party.pk, []) if party else []
        return any(
            (from_on is None or from_on <= promise.made_on) and (until_on is None or promise.made_on < until_on)
            for from_on, until_on in spans
        )

    people = [one for one in parties if one != relationship.party_id]
    theirs = _promises_of(parties=people, member=member)
    return [one for one in theirs if one.pk not in own and _is_told_here(one, relationship) and is_of_work(one)]


def _is_told_here(promise: Promise, relationship: Relationship) -> bool:
    of = promise.relationship
    return of is not None and (of.closed_at is None or relationship.closed_at is not None)


@Ready[Promise]
def _promises(relationships: Sequence[UUID], member: Member) -> models.QuerySet[Promise]:
    seen = Promise.objects.visible_to(member).standing().filter(among("relationship_id", relationships))
    return seen.select_related("by__now", "to__now", "relationship").order_by("-made_on", "-id")[:PROMISES_MAX]


@Ready[Promise]
def _promises_of(parties: Sequence[UUID], member: Member) -> models.QuerySet[Promise]:
    seen = Promise.objects.visible_to(member).standing().filter(among("relationship__party_id", parties))
    together = seen.select_related("by__now", "to__now", "relationship__party")
    return together.order_by("-made_on", "-id")[:PROMISES_MAX]


@ready.Ready[tuple[UUID, UUID | None, date | None, date | None]]
def _worked(party_id: UUID) -> models.QuerySet[Any]:
    """Who works or worked there, for whom they stand, from when and until when."""
    itself = Party.objects.filter(pk=party_id).values("pk").union(Party.objects.filter(now_id=party_id).values("pk"))
    at_work = Tie.objects.filter(to_party__in=itself, kind=TieKind.WORKS_AT, withdrawn_at=None)
    return at_work.order_by("id").values_list("from_party_id", "from_party__now_id", "from_on", "until_on")
