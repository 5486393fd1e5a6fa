"""The rows that answer what the list is asked for, page by page or all of them in order. Nothing is counted.

There are two ways to the first rows of an order: to look through it from its beginning, or to ask the index of facets which
match and put these in order. The first is short where many match, the second where few do; how common each facet is says
which. Both are given up where they turn out long: then the order is taken part after part, of years or of none and some,
since what is rare at the beginning of an order may be common at its end.
"""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile
from math import prod
from typing import Any
from uuid import UUID

from django.db import connection

from ampersand.desk.lists.asked import Asked, Sort
from ampersand.desk.lists.parts import Part, Span, Told, by_ids, joined, parts_of, within
from ampersand.desk.lists.question import Question, all_of
from ampersand.desk.models import Standing

ROWS = 50
# What it takes, in microseconds at a million: to look at a row in an order, to ask the index, to go through what it knows of
# one of several facets, and to sort a row it found.
_LOOK, _ASK, _JOIN, _SORT = 6, 8_000, 0.15, 3
# So many rows are looked through, and so many that match are put in order, before the order is taken part after part.
NEAR, _FURTHEST = 6_000, 15_000
GATHERED = 15_000
# Where an order cannot be parted so many are put in order; where still more match, all of it is looked through.
MOST_GATHERED = 60_000
# The first group of parts that is taken should hold about so many that match, each further one four times as many; where
# one turns out larger than the most, it is taken in halves.
FIRST_GROUP, _GROWS, LARGEST_GROUP, MOST_OF_GROUP = 1_000, 4, 6_000, 9_000

# The planner's counts are new each night; they say what is worth trying, never what is so.
_COUNTS_LAST_SECONDS = 600

Place = tuple[Any, UUID]


def page_of(asking: Question, asked: Asked) -> tuple[list[Standing], bool, bool]:
    """Fifty rows from the place asked for, and whether there are more before and after them. Nothing is counted."""
    sort = asking.sort
    is_backwards = bool(asked.until)
    place = _read_place(asked.until or asked.since, sort)
    ids = first_ids(asking, most=ROWS + 1, is_descending=sort.is_descending != is_backwards, place=place)
    found = Standing.objects.select_related("party").in_bulk(ids[:ROWS])
    rows = [found[pk] for pk in ids[:ROWS] if pk in found]
    is_more = len(ids) > ROWS
    if is_backwards:
        return rows[::-1], is_more, place is not None
    return rows, place is not None, is_more


def all_ids(asking: Question, *, most: int) -> list[int]:
    """The keys of all standings that match, in their order, and no more than `most`."""
    order = _Order(asking, is_descending=asking.sort.is_descending, place=None)
    if most <= GATHERED or asking.parties is not None:
        return first_ids(asking, most=most, is_descending=order.is_descending)
    return order.all(most=most)


def first_ids(asking: Question, *, most: int, is_descending: bool, place: Place | None = None) -> list[int]:
    """The keys of the first standings that match, after a place in the order. None twice, and none left out."""
    order = _Order(asking, is_descending=is_descending, place=place)
    whole = Part(order.span, asking.sort.facets)
    if not all(asking.groups) or order.span.is_empty:
        return []
    if asking.parties is not None:
        return order.of_parties(most=most)
    if not asking.groups:
        return order.looked_through(whole, most=most)
    return order.found(whole, most=most)


