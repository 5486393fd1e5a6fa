"""In which form each word of a question is asked of the index, so that the index never reads through what many entries have.

Of whole words the index leaps from one entry that has the rarest to the next, whatever else is asked. Of a beginning it
first gathers everything that begins so, at five times the cost. So a beginning that few have is asked as it is, and of one
that many have those words that are known to be frequent: of texts by what the database last counted of them (about one in a
thousand), of parties by their names too. What begins too many words to be asked at all is looked for in what the other
words find.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from django.db import connection

from ampersand.core import search_words as spelling

MOMENT = "moment"
SHORTEST_INDEXED = 4
# Where so many have a word in a name that begins so, it is not asked as it begins.
MANY_NAMES = 2_000
# So many words may stand for a beginning.
MOST_WORDS = 40
# Where so great a share of all entries has a word that begins so, it is not asked as it begins: of moments there are most.
MANY_MOMENTS, MANY_PARTIES, MANY_OTHERS = 0.003, 0.005, 0.02
# What the database does not count among the frequent words, one entry in a thousand has at most; and of what one in some
# thousands is expected to have, the newest months alone have enough.
RARE_SHARE, OFTEN_SHARE = 0.0005, 0.0002
# After a word that may go on.
BEGUN = "*"

Groups = Sequence[tuple[str, ...]]
Frequent = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Form:
    """What the index is asked: all of `every`; of what it finds, `rest` is looked for in the entry itself.

    `walked` is a beginning to walk the names by, where no word is rare enough to be asked as it begins. `is_often` says that
    the words are frequent enough for many entries to have all of them.
    """

    every: list[str]
    rest: str | None = None
    walked: str = ""
    is_often: bool = False


def frequent(beginnings: Iterable[str]) -> Frequent:
    """The words that begin so and that the database counted among the frequent ones, with the share of entries that have
    them, the most frequent first."""
    with connection.cursor() as cursor:
        cursor.execute(_FREQUENT, [sorted(set(beginnings))])
        return {beginning: dict(zip(words, shares, strict=True)) for beginning, words, shares in cursor.fetchall()}


def of_texts(groups: Groups, known: Frequent, *, scope: str, is_mistyped: bool) -> Form:
    """A query for each word: only the one typed last may still be begun, unless a word was mistyped."""
    many = MANY_MOMENTS if scope == MOMENT else MANY_OTHERS
    whole = 0 if is_mistyped else len(groups) - 1
    asked = [[group[0]] for group in groups[:whole]]
    asked += [[told for word in group for told in _of_text(word, known, many)] for group in groups[whole:]]
    shares = {word: share for words in known.values() for word, share in words.items()}
    share = prod(sum(shares.get(word, RARE_SHARE) for word in alternatives) for alternatives in asked)
    return Form([any_of(map(_quoted, alternatives)) for alternatives in asked], is_often=share > OFTEN_SHARE)


def of_parties(groups: Groups, known: Frequent) -> Form:
    """A query for each word as it begins, which is asked of the index only where few enough parties have it."""
    named = _named({word for group in groups for word in group})
    asked = [_of_party(group, known, named) for group in groups]
    every = [any_of(map(_quoted, alternatives)) for alternatives in asked if alternatives]
    broad = [group for group, alternatives in zip(groups, asked, strict=True) if not alternatives]
    if not every:
        return Form([f"'{group[0]}'" for group in groups], walked=max((group[0] for group in groups), key=len))
    return Form(every, " & ".join(any_of(f"'{word}':*" for word in group) for group in broad) or None)


def any_of(alternatives: Iterable[str]) -> str:
    return f"({' | '.join(alternatives)})"


def _quoted(told: str) -> str:
    return f"'{told[:-1]}':*" if told.endswith(BEGUN) else f"'{told}'"


def _of_text(word: str, known: Frequent, many: float) -> list[str]:
    # Beginnings that are too short stand for too much of the index: there they count as whole words.
    if len(word) < SHORTEST_INDEXED and not spelling.is_unspaced(word):
        return [word]
    words = known.get(word, {})
    return _as_begun(word, list(words) if sum(words.values()) > many else [])


def _of_party(group: tuple[str, ...], known: Frequent, named: dict[str, tuple[int, list[str]]]) -> list[str]:
    """The alternatives of one word; none where too many parties have it and too many words begin so."""
    told = []
    for word in group:
        count, names = named[word]
        often = known.get(word, {})
        words = [*often, *names] if count == MANY_NAMES or sum(often.values()) > MANY_PARTIES else []
        if len(words) > MOST_WORDS and len(group) == 1:
            return []
        told += _as_begun(word, words)
    return told


def _as_begun(beginning: str, words: Sequence[str]) -> list[str]:
    """A beginning as it is asked: by the words that many have, where there are any."""
    return list(dict.fromkeys([beginning, *words]))[:MOST_WORDS] if words else [beginning + BEGUN]


def _named(beginnings: set[str]) -> dict[str, tuple[int, list[str]]]:
    """How many have a word in a name that begins so, up to `MANY_NAMES`, and the first of these words."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, {"asked": sorted(beginnings), "many": MANY_NAMES, "most": MOST_WORDS + 1})
        return {beginning: (count, words) for beginning, count, words in cursor.fetchall()}


_FREQUENT = """
    SELECT begun.beginning, array_agg(counted.word ORDER BY counted.share DESC, counted.word),
        array_agg(counted.share ORDER BY counted.share DESC, counted.word)
    FROM pg_stats CROSS JOIN LATERAL unnest(most_common_elems::text::text[], most_common_elem_freqs) AS counted (word, share)
    JOIN unnest(%s::text[]) AS begun (beginning) ON starts_with(counted.word, begun.beginning)
    WHERE schemaname = 'public' AND tablename = 'core_searchentry' AND attname = 'words'
    GROUP BY begun.beginning
"""

# From each word to the next: what many are called by is stepped over.
_NAMED = """
    WITH asked AS MATERIALIZED (
        SELECT beginning, (
            SELECT count(*) FROM (
                SELECT FROM core_searchname n
                WHERE n.word >= beginning AND n.word < beginning || chr(1114111) LIMIT %(many)s) AS named) AS count
        FROM unnest(%(asked)s::text[]) AS begun (beginning))
    SELECT beginning, count, ARRAY(
        WITH RECURSIVE step (word, place) AS (
            (SELECT n.word, 1 FROM core_searchname n
             WHERE n.word >= beginning AND n.word < beginning || chr(1114111) ORDER BY n.word LIMIT 1)
            UNION ALL
            SELECT (SELECT n.word FROM core_searchname n
                WHERE n.word > step.word AND n.word < beginning || chr(1114111) ORDER BY n.word LIMIT 1), place + 1
            FROM step WHERE step.word IS NOT NULL AND place < %(most)s)
        SELECT word FROM step WHERE word IS NOT NULL) AS words
    FROM asked
"""
