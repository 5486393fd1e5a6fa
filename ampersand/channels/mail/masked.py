"""Addresses as public list archives hide them, undone where that is sure.

Pipermail writes "ana at mill.example (Ana Mill)". Some archives go on and replace letters: in "m@ry@@mith @end|ng |rom
gm@||@com" an @ may be an a, an s or a dot, and a | an i, an l or an f. The replacement always gives the same result, so
even what cannot be restored tells people apart; and `mask` finds it again from an address seen in clear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import combining, normalize

# Between the two halves of a hidden address, where an @ of ours could not be told from a hidden letter.
JOIN = " at "
LENGTH_LIMIT = 1000
PLAIN_AT = re.compile(r"(?<=\S) at (?=\S)")
WITH_NAME = re.compile(r"^(?P<address>.*?)\s*(?:\((?P<name>.*)\))?\s*$", re.DOTALL)
# The words an archive put for the @, and the letters it hid, in the four ways seen since 2018.
WAYS = {
    "@end|ng |rom": str.maketrans({"a": "@", "s": "@", ".": "@", "i": "|", "l": "|", "f": "|"}),
    "@ending from": str.maketrans({"a": "@", "s": "@", ".": "@"}),
    "m@iii@g oii": str.maketrans({"a": "@", "n": "@", ".": "@", "l": "i", "f": "i"}),
    "m@ili@g off": str.maketrans({"a": "@", "n": "@", ".": "@"}),
}
HIDDEN_AT = re.compile(" (" + "|".join(re.escape(way) for way in WAYS) + ") ")

# Domains so common that a hidden one of the same shape is one of these.
COMMON_DOMAINS = [
    "gmail.com",
    "googlemail.com",
    "yahoo.com",
    "yahoo.de",
    "yahoo.fr",
    "yahoo.co.uk",
    "yahoo.es",
    "yahoo.it",
    "ymail.com",
    "hotmail.com",
    "hotmail.fr",
    "hotmail.co.uk",
    "outlook.com",
    "live.com",
    "msn.com",
    "icloud.com",
    "me.com",
    "mac.com",
    "gmx.de",
    "gmx.net",
    "gmx.at",
    "gmx.com",
    "web.de",
    "t-online.de",
    "posteo.de",
    "mailbox.org",
    "fastmail.com",
    "fastmail.fm",
    "protonmail.com",
    "proton.me",
    "aol.com",
    "comcast.net",
    "orange.fr",
    "free.fr",
    "laposte.net",
    "bluewin.ch",
    "verizon.net",
    "qq.com",
    "163.com",
    "126.com",
    "mail.ru",
    "yandex.ru",
    "libero.it",
]


@dataclass(frozen=True, slots=True)
class Unmasked:
    """An obfuscated address taken apart. `way` is the key of WAYS when letters are hidden in it, else ""."""

    local: str
    domain: str
    name: str
    way: str


def looks_masked(value: str) -> bool:
    return " at " in value or bool(HIDDEN_AT.search(value))


def unmask(value: str) -> Unmasked | None:
    """Take an obfuscated address apart; None when it is none."""
    if len(value) > LENGTH_LIMIT:
        return None
    found = WITH_NAME.match(value)
    address, name = (found["address"].strip(), found["name"] or "") if found else (value.strip(), "")
    hidden = HIDDEN_AT.search(address)
    if hidden:
        local, domain = (
            address[: hidden.start()].strip(),
            address[hidden.end() :].strip(),
        )
        return Unmasked(local, domain, name, hidden[1]) if local and domain and " " not in local + domain else None
    parts = PLAIN_AT.split(address.strip("<>"))
    if len(parts) != 2 or " " in parts[1] or "." not in parts[1]:
        return None
    before, _, local = parts[0].rpartition(" ")
    return Unmasked(local, parts[1], name or before, "")


def mask(email: str, way: str = "@end|ng |rom") -> str:
    """The address as an archive would hide it: to find a hidden one by one seen in clear."""
    local, _, domain = email.lower().rpartition("@")
    return f"{local.translate(WAYS[way])}{JOIN}{domain.translate(WAYS[way])}"


def restore(found: Unmasked) -> str | None:
    """The address behind a hidden one, when its domain is a common one and its letters follow from the name."""
    table = WAYS[found.way]
    domain = _domains_by_mask(found.way).get(found.domain.lower(), "")
    local = _from_name(found.local.lower(), found.name, table)
    return f"{local}@{domain}" if local and domain else None


@lru_cache(maxsize=len(WAYS))
def _domains_by_mask(way: str) -> dict[str, str]:
    return {domain.translate(WAYS[way]): domain for domain in COMMON_DOMAINS}


def _from_name(local: str, name: str, table: dict[int, str]) -> str | None:
    """Lay the words of the name, or their first letters, over the hidden part: each at most once. None unless exactly
    one way leaves no letter open, and at least one word longer than two letters stands in it whole."""
    plain = "".join(letter for letter in normalize("NFKD", name.lower()) if not combining(letter))
    tokens = tuple(re.findall(r"[a-z]+", plain))[:5]
    ways = set(_laid_over(local[:64], tokens, table, may_dot=False))
    restored = ways.pop() if len(ways) == 1 else ""
    return restored if any(len(token) > 2 and token in restored for token in tokens) else None


def _laid_over(local: str, tokens: tuple[str, ...], table: dict[int, str], *, may_dot: bool) -> Iterator[str]:
    if not local:
        yield ""
        return
    for number, token in enumerate(tokens):
        others = tokens[:number] + tokens[number + 1 :]
        for piece in {token, token[0]}:
            if local.startswith(piece.translate(table)):
                yield from (piece + rest for rest in _laid_over(local[len(piece) :], others, table, may_dot=True))
    # Between the words of a name a hidden letter is its dot; digits and dashes are never hidden.
    if local[0] == "@" and may_dot:
        yield from ("." + rest for rest in _laid_over(local[1:], tokens, table, may_dot=False))
    elif local[0] in "0123456789-_+":
        yield from (local[0] + rest for rest in _laid_over(local[1:], tokens, table, may_dot=True))
