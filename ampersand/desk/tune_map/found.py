"""The relationships that stand on the map, in the order of the walk and of the list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import Case, F, Value, When
from django.urls import reverse

from ampersand.core.rooms import Room
from ampersand.desk.pages.tune_map import MapPoint
from ampersand.desk.tune_map.asked import Asked
from ampersand.desk.tune_map.drawing import moved
from ampersand.desk.tuned import IN_TUNE, PARTED, RELATIONSHIP_AHEAD, TRADE_AHEAD, Tuned, tuned_says
from ampersand.members.models import Member
from ampersand.parties.models import Relationship
from ampersand.readings.models import Measure, Reading

# So many are drawn and listed; the rest is told.
DRAWN_MAX = 5_000
MOVED_MAX = 24


@dataclass(frozen=True, slots=True)
class Found:
    """One relationship with its reading."""

    relationship_id: UUID
    name: str
    reading_id: UUID
    reads: str
    since_on: date | None
    tuned: Tuned
    on: date | None = None
    """The past day of the map, on which its page opens too."""

    @property
    def says(self) -> str:
        return tuned_says(self.reads, self.since_on, self.tuned)

    @property
    def url(self) -> str:
        return reverse("desk:relationship", args=[self.relationship_id]) + (f"?on={self.on}" if self.on else "")

    @property
    def why_url(self) -> str:
        return reverse("desk:why", args=[self.reading_id])

    def mark(self) -> MapPoint:
        """Where it stands and stood a year ago, without words: of thousands most are no more than a mark."""
        then = self.tuned.year_ago
        return MapPoint(
            key=str(self.relationship_id),
            name=self.name,
            trade=self.tuned.trade,
            relationship=self.tuned.relationship,
            is_parted=self.reads in PARTED,
            url="",
            says="",
            trail=((then.trade, then.relationship),) if then else (),
        )

    def point(self, asked: Asked) -> MapPoint:
        return replace(
            self.mark(),
            url=asked.url(at=str(self.relationship_id)),
            says=self.says,
            trail=tuple((month.trade, month.relationship) for month in self.tuned.trail),
        )


def readings_asked(asked: Asked, *, member: Member, today: date) -> models.QuerySet[Reading]:
    """Of relationships with somebody who stands for themselves, and is neither one of us nor erased."""
    seen = Reading.objects.visible_to(member).filter(measure=Measure.TUNE, room=Room.OURS)
    party = "relationship__party__"
    seen = seen.filter(**{f"{party}now": None, f"{party}erased_at": None, f"{party}member": None})
    seen = seen.filter(**{f"{party}is_house": False, f"{party}is_colleague": False})
    if asked.lens == "mine":
        seen = seen.filter(relationship__in=Relationship.objects.tended_by(member, on=today).together())
    return seen


def found_of(asked: Asked, readings: models.QuerySet[Reading]) -> list[Found]:
    """Who parted first, the latest first, then by name. This is the order of the walk and of the list."""
    said = readings.filter(says=asked.says) if asked.says else readings.filter(says__in=[*PARTED, IN_TUNE])
    parted_first = Case(
        When(says=TRADE_AHEAD, then=Value(0)), When(says=RELATIONSHIP_AHEAD, then=Value(1)), default=Value(2)
    )
    rows = said.order_by(
        parted_first, F("since_on").desc(nulls_last=True), "relationship__party__sort_key", "relationship_id"
    ).values_list("relationship_id", "relationship__party__name", "id", "says", "since_on", "told")
    told = [
        Found(relationship_id, name, reading_id, reads, since_on, tuned, asked.on)
        for relationship_id, name, reading_id, reads, since_on, row in rows[:DRAWN_MAX]
        if (tuned := Tuned.told(row)) is not None
    ]
    if asked.lens != "moved":
        return told
    return sorted(told, key=lambda one: moved(one.mark()), reverse=True)[:MOVED_MAX]
