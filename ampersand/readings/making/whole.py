"""What all readings are made with: the day and the house, a name that stays, and the days of a measure as dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from ampersand.core.rooms import Room
from ampersand.members.queries import the_house, zone_of_house
from ampersand.readings.engines import Row
from ampersand.readings.models import Measure, Reading

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Making:
    """A reading of some relationships or of all, at one instant: `at` is both as of and as known."""

    at: datetime
    today: date
    """The local day of the house at that instant."""
    currency: str

    @property
    def as_of_day(self) -> int:
        """The same as measures count days: since 1970."""
        return (self.today - _EPOCH).days

    @classmethod
    def of(cls, at: datetime) -> Making:
        house = the_house()
        return cls(at, at.astimezone(zone_of_house()).date(), house.currency if house else "EUR")

    def reading(self, row: Row, measure: Measure, *, room: Room = Room.OURS, **fields: Any) -> Reading:
        """A reading of the relationship of this row. It has the same id each time it is read: a page that is open goes on
        opening what its sentences rest on."""
        name = measure.value if room == Room.OURS else f"{measure.value}:{room.value}"
        return Reading(
            id=uuid5(UUID(row["relationship_id"]), name),
            relationship_id=row["relationship_id"],
            measure=measure,
            room=room,
            as_of=self.at,
            as_known_at=self.at,
            **fields,
        )


def day_of(number: int | None) -> date | None:
    """A day as a measure counts it; None stays None."""
    return None if number is None else _EPOCH + timedelta(days=int(number))


def told_day(number: int | None) -> str:
    """The same, as it stands in what is told."""
    day = day_of(number)
    return day.isoformat() if day else ""
