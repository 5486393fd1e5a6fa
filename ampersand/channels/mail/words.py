"""Letters: bytes of any or no declared character set to text, and the encoded words of headers (RFC 2047, as broken
as it comes)."""

from __future__ import annotations

import binascii
import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

from charset_normalizer import from_bytes

from ampersand.channels.encodings import LEGACY

SAMPLE = 1 << 16

# What mail programs say, and what they mean: each is read as the larger set that contains it.
MEANT = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "big5": "big5hkscs",
    "x-big5": "big5hkscs",
    "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "windows-874": "cp874",
}
# Their bytes are below 128 though they are not ASCII.
SEVEN_BIT = (
    "iso-2022",
    "iso2022",
    "utf-7",
    "unicode-1-1-utf-7",
    "hz",
    "utf-16",
    "utf16",
    "utf-32",
)
SAYS_NOTHING = {
    "",
    "us-ascii",
    "ascii",
    "unknown",
    "x-unknown",
    "unknown-8bit",
    "x-user-defined",
    "default",
    "binary",
    "8bit",
    "7bit",
}

# The encoded text may hold spaces and lack its end; both occur. Bounded, so that a long line cannot make it slow.
ENCODED_WORD = re.compile(
    r"=\?([\w.:+*-]{1,60})\?([bq])\?(.{0,4000}?)(?:\?=|(?==\?[\w.:+*-]{1,60}\?[bq]\?)|$)",
    re.IGNORECASE,
)
BETWEEN_WORDS = re.compile(r"\s*\Z")
FOLD = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the character set it was read with, and whether that is another one than was declared."""

    text: str
    charset: str
    is_guessed: bool = False


def decode(raw: bytes, declared: str = "") -> Decoded:
    """Text from bytes: by the declared set where that can be true, else UTF-8, else the likeliest. Never raises."""
    named = declared.strip().strip("\"'").lower()
    if raw.isascii() and not named.startswith(SEVEN_BIT):
        return Decoded(raw.decode("ascii"), "ascii")
    codec = _codec(named)
    if named in SAYS_NOTHING or codec is None:
        return _guess(raw, is_declared=bool(named) and named not in SAYS_NOTHING)
    # Bytes that form proper UTF-8 letters are hardly ever anything else, whatever the label says.
    if codec.startswith(("cp125", "iso8859")):
        text = _try(raw, "utf-8")
        if text is not None:
            return Decoded(text, "utf-8", is_guessed=True)
    text = _try(raw, codec)
    return Decoded(text, codec) if text is not None else _guess(raw, is_declared=True, codec=codec)


def unfold(value: bytes) -> str:
    """A header's value as one line; letters beyond ASCII are read as UTF-8 or the likeliest set."""
    text = value.decode("ascii") if value.isascii() else decode(value).text
    return FOLD.sub(" ", text).strip() if "\n" in text else text.strip()


def decode_words(value: str) -> str:
    """Read the encoded words in a header's value. Pieces of one set that stand together are joined before decoding,
    since some programs cut in the middle of a letter."""
    if "=?" not in value:
        return value
    out: list[str] = []
    held = b""
    held_charset = ""
    at = 0
    for found in ENCODED_WORD.finditer(value):
        between = value[at : found.start()]
        charset = found[1].partition("*")[0].lower()
        is_neighbour = bool(held_charset) and BETWEEN_WORDS.match(between) is not None
        if not (is_neighbour and charset == held_charset):
            out.append(decode(held, held_charset).text)
            held = b""
            out.append("" if is_neighbour else between)
        held += _word_bytes(found[3], found[2].lower())
        held_charset = charset
        at = found.end()
    out.append(decode(held, held_charset).text)
    out.append(value[at:])
    return "".join(out).replace("\n", " ").replace("\r", "")


def _word_bytes(text: str, encoding: str) -> bytes:
    raw = text.encode("utf-8", "surrogateescape")
    if encoding == "q":
        return binascii.a2b_qp(raw.replace(b"_", b" "), header=False)
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    usable = letters[:-1] if len(letters) % 4 == 1 else letters
    return binascii.a2b_base64(usable + b"=" * (-len(usable) % 4))


@lru_cache(maxsize=256)
def _codec(named: str) -> str | None:
    """Python's name of a character set; None for what is none (rot13, zlib, idna and the like are no letters)."""
    try:
        name = codecs.lookup(MEANT.get(named, named)).name
        b"a".decode(name)
    except (LookupError, ValueError):
        return None
    return None if name in ("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape") else name


def _try(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except (UnicodeError, LookupError, ValueError):
        return None


def _guess(raw: bytes, *, is_declared: bool, codec: str | None = None) -> Decoded:
    text = _try(raw, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8", is_guessed=is_declared)
    # A few bad bytes in otherwise good text are no reason to doubt its set.
    mended = raw.decode(codec or "utf-8", "replace")
    if mended.count("\ufffd") * 50 < len(mended):
        return Decoded(mended, codec or "utf-8", is_guessed=True)
    best = from_bytes(raw[:SAMPLE], cp_isolation=LEGACY).best() if len(raw) > 24 else None
    likely = best.encoding if best else "cp1252"
    return Decoded(raw.decode(likely, "replace"), likely, is_guessed=True)
