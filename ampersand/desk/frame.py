"""The frame around every page: where one can go, and the few relationships close at hand."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from ampersand.desk.life import life_of
from ampersand.desk.pages import CloseAtHand, Frame, NavLink
from ampersand.members.models import House, Member
from ampersand.parties.models import Relationship
from ampersand.readings.models import Measure, Reading

CLOSE_AT_HAND = 5


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `frame` for a member who is signed in, nothing for anybody else."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"frame": None}
    return {"frame": SimpleLazyObject(lambda: _frame(cast(Member, request.user)))}


def _frame(member: Member) -> Frame:
    house = House.objects.first()
    return Frame(
        member_name=member.name,
        house_name=house.name if house else _("a house without a name yet"),
        nav=(
            NavLink("today", _("Today"), reverse("desk:today"), "t"),
            NavLink("relationships", _("Relationships"), reverse("desk:relationships"), "r"),
            NavLink("promises", _("Promises"), reverse("desk:promises"), "p"),
            NavLink("import", _("Import"), reverse("desk:import"), "i"),
            NavLink("house", _("House"), reverse("desk:house"), "h"),
        ),
        bar=(
            NavLink("today", _("Today"), reverse("desk:today")),
            NavLink("relationships", _("People"), reverse("desk:relationships")),
            NavLink("promises", _("Promises"), reverse("desk:promises")),
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
    today = timezone.localdate()
    tended = Relationship.objects.visible_to(member).outside().tended_by(member, on=today)
    near = list(
        Reading.objects.filter(relationship__in=tended, measure=Measure.QUIET)
        .select_related("relationship__party")
        .order_by("-since_on", "relationship__party__sort_key", "id")[:CLOSE_AT_HAND]
    )
    return tuple(
        CloseAtHand(
            name=reading.relationship.party.name,
            life=life_of(reading),
            url=reverse("desk:relationship", args=[reading.relationship_id]),
        )
        for reading in near
    )
