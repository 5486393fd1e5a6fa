"""Finding out how a file's letters are written, when nobody says so."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

SAMPLE_BYTES = 64_000

# What Windows, old phones and old exports write, the likeliest first. A short list keeps the guess from
# wandering to code pages that fit the bytes by chance.
LEGACY = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r",
    "cp932", "euc_jp", "iso2022_jp", "gb18030", "big5", "euc_kr",
]  # fmt: skip

_MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
_WESTERN = set("äöüÄÖÜßéèêëàâçñóíáúøåæØÅÆôîïûùÉÈÀÇÑÓÁÚÍœŒõãÕÃòìÿ€§°«»„“”‘’–—…·º\u00a0´®")
_KANA = re.compile("[\u3041-\u30ff]")
_WIDE = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_LETTER_IN_WORD = re.compile("[^\\W\\d_]")


def by_its_mark(data: bytes) -> str | None:
    """The encoding that a byte order mark, or the zero bytes of UTF-16 without one, give away."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    head = data[:200]
    if len(head) >= 4 and head[0] == 0 and head[1::2].count(0) < head[0::2].count(0) > len(head) // 4:
        return "utf-16-be"
    if len(head) >= 4 and head[1] == 0 and head[0::2].count(0) < head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    return None


def guess(data: bytes) -> str:
    """The encoding of a sample of a file. Never fails: cp1252 is the last word."""
    marked = by_its_mark(data)
    if marked:
        return marked
    if b"\x1b$" in data or b"\x1b(" in data:
        return _first_that_reads(data, ["iso2022_jp_2", "utf-8"])
    return "utf-8" if reads_as_utf8(data) else guess_legacy(data)


def reads_as_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8; a letter cut in two at the very end of a sample is no objection."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def guess_legacy(data: bytes) -> str:
    """The likeliest encoding of bytes that are not UTF-8, judged by the lines that have letters beyond ASCII."""
    telling = b"\n".join(line for line in data.splitlines() if not line.isascii())[:SAMPLE_BYTES]
    if _is_shift_jis(telling):
        return "cp932"
    if _reads_as_western(telling):
        return "cp1252"
    best = from_bytes(telling, cp_isolation=LEGACY, enable_fallback=False).best() if len(telling) >= 32 else None
    if best is None or not _is_worth_believing(telling, best.encoding):
        return "cp1252"
    return best.encoding


def decode(data: bytes, *, fallback: str = "cp1252") -> str:
    """Text of bytes that should be UTF-8; where they are not, by the fallback, and where that fails too, as Latin-1."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode(fallback)
    except (UnicodeDecodeError, LookupError):
        return data.decode("cp1252" if _reads(data, "cp1252") else "latin-1")


def _is_shift_jis(data: bytes) -> bool:
    """Kana decide: cp1252 letters read as Shift-JIS give half-width katakana and rare signs, never full kana."""
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError:
        return False
    beyond_ascii = [letter for letter in text if letter > "\x7f"]
    wide = len(_WIDE.findall(text))
    return bool(beyond_ascii) and wide >= 0.7 * len(beyond_ascii) and (bool(_KANA.search(text)) or wide >= 4)


def _reads_as_western(data: bytes) -> bool:
    """Whether, read as cp1252, nearly all that is beyond ASCII are letters and signs that western languages use.

    The code pages of central Europe and Turkey share most bytes with it, so a detector takes Umeå for Polish; true
    Polish read as cp1252 is full of ¹, ³ and ¿ instead.
    """
    if not _reads(data, "cp1252"):
        return False
    beyond_ascii = [letter for letter in data.decode("cp1252") if letter > "\x7f"]
    return sum(letter in _WESTERN for letter in beyond_ascii) >= 0.9 * len(beyond_ascii)


def _is_worth_believing(data: bytes, encoding: str) -> bool:
    """A guess away from cp1252 must turn most foreign bytes into letters: short samples fit many code pages."""
    if encoding == "cp1252" or not _reads(data, encoding):
        return encoding == "cp1252"
    beyond_ascii = [letter for letter in data.decode(encoding) if letter > "\x7f"]
    letters = [letter for letter in beyond_ascii if _LETTER_IN_WORD.match(letter)]
    return len(letters) >= 12 and len(letters) >= 0.8 * len(beyond_ascii)


def _first_that_reads(data: bytes, encodings: list[str]) -> str:
    return next((encoding for encoding in encodings if _reads(data, encoding)), "cp1252")


def _reads(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def repair_as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """A codec error handler: the odd byte out in a UTF-8 file was nearly always pasted from Windows."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    odd = error.object[error.start : error.end]
    return odd.decode("cp1252" if _reads(odd, "cp1252") else "latin-1"), error.end


codecs.register_error("repair_as_cp1252", repair_as_cp1252)
