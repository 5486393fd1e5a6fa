"""How the search tables are written: set by set, so that a bulk load costs what it should, and without waiting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from operator import itemgetter
from uuid import UUID

from django.db import connection, transaction

from ampersand.core import rows_in
from ampersand.core import search_words as spelling

PARTY = "party"
BATCH = 5_000
COPIED_FROM = 200
# Before the words that say where an entry stands; no word that somebody wrote begins so.
OWN = "~"
# More beginnings than these are not looked up one by one when their words go: the words of all entries are counted, unless
# there are so many more entries that this would take longer.
MOST_LOOKED_UP = 2_000
LOOKED_UP_RATIO = 20


@dataclass(slots=True)
class Entry:
    """Something searchable: its kind, its row, its words, and what rights follow from it.

    `names` are what a party is called: one word begun is looked for in them first, and whoever types one whole finds it
    before all others.
    """

    kind: str  # party | moment | note | promise
    object_id: UUID
    text: str
    party_ids: tuple[UUID, ...] = ()
    member_id: UUID | None = None  # of a row in *mine*: only this member finds it
    at: datetime | None = None  # what newer ones are put first by
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    kind: str
    object_id: UUID


_gathered: ContextVar[dict[UUID, Entry] | None] = ContextVar("gathered", default=None)


@contextmanager
def gathered() -> Iterator[None]:
    """Write what is put in here all at once, at the end: for an import, which puts thousands one by one.

    Where the work in here fails, nothing is written. One inside another belongs to the outer one.
    """
    if _gathered.get() is not None:
        yield
        return
    entries: dict[UUID, Entry] = {}
    token = _gathered.set(entries)
    try:
        yield
    finally:
        _gathered.reset(token)
    put_many(entries.values())


def put_many(entries: Iterable[Entry]) -> None:
    waiting = _gathered.get()
    if waiting is not None:
        waiting.update((entry.object_id, entry) for entry in entries)
    else:
        for batch in _batches(entries):
            _put_batch(batch)


def set_parties(party_ids: Mapping[UUID, Sequence[UUID]]) -> None:
    """Say anew which parties rows are about; their words stay."""
    told = ["{" + ",".join(map(str, ids)) + "}" for ids in party_ids.values()]
    with connection.cursor() as cursor:
        cursor.execute(_SET_PARTIES, [list(party_ids), told])


def remove(object_ids: Sequence[UUID]) -> None:
    for object_id in object_ids:
        (_gathered.get() or {}).pop(object_id, None)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(_REMOVE, [list(object_ids)])
        gone = cursor.fetchall()
        _remove_names([(word, object_id) for object_id, kind, words in gone if kind == PARTY for word in words])
        words = {word for _, _, words in gone for word in words}
        removed = _removed.get()
        if removed is None:
            _forget_beginnings(words)
        else:
            removed |= words


_removed: ContextVar[set[str] | None] = ContextVar("removed", default=None)


@contextmanager
def removed_together() -> Iterator[None]:
    """Look once, at the end, which beginnings are left without a word by all that is removed in here."""
    if _removed.get() is not None:
        yield
        return
    words: set[str] = set()
    token = _removed.set(words)
    try:
        yield
    finally:
        _removed.reset(token)
    with transaction.atomic(savepoint=False):
        _forget_beginnings(words)


def scope_of(kind: str, member_id: UUID | None) -> str:
    """Who may find an entry of this kind at all: the house, or this member alone."""
    return f"{kind}/{member_id.hex}" if member_id else kind


def scope_word(scope: str) -> str:
    """The word that every entry of a scope has."""
    return f"{OWN}{scope}"


def month_words(scope: str, newest_at: datetime, *, days: float) -> list[str]:
    """The words of the months in these days up to the newest."""
    first = newest_at - timedelta(days=days)
    count = (newest_at.year - first.year) * 12 + newest_at.month - first.month
    months = [divmod(first.year * 12 + first.month - 1 + after, 12) for after in range(count + 1)]
    return [_month_word(scope, year, month + 1) for year, month in months]


def _month_word(scope: str, year: int, month: int) -> str:
    return f"{OWN}{scope}/{year % 100:02d}{month:02d}"


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    rest = iter(entries)
    while batch := list(islice(rest, BATCH)):
        yield list({entry.object_id: entry for entry in batch}.values())


def _put_batch(batch: Sequence[Entry]) -> None:
    names = {entry.object_id: _name_words(entry) for entry in batch}
    # Digits at the end of a name join those that follow it; what the name is found by alone stands there all the same.
    written = [
        list(dict.fromkeys([*spelling.words_of(" ".join([*entry.names, entry.text])), *sorted(names[entry.object_id])]))
        for entry in batch
    ]
    kept = set().union(*written)
    begun = sorted({longest[-1] for word in kept if (longest := spelling.beginnings_of(word))})
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        before = _put_entries(batch, written)
        cursor.execute(_PUT_NAMES, _pairs([(word, row) for row, words in names.items() for word in words]))
        cursor.execute(_PUT_BEGINNINGS, [rows_in.array(begun)])
        if before:
            _remove_names([(word, row) for row, words in before for word in words if word not in names[row]])
            _forget_beginnings({word for _, words in before for word in words} - kept)


def _put_entries(batch: Sequence[Entry], written: Sequence[list[str]]) -> list[tuple[UUID, list[str]]]:
    """Write the entries; answers the words that those which were there had before."""
    rows = [_row(entry, words) for entry, words in zip(batch, written, strict=True)]
    with connection.cursor() as cursor:
        if len(rows) < COPIED_FROM:
            cursor.execute(f"{_TOLD} {_PUT}", [list(column) for column in zip(*rows, strict=True)])
        else:
            cursor.execute(_STAGE)
            rows_in.copy("coming_searchentry", _COLUMNS, rows)
            cursor.execute(f"{_STAGED} {_PUT}")
        before: list[tuple[UUID, list[str]]] = cursor.fetchall()
        if len(rows) >= COPIED_FROM:
            cursor.execute("TRUNCATE coming_searchentry")
    return before


def _row(entry: Entry, words: list[str]) -> tuple[object, ...]:
    scope = scope_of(entry.kind, entry.member_id)
    name = spelling.whole(entry.names[0]) if entry.names else ""
    parties = "{" + ",".join([party_id.hex for party_id in entry.party_ids]) + "}"
    return entry.object_id, entry.kind, scope, name, entry.at, parties, " ".join([*words, *_own_words(scope, entry.at)])


def _own_words(scope: str, at: datetime | None) -> list[str]:
    return [scope_word(scope), _month_word(scope, at.year, at.month)] if at else [scope_word(scope)]


def _name_words(entry: Entry) -> set[str]:
    return set(spelling.words_of(" ".join(entry.names))) if entry.kind == PARTY else set()


def _remove_names(pairs: list[tuple[str, UUID]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_REMOVE_NAMES, _pairs(pairs))


def _pairs(pairs: list[tuple[str, UUID]]) -> tuple[str, str]:
    ordered = sorted(pairs, key=itemgetter(0))
    return rows_in.array([word for word, _ in ordered]), rows_in.array([row for _, row in ordered])


def _forget_beginnings(words: set[str]) -> None:
    """Take out the beginnings of these words that no entry has any more: an erased name leaves none behind."""
    # A short word or one with a digit has no beginnings of its own, but may have kept alive those of another.
    written = [word for word in words if not word.startswith(OWN)]
    longest = {begun[-1]: begun for word in written if (begun := spelling.begun_like(word))}
    unused = _unused(list(longest))
    shorter = {begun for word in unused for begun in longest[word][:-1]}
    gone = [*unused, *_unused(list(shorter - set(unused)))]
    if gone:
        with connection.cursor() as cursor:
            cursor.execute(_REMOVE_BEGINNINGS, [gone])


def _unused(beginnings: list[str]) -> list[str]:
    if not beginnings:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_UNUSED if _is_looked_up(len(beginnings)) else _UNUSED_BY_COUNTING, [beginnings])
        return [beginning for (beginning,) in cursor.fetchall()]


def _is_looked_up(count: int) -> bool:
    """Whether so many beginnings are looked up one by one: to count the words of a large house takes minutes."""
    if count <= MOST_LOOKED_UP:
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'core_searchentry'::regclass")
        ((entries,),) = cursor.fetchall()
    return bool(entries > LOOKED_UP_RATIO * count)


_COLUMNS = ("object_id", "kind", "scope", "name", "at", "party_ids", "words")

# A few come as arrays, in one statement that can be prepared; many are copied, which costs half as much for each.
_TOLD = """
    WITH told AS (
        SELECT * FROM unnest(
            %s::uuid[], %s::text[], %s::text[], %s::text[], %s::timestamptz[], %s::text[], %s::text[]
        ) AS column_of (object_id, kind, scope, name, at, party_ids, words)),
