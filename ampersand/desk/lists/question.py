"""The rows that answer what the list is asked for, page by page or all of them in order. Nothing is counted."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Coalesce

from ampersand.core import search
from ampersand.core.among import among
from ampersand.desk.lists.asked import SORTS, Asked, Sort
from ampersand.desk.models import NEVER, Standing, StandingQuerySet
from ampersand.members.models import Member
from ampersand.parties.closed import hidden_party_ids
from ampersand.parties.models import Party

ROWS = 50
NAMED_MAX, NAMED_AT = 500, 20
# So many rows of an order are looked through as they are.
NEAR = 2_000
# Where so many of these match, the rest is soon found by going on; else it is asked which match, and so many are sorted.
OFTEN_NEAR = 10
MOST_GATHERED = 30_000
# Older contact is found by no filter of time.
YEARS_BACK = 60


@dataclass(frozen=True)
class Question:
    """What was asked, in the words of the standings: what must be so, groups of which one must be so, and what the columns
    say of it. `months` say the same of days to the index of facets, a little more widely."""

    standings: StandingQuerySet
    every: list[str]
    any_of: list[list[str]]
    months: list[list[str]]
    within: list[tuple[str, Q]]
    sort: Sort

    @property
    def is_of_facets(self) -> bool:
        return bool(self.every or self.any_of or self.months)

    def asked_of(self, standings: StandingQuerySet) -> StandingQuerySet:
        return standings.with_facets(self.every, self.any_of).filter(*(told for _column, told in self.within))

    def in_order(self, *, is_descending: bool) -> StandingQuerySet:
        """The standings that have a place in the order, with what is asked of the column they are sorted by: of the index
        that is in this order only so much is read."""
        sign = "-" if is_descending else ""
        told = [self.sort.needs, *(told for column, told in self.within if column == self.sort.column)]
        return self.standings.filter(*told).order_by(f"{sign}{self.sort.column}", f"{sign}relationship")

    def among_matched(self, ordered: StandingQuerySet, *, most: int) -> StandingQuerySet:
        """The same standings, narrowed to those whose facets match when these are few; asks which they are.

        The planner takes facets for independent of one another, and would read a million rows for two that exclude each
        other. So their index is asked first. Where it knows many, the first of any order are soon found without it.
        """
        # Three groups narrow enough: whoever calls this asks for all of them.
        groups = [*self.any_of, *self.months, None, None, None][:3]
        facets = [*self.every, *([self.sort.facet] if self.sort.facet else [])]
        with connection.cursor() as cursor:
            cursor.execute("SELECT standing_matched(%s, %s, %s, %s, %s)", [facets, *groups, most + 1])
            ids = [row for (row,) in cursor.fetchall()]
        if len(ids) > most:
            return ordered
        # Sorted by what no index is in the order of: else the planner would walk through a million to find these.
        column, *rest = map(str, ordered.query.order_by)
        name = column.removeprefix("-")
        told = Coalesce(name, name)
        return ordered.filter(among("pk", ids)).order_by(told.desc() if name != column else told.asc(), *rest)

    def count(self) -> int:
        """How many match. Asked for on its own, since it reads all of them: the list itself counts nothing."""
        return self.asked_of(self.in_order(is_descending=False)).order_by().count()

    def ids(self, *, most: int) -> list[int]:
        """The keys of all standings that match, in their order, and no more than `most`."""
        ordered = self.in_order(is_descending=self.sort.is_descending)
        if self.is_of_facets:
            ordered = self.among_matched(ordered, most=MOST_GATHERED)
        return list(self.asked_of(ordered).values_list("pk", flat=True)[:most])


def question(asked: Asked, *, member: Member, today: date) -> Question:
    """What this member asks, of what they may see."""
    hidden = hidden_party_ids(member)
    standings = Standing.objects.exclude(party_id__in=hidden)
    if asked.words:
        standings = standings.filter(party__in=_named(asked.words, hidden))
    tied = _tied_to(asked, hidden)
    return Question(
        standings,
        every=list(_facets(asked, member)),
        any_of=[] if tied is None else [tied],
        months=list(_in_time(asked, today=today)),
        within=list(_within(asked, today=today)),
        sort=SORTS[asked.sort],
    )


def _facets(asked: Asked, member: Member) -> Iterable[str]:
    """What must be so, in the words in which a standing holds it. Words that no standing knows match nothing."""
    for name in ("kind", "promise", "move", "trade", "place", "tended", "because", "closed"):
        told = getattr(asked, name).lower()
        if told and told not in ("late", "me"):
            yield f"{name}:{told}"
    if asked.tie and not asked.at:
        yield f"tie:{asked.tie}"
    if asked.tended == "me":
        yield f"tended:{member.pk}"
    for word in asked.tag:
        yield f"tag:{' '.join(word.lower().split())}"
    for told in asked.detail:
        label, _colon, value = (part.strip() for part in told.lower().partition(":"))
        yield f"detail:{label}:{value}" if value else f"has:{label}"
    if asked.last == "never":
        yield "last:never"


def _tied_to(asked: Asked, hidden: list[UUID]) -> list[str] | None:
    """A tie, of the kind asked for, to one of those who are called so and whom one may see."""
    if not asked.at:
        return None
    kind = f":{asked.tie}" if asked.tie else ""
    return [f"at:{party}{kind}" for party in _named(asked.at, hidden)[:NAMED_AT]]


def _in_time(asked: Asked, *, today: date) -> Iterable[list[str]]:
    """The months, or whole years, in which they were last in touch, or in which a promise falls due: a little more than
    was asked, by which the index is asked; `_within` has the days."""
    for since, until in _days(asked, today=today):
        yield _months("last", since or today.replace(year=today.year - YEARS_BACK, month=1, day=1), until or today)
    if asked.promise == "late":
        yield _months("due", today.replace(year=today.year - YEARS_BACK, month=1, day=1), today)


def _months(name: str, since: date, until: date) -> list[str]:
    """
    >>> _months("last", date(2024, 11, 5), date(2026, 2, 1))
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


