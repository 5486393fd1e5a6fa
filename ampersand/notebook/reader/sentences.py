"""
Lines, bullets, sentences, and the stretches of somebody else's words: quoted mail and text between quotation marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ampersand.notebook.reader.languages import Language
from ampersand.notebook.reader.tokens import Token

_BULLET = re.compile(r"[ \t]*(?:[-*•–·▪◦+>]|\(?[0-9a-z]{1,2}[.)])[ \t]+", re.IGNORECASE)
_SMILEYS = frozenset("😀😃😄😁🙂😊😉👍🙏🎉🤝😅😂🤣❤💪✅❌🔥✨😬😡😢🤔📞📧✉📅☎☕🍻🥂")
LONGEST_QUOTE = 3000


@dataclass(frozen=True, slots=True)
class Sentence:
    """
    Tokens [first, last) of the note. `line` counts lines; `is_quoted` when it is somebody else's words pasted or
    quoted.
    """

    first: int
    last: int
    line: int
    is_quoted: bool = False
    starts_line: bool = False
    is_bullet: bool = False
    is_question: bool = False


# << ... >> anywhere, and single marks around whole sentences from the beginning of a line.
_OTHER_MARKS = re.compile(
    r"<<[^<>]{12,1500}>>|(?:^ ?|(?<=: ))'(?=\w)[^'\n]*(?:(?<=\w)'(?=\w)[^'\n]*)*[.!?]'(?=\s|$)", re.MULTILINE
)


def quoted_stretches(words: str, plain: str) -> list[tuple[int, int]]:
    """Where another speaks at length: lines that begin with ">", and quotation marks around four words or more."""
    stretches = [(m.start(), m.end()) for m in re.finditer(r"^[ ]?>[^\n]*", plain, re.MULTILINE)]
    for match in _OTHER_MARKS.finditer(plain):
        is_single = match.group().lstrip().startswith("'")
        stretches.append((match.start() + match.group().find("'") + 1, match.end() - 1) if is_single else match.span())
    opened: int | None = None
    for at, char in enumerate(plain):
        if char != '"':
            continue
        if opened is None:
            opened = at
        elif at - opened <= LONGEST_QUOTE:
            if plain.count(" ", opened, at) >= 3:
                stretches.append((opened + 1, at))
            opened = None
        else:
            opened = at
    return sorted(stretches)


def sentences_of(words: str, plain: str, tokens: list[Token], *, language: Language) -> list[Sentence]:
    stretches = quoted_stretches(words, plain)
    found: list[Sentence] = []
    line, first = 0, 0
    starts_line = True
    for i, token in enumerate(tokens):
        if token.kind == "newline" or _ends_sentence(tokens, i, words, language):
            last = i + 1
            if i > first or token.kind != "newline":
                found.append(_sentence(words, tokens, first, last, line, stretches, starts_line=starts_line))
            first = last
            starts_line = token.kind == "newline"
            line += token.kind == "newline"
        elif token.plain in ('"', "'") and i > first and _opens_or_closes_stretch(token, stretches):
            found.append(_sentence(words, tokens, first, i, line, stretches, starts_line=starts_line))
            first, starts_line = i, False
    if first < len(tokens):
        found.append(_sentence(words, tokens, first, len(tokens), line, stretches, starts_line=starts_line))
    return found


def _sentence(
    words: str,
    tokens: list[Token],
    first: int,
    last: int,
    line: int,
    stretches: list[tuple[int, int]],
    *,
    starts_line: bool,
) -> Sentence:
    middle = tokens[min(first + 1, last - 1)].start
    return Sentence(
        first,
        last,
        line,
        is_quoted=any(start <= middle < end for start, end in stretches),
        starts_line=starts_line,
        is_bullet=starts_line and bool(_BULLET.match(words, tokens[first].start)),
        is_question=any(t.text == "?" for t in tokens[max(first, last - 4) : last]) or tokens[first].text in "❓❔",
    )


def _is_initial(tokens: list[Token], at: int, following: Token) -> bool:
    """ "W. Nims", "told Harriet M. so", but "... to Harriet M. They left" ends there, and so does "so do I. Then"."""
    before = tokens[at - 1] if at else None
    follows_name = before is not None and before.is_word and before.is_capital
    if not tokens[at].is_capital:
        return following.kind != "newline" and not following.is_capital
    if (tokens[at].plain == "i" and not follows_name) or following.kind == "newline":
        return False
    return not (follows_name and following.is_capital)


def _opens_or_closes_stretch(token: Token, stretches: list[tuple[int, int]]) -> bool:
    return any(start == token.end or end == token.start for start, end in stretches)


def _ends_sentence(tokens: list[Token], i: int, words: str, language: Language) -> bool:
    token = tokens[i]
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if token.text in _SMILEYS and (i == 0 or tokens[i - 1].kind == "newline"):
        return False
    if token.text in "!?…" or token.text in _SMILEYS:
        return following is None or following.text not in "!?.…)\"'”’" or following.kind == "newline"
    if token.text != ".":
        return False
    return following is None or not _is_inside_abbreviation(tokens, i, following, language)


def _is_inside_abbreviation(tokens: list[Token], i: int, following: Token, language: Language) -> bool:
    before = tokens[i - 1] if i else None
    if following.start == tokens[i].end and following.kind != "newline":
        return following.text not in '"”)' or following.text == "."
    if before is None or before.end != tokens[i].start:
        return False
    if before.is_word and len(before.text) == 1:
        return _is_initial(tokens, i - 1, following)
    if before.plain in language.abbreviations:
        return following.kind != "newline"
    return False