"""

_STAGE = """
    CREATE TEMPORARY TABLE IF NOT EXISTS coming_searchentry
        (object_id uuid, kind text, scope text, name text, at timestamptz, party_ids text, words text)
"""

_STAGED = "WITH told AS (SELECT * FROM coming_searchentry),"

_PUT = """
    fresh AS (
        SELECT object_id, kind, scope, name, at, party_ids::uuid[] AS party_ids,
            array_to_tsvector(string_to_array(words, ' ')) AS words
        FROM told),
    put AS (
        INSERT INTO core_searchentry AS old (object_id, kind, scope, name, at, party_ids, words)
        SELECT object_id, kind, scope, name, at, party_ids, words FROM fresh ORDER BY object_id
        ON CONFLICT (object_id) DO UPDATE SET kind = excluded.kind, scope = excluded.scope, name = excluded.name,
            at = excluded.at, party_ids = excluded.party_ids, words = excluded.words
        WHERE (old.scope, old.name, old.at, old.party_ids, old.words)
            IS DISTINCT FROM (excluded.scope, excluded.name, excluded.at, excluded.party_ids, excluded.words))
    SELECT object_id, tsvector_to_array(old.words) FROM core_searchentry AS old JOIN fresh USING (object_id)
"""

_SET_PARTIES = """
    UPDATE core_searchentry AS entry SET party_ids = told.party_ids::uuid[]
    FROM unnest(%s::uuid[], %s::text[]) AS told (object_id, party_ids)
    WHERE entry.object_id = told.object_id AND entry.party_ids IS DISTINCT FROM told.party_ids::uuid[]
