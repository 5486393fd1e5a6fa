"""Words, numbers and marks of a note, with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ampersand.notebook.reader.folding import fold

# A word, its clitic ("'ll", "'s") apart, a number, or one mark. No pattern here can backtrack over more than one word.
_TOKEN = re.compile(
    r"""(?P<word>[^\W\d_]+n't\b
          | (?!(?:i|you|he|she|it|we|they|that|there|who|what|y'all)'d)[^\W\d_]{2,}'d\b
          | '(?:ll|s|d|re|ve|m)\b | w/o\b | w/ | c/o\b | [^\W\d_]+(?:-[^\W\d_]+){0,4})
      | (?P<number>\d+(?:[.,:/'-]?\d+){0,6}[a-z]{0,3}\b | \d+)
      | (?P<newline>\n)
      | (?P<mark>[^\w\s] | _)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    plain: str  # folded: lower case, no accents
    start: int
    end: int
    kind: str  # word, number, newline, mark

    @property
    def is_word(self) -> bool:
        return self.kind == "word"

    @property
    def is_capital(self) -> bool:
        return self.text[:1].isupper()


def tokens_of(words: str) -> list[Token]:
    plain = fold(words)
    return [
        Token(words[m.start() : m.end()], m.group(), m.start(), m.end(), m.lastgroup or "mark")
        for m in _TOKEN.finditer(plain)
    ]
