"""
Folding: lower case without accents, one letter for one letter, so that a place in the folded text is a place in the
words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPECIAL = {
    "ß": "s",
    "æ": "a",
    "œ": "o",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "t",
    "ł": "l",
    "ı": "i",
    "’": "'",
    "‘": "'",
    "‛": "'",
    "´": "'",
    "`": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "‟": '"',
    "«": '"',
    "»": '"',
    "–": "-",
    "—": "-",
    "‒": "-",
    "−": "-",
    "\u2011": "-",
    "…": ".",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "\u2007": " ",
    "\u3000": " ",
    "\t": " ",
    "\u2028": "\n",
    "\r": "\n",
}
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    return text.lower() if text.isascii() and "\t" not in text and "\r" not in text else "".join(map(_folded, text))


def words_of(name: str) -> list[str]:
    """The folded words of a name: "Zeeb & Söhne" -> zeeb, sohne."""
    return _WORD.findall(fold(name))


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    lower = char.lower()
    if lower in _SPECIAL:
        return _SPECIAL[lower]
    plain = unicodedata.normalize("NFKD", lower)[:1] or char
    plain = _SPECIAL.get(plain, plain)
    return plain if len(plain) == 1 else char
