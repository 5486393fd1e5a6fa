"""Search: what is searchable, found from the second letter on and through one typing error.

Each row is an entry with its folded words. Rights are applied before the cut: the scope of an entry says whether it is
the house's or one member's own, and a search says which parties are hidden from whom. `search_asking` has how the work
of one search stays bounded whatever is typed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import connection

from ampersand.core import search_asking as asking
from ampersand.core import search_store as store
from ampersand.core import search_words as spelling
from ampersand.core.search_store import Entry, Hit, gathered, removed_together

MOST_NEAR = 12
# Of more words than these, as of a line that was copied, none in a text is taken for mistyped.
MOST_MISTYPED = 4


def put(entry: Entry) -> None:
    """Make a row findable by these words, in place of those it had."""
    put_many([entry])


def put_many(entries: Iterable[Entry]) -> None:
    """Make rows findable by these words, in place of those they had; of two entries for one row the last counts.

    Some 20,000 a second. Whoever puts at the same time waits for nobody, unless it is the same row.
    """
    store.put_many(entries)


def set_parties(party_ids: Mapping[UUID, Sequence[UUID]]) -> None:
    """Say anew which parties these rows are about, where their words stay as they were."""
    store.set_parties(party_ids)


def remove(object_ids: Sequence[UUID]) -> None:
    """Take rows out of the search, with every beginning that only their words had."""
    store.remove(object_ids)


def find(
    query: str, *, kinds: Sequence[str], hidden_party_ids: Sequence[UUID], member_id: UUID | None, limit: int = 50
) -> list[Hit]:
    """Rows in which each word of the query begins a word, in any order; nothing below two letters.

    First what is called exactly so, then what has such beginnings, then what was mistyped by a letter; within these the
    kinds in the order given, and the newer first. Texts are taken for mistyped only where none has the words as typed.
    Beginnings of two and three letters are looked for in all names, but only in the 3,000 newest texts of a kind; in
    older ones they count as whole words, as does every word but the last. Of a beginning that many moments have, those
    older ones are found that have it as a word, or one of the frequent words that begin so. Of two beginnings that both
    thousands are called by, the first names alone are looked through.
    """
    found = _find(query, kinds, hidden_party_ids, member_id, limit, is_each_filled=False)
    place = {kind: at for at, kind in enumerate(kinds)}
    found.sort(key=lambda one: (one.tier, place[one.kind]))
    return [Hit(one.kind, one.object_id) for one in found[:limit]]


def find_each(
    query: str, *, kinds: Sequence[str], hidden_party_ids: Sequence[UUID], member_id: UUID | None, limit: int = 8
) -> dict[str, list[Hit]]:
    """The same, but up to `limit` of each kind."""
    found = _find(query, kinds, hidden_party_ids, member_id, limit, is_each_filled=True)
    found.sort(key=lambda one: one.tier)
    return {kind: [Hit(kind, one.object_id) for one in found if one.kind == kind][:limit] for kind in kinds}


def lookup_parties(
    words: set[str], *, text: str = "", hidden_party_ids: Sequence[UUID], limit: int = 100
) -> list[UUID]:
    """Parties with one of these folded words in a name, or with a word that begins so (three letters and more), or that
    differs from it by a letter or two (five letters and more). One query.

    First comes who is called by a run of words of the `text`; then who matches several of the words, then who matches
    the rarest. Of a word that many are called by only the forty newest are considered.
    """
    return asking.parties_named(words, text=text, hidden=list(hidden_party_ids), limit=limit)


def _find(
    query: str,
    kinds: Sequence[str],
    hidden: Sequence[UUID],
    member_id: UUID | None,
    limit: int,
    *,
    is_each_filled: bool,
) -> list[asking.Find]:
    words = spelling.asked_words(query)
    if not kinds or not spelling.is_enough(words):
        return []
    typed = asking.Question(tuple((word,) for word in words), list(hidden), member_id, limit)
    found = asking.answers(typed, kinds)
    counts = Counter(one.kind for one in found)
    wanting = [kind for kind in kinds if _is_wanting(kind, counts[kind], limit, len(words))]
    if not wanting or (len(found) >= limit and not is_each_filled):
        return found
    known = {one.object_id for one in found}
    mistyped = _perhaps_meant(typed)
    return (
        [*found, *(one for one in asking.answers(mistyped, wanting) if one.object_id not in known)]
        if mistyped
        else found
    )


def _is_wanting(kind: str, count: int, limit: int, word_count: int) -> bool:
    """Whether what may be mistyped is to be looked for among this kind too."""
    return count < limit if kind == store.PARTY else count == 0 and word_count <= MOST_MISTYPED


def _perhaps_meant(typed: asking.Question) -> asking.Question | None:
    """The question with the beginnings that each of its words may be a mistyping of; None where there are none."""
    words = [group[0] for group in typed.groups]
    keys = [key for word in words for key in spelling.asked_shortened(word)]
    if not keys:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT beginning FROM core_searchbeginning WHERE shortened = ANY (%s) LIMIT 5000", [keys]
        )
        there = [beginning for (beginning,) in cursor.fetchall()]
    groups = tuple((word, *_nearest(word, there)) for word in words)
    return typed.mistyped(groups) if any(len(group) > 1 for group in groups) else None


def _nearest(typed: str, beginnings: list[str]) -> list[str]:
    """The beginnings this word may be a mistyping of, but for those that a shorter one covers; alike in length first."""
    if not spelling.asked_shortened(typed):
        return []
    near = [word for word in beginnings if spelling.is_near(typed, word)]
    if len(typed) < spelling.SHORTEST_FORGIVEN:
        # Four letters are a word of five without one of them.
        near = [word for word in near if len(word) == spelling.SHORTEST_FORGIVEN]
    kept: list[str] = []
    for word in sorted(near, key=lambda word: (len(word), word)):
        if not any(word.startswith(shorter) for shorter in [typed, *kept]):
            kept.append(word)
    return sorted(kept, key=lambda word: (abs(len(word) - len(typed)), word))[:MOST_NEAR]


__all__ = [
    "Entry",
    "Hit",
    "find",
    "find_each",
    "gathered",
    "lookup_parties",
    "put",
    "put_many",
    "remove",
    "removed_together",
    "set_parties",
]