@dataclass(frozen=True)
class _Order:
    """What was asked, in one order from one place on."""

    asking: Question
    is_descending: bool
    place: Place | None

    @property
    def column(self) -> str:
        return self.asking.sort.column

    @property
    def span(self) -> Span:
        """All of the column that may match."""
        span = Span(self.column)
        for one in (*self.asking.spans, *filter(None, [self.asking.sort.needs])):
            span = span.and_of(one) if one.column == self.column else span
        return span

    def parts(self) -> list[Part]:
        """The parts of it that lie beyond the place, first things first."""
        parts = within(parts_of(self.column, today=self.asking.today), self.span)
        if self.place is not None:
            value = self.place[0]
            parts = [part for part in parts if not self._is_past(part.span, value)]
        return parts[::-1] if self.is_descending else parts

    def _is_past(self, span: Span, value: Any) -> bool:
        if self.is_descending:
            return span.low is not None and bool(span.low > value)
        return span.high is not None and bool(span.high <= value)

    def found(self, whole: Part, *, most: int) -> list[int]:
        """The first that match of all that has a place in this order."""
        parts = self.parts()
        is_parted = len(parts) > 1 or any(part.level is not None for part in parts)
        found = self._tried(whole, most=most, of=GATHERED if is_parted else MOST_GATHERED)
        if found is not None:
            return found
        return self._in_parts(parts, most=most) if is_parted else self.looked_through(whole, most=most)

    def _in_parts(self, parts: Sequence[Part], *, most: int) -> list[int]:
        """The first that match of parts that follow one another. Where fewer do than should, more is taken at once."""
        if len(parts) == 1:
            return self._in_one(parts[0], most=most)
        found: list[int] = []
        left, size, rarer = list(parts), float(FIRST_GROUP), 1.0
        while left and len(found) < most:
            group = self._group(left, size=min(size, LARGEST_GROUP) / rarer)
            left = left[len(group) :]
            came = self._in_group(group, most=most - len(found), rarer=rarer, is_begun=not found)
            found += came
            if _is_known(group[0]):
                expected = self._expected(group)
                rarer = min(rarer, max((len(came) + 1) / (expected + 1), rarer / 2))
                size *= _GROWS
        return found

    def _group(self, parts: Sequence[Part], *, size: float) -> list[Part]:
        """The first of the parts, as many as should hold so many that match; those the index knows nothing of by themselves."""
        is_known = _is_known(parts[0])
        alike = list(takewhile(lambda part: _is_known(part) == is_known, parts))
        sizes = accumulate(self._expected([part]) for part in alike)
        within_it = sum(1 for _ in takewhile(lambda told: told <= size, sizes))
        return alike[: max(1, within_it)]

    def _expected(self, parts: Sequence[Part]) -> float:
        return sum(_counts().of(part) * self._share(part) for part in parts)

    def _in_group(self, parts: Sequence[Part], *, most: int, rarer: float, is_begun: bool) -> list[int]:
        part = joined(parts)
        if all(one.is_rare for one in parts):
            return self.looked_through(part, most=most)
        is_looked = not is_begun and self._is_near(part, most=2 * most)
        if is_looked and len(found := self._begun(part, most=most)) == most:
            return found
        if self._to_sort(part) * rarer <= MOST_OF_GROUP:
            gathered = self._gathered(part, most=most, of=MOST_OF_GROUP)
            if gathered is not None:
                return gathered
        if len(parts) == 1:
            return self._in_one(part, most=most)
        middle = self._middle(parts)
        found = self._in_group(parts[:middle], most=most, rarer=rarer, is_begun=True)
        if len(found) < most:
            found += self._in_group(parts[middle:], most=most - len(found), rarer=rarer, is_begun=False)
        return found

    def _middle(self, parts: Sequence[Part]) -> int:
        """Where about half of all that stand in these parts are before it; none of the halves is without a part."""
        sizes = list(accumulate(_counts().of(part) for part in parts))
        return min(max(1, bisect_left(sizes, sizes[-1] / 2)), len(parts) - 1)

    def _in_one(self, part: Part, *, most: int) -> list[int]:
        if part.level is not None and part.ids is None:
            return self._in_parts(self._by_ids(part), most=most)
        found = None
        if self._to_sort(part) <= MOST_GATHERED:
            found = self._gathered(part, most=most, of=MOST_GATHERED)
        return self.looked_through(part, most=most) if found is None else found

    def all(self, *, most: int) -> list[int]:
        where, values = all_of([self._beyond(Part(self.span)), self.asking.by_facets(), self.asking.by_columns()])
        return _ids(f"SELECT id FROM desk_standing WHERE {where} {self._by()} LIMIT {most:d}", values)  # noqa: S608

    def _by_ids(self, level: Part) -> list[Part]:
        parts = by_ids(level, today=self.asking.today)
        if self.place is not None and not self._is_before(level.span):
            row = self.place[1]
            parts = [part for part in parts if part.ids is None or not self._is_past(part.ids, row)]
        return parts[::-1] if self.is_descending else parts

    def _is_before(self, span: Span) -> bool:
        """Whether the place stands before all of a span, so that all of it lies beyond."""
        value = self.place[0] if self.place else None
        if self.is_descending:
            return span.high is not None and bool(value >= span.high)
        return span.low is not None and bool(value < span.low)

    def _tried(self, part: Part, *, most: int, of: int) -> list[int] | None:
        """The first of a part in the way that should be the shorter, then in the other; None where neither is short."""
        is_looked = self._is_near(part, most=most)
        if is_looked and len(found := self._begun(part, most=most)) == most:
            return found
        if self._to_sort(part) <= of and (gathered := self._gathered(part, most=most, of=of)) is not None:
            return gathered
        if not is_looked and len(found := self._begun(part, most=most)) == most:
            return found
        return None

    def _is_near(self, part: Part, *, most: int) -> bool:
        """Whether so many that match should be found sooner at the beginning of a part than by the index."""
        share = self._share(part)
        return bool(share) and most / share * _LOOK < _ASK + self._to_sort(part) * _SORT

    def _begun(self, part: Part, *, most: int) -> list[int]:
        """The first that match at the beginning of a part: so far as they should be found there, and further where some are."""
        share = self._share(part)
        near = int(min(NEAR, 2 * most / share + 100)) if share else NEAR
        found = self._near(part, most=most, near=near)
        if len(found) == most or not found:
            return found
        further = near * most // len(found) * 3 // 2
        return self._near(part, most=most, near=further) if further <= _FURTHEST else found

    def _share(self, part: Part) -> float:
        """How many of a part should match, from 0 to 1, as if the facets had nothing to do with one another."""
        share = 1.0
        for group in self.asking.groups:
            share *= 1.0 if part.facets and set(part.facets) <= set(group) else _counts().share(group)
        return share

    def _to_sort(self, part: Part) -> float:
        """How many the index should answer when it is asked for a part."""
        size = _counts().rows
        for group in self._asked_of_index(part):
            size *= _counts().share(group)
        return size

    def _asked_of_index(self, part: Part) -> list[tuple[str, ...]]:
        """What is asked of the index. What columns say too, only where to join it takes less than to sort those it leaves out."""
        asked = [*((facet,) for facet in self.asking.every), *self.asking.any_of]
        counts = _counts()
        size = counts.rows * prod(counts.share(group) for group in asked)
        told = filter(None, [part.facets, part.born, *self.asking.months])
        for group in sorted(told, key=counts.share):
            share = counts.share(group)
            takes = counts.rows * share * (_JOIN if len(group) > 1 else _JOIN / 10)
            if not asked or takes < size * (1 - share) * _SORT:
                asked.append(group)
                size *= share
        return list(dict.fromkeys(asked))

    # In words of SQL. `columns` is where columns stand in the answer of a function, which has no order of its own for texts.

    def looked_through(self, part: Part, *, most: int) -> list[int]:
        """The first that match, from the beginning of a part to its end."""
        return self._near(part, most=most, near=None)

    def _near(self, part: Part, *, most: int, near: int | None) -> list[int]:
        """The first that match among so many at the beginning of a part."""
        beyond, values = self._beyond(part)
        told, more = all_of([self.asking.by_facets(), self.asking.by_columns()])
        # The planner would sooner ask the index of facets for all that match than look at the few rows of a part.
        cut = "OFFSET 0" if near is None else f"LIMIT {near:d}"
        return _ids(
            f"SELECT id FROM (SELECT * FROM desk_standing WHERE {beyond} {self._by()} {cut}) AS near"  # noqa: S608
            f" WHERE {told} {self._by()} LIMIT {most:d}",
            [*values, *more],
        )

    def _gathered(self, part: Part, *, most: int, of: int) -> list[int] | None:
        """The first that match of a part, from all of it that the index of facets knows; None where it knows more than `of`."""
        groups = self._asked_of_index(part)
        every = [group[0] for group in groups if len(group) == 1]
        where, values = all_of([self._beyond(part, of_text=_AS_STORED), self.asking.by_columns()])
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH matched AS MATERIALIZED (SELECT * FROM standing_of_facets(%s::text[], %s::jsonb, %s))"  # noqa: S608
                f" SELECT (SELECT count(*) FROM matched),"
                f" ARRAY(SELECT id FROM matched WHERE {where} {self._by(of_text=_AS_STORED)} LIMIT {most:d})",
                [every, json.dumps([group for group in groups if len(group) > 1]), of + 1, *values],
            )
            count, ids = cursor.fetchone()
        return None if count > of else list(ids)

    def of_parties(self, *, most: int) -> list[int]:
        """The first that match of those whom search found, who are few."""
        where, values = all_of([self._beyond(Part(self.span)), self.asking.by_facets(), self.asking.by_columns()])
        return _ids(
            f"WITH named AS MATERIALIZED (SELECT * FROM desk_standing WHERE {where})"  # noqa: S608
            f" SELECT id FROM named {self._by()} LIMIT {most:d}",
            values,
        )

    def _beyond(self, part: Part, *, of_text: str = "") -> Told:
        # What one needs to have a place in an order stands beside it: an index may hold no others.
        told = [*part.told(), *(one.told() for one in [self.asking.sort.needs] if one is not None)]
        if self.place is not None:
            sign = "<" if self.is_descending else ">"
            told.append((f"({self._named(of_text)}, relationship_id) {sign} (%s, %s)", list(self.place)))
        return all_of(told)

    def _by(self, *, of_text: str = "") -> str:
        way = "DESC" if self.is_descending else "ASC"
        return f"ORDER BY {self._named(of_text)} {way}, relationship_id {way}"

    def _named(self, of_text: str) -> str:
        return f"{self.column}{of_text}" if self.column == "sort_key" else self.column


