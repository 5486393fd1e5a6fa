"""Traces: those who wrote and were never answered. Kept by a tap, or they fade by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone

from ampersand.desk.lists import editing
from ampersand.desk.pages.notebook import Kept
from ampersand.members.models import Member
from ampersand.parties.models import Party, PartyQuerySet

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class TraceRow:
    key: str
    name: str
    url: str
    keep_url: str
    last_on: date | None
    count: int


@dataclass(frozen=True, slots=True)
class TracesPage:
    rows: tuple[TraceRow, ...]
    today: date
    next_url: str = ""
    kept: Kept | None = None
    """Many were just kept."""
    here: ClassVar[str] = "import"


def traces_page(member: Member, *, after: str = "", did: str = "") -> TracesPage:
    """Traces by name, fifty a page; `after` is the last one's key and id, `did` an act on many that was just done."""
    traces = Party.objects.visible_to(member).traces()
    key, _sep, party_id = after.rpartition("/")
    if party_id:
        traces = _after(traces, key, party_id)
    found = list(traces.order_by("sort_key", "id")[: PAGE_ROWS + 1])
    shown = found[:PAGE_ROWS]
    counted = {
        row["pk"]: row
        for row in Party.objects.filter(pk__in=[party.pk for party in shown])
        .values("pk")
        .annotate(number=Count("participations"), last=Max("participations__happened_at"))
    }
    rows = tuple(
        TraceRow(
            key=str(party.pk),
            name=party.name,
            url=reverse("desk:party", args=[party.pk]),
            count=counted[party.pk]["number"],
            keep_url=reverse("desk:keep_trace", args=[party.pk]),
            last_on=timezone.localdate(counted[party.pk]["last"]) if counted[party.pk]["last"] else None,
        )
        for party in shown
    )
    more = f"{reverse('desk:traces')}?after={shown[-1].sort_key}/{shown[-1].pk}" if len(found) > PAGE_ROWS else ""
    kept = editing.said_of(did, member=member, back="") if did else None
    return TracesPage(rows=rows, today=timezone.localdate(), next_url=more, kept=kept)


def _after(traces: PartyQuerySet, key: str, party_id: str) -> PartyQuerySet:
    try:
        edge = UUID(party_id)
    except ValueError:
        return traces
    return traces.filter(Q(sort_key__gt=key) | Q(sort_key=key, pk__gt=edge))
