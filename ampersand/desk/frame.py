"""The frame around every page: where one can go, and the few relationships close at hand."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from ampersand.desk.life import life_of
from ampersand.desk.pages.frame import CloseAtHand, Frame, NavLink
from ampersand.members.models import Member
from ampersand.parties.closed import Ready
from ampersand.parties.models import Relationship
from ampersand.readings.models import Measure, Reading

CLOSE_AT_HAND = 5


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `frame` for a member who is signed in, nothing for anybody else."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"frame": None}
    return {"frame": SimpleLazyObject(lambda: _frame(cast(Member, request.user), getattr(request, "house_name", "")))}


def _frame(member: Member, house_name: str) -> Frame:
    return Frame(
        member_name=member.name,
        house_name=house_name or _("a house without a name yet"),
        nav=(
            NavLink("today", _("Today"), reverse("desk:today"), "t"),
            NavLink("relationships", _("Relationships"), reverse("desk:relationships"), "r"),
            NavLink("promises", _("Promises"), reverse("desk:promises"), "p"),
            NavLink("map", _("Map"), reverse("desk:map"), "m"),
            NavLink("negotiations", _("Negotiations"), reverse("desk:negotiations"), "n"),
            NavLink("messages", _("Messages"), reverse("desk:messages"), "o"),
            NavLink("import", _("Import"), reverse("desk:import"), "i"),
            NavLink("house", _("House"), reverse("desk:house"), "h"),
        ),
        bar=(
            NavLink("today", _("Today"), reverse("desk:today")),
            NavLink("relationships", _("People"), reverse("desk:relationships")),
            NavLink("promises", _("Promises"), reverse("desk:promises")),
        ),
        more=(
            NavLink("map", _("Map"), reverse("desk:map")),
            NavLink("negotiations", _("Negotiations"), reverse("desk:negotiations")),
            NavLink("messages", _("Messages"), reverse("desk:messages")),
            NavLink("search", _("Find"), reverse("desk:search")),
            NavLink("import", _("Import"), reverse("desk:import")),
            NavLink("house", _("House"), reverse("desk:house")),
        ),
        close=close_at_hand(member),
        home_url=reverse("desk:today"),
        write_url=reverse("desk:write"),
        search_url=reverse("desk:search"),
        settings_url=reverse("desk:house"),
        sign_out_url=reverse("account_logout"),
        theme=cast(Any, member.theme),
        has_keys=member.has_single_keys,
    )


def close_at_hand(member: Member) -> tuple[CloseAtHand, ...]:
    """The relationships this member tends that are most alive or were last written about, by name."""
    near = _near(member=member, today=timezone.localdate())
    return tuple(
        CloseAtHand(
            name=reading.relationship.party.name,
            life=life_of(reading),
            url=reverse("desk:relationship", args=[reading.relationship_id]),
        )
        for reading in near
    )


@Ready[Reading]
def _near(member: Member, today: date) -> models.QuerySet[Reading]:
    tended = Relationship.objects.visible_to(member).outside().tended_by(member, on=today)
    return (
        Reading.objects.filter(relationship__in=tended, measure=Measure.QUIET)
        .select_related("relationship__party")
        .defer("evidence", "against")
        .order_by("-since_on", "relationship__party__sort_key", "id")[:CLOSE_AT_HAND]
    )
