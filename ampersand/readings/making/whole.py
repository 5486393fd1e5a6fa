"""What all readings are made with: the day and the house, a name that stays, and readings of one measure column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid5

import numpy as np

from ampersand.core.rooms import Room
from ampersand.members.queries import the_house, zone_of_house
from ampersand.readings.columns import Floats, parts
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Readings of one measure and room, a list a column with a value for each relationship; a column that is left out is
    empty for all. `since` counts days as measures do; `evidence` and `against` are ids joined by commas (`columns`).
    """

    measure: Measure
    relationship_ids: Sequence[str]
    says: Sequence[str]
    rule_version: int
    count: Sequence[int]
    room: Room = Room.OURS
    unit: str = ""
    value: Sequence[float | None] | None = None
    low: Sequence[float | None] | None = None
    high: Sequence[float | None] | None = None
    usual: Sequence[float | None] | None = None
    since: Sequence[int | None] | None = None
    told: Sequence[dict[str, Any]] | None = None
    evidence: Sequence[str] | None = None
    against: Sequence[str] | None = None

    def __len__(self) -> int:
        return len(self.relationship_ids)

    @property
    def name(self) -> str:
        """What tells the readings of a relationship apart, and makes the id of each."""
        return self.measure.value if self.room == Room.OURS else f"{self.measure.value}:{self.room.value}"

    def readings(self, making: Making) -> Iterator[Reading]:
        """The same one by one. A reading has the same id each time it is made: a page that is open goes on opening what its
        sentences rest on."""
        nothing = [None] * len(self)
        columns = (self.value, self.low, self.high, self.usual, self.since, self.told, self.evidence, self.against)
        each = zip(
            self.relationship_ids, self.says, self.count, *(column or nothing for column in columns), strict=True
        )
        for relationship_id, says, count, value, low, high, usual, since, told, evidence, against in each:
            yield Reading(
                id=uuid5(UUID(relationship_id), self.name),
                relationship_id=relationship_id,
                measure=self.measure,
                room=self.room,
                rule_version=self.rule_version,
                says=says,
                value=value,
                low=low,
                high=high,
                usual=usual,
                unit=self.unit,
                count=count,
                since_on=day_of(since),
                told=told or {},
                as_of=making.at,
                as_known_at=making.at,
                evidence=parts(evidence),
                against=parts(against),
            )


def numbers(told: Floats, where: Any = True) -> list[float | None]:
    """As they are stored: None where there is none, or where it is not to be told."""
    there: list[bool] = (np.isfinite(told) & where).tolist()
    return [number if is_there else None for number, is_there in zip(told.tolist(), there, strict=True)]


@lru_cache(maxsize=50_000)
def day_of(number: int | None) -> date | None:
    """A day as a measure counts it; None stays None."""
    return None if number is None else _EPOCH + timedelta(days=int(number))


def told_day(number: int | None) -> str:
    """The same, as it stands in what is told."""
    day = day_of(number)
    return day.isoformat() if day else ""
