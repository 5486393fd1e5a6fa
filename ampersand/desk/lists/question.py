"""What the list is asked for, in the words of the standings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from ampersand.core import search
from ampersand.desk.lists.asked import SORTS, Asked, Sort
from ampersand.desk.lists.parts import Span, Told, first_day, months
from ampersand.desk.models import NEVER
from ampersand.members.models import Member
from ampersand.parties.closed import hidden_party_ids
from ampersand.parties.models import Party

NAMED_MAX, NAMED_AT = 500, 20


@dataclass(frozen=True)
class Question:
    """What was asked: what must be so (`every`), groups of which one must be so, and the spans that columns lie within.

    `months` say the same of days to the index of facets, a little more widely. `parties` are those whom search found by
    their names, where it was asked. Parties that are `hidden` from the member are in no answer.
    """

    every: tuple[str, ...]
    any_of: tuple[tuple[str, ...], ...]
    months: tuple[tuple[str, ...], ...]
    spans: tuple[Span, ...]
    parties: list[UUID] | None
    hidden: list[UUID]
    sort: Sort
    today: date

    @property
    def groups(self) -> list[tuple[str, ...]]:
        """All that the index of facets may be asked: of each group one must be so."""
        return [*((facet,) for facet in self.every), *self.any_of, *self.months]

    def by_columns(self) -> Told:
        """What must be so besides the facets, as a condition of SQL."""
        told = [span.told() for span in (*self.spans, *filter(None, [self.sort.needs]))]
        if self.parties is not None:
            told.append(("party_id = ANY(%s::uuid[])", [self.parties]))
        if self.hidden:
            told.append(("party_id <> ALL(%s::uuid[])", [self.hidden]))
        return all_of(told)

    def by_facets(self) -> Told:
        told: list[Told] = [("facets @> %s::text[]", [list(self.every)])] if self.every else []
        return all_of([*told, *(("facets && %s::text[]", [list(group)]) for group in self.any_of)])

    def count(self) -> int:
        """How many match. Asked for on its own, since it reads all of them: the list itself counts nothing."""
        told, values = all_of([self.by_facets(), self.by_columns()])
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM desk_standing WHERE {told}", values)  # noqa: S608  our own words
            return int(cursor.fetchone()[0])


def all_of(told: Iterable[Told]) -> Told:
    """Several conditions as one.

    >>> all_of([("a < %s", [1]), ("b", [])])
    ('(a < %s) AND (b)', [1])
    """
    told = list(told)
    return " AND ".join(f"({words})" for words, _values in told) or "true", [
        one for _words, values in told for one in values
    ]


def question(asked: Asked, *, member: Member, today: date) -> Question:
    """What this member asks, of what they may see."""
    hidden = hidden_party_ids(member)
    tied = _tied_to(asked, hidden)
    return Question(
        every=tuple(_facets(asked, member)),
        any_of=() if tied is None else (tuple(tied),),
        months=tuple(_in_time(asked, today=today)),
        spans=tuple(_spans(asked, today=today)),
        parties=_named(asked.words, hidden) if asked.words else None,
        hidden=hidden,
        sort=SORTS[asked.sort],
        today=today,
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


def _in_time(asked: Asked, *, today: date) -> Iterable[tuple[str, ...]]:
    """The months, or whole years, in which they were last in touch, or in which a promise falls due: a little more than
    was asked, by which the index is asked; `_spans` have the days."""
    for since, until in _days(asked, today=today):
        yield tuple(months("last", since or first_day(today), until or today))
    if asked.promise == "late":
        yield tuple(months("due", first_day(today), today))


def _spans(asked: Asked, *, today: date) -> Iterable[Span]:
    """What columns say of it: what is late, when they were last in touch, and what the facets have said already. In the order
    of such a column those asked for stand together, and are not to be sought."""
    if asked.promise == "late":
        yield Span("due_on", first_day(today), today)
    if asked.promise in ("ours", "theirs"):
        yield Span(f"open_{asked.promise}", 1)
    if asked.last == "never":
        yield Span("last_on", None, NEVER + timedelta(days=1))
    for since, until in _days(asked, today=today):
        yield Span("last_on", since or first_day(today), until or today + timedelta(days=1))


def _days(asked: Asked, *, today: date) -> Iterable[tuple[date | None, date | None]]:
    """From which day on, or until before which day, they were to be last in touch; one of the two. Of what lies so far back
    or ahead that no facet tells of it, nothing is found."""
    way, _dash, days = asked.last.partition("-")
    since, until = _day(asked.after), _day(asked.before)
    if way in ("within", "over") and days.isdecimal() and len(days) < 6:
        day = today - timedelta(days=int(days))
        yield (max(day, first_day(today)), None) if way == "within" else (None, day)
    if since:
        yield max(since, first_day(today)), None
    if until:
        yield None, min(until, today + timedelta(days=1))


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
