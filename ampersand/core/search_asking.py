"""How the search tables are asked, with a bound on the work whatever is typed and however large the house is.

Names are walked through in order: the first fifty that begin so cost fifty. Of texts, the newest of each kind are looked
through as they are, which answers whatever is frequent; what is rarer is asked of the index, first for the newest months,
then for all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import permutations
from typing import Any
from uuid import UUID

from django.db import connection

from ampersand.core import search_words as spelling
from ampersand.core.search_store import PARTY, month_words, scope_of, scope_word

# So many of the newest are looked through, and so many finds of the index put in order.
NEWEST = 3_000
MOST_INDEXED = 5_000
# The index is asked first for the months that hold about so many entries.
MOST_IN_MONTHS = 200_000
SHORTEST_INDEXED = 4

CALLED_SO, BEGINS_SO, MISTYPED = 0, 1, 2
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Find:
    """A row that was found. `tier` is how well it fits: it is called so, it has such beginnings, or it was mistyped."""

    kind: str
    object_id: UUID
    tier: int
    scope: str = PARTY
    at: datetime = _LONG_AGO


@dataclass(frozen=True)
class Question:
    """What is asked: for each word typed, the beginnings of which one must be there, the typed one first."""

    groups: tuple[tuple[str, ...], ...]
    hidden: list[UUID]
    member_id: UUID | None
    limit: int
    tier: int = BEGINS_SO

    def mistyped(self, groups: tuple[tuple[str, ...], ...]) -> Question:
        return replace(self, groups=groups, tier=MISTYPED)

    @property
    def is_one_word(self) -> bool:
        return len(self.groups) == 1 and len(self.groups[0]) == 1

    @property
    def whole_names(self) -> list[str]:
        """The name that was typed, whichever of its words was typed first."""
        typed = [group[0] for group in self.groups]
        return [" ".join(order) for order in permutations(typed)] if len(typed) <= 4 else [" ".join(typed)]

    def words(self) -> str:
        return " & ".join(_any([f"'{group[0]}'"]) for group in self.groups)

    def beginnings(self) -> str:
        return " & ".join(_any([f"'{word}':*" for word in group]) for group in self.groups)

    def indexed_beginnings(self) -> str:
        """As `beginnings`, where only the word typed last may still be begun, unless a word was mistyped."""
        whole = self.groups[:-1] if self.tier != MISTYPED else ()
        begun = self.groups[len(whole) :]
        return " & ".join(
            [f"'{word}'" for (word,) in whole] + [_any([_indexed(word) for word in group]) for group in begun]
        )


def answers(question: Question, kinds: Sequence[str]) -> list[Find]:
    """What was found of these kinds, at most the question's limit of each, each kind in the order it is shown."""
    texts = [kind for kind in kinds if kind != PARTY]
    return [*(_parties(question) if PARTY in kinds else []), *(_texts(question, texts) if texts else [])]


def parties_named(words: set[str], *, text: str, hidden: list[UUID], limit: int) -> list[UUID]:
    asked = sorted({word[: spelling.LONGEST_WORD] for word in words if word})
    keys = [(word, key) for word in asked if spelling.beginnings_of(word) for key in spelling.asked_shortened(word)]
    typed, shortened = [word for word, _ in keys], [key for _, key in keys]
    rows = _ask(
        _PARTIES_NAMED,
        asked=asked,
        runs=spelling.runs_of(text),
        typed=typed,
        shortened=shortened,
        hidden=hidden,
        limit=limit,
    )
    return [object_id for (object_id,) in rows]


def _parties(question: Question) -> list[Find]:
    steps = [_named, _first_parties, _indexed_parties] if question.is_one_word else [_indexed_parties]
    found: dict[UUID, Find] = {}
    for step in steps:
        for find in step(question):
            found.setdefault(find.object_id, find)
        if len(found) >= question.limit:
            break
    return sorted(found.values(), key=lambda find: find.tier)[: question.limit]


def _named(question: Question) -> list[Find]:
    """Those called so, then the newest with this word in a name, then those with a word in a name that begins so."""
    word = question.groups[0][0]
    rows = _ask(_NAMED, whole=question.whole_names, word=word, hidden=question.hidden, limit=question.limit)
    return [Find(PARTY, object_id, tier) for object_id, tier in rows]


def _first_parties(question: Question) -> list[Find]:
    return _newest(question, {PARTY: PARTY})[0]


