"""What search finds of the large books, as columns: the same rows that `core.search` writes, in less time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ampersand.core import search_words as spelling
from ampersand.core.search_store import month_words, scope_word
from ampersand.desk.demo import clock, columns
from ampersand.desk.demo.columns import chosen, instants

Texts = NDArray[np.bytes_]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Named:
    """Rows for parties, rows for the words of their names, and all words by which they are found."""

    entries: Mapping[str, Any]
    names: Mapping[str, Any]
    words: set[str]


def of_names(parties: list[str], names: list[tuple[str, str]], addresses: list[str]) -> Named:
    """What parties are found by: a name with its sort name, and an address, in the same order as their ids."""
    called = [spelling.words_of(" ".join(both)) for both in names]
    found = [{*words, *spelling.words_of(address)} for words, address in zip(called, addresses, strict=True)]
    by_word = [(word, party) for party, words in zip(parties, called, strict=True) for word in words]
    rows = {
        "object_id": parties,
        "kind": "party",
        "scope": "party",
        "name": [spelling.whole(name) for name, _ in names],
        "party_ids": [f"{{{party}}}" for party in parties],
        "words": [_vector([*words, scope_word("party")]) for words in found],
    }
    named = {"word": [word for word, _ in by_word], "object_id": [party for _, party in by_word]}
    return Named(rows, named, set().union(*found))


def of_texts(
    kind: str, ids: Texts, texts: list[str], which: Numbers, *, at: Numbers, parties: tuple[Texts, Texts], today: date
) -> Mapping[str, Any]:
    """Rows for moments or promises, each of them one of a few texts. `at` is seconds since 1970."""
    months = at.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
    first = int(months.min()) if len(months) else 0
    count = clock.month_number(today) - first + 2
    vectors = [_vector(words) for text in texts for words in _by_month(kind, text, first, count)]
    return {
        "object_id": ids,
        "kind": kind,
        "scope": kind,
        "at": instants(at),
        "party_ids": columns.pairs(*parties),
        "words": chosen(vectors, which * count + months - first),
    }


def beginnings(words: Iterable[str]) -> Mapping[str, Any]:
    """Rows for the beginnings of words, each under itself and under what is left of it without one letter."""
    begun = sorted({beginning for word in words for beginning in spelling.beginnings_of(word)})
    rows = [(short, beginning) for beginning in begun for short in spelling.shortened(beginning)]
    return {"shortened": [short for short, _ in rows], "beginning": [beginning for _, beginning in rows]}


@cache
def words_of_text(text: str) -> tuple[str, ...]:
    return tuple(spelling.words_of(text))


def _by_month(kind: str, text: str, first: int, count: int) -> Iterator[list[str]]:
    for month in range(first, first + count):
        yield [*words_of_text(text), scope_word(kind), *month_words(kind, clock.month_of(month), days=0)]


def _vector(words: Iterable[str]) -> str:
    """Words as a tsvector is written; they are letters, digits and our own signs, so none needs escaping."""
    return " ".join(f"'{word}'" for word in dict.fromkeys(words))
