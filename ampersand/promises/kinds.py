"""What a promise is of: sending something, delivering, answering, meeting or calling, deciding, paying, or something else.

It is read from the promise's own words by the table here: the word of the table that stands first in them decides. Its
maker's side may say otherwise, and that holds (`sorting.py`). Read the same way in Python for pages and in SQL for
readings; docs/promises.md shows the table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    SEND = "send", _("sending something")
    DELIVER = "deliver", _("delivering")
    ANSWER = "answer", _("answering")
    MEET = "meet", _("meeting or calling")
    DECIDE = "decide", _("deciding")
    PAY = "pay", _("paying")
    OTHER = "other", _("something else")

    @property
    def about(self) -> str:
        """What a promise of this kind is about, as one says it of the promise."""
        if self is Kind.OTHER:
            return gettext("it is of no particular kind")
        return gettext("it is about %(kind)s") % {"kind": self.label}


# In lower case. A word stands for itself alone; a star stands for any letters more.
TABLE: Mapping[Kind, tuple[str, ...]] = {
    Kind.SEND: (
        "send*", "sent", "resend*", "mail", "mails", "email*", "e-mail*", "forward", "forwards", "post", "posts", "share",
        "shares", "attach*", "upload*", "schick*", "send", "zusend*", "zuschick*", "weiterleit*", "mailen", "gemailt",
        "hochlad*",
    ),
    Kind.DELIVER: (
        "deliver*", "bring*", "brought", "ship", "ships", "shipped", "drop off", "drops off", "supply", "supplies", "install*",
        "replace*", "repair*", "fix", "fixes", "swap", "swaps", "collect", "collects", "pick up", "picks up", "liefer*",
        "anliefer*", "nachliefer*", "mitbring*", "abhol*", "einbau*", "aufbau*", "reparier*", "austausch*", "tausch*",
    ),
    Kind.ANSWER: (
        "answer*", "reply", "replies", "respond*", "get back", "gets back", "come back to", "comes back to", "let me know",
        "let us know", "let you know", "let them know", "let her know", "let him know", "tell", "tells", "confirm*",
        "report", "reports", "check", "checks", "find out", "finds out", "look into", "looks into", "antwort*", "beantwort*",
        "bescheid*", "meld*", "rückmeld*", "bestätig*", "nachfrag*", "klär*", "prüf*",
    ),
    Kind.MEET: (
        "meet*", "call", "calls", "phone", "phones", "ring", "rings", "visit*", "come by", "comes by", "drop by",
        "talk", "talks", "lunch", "tasting", "tastings", "treff*", "anruf*", "ruf", "rufe", "ruft", "telefonier*", "besuch*",
        "vorbeikomm*", "zurückruf*",
    ),
    Kind.DECIDE: (
        "decide*", "decision*", "choose*", "chose", "pick", "picks", "approve*", "agree", "agrees", "sign", "signs", "settle on",
        "settles on", "entscheid*", "beschließ*", "auswähl*", "genehmig*", "unterschreib*", "unterzeichn*", "freigeb*",
    ),
    Kind.PAY: (
        "pay*", "paid", "transfer*", "refund*", "credit*", "reimburse*", "settle", "settles", "zahl*", "bezahl*", "überweis*",
        "erstatt*", "begleich*", "gutschr*",
    ),
}  # fmt: skip
_NOT_A_LETTER = "[^0-9a-zäöüß-]"


def kind_of(words: str) -> Kind:
    """The kind that the words of a promise tell: that of the first word of the table in them.

    >>> kind_of("Call you before I send the price list").value
    'meet'
    """
    found = _told().search(f" {words.lower()} ")
    return _kind_of_word(found.group(1)) if found else Kind.OTHER


@lru_cache
def sql(words: str) -> str:
    """The same in SQL, of a column of words. The words of the table stand in it, and nobody else's.

    OFFSET keeps PostgreSQL from looking for the word anew for each kind.
    """
    # Without a group that is remembered PostgreSQL needs no second look; the letters around it are cut off after.
    told = f"substring(' ' || lower({words}) || ' ' FROM '{_NOT_A_LETTER}(?:{_any_of_all()}){_NOT_A_LETTER}')"
    word = "substr(told.word, 2, length(told.word) - 2)"
    kinds = " ".join(f"WHEN {word} ~ '^(?:{_any(kind)})$' THEN '{kind.value}'" for kind in TABLE)
    return f"(SELECT CASE {kinds} ELSE '{Kind.OTHER.value}' END FROM (SELECT {told} AS word OFFSET 0) AS told)"  # noqa: S608  ours


# Another character that is no letter, for each that a file of commas and lines would have to put into quotation marks.
_BARE = "translate(lower({words}), E'\\n\\r\",\\\\', '.....')"
_LONGEST_BARE = 100_000


@lru_cache
def sql_unsorted(words: str) -> str:
    """What PostgreSQL tells of a column of words where DuckDB sorts them (`sql_sorted`), twenty times as quickly: the words,
    after a space, which no kind begins with. Of very long ones the kind itself."""
    bare = _BARE.format(words=words)
    return f"CASE WHEN length({words}) > {_LONGEST_BARE} THEN {sql(words)} ELSE ' ' || {bare} || ' ' END"


@lru_cache
def sql_sorted(told: str) -> str:
    """The kind in DuckDB's SQL, of a column of kinds and of words that `sql_unsorted` told."""
    word = f"regexp_extract({told}, '{_NOT_A_LETTER}({_any_of_all()}){_NOT_A_LETTER}', 1)"
    kinds = " ".join(f"WHEN regexp_full_match({word}, '{_any(kind)}') THEN '{kind.value}'" for kind in TABLE)
    return f"CASE WHEN NOT starts_with({told}, ' ') THEN {told} {kinds} ELSE '{Kind.OTHER.value}' END"


def _kind_of_word(word: str) -> Kind:
    return next(kind for kind in TABLE if re.fullmatch(_any(kind), word))


@lru_cache
def _told() -> re.Pattern[str]:
    return re.compile(f"{_NOT_A_LETTER}({_any_of_all()}){_NOT_A_LETTER}")


def _any_of_all() -> str:
    return "|".join(_any(kind) for kind in TABLE)


def _any(kind: Kind) -> str:
    # The longest first: Python takes the first that fits, PostgreSQL the longest.
    longest = sorted(set(TABLE[kind]), key=lambda word: (-len(word), word))
    return "|".join(word.replace("*", "[a-zäöüß]*") for word in longest)
