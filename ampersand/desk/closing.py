from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from ampersand.desk.relationship import tending_urls
from ampersand.members.models import Member
from ampersand.parties.models import Relationship


@dataclass(frozen=True, slots=True)
class WhoSeesPage:
    """Who may see a relationship. Where it is open, nobody is named."""

    name: str
    is_closed: bool
    inside: tuple[str, ...]
    member_ids: tuple[UUID, ...]
    team_ids: tuple[UUID, ...]
    relationship_url: str
    close_url: str
    reopen_url: str = ""
    tending: tuple[str, ...] = ()
    tend_url: str = ""
    stop_tending_url: str = ""
    hand_over_url: str = ""
    handing_over_url: str = ""
    here: ClassVar[str] = "relationships"


def who_sees_page(relationship: Relationship, *, by: Member) -> WhoSeesPage:
    named = list(relationship.closed_to.filter(until=None).select_related("member", "team").order_by("told_at", "id"))
    may, urls = relationship.may_be_closed(by), tending_urls(relationship, by)
    return WhoSeesPage(
        name=relationship.party.name,
        is_closed=relationship.closed_at is not None,
        inside=tuple(sorted(str(one.member or one.team) for one in named)),
        member_ids=tuple(one.member_id for one in named if one.member_id and one.member_id != by.pk),
        team_ids=tuple(one.team_id for one in named if one.team_id),
        relationship_url=reverse("desk:relationship", args=[relationship.pk]),
        close_url=reverse("desk:who_sees", args=[relationship.pk]),
        reopen_url=reverse("desk:reopen", args=[relationship.pk]) if may and relationship.closed_at else "",
        tending=tuple(_tending(relationship)),
        hand_over_url=reverse("desk:hand_over", args=[relationship.pk]),
        # Only who tends it tells its story and hands it over.
        handing_over_url=reverse("desk:handing_over", args=[relationship.pk]) if "stop_tending_url" in urls else "",
        **urls,
    )


def _tending(relationship: Relationship) -> list[str]:
    current = relationship.tendings.current(timezone.localdate()).order_by("from_on", "id")
    return list(current.values_list("member__name", flat=True))