def _indexed_parties(question: Question) -> list[Find]:
    rows = _ask(
        _INDEXED_PARTIES,
        asked=question.beginnings(),
        exact=question.words(),
        whole=question.whole_names,
        hidden=question.hidden,
        most=MOST_INDEXED,
        limit=question.limit,
    )
    return [Find(PARTY, object_id, CALLED_SO if is_whole else question.tier) for object_id, is_whole in rows]


@dataclass(frozen=True)
class _Span:
    """A scope of which only the newest were looked through."""

    scope: str
    newest_at: datetime
    edge_at: datetime

    def in_newest_months(self) -> list[str]:
        """The months that hold about MOST_IN_MONTHS entries, judged by how close together the newest are."""
        days = max((self.newest_at - self.edge_at).days, 1) * MOST_IN_MONTHS // NEWEST
        return month_words(self.scope, self.newest_at, days=days) if days < 2 * 366 else []

    def in_all_months(self) -> list[str]:
        return [scope_word(self.scope)]


def _texts(question: Question, kinds: Sequence[str]) -> list[Find]:
    scopes = {scope_of(kind, member_id): kind for kind in kinds for member_id in {None, question.member_id}}
    newest, rest = _newest(question, scopes)
    found = {find.object_id: find for find in newest}
    # To look for what may be mistyped costs most: it is not done twice.
    steps = (_Span.in_newest_months, _Span.in_all_months)[question.tier == MISTYPED :]
    for months_of in steps:
        counts = Counter(find.scope for find in found.values())
        wanting = [span for span in rest if counts[span.scope] < question.limit]
        if within := [word for span in wanting for word in months_of(span)]:
            found |= {find.object_id: find for find in _indexed_texts(question, within, scopes)}
    return sorted(found.values(), key=lambda find: find.at, reverse=True)


def _newest(question: Question, scopes: dict[str, str]) -> tuple[list[Find], list[_Span]]:
    """What the first entries of each scope answer, in their order, and the scopes that hold more than these."""
    rows = _ask(
        _NEWEST,
        scopes=list(scopes),
        asked=question.beginnings(),
        hidden=question.hidden,
        newest=NEWEST,
        limit=question.limit,
    )
    finds = [Find(scopes[scope], row, question.tier, scope, at or _LONG_AGO) for scope, row, at, *_ in rows if row]
    rest = {
        scope: _Span(scope, first or _LONG_AGO, last or _LONG_AGO)
        for scope, _, _, is_more, first, last in rows
        if is_more
    }
    return finds, list(rest.values())


def _indexed_texts(question: Question, within: list[str], scopes: dict[str, str]) -> list[Find]:
    asked = f"{question.indexed_beginnings()} & {_any([repr(word) for word in within])}"
    rows = _ask(_INDEXED_TEXTS, asked=asked, hidden=question.hidden, most=MOST_INDEXED, limit=question.limit)
    return [Find(scopes[scope], row, question.tier, scope, at or _LONG_AGO) for row, scope, at in rows]


def _indexed(word: str) -> str:
    """Beginnings that are too short stand for too much of the index: there they count as whole words."""
    return f"'{word}':*" if len(word) >= SHORTEST_INDEXED or spelling.is_unspaced(word) else f"'{word}'"


def _any(alternatives: list[str]) -> str:
    return f"({' | '.join(alternatives)})"


def _ask(statement: str, **asked: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())


# `chr(1114111)`, the last of all signs, ends the range of words with a beginning, whatever their script.

_NAMED = """
    SELECT object_id, min(tier) AS tier FROM (
        (SELECT object_id, 0 AS tier, 0 AS place FROM core_searchentry
         WHERE scope = 'party' AND name = ANY (%(whole)s::text[]) AND NOT object_id = ANY (%(hidden)s::uuid[])
         ORDER BY name, at DESC NULLS LAST, object_id LIMIT %(limit)s)
        UNION ALL
        (SELECT object_id, 1, 0 FROM core_searchname
         WHERE word = %(word)s AND NOT object_id = ANY (%(hidden)s::uuid[])
         ORDER BY object_id DESC LIMIT %(limit)s)
        UNION ALL
        (SELECT object_id, 1, row_number() OVER (ORDER BY word, object_id) FROM core_searchname
         WHERE word > %(word)s AND word < %(word)s || chr(1114111) AND NOT object_id = ANY (%(hidden)s::uuid[])
         ORDER BY word, object_id LIMIT %(limit)s)
    ) AS named
    GROUP BY object_id ORDER BY tier, min(place), object_id DESC LIMIT %(limit)s
"""

