"""Pages of a past day: which day is asked for, the book as it was known at its end, and whether its readings are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from ampersand.core.as_known import as_known
from ampersand.core.clock import parse_date
from ampersand.desk.pages.past_day import PastDay
from ampersand.readings import past
from ampersand.readings.models import PastReading

# Before that nothing was told to anybody's book; and the last days a calendar can count have no time of day everywhere.
EARLIEST = date(1970, 1, 2)
# A page that waits for its readings looks again by itself so often, each time after twice as many seconds.
LOOKS = 7
_NOT_KEPT = ("on", "kept", "whole", "looked")


@dataclass(frozen=True, slots=True)
class Day:
    """The day a page is of: today's instant, or the last one of a past day."""

    at: datetime
    on: date | None
    """None: today."""
    is_read: bool = True

    @property
    def today(self) -> date:
        """The day that is today on the page."""
        return self.on or timezone.localdate(self.at)

    @contextmanager
    def book(self) -> Iterator[None]:
        """Within, the book is that of the day. All that the page shows must be read before it ends."""
        if self.on is None:
            yield
            return
        with as_known(self.at):
            yield

    def part(self, request: HttpRequest) -> PastDay:
        """What the page shows of it: the rest of the address stays as it is."""
        keep = tuple((name, str(value)) for name, value in request.GET.items() if name not in _NOT_KEPT)
        looked, again = _count(request.GET.get("looked", "")), ""
        if not self.is_read and self.on is not None:
            again = _url([*keep, ("on", self.on.isoformat()), ("whole", "1"), ("looked", str(looked + 1))])
        return PastDay(
            today=timezone.localdate(),
            on=self.on,
            keep=tuple(one for one in keep if one[0] != "at"),
            today_url=_url(keep),
            again_url=again,
            again_in=2**looked if looked < LOOKS else 0,
        )


def asked_day(told: Mapping[str, str], *, relationship_id: UUID | None = None, reads: bool = True) -> Day:
    """The day that stands in an address; today where there is none, or one that has not passed. Its readings, of one
    relationship or of all, are asked for where they are not made yet."""
    on = parse_date(told.get("on", ""))
    if on is None or on < EARLIEST or not past.has_passed(on):
        return Day(timezone.now(), None)
    return Day(past.end_of(on), on, is_read=not reads or past.is_read(on, relationship_id))


def day_of_reading(reading_id: UUID) -> Day:
    """The day that a reading is of: a page of a past day opens what its sentences rest on as it was known then."""
    on = PastReading.objects.filter(pk=reading_id).values_list("on", flat=True).first()
    return Day(timezone.now(), None) if on is None else Day(past.end_of(on), on)


def _url(told: Any) -> str:
    return f"?{urlencode(told)}"


def _count(typed: str) -> int:
    return min(int(typed), LOOKS) if typed.isdecimal() and len(typed) < 3 else 0
