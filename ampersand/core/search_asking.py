"""How the search tables are asked, with a bound on the work whatever is typed and however large the house is.

Names are walked through in order: the first fifty that begin so cost fifty. Of texts, the newest of each kind are looked
through as they are, which answers whatever is frequent; what is rarer is asked of the index, and where that knows many, of
the newest months alone. `search_forms` has in which form each word is asked, so that the index never reads through what
many have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import permutations
from typing import Any
from uuid import UUID

from django.db import connection

from ampersand.core import ready
from ampersand.core import search_forms as forms
from ampersand.core import search_words as spelling
from ampersand.core.search_store import PARTY, month_words, scope_of, scope_word

# So many of the newest are looked through, and so many finds of the index put in order.
NEWEST = 3_000
MOST_INDEXED = 5_000
# Where the index knows more than so many, it is asked for the months that hold about so many entries, one after the other.
FEW = 300
IN_MONTHS = (20_000, 200_000)
MOST_MONTHS = 30

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

    @cached_property
    def frequent(self) -> forms.Frequent:
        return forms.frequent(word for group in self.groups for word in group)

    @property
    def whole_names(self) -> list[str]:
        """The name that was typed, whichever of its words was typed first."""
        typed = [group[0] for group in self.groups]
        return [" ".join(order) for order in permutations(typed)] if len(typed) <= 4 else [" ".join(typed)]

    def words(self) -> str:
        return " & ".join(f"'{group[0]}'" for group in self.groups)

    def beginnings(self) -> str:
        return " & ".join(forms.any_of(f"'{word}':*" for word in group) for group in self.groups)


def answers(question: Question, kinds: Sequence[str]) -> list[Find]:
    """What was found of these kinds, at most the question's limit of each, each kind in the order it is shown."""
    texts = [kind for kind in kinds if kind != PARTY]
    return [*(_parties(question) if PARTY in kinds else []), *(_texts(question, texts) if texts else [])]


def parties_named(words: set[str], *, text: str, hidden: list[UUID], limit: int) -> list[UUID]:
    asked = sorted({word[: spelling.LONGEST_WORD] for word in words if word})
    keys = [(word, key) for word in asked if spelling.beginnings_of(word) for key in spelling.asked_shortened(word)]
    typed, shortened = [word for word, _ in keys], [key for _, key in keys]
    told = {"asked": asked, "runs": spelling.runs_of(text), "typed": typed, "shortened": shortened}
    rows = ready.rows_of(_PARTIES_NAMED, {**told, "hidden": hidden, "limit": limit})
    return [object_id for (object_id,) in rows]


def _parties(question: Question) -> list[Find]:
    if question.is_one_word:
        steps = [_named, _first_parties, _indexed_parties]
    elif len(question.groups) == 1:
        steps = [_nearly_named, _indexed_parties]
    else:
        steps = [_called, _indexed_parties]
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


def _called(question: Question) -> list[Find]:
    rows = _ask(_CALLED, whole=question.whole_names, hidden=question.hidden, limit=question.limit)
    return [Find(PARTY, object_id, CALLED_SO) for (object_id,) in rows]


def _nearly_named(question: Question) -> list[Find]:
    """Those with a word in a name that begins as what was typed may have been meant, the likelier beginnings first."""
    rows = _ask(_NEARLY_NAMED, near=list(question.groups[0]), hidden=question.hidden, limit=question.limit)
    return [Find(PARTY, object_id, question.tier) for (object_id,) in rows]


def _first_parties(question: Question) -> list[Find]:
    return _newest(question, {PARTY: PARTY})[0]


def _indexed_parties(question: Question) -> list[Find]:
    form = forms.of_parties(question.groups, question.frequent)
    if form.walked:
        return [*_walked_parties(question, form.walked), *_parties_in(question, form)]
    return _parties_in(question, form)


def _parties_in(question: Question, form: forms.Form) -> list[Find]:
    rows = _ask(
        _INDEXED_PARTIES,
        every=form.every,
        rest=form.rest,
        exact=question.words(),
        whole=question.whole_names,
        hidden=question.hidden,
        most=MOST_INDEXED,
        limit=question.limit,
    )
    return [Find(PARTY, object_id, CALLED_SO if is_whole else question.tier) for object_id, is_whole in rows]


def _walked_parties(question: Question, beginning: str) -> list[Find]:
    """Those among the first names with a word that begins so of which all is so that is asked."""
    rows = _ask(
        _WALKED_PARTIES,
        beginning=beginning,
        asked=question.beginnings(),
        hidden=question.hidden,
        most=NEWEST,
        limit=question.limit,
    )
    return [Find(PARTY, object_id, question.tier) for (object_id,) in rows]