_NEWEST = """
    SELECT asked.scope, found.object_id, found.at, edge.is_more, edge.newest_at, edge.edge_at
    FROM unnest(%(scopes)s::text[]) AS asked (scope)
    CROSS JOIN LATERAL (
        SELECT count(*) > %(newest)s AS is_more, max(at) AS newest_at, min(at) AS edge_at FROM (
            SELECT at FROM core_searchentry e WHERE e.scope = asked.scope
            ORDER BY e.name, e.at DESC NULLS LAST, e.object_id LIMIT %(newest)s + 1) AS first) AS edge
    LEFT JOIN LATERAL (
        SELECT object_id, at FROM (
            SELECT object_id, at, party_ids, words FROM core_searchentry e WHERE e.scope = asked.scope
            ORDER BY e.name, e.at DESC NULLS LAST, e.object_id LIMIT %(newest)s) AS first
        WHERE words @@ %(asked)s::tsquery AND search_may_be_seen(party_ids, %(hidden)s::uuid[])
        LIMIT %(limit)s) AS found ON true
"""

_INDEXED_PARTIES = """
    SELECT object_id, name = ANY (%(whole)s::text[]) AS is_whole
    FROM search_indexed(%(asked)s::tsquery, %(exact)s::tsquery, %(hidden)s::uuid[], true, %(most)s)
    ORDER BY is_whole DESC, is_exact DESC, name, object_id LIMIT %(limit)s
"""

_INDEXED_TEXTS = """
    SELECT object_id, scope, at FROM (
        SELECT object_id, scope, at, row_number() OVER (PARTITION BY scope ORDER BY at DESC NULLS LAST, object_id) AS place
        FROM search_indexed(%(asked)s::tsquery, 'none', %(hidden)s::uuid[], false, %(most)s)) AS found
    WHERE place <= %(limit)s
"""

_PARTIES_NAMED = """
    WITH asked AS (SELECT unnest(%(asked)s::text[]) COLLATE "C" AS word),
    near AS (
        SELECT DISTINCT typed, beginning
        FROM unnest(%(typed)s::text[], %(shortened)s::text[]) AS key (typed, shortened)
        JOIN core_searchbeginning USING (shortened)
        WHERE abs(length(beginning) - least(length(typed), 8)) <= 1),
    run AS (SELECT unnest(%(runs)s::text[]) COLLATE "C" AS words),
    named AS (
        SELECT run.words AS word, -1 AS off, found.object_id FROM run CROSS JOIN LATERAL (
            SELECT object_id FROM core_searchentry e
            WHERE e.scope = 'party' AND e.name >= run.words AND e.name < run.words || chr(1114111)
            AND NOT object_id = ANY (%(hidden)s::uuid[])
            ORDER BY e.name, e.at DESC NULLS LAST, e.object_id LIMIT 8) AS found
        UNION ALL
        SELECT asked.word, 0, found.object_id FROM asked CROSS JOIN LATERAL (
            SELECT object_id FROM core_searchname n WHERE n.word = asked.word AND NOT object_id = ANY (%(hidden)s::uuid[])
            ORDER BY object_id DESC LIMIT 40) AS found
        UNION ALL
        SELECT asked.word, 1, found.object_id FROM asked CROSS JOIN LATERAL (
            SELECT object_id FROM core_searchname n
            WHERE n.word > asked.word AND n.word < asked.word || chr(1114111) AND NOT object_id = ANY (%(hidden)s::uuid[])
            ORDER BY n.word, object_id LIMIT 12) AS found
        WHERE length(asked.word) >= 3
        UNION ALL
        SELECT near.typed, 1, found.object_id FROM near CROSS JOIN LATERAL (
            SELECT object_id FROM core_searchname n
            WHERE n.word >= near.beginning AND n.word < near.beginning || chr(1114111)
            AND abs(length(n.word) - length(near.typed)) <= 1 AND NOT object_id = ANY (%(hidden)s::uuid[])
            ORDER BY n.word, object_id LIMIT 12) AS found),
    sized AS (SELECT *, count(*) OVER (PARTITION BY word, off) AS size FROM named)
    SELECT object_id FROM sized
    GROUP BY object_id ORDER BY min(off) >= 0, count(DISTINCT word) DESC, min(off), min(size), object_id LIMIT %(limit)s
"""
