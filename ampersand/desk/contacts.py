"""Every contact of one relationship, asked once for its whole page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models

from ampersand.core.among import among
from ampersand.members.models import Member
from ampersand.parties.closed import Ready
from ampersand.timeline.models import Moment, Participant, ParticipantRole

CONTACTS_MAX = 5_000


@dataclass(frozen=True, slots=True)
class Contact:
    """A moment that some of the parties had a part in; `is_copied` where all they had of it was a copy."""

    moment_id: UUID
    on_day: date
    happened_at: datetime
    began: str
    mode: str
    subject: str
    is_copied: bool


def contacts_of(parties: Sequence[UUID], *, member: Member) -> list[Contact]:
    """What happened and what is arranged with these parties, as far as the member may see it, the latest first.

    Of more than five thousand the latest.
    """
    found: dict[UUID, Contact] = {}
    for moment_id, on_day, happened_at, began, mode, subject, role in _part_in(parties=parties, member=member):
        is_copied = role == ParticipantRole.COPY
        if moment_id not in found or (found[moment_id].is_copied and not is_copied):
            found[moment_id] = Contact(moment_id, on_day, happened_at, began, mode, subject, is_copied)
    return list(found.values())


@Ready[tuple[UUID, date, datetime, str, str, str, str]]
def _part_in(parties: Sequence[UUID], member: Member) -> models.QuerySet[Any]:
    """Asked of the participants, whose index has the parties and the times: a house has too many moments to walk through."""
    seen = Moment.objects.visible_to(member).standing()
    return (
        Participant.objects.filter(among("party_id", parties), moment__in=seen)
        .order_by("-happened_at", "-moment__id")
        .values_list(
            "moment_id",
            "moment__on_day",
            "happened_at",
            "moment__began",
            "moment__mode",
            "moment__subject",
            "role",
        )[:CONTACTS_MAX]
    )
