"""Addresses as public list archives hide them, undone where that is sure.

Pipermail writes "ana at mill.example (Ana Mill)". Some archives go on and replace letters: in "m@ry@@mith @end|ng |rom
gm@||@com" an @ may be an a, an s or a dot, and a | an i, an l or an f. The replacement always gives the same result, so
even what cannot be restored tells people apart; and `mask` finds it again from an address seen in clear.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# Between the two halves of a hidden address, where an @ of ours could not be told from a hidden letter.
JOIN = " at "
HIDDEN_AT = re.compile(r" @end(?:\||i)ng (?:\||f)rom ")
PLAIN_AT = re.compile(r"(?<=\S) at (?=\S)")
WITH_NAME = re.compile(r"^(?P<address>.*?)\s*(?:\((?P<name>.*)\))?\s*$", re.DOTALL)
FIRST_WAVE = str.maketrans({"a": "@", "s": "@", ".": "@"})
SECOND_WAVE = str.maketrans({"a": "@", "s": "@", ".": "@", "i": "|", "l": "|", "f": "|"})

# Domains so common that a hidden one of the same shape is one of these.
COMMON_DOMAINS = (
    "gmail.com googlemail.com yahoo.com yahoo.de yahoo.fr yahoo.co.uk yahoo.es yahoo.it ymail.com hotmail.com hotmail.fr"
    " hotmail.co.uk outlook.com live.com msn.com icloud.com me.com mac.com gmx.de gmx.net gmx.at gmx.com web.de"
    " t-online.de posteo.de mailbox.org fastmail.com fastmail.fm protonmail.com proton.me aol.com comcast.net orange.fr"
    " free.fr laposte.net bluewin.ch verizon.net qq.com 163.com 126.com mail.ru yandex.ru libero.it"
).split()


@dataclass(frozen=True, slots=True)
class Unmasked:
    local: str
    domain: str
    name: str
    is_hidden: bool


def looks_masked(value: str) -> bool:
    return " at " in value or "@end" in value


def unmask(value: str) -> Unmasked | None:
    """Take an obfuscated address apart; None when it is none. `is_hidden` says that letters are replaced in it."""
    found = WITH_NAME.match(value)
    address, name = (found["address"], found["name"] or "") if found else (value, "")
    hidden = HIDDEN_AT.search(f" {address.strip()} ")
    if hidden:
        local, domain = HIDDEN_AT.split(f" {address.strip()} ", maxsplit=1)
    else:
        parts = PLAIN_AT.split(address.strip().strip("<>"))
        if len(parts) != 2 or " " in parts[1] or "." not in parts[1]:
            return None
        local, domain = parts[0].rpartition(" ")[2], parts[1]
        name = name or parts[0].rpartition(" ")[0]
    local, domain = local.strip(), domain.strip()
    if not local or not domain or " " in local:
        return None
    return Unmasked(local, domain, name, is_hidden=bool(hidden) and ("@" in local + domain or "|" in local + domain))


def mask(email: str, *, is_first_wave: bool = False) -> str:
    """The address as an archive would hide it: to find a hidden one by one in clear."""
    table = FIRST_WAVE if is_first_wave else SECOND_WAVE
    local, _, domain = email.lower().rpartition("@")
    return f"{local.translate(table)}{JOIN}{domain.translate(table)}"


def restore(local: str, domain: str, name: str) -> str | None:
    """The address behind a hidden one, when its domain is a common one and its letters follow from the name."""
    table = SECOND_WAVE if "|" in local + domain or not re.search(r"[ilf]", local + domain) else FIRST_WAVE
    clear_domain = _common_domain(domain, table is FIRST_WAVE) if "@" in domain or "|" in domain else domain
    if clear_domain is None:
        return None
    clear_local = _from_name(local.lower(), name, table) if "@" in local or "|" in local else local
    return f"{clear_local}@{clear_domain}" if clear_local else None


def _common_domain(domain: str, is_first_wave: bool) -> str | None:
    table = FIRST_WAVE if is_first_wave else SECOND_WAVE
    return _domains_by_mask(is_first_wave).get(domain.lower().translate(table))


@lru_cache(maxsize=2)
def _domains_by_mask(is_first_wave: bool) -> dict[str, str]:
    table = FIRST_WAVE if is_first_wave else SECOND_WAVE
    return {domain.translate(table): domain for domain in COMMON_DOMAINS}


def _from_name(local: str, name: str, table: dict[int, str]) -> str | None:
    """Lay the words of the name and their first letters over the hidden part; None when a hidden letter stays open."""
    tokens = [token for token in re.findall(r"[a-z]+", name.lower())]
    pieces = sorted({*tokens, *(token[0] for token in tokens)}, key=len, reverse=True)
    shapes = [(piece.translate(table), piece) for piece in pieces]
    return _laid_over(local, shapes, 0)


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
