"""A year of contact with a party: the ticks of its strip, and the modes that were used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import ngettext, pgettext

from ampersand.desk.pages.strips import RhythmStrip, Tick
from ampersand.desk.pages.words import Way
from ampersand.members.models import Member
from ampersand.parties.closed import Ready
from ampersand.parties.models import Party
from ampersand.readings.models import Reading
from ampersand.readings.saying import usual_days
from ampersand.timeline.models import Moment, Participant


def year_of_contact(
    party_ids: list[UUID], *, member: Member, today: date
) -> tuple[dict[UUID, list[Tick]], dict[UUID, dict[str, int]]]:
    """A year of contact with each of a few parties: the ticks of its strip, and how often each mode was used."""
    now = timezone.now()
    rows = _contact(parties=party_ids, since=now - timedelta(days=366), until=now, member=member) if party_ids else []
    days: dict[UUID, dict[date, set[str]]] = {}
    modes: dict[UUID, dict[str, int]] = {}
    for told_of, now_id, on_day, began, mode in rows:
        party_id = now_id or told_of
        days.setdefault(party_id, {}).setdefault(on_day, set()).add(began)
        counted = modes.setdefault(party_id, {})
        counted[mode] = counted.get(mode, 0) + 1
    ticks = {
        party_id: [Tick(days_ago=(today - day).days, way=_way(began)) for day, began in sorted(of_days.items())]
        for party_id, of_days in days.items()
    }
    return ticks, modes


@Ready[tuple[UUID, UUID | None, date, str, str]]
def _contact(parties: Sequence[UUID], since: datetime, until: datetime, member: Member) -> models.QuerySet[Any]:
    return Participant.objects.filter(
        party__in=Party.objects.the_same(parties),
        moment__in=Moment.objects.visible_to(member).standing(),
        happened_at__gte=since,
        happened_at__lte=until,
    ).values_list("party_id", "party__now_id", "moment__on_day", "moment__began", "moment__mode")


def _way(began: set[str]) -> Way:
    if began == {"us"}:
        return "ours"
    return "theirs" if began == {"them"} else "both"


def rhythm_strip(party: Party, rhythm: Reading | None, ticks: list[Tick]) -> RhythmStrip | None:
    """The strip of a rhythm; None while it is too early to say."""
    if rhythm is None or rhythm.says == "too_early":
        return None
    days = round(rhythm.value or 0)
    return RhythmStrip(
        label=ngettext(
            "Contact with %(name)s over a year: roughly every %(usual)d days, then %(days)d day of silence",
            "Contact with %(name)s over a year: roughly every %(usual)d days, then %(days)d days of silence",
            days,
        )
        % {"name": party.name, "usual": usual_days(rhythm), "days": days},
        ticks=tuple(ticks),
        usual_days=rhythm.usual or 1,
        quiet_days=days,
        note=ngettext("%(days)d day", "%(days)d days", days) % {"days": days} if days else pgettext("day", "today"),
    )
