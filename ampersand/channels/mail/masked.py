"""Addresses as public list archives hide them, undone where that is sure.

Pipermail writes "ana at mill.example (Ana Mill)". Some archives go on and replace letters: in "m@ry@@mith @end|ng |rom
gm@||@com" an @ may be an a, an s or a dot, and a | an i, an l or an f. The replacement always gives the same result, so
even what cannot be restored tells people apart; and `mask` finds it again from an address seen in clear.
"""

from __future__ import annotations

import re
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
    """Lay the words of the name and their first letters over the hidden part; None when a hidden letter stays open."""
    plain = "".join(letter for letter in normalize("NFKD", name.lower()) if not combining(letter))
    tokens = re.findall(r"[a-z]+", plain)
    pieces = sorted({*tokens, *(token[0] for token in tokens)}, key=len, reverse=True)
    shapes = [(piece.translate(table), piece) for piece in pieces]
    restored = _laid_over(local, shapes, 0)
    # First letters alone fit too easily.
    return restored if restored and any(len(token) > 2 and token in restored for token in tokens) else None


def _laid_over(local: str, shapes: list[tuple[str, str]], depth: int) -> str | None:
    if not local:
        return ""
    if depth > 12:
        return None
    for shape, piece in shapes:
        if local.startswith(shape):
            rest = _laid_over(local[len(shape) :], shapes, depth + 1)
            if rest is not None:
                return piece + rest
    # Between the words of a name a hidden letter is its dot; digits and dashes are never hidden.
    if depth > 0 and local[0] == "@":
        rest = _laid_over(local[1:], shapes, depth + 1)
        return None if rest is None else "." + rest
    if local[0] in "0123456789-_+":
        rest = _laid_over(local[1:], shapes, depth + 1)
        return None if rest is None else local[0] + rest
    return None
