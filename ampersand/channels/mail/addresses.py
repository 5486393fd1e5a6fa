"""The people in a header: addresses with names, as every mail program of thirty years has written them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from ampersand.channels.mail import masked, words

ADDRESS_LIMIT = 10_000
SHORT_VALUE = 300

# One address as nearly all are written; what does not fit goes the long way.
PLAIN = re.compile(r'"?([^"<>(),;:\\@]*+)"?\s*+<([^<>\s@,;()"]++@[^<>\s@,;()"]++)>')
BARE = re.compile(r"[^<>\s@,;()\":]++@[^<>\s@,;()\":]++")
TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*+"?'
    r"|<[^<>]*+>?"
    r"|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\)?"
    r"|[,;:]"
    r"|[^\s\"<(,;:]++"
    r"|\s++",
    re.DOTALL,
)
ADDRESS_IN_ANGLE = re.compile(
    r"(?:.*[:,])?\s*(?:mailto:)?([^\s@<>]+(?:\s*@\s*|\s+at\s+)[^\s@<>]+)\s*$",
    re.IGNORECASE,
)
COMMENT = re.compile(r"\([^()]*\)")
NAME_NOISE = re.compile(r"\s+")
GROUP_WORDS = ("undisclosed", "recipient list not shown", "unlisted-recipients")


@dataclass(frozen=True, slots=True)
class Address:
    """An address as it is compared (domain and name part in lower case) and the name beside it, "" when none.

    With `is_masked` an archive has hidden letters of it that could not be restored: it still tells people apart. Where
    they could be, `hidden` is what the archive wrote: the address is then inferred, and nobody is taken for the same
    person on an inference alone.
    """

    email: str
    name: str = ""
    is_masked: bool = False
    hidden: str = ""

    @property
    def is_inferred(self) -> bool:
        return bool(self.hidden)

    @property
    def local(self) -> str:
        return self.email.rpartition(masked.JOIN if self.is_masked else "@")[0]

    @property
    def domain(self) -> str:
        return self.email.rpartition(masked.JOIN if self.is_masked else "@")[2]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>" if self.name else self.email


def parse(value: str) -> tuple[Address, ...]:
    """The addresses of one header value, each once, in their order. Names without an address are left out."""
    return _parse_short(value) if len(value) <= SHORT_VALUE else _parse(value)


@lru_cache(maxsize=8_192)
def _parse_short(value: str) -> tuple[Address, ...]:
    """Remembered, since a mailbox names the same people in every mail."""
    return _parse(value)


def _parse(value: str) -> tuple[Address, ...]:
    if not value:
        return ()
    plain = PLAIN.fullmatch(value) if len(value) < 2000 else None
    if plain:
        return (_address(plain[2], plain[1]),)
    if BARE.fullmatch(value):
        return (_address(value, ""),)
    found = tuple(_once(_from_tokens(value)))
    if not found and "=?" in value:
        # Some programs encode the whole header, address and all.
        found = tuple(_once(_from_tokens(words.decode_words(value))))
    return found or tuple(_once(_from_masked(value)))


def parse_all(values: Iterable[str]) -> tuple[Address, ...]:
    return tuple(_once(address for value in values for address in parse(value)))


def clean_name(name: str, email: str = "") -> str:
    """A name as a person would write it: encoded words read, quotes and doubled spaces gone, "" for a mere address."""
    text = words.decode_words(name).replace('\\"', '"').replace("\\\\", "\\")
    text = NAME_NOISE.sub(
        " ",
        "".join(letter for letter in text if letter.isprintable() or letter.isspace()),
    )
    text = text.strip().strip("'\"").strip()
    is_address = bool(email) and text.lower() in (
        email,
        f"<{email}>",
        email.replace("@", " at "),
    )
    return "" if is_address else text[:200]


def _from_tokens(value: str) -> Iterable[Address]:
    name: list[str] = []
    comment = ""
    bare = ""
    for found in islice(TOKEN.finditer(value), ADDRESS_LIMIT * 12):
        token = found[0]
        if token[0] in ",;":
            yield from _finished(name, comment, bare)
            name, comment, bare = [], "", ""
        elif token[0] == ":":
            # What stood before is the name of a group; "Name: a, b;".
            name, comment, bare = [], "", ""
        elif token[0] == "<":
            inner = ADDRESS_IN_ANGLE.match(COMMENT.sub("", token[1:].rstrip(">")))
            if inner:
                yield _address(
                    inner[1],
                    "".join(name) + (f" {bare}" if bare and not name else "") or comment,
                )
                name, comment, bare = [], "", ""
        elif token[0] == "(":
            comment = token[1:].removesuffix(")")
        elif token[0] == '"':
            name.append(token[1:].removesuffix('"'))
        else:
            if "@" in token and BARE.fullmatch(token):
                bare = token
            name.append(token)
    yield from _finished(name, comment, bare)


def _finished(name: list[str], comment: str, bare: str) -> Iterable[Address]:
    whole = "".join(name).strip()
    if masked.looks_masked(whole):
        yield from _from_masked(f"{whole} ({comment})" if comment else whole)
    elif bare:
        yield _address(bare, comment or whole.replace(bare, "").strip())


def _from_masked(value: str) -> Iterable[Address]:
    found = masked.unmask(words.decode_words(value))
    if found is None:
        return
    name = "" if masked.looks_masked(found.name) else clean_name(found.name)
    if not found.way:
        yield Address(f"{found.local}@{found.domain}".lower(), name)
        return
    hidden = f"{found.local}{masked.JOIN}{found.domain}".lower()
    restored = masked.restore(found)
    yield Address(restored, name, hidden=hidden) if restored else Address(hidden, name, is_masked=True)


def _address(email: str, name: str) -> Address:
    written = NAME_NOISE.sub("", re.sub(r"\s+at\s+", "@", email)).strip("'\".<>").lower().removeprefix("mailto:")
    return Address(written, clean_name(name, written) if name else "")


def _once(addresses: Iterable[Address]) -> Iterable[Address]:
    seen: set[str] = set()
    for address in addresses:
        if (address.is_masked or "@" in address.email) and address.email not in seen and len(seen) < ADDRESS_LIMIT:
            seen.add(address.email)
            yield address