"""

_PUT_NAMES = """
    INSERT INTO core_searchname (word, object_id)
    SELECT * FROM unnest(%s::text[], %s::uuid[]) ON CONFLICT DO NOTHING
"""

_REMOVE = "DELETE FROM core_searchentry WHERE object_id = ANY (%s) RETURNING object_id, kind, tsvector_to_array(words)"

_REMOVE_NAMES = """
    DELETE FROM core_searchname AS name USING unnest(%s::text[], %s::uuid[]) AS gone (word, object_id)
    WHERE name.word = gone.word AND name.object_id = gone.object_id
"""

# Asked of the longest beginning of each word alone: whoever has that has the shorter ones. In the order of the index.
_PUT_BEGINNINGS = """
    INSERT INTO core_searchbeginning (shortened, beginning)
    SELECT DISTINCT CASE WHEN at = 0 THEN beginning ELSE left(beginning, at - 1) || substr(beginning, at + 1) END AS short,
        beginning
    FROM (
        SELECT DISTINCT left(longest, length) AS beginning FROM (
            SELECT longest FROM unnest(%s::text[]) AS begun (longest) WHERE NOT EXISTS (
                SELECT FROM core_searchbeginning AS known
                WHERE known.shortened = begun.longest AND known.beginning = begun.longest)
        ) AS unknown CROSS JOIN LATERAL generate_series(4, length(longest)) AS length
    ) AS begun
    CROSS JOIN LATERAL generate_series(0, length(beginning)) AS at
    WHERE NOT EXISTS (
        SELECT FROM core_searchbeginning AS known
        WHERE known.shortened = begun.beginning AND known.beginning = begun.beginning)
    ORDER BY short, beginning
"""

_REMOVE_BEGINNINGS = """
    DELETE FROM core_searchbeginning AS known
    USING unnest(%s::text[]) AS gone (beginning) CROSS JOIN LATERAL generate_series(0, length(gone.beginning)) AS at
    WHERE known.beginning = gone.beginning AND known.shortened
        = CASE WHEN at = 0 THEN gone.beginning ELSE left(gone.beginning, at - 1) || substr(gone.beginning, at + 1) END
"""

# What is frequent stands in the newest moments; only the rest is asked of the index.
_UNUSED = """
    WITH newest AS MATERIALIZED (
        SELECT words FROM core_searchentry WHERE scope = 'moment' ORDER BY name, at DESC NULLS LAST, object_id LIMIT 1000),
    asked AS MATERIALIZED (
        SELECT beginning, (quote_literal(beginning) || ':*')::tsquery AS query FROM unnest(%s::text[]) AS gone (beginning))
    SELECT beginning FROM asked
    WHERE NOT EXISTS (SELECT FROM newest WHERE words @@ query)
    AND NOT EXISTS (SELECT FROM search_asked('party', ARRAY[query], NULL, 'none', '{}', 1))
    AND NOT EXISTS (SELECT FROM search_asked('moment', ARRAY[query], NULL, 'none', '{}', 1))
    AND NOT EXISTS (SELECT FROM search_asked('', ARRAY[query], NULL, 'none', '{}', 1))
"""

_UNUSED_BY_COUNTING = """
    WITH used AS MATERIALIZED (
        SELECT DISTINCT left(word, length) AS beginning
        FROM ts_stat('SELECT words FROM core_searchentry') CROSS JOIN generate_series(4, 8) AS length)
    SELECT beginning FROM unnest(%s::text[]) AS gone (beginning) WHERE beginning NOT IN (SELECT beginning FROM used)
"""
