"""Folding: how two spellings of a word are found equal. One rule for search, sort keys and matching."""

import re
import unicodedata
from functools import lru_cache

from ampersand.core import han

_LETTERS = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
_PLAIN = str.maketrans(_LETTERS) | han.VARIANTS
_WORD = re.compile(r"[^\W_]+")
_IDEOGRAPH = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]{1,20}")
_ASCII = frozenset(map(chr, range(128)))


def fold(text: str) -> str:
    """Lower case, compatibility forms and accents taken away, letters of every script kept.

    Chinese characters that stand for one another in names are told as one.

    >>> fold("Łukasz Müller-Ōe & Straße"), fold("髙﨑") == fold("高崎")
    ('lukasz muller-oe & strasse', True)
    """
    return text.lower() if text.isascii() else _NOT_ASCII.sub(_folded, text.lower())


def _folded(found: re.Match[str]) -> str:
    return _fold_letters(found[0])


@lru_cache(maxsize=16_384)
def _fold_letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_PLAIN)


def folded_words(text: str) -> list[str]:
    """The folded words of a text, in order: runs of letters and digits of any script.

    >>> folded_words("O’Brien, Søren (2nd)")
    ['o', 'brien', 'soren', '2nd']
    """
    plain = fold(text)
    if plain.isascii() or not any(map(_is_vowel_sign, set(plain) - _ASCII)):
        return _WORD.findall(plain)
    spaced = "".join(c if c.isalnum() or _is_vowel_sign(c) else " " for c in plain)
    return [word for word in spaced.split() if any(map(str.isalnum, word))]


def sort_key(name: str, sort_name: str = "") -> str:
    """What a list of names is ordered by: the folded name as it is shown. At most 300 characters.

    Of a name written in Chinese characters nobody can tell how it sounds: there the sort name, where one was told.

    >>> sort_key("Jane Okafor", "Okafor Jane"), sort_key("山田太郎", "Yamada Tarō")
    ('jane okafor', 'yamada taro')
    """
    return " ".join(folded_words(sort_name if sort_name and _IDEOGRAPH.search(name) else name))[:300]


def _is_vowel_sign(char: str) -> bool:
    """Signs that belong to a word without being letters, as in Devanagari; what only chooses an emoji's looks is none."""
    return unicodedata.category(char) in ("Mn", "Mc") and not "\ufe00" <= char <= "\ufe0f"
