"""The orders of the list in parts of which the index of facets knows who stands in them: years, months, none and some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from ampersand.desk.models import NEVER

# Beyond these years no facet is asked of a day.
YEARS_BACK = 100
YEARS_AHEAD = 10
YEARS_OF_IDS = 20
_LEAST = Decimal("0.0001")  # by which two amounts or two shares differ


# Words of SQL with the values in them.
Told = tuple[str, list[Any]]


@dataclass(frozen=True)
class Span:
    """The values of a column from `low` on and below `high`; None is no end."""

    column: str
    low: Any = None
    high: Any = None

    def and_of(self, other: Span) -> Span:
        """
        >>> Span("open_ours", 1).and_of(Span("open_ours", 0, 9))
        Span(column='open_ours', low=1, high=9)
        """
        lows = [one.low for one in (self, other) if one.low is not None]
        highs = [one.high for one in (self, other) if one.high is not None]
        return Span(self.column, max(lows, default=None), min(highs, default=None))

    @property
    def is_empty(self) -> bool:
        return self.low is not None and self.high is not None and bool(self.low >= self.high)

    def told(self) -> Told:
        """As a condition of SQL with its values."""
        ends = [(">=", self.low), ("<", self.high)]
        told = [(f"{self.column} {sign} %s", end) for sign, end in ends if end is not None]
        return " AND ".join(words for words, _end in told) or "true", [end for _words, end in told]


@dataclass(frozen=True)
class Part:
    """A part of an order, and the facets of which each in it has one. Where there are none, the index of facets knows nothing
    of it; `is_rare` says that few or none stand in it. Where all have one value (`level`), they stand in the order of their
    relationships' ids: `ids` is a span of these, and `born` the facets of its months.
    """

    span: Span
    facets: tuple[str, ...] = ()
    is_rare: bool = False
    level: Any = None
    ids: Span | None = None
    born: tuple[str, ...] = ()

    def told(self) -> list[Told]:
        """As conditions of SQL. Of one value it is said that it is this one, so that an index goes on by the ids."""
        column = self.span.told() if self.level is None else (f"{self.span.column} = %s", [self.level])
        return [column] if self.ids is None else [column, self.ids.told()]


def parts_of(column: str, *, today: date) -> tuple[Part, ...]:
    """The parts of the order by this column, smallest first. Together they are all of it; an order that the facets know
    nothing of is one."""
    match column:
        case "last_on":
            day_after = NEVER + timedelta(days=1)
            never = Part(Span(column, None, day_after), ("last:never", f"last:{NEVER.year:04d}"), level=NEVER)
            return never, *_by_time(column, "last", day_after, years=(today.year - YEARS_BACK, today.year), today=today)
        case "due_on":
            years = today.year - YEARS_BACK, today.year + YEARS_AHEAD
            return tuple(_by_time(column, "due", None, years=years, today=today))
        case "known_on":
            return tuple(_by_time(column, "known", None, years=(today.year - YEARS_BACK, today.year), today=today))
        case "open_ours" | "open_theirs":
            some = f"promise:{column.removeprefix('open_')}"
            return Part(Span(column, None, 1), level=0), Part(Span(column, 1), (some,))
        case "trade_amount":
            return (
                Part(Span(column, None, Decimal(0)), ("amount:less",)),
                Part(Span(column, Decimal(0), _LEAST), ("amount:none",), level=Decimal(0)),
                Part(Span(column, _LEAST), ("amount:more",)),
            )
        case "kept_share":
            return (
                Part(Span(column, None, _LEAST), ("kept:none",), level=Decimal(0)),
                Part(Span(column, _LEAST, Decimal(1)), ("kept:some",)),
                Part(Span(column, Decimal(1)), ("kept:all",), level=Decimal(1)),
            )
    return (Part(Span(column)),)


def _by_time(column: str, name: str, begins: date | None, *, years: tuple[int, int], today: date) -> Iterator[Part]:
    """The years, of which those around today are told by months, and what lies before and after them."""
    first, last = years
    yield Part(Span(column, begins, date(first, 1, 1)), is_rare=True)
    for year in range(first, last + 1):
        if abs(year - today.year) > 1:
            yield Part(Span(column, date(year, 1, 1), date(year + 1, 1, 1)), (f"{name}:{year:04d}",))
            continue
        for month in range(1, 13):
            span = Span(column, date(year, month, 1), date(year + month // 12, month % 12 + 1, 1))
            yield Part(span, (f"{name}:{year:04d}-{month:02d}",))
    yield Part(Span(column, date(last + 1, 1, 1)), is_rare=True)


def by_ids(level: Part, *, today: date) -> list[Part]:
    """The parts of one in which all have the same value, by when their relationships began, the first of them first."""
    parts = []
    for one in _by_time("relationship_id", "born", None, years=(today.year - YEARS_OF_IDS, today.year), today=today):
        low, high = (None if day is None else _first_id(day) for day in (one.span.low, one.span.high))
        parts.append(replace(level, is_rare=one.is_rare, ids=Span("relationship_id", low, high), born=one.facets))
    return parts


def _first_id(day: date) -> UUID:
    """The least that an id made on this day could be: its first 48 bits are milliseconds (RFC 9562, version 7)."""
    since = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return UUID(int=int(since.timestamp()) * 1000 << 80)


def first_day(today: date) -> date:
    """Of what lay before it, no filter of time finds anything."""
    return date(today.year - YEARS_BACK, 1, 1)


def months(name: str, since: date, until: date) -> list[str]:
    """
    >>> months("last", date(2024, 11, 5), date(2026, 2, 1))
    ['last:2024-11', 'last:2024-12', 'last:2025', 'last:2026-01', 'last:2026-02']
    """
    first, last = since.year * 12 + since.month - 1, until.year * 12 + until.month - 1
    told = []
    while first <= last:
        year, month = divmod(first, 12)
        is_whole = month == 0 and first + 11 <= last
        told.append(f"{name}:{year:04d}" if is_whole else f"{name}:{year:04d}-{month + 1:02d}")
        first += 12 if is_whole else 1
    return told


def within(parts: Iterable[Part], span: Span) -> list[Part]:
    """The parts as far as they lie within a span of the same column."""
    cut = [replace(part, span=part.span.and_of(span)) for part in parts]
    return [part for part in cut if not part.span.is_empty]


def joined(parts: Sequence[Part]) -> Part:
    """Parts that follow one another as one. Where the index knows nothing of one of them, it knows nothing of all."""
    first = parts[0]
    if len(parts) == 1:
        return first
    if first.ids is not None:
        ids = _around([part.ids for part in parts if part.ids is not None])
        return replace(first, is_rare=False, ids=ids, born=_every(part.born for part in parts))
    return Part(_around([part.span for part in parts]), _every(part.facets for part in parts))


def _around(spans: Sequence[Span]) -> Span:
    lows, highs = [span.low for span in spans], [span.high for span in spans]
    return Span(spans[0].column, None if None in lows else min(lows), None if None in highs else max(highs))


def _every(facets: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    told = list(facets)
    return tuple(facet for some in told for facet in some) if all(told) else ()