_AS_STORED = ' COLLATE "C"'


def _ids(statement: str, values: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [pk for (pk,) in cursor.fetchall()]


@dataclass(frozen=True)
class _Counts:
    """How many standings there are, and which share of them has each of the facets that are common, as the planner counted
    them last. Of all others it knows that they are rare."""

    rows: float
    shares: dict[str, float]
    until: float

    def share(self, facets: Sequence[str]) -> float:
        return min(1.0, sum(self.shares.get(facet, 0.0) for facet in facets))

    def of(self, part: Part) -> float:
        size = self.rows
        for facets in filter(None, [part.facets, part.born]):
            size *= self.share(facets)
        return size


def _is_known(part: Part) -> bool:
    """Whether the index of facets knows who stands in it."""
    return bool(part.born if part.ids is not None else part.facets)


_latest: list[_Counts] = []

_COUNTED = """
    SELECT greatest(c.reltuples, 0), s.most_common_elems::text::text[], s.most_common_elem_freqs
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = 'facets'
    WHERE c.oid = 'desk_standing'::regclass
"""


def _counts() -> _Counts:
    if not _latest or _latest[0].until < time.monotonic():
        with connection.cursor() as cursor:
            cursor.execute(_COUNTED)
            rows, facets, shares = cursor.fetchone()
        told = dict(zip(facets or (), shares or (), strict=False))
        _latest[:] = [_Counts(rows, told, time.monotonic() + _COUNTS_LAST_SECONDS)]
    return _latest[0]


def place_of(standing: Standing, sort: Sort) -> str:
    """Where a row stands in an order, for the address of the page that begins after it or ends before it."""
    told = json.dumps([str(getattr(standing, sort.column)), standing.relationship_id.hex], ensure_ascii=False)
    return urlsafe_b64encode(told.encode()).decode().rstrip("=")


def _read_place(told: str, sort: Sort) -> Place | None:
    """A place in the list as `place_of` writes it; None where it is none, and the list begins at its beginning."""
    if not told:
        return None
    try:
        value, row = json.loads(urlsafe_b64decode(told + "=" * (-len(told) % 4)))
        read = sort.read(value)
        # What is not even equal to itself has no place in an order.
        return (read, UUID(row)) if read == read else None
    except Exception:  # whatever somebody wrote into the address, it is no place
        return None
