"""Whom a mail speaks to by name in its first line: on a list, that says more than what its headers answer."""

from __future__ import annotations

import re

from ampersand.core.folding import folded_words

LINE_LENGTH = 80

_NAME = r"[^\W\d_][\w'’.\-]*(?: [^\W\d_][\w'’.\-]*){0,3}"
_NAMES = rf"{_NAME}(?:\s*(?:,|&|/|\+)\s*(?:and )?{_NAME}){{0,4}}"
_GREETING = (
    r"(?:hi|hello|hey|hiya|dear|hallo|moin|servus|liebe[rs]?|lieber|sehr geehrte[rs]?|guten (?:tag|morgen|abend)"
    r"|good (?:morning|day|afternoon|evening)|greetings|bonjour|bonsoir|ch[eè]re?|salut|hola|buenos d[ií]as|buenas"
    r"|estimad[oa]|querid[oa]|ciao|buongiorno|gentile|ol[aá]|car[oa]|beste|hei|hej|hejsan|k[æä]re|ahoj|cze[sś][cć])"
)
_THANKS = r"(?:(?:many )?thanks|thank you|thx|danke|vielen dank|merci|gracias|grazie)"
# "Hi Ana" and "Thanks, Ana." say it by their first word; a name alone needs the sign after it: "Ana, Bo:".
_FIRST_LINE = re.compile(
    rf"\W{{0,3}}(?:{_GREETING}[ ,]+(?:there )?(?P<greeted>{_NAMES})|{_THANKS}[ ,]+(?P<thanked>{_NAMES})"
    rf"|(?P<called>{_NAMES})(?=\s*[,:;–—-]))\s*[,.:;!–—-]*\s*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:,|&|/|\+|\band\b|\bund\b|\bet\b|\by\b|\be\b)\s*", re.IGNORECASE)
_TITLES = {"mr", "mrs", "ms", "dr", "prof", "professor", "sir", "herr", "frau", "madame", "monsieur", "senor", "senora"}


def greeted(words: str) -> str:
    """Those whom these words greet in their first line, as written, with commas between; "" where it greets nobody.

    Whether they are names at all is for who knows the people of the conversation.

    >>> greeted("Hi Ana and Bo,\\nhere it is."), greeted("Thank you, Ana."), greeted("Ana Mill:\\n"), greeted("Here it is.")
    ('Ana, Bo', 'Ana', 'Ana Mill', '')
    >>> greeted("Thanks for the answer."), greeted("hi ana")
    ('', 'ana')
    """
    first = next((line.strip() for line in words.split("\n", 8)[:8] if line.strip()), "")
    found = _FIRST_LINE.fullmatch(first) if len(first) <= LINE_LENGTH else None
    if not found:
        return ""
    names = [name.strip(" .") for name in _BETWEEN.split(found["greeted"] or found["thanked"] or found["called"])]
    is_sure = bool(found["greeted"])
    return ", ".join(name for name in names if name and (is_sure or name.istitle()))


def is_called(name: str, *, by: str) -> bool:
    """Whether somebody of this name may be meant by what a mail calls them.

    >>> is_called("Mill, Ana Maria", by="Ana"), is_called("Ana Mill", by="Dr. Mill"), is_called("Ana Mill", by="Anna")
    (True, True, False)
    """
    told = set(folded_words(by)) - _TITLES
    return bool(told) and told <= set(folded_words(name.partition("@")[0]))
