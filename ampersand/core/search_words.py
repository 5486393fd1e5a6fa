"""Words as search keeps them: folded, cut to a bearable length, and near enough to one another through one typing error."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from ampersand.core.folding import fold, folded_words

LONGEST_WORD = 60
MOST_WORDS = 3000
MOST_RUN_WORDS = 400

# A typing error is forgiven in words of five letters and more, and looked for in their first eight.
SHORTEST_FORGIVEN = 5
SHORTEST_BEGINNING, LONGEST_BEGINNING = 4, 8
LONGEST_FORGIVEN = 30

# "O’Brien" is found as "obrien" too, and "Jean-Luc" as "jeanluc".
_COMPOUND = re.compile(r"[^\W_]+(?:['’\-‐‑][^\W_]+)+")
_JOINT = re.compile(r"['’\-‐‑]")
# A telephone number is found however it was broken into groups; a plus before it is no part of it.
_NUMBER = re.compile(r"\d[\d ()./\-]{5,}\d")
# Written without spaces between words: Thai, Lao, Burmese, Khmer, Kana, Han.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
)
_WINDOW = 8


def words_of(text: str) -> list[str]:
    """The words a text is found by, each once, in order: at most 3,000 of at most 60 letters.

    >>> words_of("Søren O’Brien, +385 91 234 5678")
    ['soren', 'o', 'brien', '385', '91', '234', '5678', 'obrien', '385912345678']
    """
    words = folded_words(text)
    if not (text.isascii() and len(max(words, key=len, default="")) <= LONGEST_WORD):
        words = [word for run in words for word in _kept(run)]
    return list(dict.fromkeys([*words, *_joined(text)]))[:MOST_WORDS]


def asked_words(query: str) -> list[str]:
    """The words of a query, each a beginning of what is looked for; of an unspaced script, pieces of eight signs.

    >>> asked_words(" Jane  oka")
    ['jane', 'oka']
    """
    words: list[str] = []
    for run in folded_words(query):
        if is_unspaced(run):
            words += [run[at : at + _WINDOW] for at in range(0, len(run), _WINDOW)]
        else:
            words.append(run[:LONGEST_WORD])
    return list(dict.fromkeys(words))[:12]


def is_enough(words: list[str]) -> bool:
    """Whether a query says enough to search: two letters, or one sign of a script whose signs are syllables or words."""
    return sum(map(len, words)) >= 2 or any(map(is_unspaced, words))


def is_unspaced(word: str) -> bool:
    return _UNSPACED.search(word) is not None


def whole(name: str) -> str:
    """A name as it is compared as a whole and sorted: its folded words with a space between."""
    return " ".join(folded_words(name))[:300]


def runs_of(text: str) -> list[str]:
    """The runs of two to six words of a text, each of which may be what somebody is called, as `whole` writes them.

    >>> runs_of("Met Jane Okafor")
    ['met jane', 'met jane okafor', 'jane okafor']
    """
    words = folded_words(text)[:MOST_RUN_WORDS]
    spans = ((start, end) for start in range(len(words)) for end in range(start + 2, min(start + 6, len(words)) + 1))
    return list(dict.fromkeys(" ".join(words[start:end])[:300] for start, end in spans))


@lru_cache(maxsize=65_536)
def beginnings_of(word: str) -> tuple[str, ...]:
    """The beginnings of a word in which a typing error is forgiven; none for numbers and short words.

    >>> beginnings_of("marta")
    ('mart', 'marta')
    """
    if not SHORTEST_FORGIVEN <= len(word) <= LONGEST_FORGIVEN or _is_no_word_of_letters(word):
        return ()
    return tuple(begun_like(word))


def begun_like(word: str) -> list[str]:
    """The beginnings that this word has letter by letter, forgiven or not.

    >>> begun_like("leon1")
    ['leon', 'leon1']
    """
    return [word[:length] for length in range(SHORTEST_BEGINNING, min(len(word), LONGEST_BEGINNING) + 1)]


@lru_cache(maxsize=16_384)
def shortened(word: str) -> tuple[str, ...]:
    """The word itself, then what is left of it without one of its letters.

    >>> shortened("anna")
    ('anna', 'nna', 'ana', 'ann')
    """
    return tuple(dict.fromkeys([word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]))


def asked_shortened(word: str) -> tuple[str, ...]:
    """What to look for among shortened beginnings, to find the words this one may be a mistyping of."""
    if len(word) < SHORTEST_BEGINNING or _is_no_word_of_letters(word):
        return ()
    return tuple(dict.fromkeys([*shortened(word[:LONGEST_BEGINNING]), *shortened(word[: LONGEST_BEGINNING + 1])]))


def is_near(typed: str, beginning: str) -> bool:
    """Whether `typed` begins like `beginning` but for one letter left out, added, changed or swapped with its neighbour.

    Letters after the eighth are not compared.

    >>> is_near("mrata", "marta"), is_near("maria", "marta"), is_near("chrisotpherson", "christop")
    (True, True, True)
    """
    length = len(beginning)
    ends = {length - 1, length, length + 1} if length == LONGEST_BEGINNING else {len(typed)}
    return any(OSA.distance(typed[:end], beginning, score_cutoff=1) <= 1 for end in ends)


def _is_no_word_of_letters(word: str) -> bool:
    if word.isascii():
        return not word.isalpha()
    return any(map(str.isdigit, word)) or is_unspaced(word)


def _kept(run: str) -> list[str]:
    if is_unspaced(run):
        return [run[at : at + _WINDOW] for at in range(len(run))]
    return [run[:LONGEST_WORD]]


def _joined(text: str) -> list[str]:
    # Most texts have no joint at all, and to look for one takes a tenth of looking for a compound.
    told = _COMPOUND.finditer(text) if _JOINT.search(text) else ()
    compounds = [fold(_JOINT.sub("", found[0]))[:LONGEST_WORD] for found in told]
    numbers = [re.sub(r"\D", "", found[0])[:LONGEST_WORD] for found in _NUMBER.finditer(text)]
    return [word for word in [*compounds, *numbers] if word and folded_words(word) == [word]]
