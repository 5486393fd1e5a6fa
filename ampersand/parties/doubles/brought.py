"""Who came in with one source and may be in the book already, or twice in what came: found set by set.

A few statements for each thousand of them, every one by an index, however large the book is: who is called exactly so, who
is reached by the same, and who has a word of the name and a name much like it. What is found is weighed as one typed record
is. The search through the whole book, which learns from it, finds more; this one finds at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django.db import connection

from ampersand.core.folding import folded_words, sort_key
from ampersand.parties.doubles import comparisons, snapshot, vetoes
from ampersand.parties.doubles.found import Found, Pair
from ampersand.parties.doubles.legal_forms import core_name
from ampersand.parties.doubles.traits import ORGANISATION, PERSON, Compared, Traits
from ampersand.parties.models import Party

AT_ONCE = 1_000
# Of those with one word or one address so many are looked at: the newest of those known before, and a few who came along.
MOST_KNOWN, MOST_BESIDE = 40, 10
# How much of the threes of letters in two names must be the same for them to be weighed at all.
LEAST_LIKE = 0.4
LEAST_PROBABILITY = 0.5


def found_in(source_id: UUID) -> Iterator[Found]:
    """Who of this source is likely somebody else in the book, the likeliest level first for each thousand of them."""
    came = Party.objects.outside().filter(source=source_id, now=None, erased_at=None).exclude(name="")
    rows = list(came.order_by("pk").values_list("pk", "name", "sort_name", "kind"))
    odds = _odds(Party.objects.outside().count()) if rows else 0.0
    for begin in range(0, len(rows), AT_ONCE):
        yield from _weighed(_pairs(rows[begin : begin + AT_ONCE], first=rows[0][0]), odds=odds)


def likely(pairs: set[Pair]) -> list[Found]:
    """Those of these pairs that are likely one, the lower id of each first."""
    return _weighed(pairs, odds=_odds(Party.objects.outside().count())) if pairs else []


Row = tuple[UUID, str, str, str]


def _odds(count: int) -> float:
    """How likely any two are one before anything is known of them, as `model.unlearnt` has it."""
    chance = min(0.01, 0.2 / max(count, 2))
    return chance / (1 - chance)


def _pairs(rows: Sequence[Row], *, first: UUID) -> set[Pair]:
    """Pairs to be weighed, the lower id first. One statement."""
    named = [(pk, key) for pk, name, sort_name, _kind in rows for key in _keys(name, sort_name)]
    worded = [(pk, word) for pk, name, _sort_name, kind in rows for word in _words(name, kind)]
    with connection.cursor() as cursor:
        cursor.execute(
            _PAIRS,
            {
                "ids": [row[0] for row in rows],
                "named": [pk for pk, _ in named],
                "keys": [key for _, key in named],
                "worded": [pk for pk, _ in worded],
                "words": [word for _, word in worded],
                "first": first,
                "known": MOST_KNOWN,
                "beside": MOST_BESIDE,
                "like": LEAST_LIKE,
            },
        )
        return {(min(one, other), max(one, other)) for one, other in cursor.fetchall()}


def _keys(name: str, sort_name: str) -> set[str]:
    """What somebody of this name may be sorted under: as they are told, and with the last word first or the first last."""
    words = folded_words(name)
    turned = [words[-1:] + words[:-1], words[1:] + words[:1]] if 1 < len(words) <= 5 else []
    return {sort_key(name, sort_name), *(" ".join(one)[:300] for one in (words, *turned))} - {""}


def _words(name: str, kind: str) -> set[str]:
    """The words by which others are looked for: of an organisation without its legal form."""
    told = name if kind == PERSON else core_name(name)
    return {word[:60] for word in folded_words(told) if len(word) > 1}


def _weighed(pairs: set[Pair], *, odds: float) -> list[Found]:
    """The pairs that are likely one, unless something tells them apart. Two statements, and one for each 5,000 records."""
    told = {record.key: record for record in snapshot.records({party_id for pair in pairs for party_id in pair})}
    columns = {key: Compared(record) for key, record in told.items()}
    found = [
        one
        for pair in sorted(pairs)
        if str(pair[0]) in told and str(pair[1]) in told
        if (one := _weigh(pair, told, columns, odds=odds)) is not None
    ]
    ends = snapshot.at_both_ends([one.pair for one in found]) if found else set()
    return [one for one in found if one.pair not in ends]


def _weigh(
    pair: Pair, told: Mapping[str, Traits], columns: Mapping[str, Mapping[str, object]], *, odds: float
) -> Found | None:
    one, other = (told[str(party_id)] for party_id in pair)
    if one.kind != other.kind or vetoes.tells_apart(one, other):
        return None
    compared = comparisons.ORGANISATIONS if one.kind == ORGANISATION else comparisons.PEOPLE
    left, right = columns[one.key], columns[other.key]
    levels = [(each.column, level) for each in compared if (level := each.level_of(left, right))]
    reasons = tuple((column, level.name) for column, level in levels)
    likely = odds * 2 ** sum(level.weight for _column, level in levels)
    if likely / (1 + likely) < LEAST_PROBABILITY or vetoes.is_rather_family(reasons, kind=one.kind):
        return None
    return Found(pair, likely / (1 + likely), reasons)


_PAIRS = """
    WITH named AS (SELECT * FROM unnest(%(named)s::uuid[], %(keys)s::text[]) AS named (id, key)),
    worded AS (SELECT * FROM unnest(%(worded)s::uuid[], %(words)s::text[]) AS worded (id, word)),
    pair AS (
        SELECT named.id, there.id AS other FROM named CROSS JOIN LATERAL (
            SELECT p.id FROM parties_party p WHERE p.sort_key = named.key AND p.id <> named.id
            LIMIT %(known)s) AS there
        UNION
        SELECT mine.party_id, there.party_id FROM parties_identifier mine CROSS JOIN LATERAL (
            SELECT i.party_id FROM parties_identifier i
            WHERE i.kind = mine.kind AND i.value = mine.value AND i.withdrawn_at IS NULL AND i.party_id <> mine.party_id
            LIMIT %(known)s) AS there
        WHERE mine.party_id = ANY (%(ids)s::uuid[]) AND mine.withdrawn_at IS NULL AND mine.kind <> 'external'
        UNION
        SELECT worded.id, there.object_id FROM worded JOIN (
            SELECT asked.word, there.object_id FROM (SELECT DISTINCT word FROM worded) AS asked CROSS JOIN LATERAL (
                (SELECT object_id FROM core_searchname n WHERE n.word = asked.word COLLATE "C" AND object_id < %(first)s
                 ORDER BY object_id DESC LIMIT %(known)s)
                UNION ALL
                (SELECT object_id FROM core_searchname n WHERE n.word = asked.word COLLATE "C" AND object_id >= %(first)s
                 ORDER BY object_id LIMIT %(beside)s)) AS there
            OFFSET 0) AS there USING (word)
        JOIN parties_party p ON p.id = there.object_id JOIN parties_party mine ON mine.id = worded.id
        WHERE there.object_id <> worded.id AND p.kind = mine.kind AND similarity(p.sort_key, mine.sort_key) >= %(like)s)
    SELECT DISTINCT pair.id, coalesce(p.now_id, p.id) FROM pair JOIN parties_party p ON p.id = pair.other
    WHERE pair.id <> coalesce(p.now_id, p.id)
"""