@dataclass(frozen=True)
class _Span:
    """A scope of which only the newest were looked through."""

    scope: str
    newest_at: datetime
    edge_at: datetime

    def months(self) -> Iterator[list[str]]:
        """The words of its newest months, and of more of them, judged by how close together the newest are."""
        before: list[str] = []
        for count in IN_MONTHS:
            days = max((self.newest_at - self.edge_at) / timedelta(days=1), 0.001) * count / NEWEST
            months = month_words(self.scope, self.newest_at, days=days) if days < MOST_MONTHS * 31 else []
            if len(before) < len(months) <= MOST_MONTHS:
                yield months
                before = months


def _texts(question: Question, kinds: Sequence[str]) -> list[Find]:
    scopes = {scope_of(kind, member_id): kind for kind in kinds for member_id in {None, question.member_id}}
    newest, rest = _newest(question, scopes)
    found = {find.object_id: find for find in newest}
    counts = Counter(find.scope for find in newest)
    for span in rest:
        if counts[span.scope] < question.limit:
            found |= {find.object_id: find for find in _older_texts(question, span, scopes[span.scope])}
    return sorted(found.values(), key=lambda find: find.at, reverse=True)


def _older_texts(question: Question, span: _Span, kind: str) -> list[Find]:
    """The newest of a scope that the index knows: of all where these are few, else of the newest months that have enough."""
    form = forms.of_texts(question.groups, question.frequent, scope=span.scope, is_mistyped=question.tier == MISTYPED)
    all_of_it = form.every if span.scope == forms.MOMENT else [*form.every, f"'{scope_word(span.scope)}'"]
    most = max(FEW, question.limit)
    if not form.is_often:
        few = _indexed_texts(question, span, kind, all_of_it, most=most)
        if len(few) < most:
            return few
    for months in span.months():
        within = [*form.every, forms.any_of(f"'{month}'" for month in months)]
        found = _indexed_texts(question, span, kind, within, most=MOST_INDEXED)
        if len(found) >= question.limit:
            return found
        if not found:
            break
    return _indexed_texts(question, span, kind, all_of_it, most=MOST_INDEXED)


def _indexed_texts(question: Question, span: _Span, kind: str, every: list[str], *, most: int) -> list[Find]:
    place = forms.MOMENT if span.scope == forms.MOMENT else ""
    rows = _ask(
        _INDEXED_TEXTS, place=place, every=every, hidden=question.hidden, most=most, limit=max(FEW, question.limit)
    )
    return [Find(kind, row, question.tier, span.scope, at or _LONG_AGO) for row, at in rows]


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

_CALLED = """
    SELECT object_id FROM core_searchentry
    WHERE scope = 'party' AND name = ANY (%(whole)s::text[]) AND NOT object_id = ANY (%(hidden)s::uuid[])
    ORDER BY name, at DESC NULLS LAST, object_id LIMIT %(limit)s
"""

_NEARLY_NAMED = """
    SELECT object_id FROM (
        SELECT found.object_id, near.place, found.word
        FROM unnest(%(near)s::text[]) WITH ORDINALITY AS near (beginning, place) CROSS JOIN LATERAL (
            SELECT object_id, word FROM core_searchname n
            WHERE n.word >= near.beginning AND n.word < near.beginning || chr(1114111)
            AND NOT object_id = ANY (%(hidden)s::uuid[])
            ORDER BY n.word, object_id LIMIT %(limit)s) AS found) AS named
    GROUP BY object_id ORDER BY min(place), min(word), object_id LIMIT %(limit)s
"""

_INDEXED_PARTIES = """
    SELECT object_id, name = ANY (%(whole)s::text[]) AS is_whole
    FROM search_asked('party', %(every)s::tsquery[], %(rest)s::tsquery, %(exact)s::tsquery, %(hidden)s::uuid[], %(most)s)
    ORDER BY is_whole DESC, is_exact DESC, name, object_id LIMIT %(limit)s
"""

_WALKED_PARTIES = """
    SELECT DISTINCT object_id FROM (
        SELECT walked.object_id FROM (
            SELECT object_id FROM core_searchname n
            WHERE n.word >= %(beginning)s AND n.word < %(beginning)s || chr(1114111)
            ORDER BY n.word, object_id LIMIT %(most)s) AS walked
        JOIN core_searchentry e USING (object_id)
        WHERE e.words @@ %(asked)s::tsquery AND search_may_be_seen(e.party_ids, %(hidden)s::uuid[])
        LIMIT %(limit)s) AS found
"""

_INDEXED_TEXTS = """
    SELECT object_id, at
    FROM search_asked(%(place)s, %(every)s::tsquery[], NULL, 'none', %(hidden)s::uuid[], %(most)s)
    ORDER BY at DESC NULLS LAST, object_id LIMIT %(limit)s
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