def _within(asked: Asked, *, today: date) -> Iterable[tuple[str, Q]]:
    """What columns say of it: what is late, when they were last in touch, and what the facets have said already. In the order
    of such a column those asked for stand together, and are not to be sought."""
    if asked.promise == "late":
        yield "due_on", Q(due_on__lt=today)
    if asked.promise == "ours":
        yield "open_ours", Q(open_ours__gt=0)
    if asked.promise == "theirs":
        yield "open_theirs", Q(open_theirs__gt=0)
    if asked.trade == "no":
        yield "trade_amount", Q(trade_amount=0)
    if asked.last == "never":
        yield "last_on", Q(last_on=NEVER)
    for since, until in _days(asked, today=today):
        yield "last_on", Q(last_on__gt=NEVER) & (Q(last_on__gte=since) if since else Q(last_on__lt=until))


def _days(asked: Asked, *, today: date) -> Iterable[tuple[date | None, date | None]]:
    """From which day on, or until before which day, they were to be last in touch; one of the two."""
    way, _dash, days = asked.last.partition("-")
    if way in ("within", "over") and days.isdecimal() and len(days) < 6:
        day = today - timedelta(days=int(days))
        yield (day, None) if way == "within" else (None, day)
    if after := _day(asked.after):
        yield after, None
    if before := _day(asked.before):
        yield None, before


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None


def _named(words: str, hidden: list[UUID]) -> list[UUID]:
    """The parties that search finds by these words, as they stand for today."""
    hits = search.find(words, kinds=["party"], hidden_party_ids=hidden, member_id=None, limit=NAMED_MAX)
    parties = Party.objects.filter(pk__in=[hit.object_id for hit in hits]).values_list("pk", "now_id")
    return [now or party for party, now in parties]


def page_of(asking: Question, asked: Asked) -> tuple[list[Standing], bool, bool]:
    """Fifty rows from the place asked for, and whether there are more before and after them. Nothing is counted."""
    sort = asking.sort
    is_backwards = bool(asked.until)
    place = _read_place(asked.until or asked.since, sort)
    is_descending = sort.is_descending != is_backwards
    ordered = asking.in_order(is_descending=is_descending)
    if place is not None:
        ordered = ordered.filter(_beyond(sort.column, place, is_descending=is_descending))
    rows = _first_rows(asking, ordered)
    is_more = len(rows) > ROWS
    rows = rows[:ROWS]
    if is_backwards:
        return rows[::-1], is_more, place is not None
    return rows, place is not None, is_more


def _first_rows(asking: Question, ordered: StandingQuerySet) -> list[Standing]:
    """The first rows of an order that match, and one more.

    What many match is soon found among the first in order; whatever is rarer is asked of the index of facets.
    """
    if asking.is_of_facets:
        near = Standing.objects.filter(pk__in=ordered[:NEAR].values("pk")).order_by(*ordered.query.order_by)
        rows = list(asking.asked_of(near).select_related("party")[: ROWS + 1])
        if len(rows) > ROWS:
            return rows
        if len(rows) < OFTEN_NEAR:
            ordered = asking.among_matched(ordered, most=MOST_GATHERED)
    # Their parties are fetched after the cut: the planner would fetch them for all that are put in order.
    ids = list(asking.asked_of(ordered).values_list("pk", flat=True)[: ROWS + 1])
    found = Standing.objects.select_related("party").in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def _beyond(column: str, place: tuple[Any, UUID], *, is_descending: bool) -> Q:
    value, row = place
    way = "lt" if is_descending else "gt"
    # The first condition says nothing new; it is what the index is entered by.
    return Q(**{f"{column}__{way}e": value}) & (
        Q(**{f"{column}__{way}": value}) | Q(**{column: value, f"relationship__{way}": row})
    )


def place_of(standing: Standing, sort: Sort) -> str:
    """Where a row stands in an order, for the address of the page that begins after it or ends before it."""
    told = json.dumps([str(getattr(standing, sort.column)), standing.relationship_id.hex], ensure_ascii=False)
    return urlsafe_b64encode(told.encode()).decode().rstrip("=")


def _read_place(told: str, sort: Sort) -> tuple[Any, UUID] | None:
    """A place in the list as `place_of` writes it; None where it is none, and the list begins at its beginning."""
    if not told:
        return None
    try:
        value, row = json.loads(urlsafe_b64decode(told + "=" * (-len(told) % 4)))
        return sort.read(value), UUID(row)
    except Exception:  # whatever somebody wrote into the address, it is no place
        return None
