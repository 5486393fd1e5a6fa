"""Sums of money: symbols, codes and words of currencies, and the ways the world writes numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from ampersand.notebook.reader.languages import Language
from ampersand.notebook.reader.tokens import Token

SYMBOLS = {
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₦": "NGN",
    "₱": "PHP",
    "₽": "RUB",
    "₩": "KRW",
    "₺": "TRY",
    "₪": "ILS",
    "₫": "VND",
    "r$": "BRL",
    "s$": "SGD",
    "a$": "AUD",
    "c$": "CAD",
    "us$": "USD",
    "nz$": "NZD",
    "hk$": "HKD",
    "ca$": "CAD",
    "au$": "AUD",
    "zł": "PLN",
}
CODES = frozenset(
    """
    eur usd gbp chf jpy cny aud cad nzd sek nok dkk isk pln czk huf ron bgn try ils aed sar qar kwd egp mad zar
    ngn ghs kes ugx tzs inr pkr lkr bdt sgd hkd myr thb idr php vnd krw twd brl mxn ars clp cop pen uyu rub uah
    rsd
    """.split()
)
# One letter before the number, as written in the country: only there, or it would be a paragraph or a part number.
LETTERS = {"r": ("ZAR", 2.0), "n": ("NGN", 1.0), "p": ("PHP", 8.0)}
_MULTIPLIERS = {
    "k": 1000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "mio": 1_000_000,
    "bn": 1_000_000_000,
    "tsd": 1000,
    "grand": 1000,
    "lakh": 100_000,
    "lakhs": 100_000,
    "crore": 10_000_000,
    "crores": 10_000_000,
    "million": 1_000_000,
    "thousand": 1000,
}
_NUMBER = r"\d{1,3}(?:[.,' ]\d{3}){1,4}(?:[.,]\d{1,2})?(?!\d)|\d{1,2}(?:,\d{2}){1,3},\d{3}|\d{1,12}(?:[.,]\d{1,3})?"
_TIMES = r"(?: ?(?P<times>k|m|mn|mio|bn|tsd|grand|lakhs?|crores?|million|thousand)\b\.?)?"
_PATTERN = re.compile(
    rf"(?:(?P<before>us\$|nz\$|hk\$|ca\$|au\$|[rsac]\$|[$€£¥₹₦₱₽₩₺₪₫]|\b[a-z]{{3}}(?= ?\d)|\b(?:rs|kr|"
    rf"sfr|fr|zl)\b\.?|\b[rnp](?= ?\d)) ?)?"
    rf"(?<![\d.,/:])(?P<number>{_NUMBER})(?![\d:]|/\d|[.,]\d|[ ]?%){_TIMES}"
    rf"(?: ?(?P<after>[$€£¥₹₦₱₽₩₺₪₫]|[a-z]{{2,7}}\b))?"
)


@dataclass(frozen=True, slots=True)
class Sum:
    """[start, end) of the words, the amount, and the ISO code when the note says it."""

    start: int
    end: int
    amount: Decimal
    currency: str | None
    is_written_out: bool = False


def sums_of(plain: str, words: str, tokens: list[Token], *, written_at: datetime, language: Language) -> list[Sum]:
    found = [s for m in _PATTERN.finditer(plain) if (s := _sum(m, words, written_at, language)) is not None]
    found += [s for s in _written_out(tokens, language) if all(s.end <= o.start or s.start >= o.end for o in found)]
    return sorted(found, key=lambda s: s.start)


def dollar_of(written_at: datetime) -> str:
    """What "$" alone means where the note was written."""
    key = getattr(written_at.tzinfo, "key", "")
    if key.startswith("Australia/"):
        return "AUD"
    if key in (
        "America/Toronto",
        "America/Vancouver",
        "America/Halifax",
        "America/Winnipeg",
        "America/Edmonton",
        "America/Montreal",
    ):
        return "CAD"
    hours = (written_at.utcoffset() or timedelta()).total_seconds() / 3600
    return {9.5: "AUD", 10.0: "AUD", 10.5: "AUD", 11.0: "AUD", 12.0: "NZD", 13.0: "NZD", -3.0: "CAD", -3.5: "CAD"}.get(
        hours, "USD"
    )


def number_of(written: str) -> Decimal | None:
    """ "84.000" and "1,2" alike: a mark before exactly three last digits parts thousands, else it is the decimal one."""
    text = written.replace("'", "").replace(" ", "")
    marks = [char for char in text if char in ".,"]
    if marks:
        last = max(text.rfind("."), text.rfind(","))
        tail = len(text) - last - 1
        whole, rest = (text[:last], text[last + 1 :]) if tail != 3 else (text, "")
        text = whole.replace(".", "").replace(",", "") + ("." + rest if rest else "")
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _sum(match: re.Match[str], words: str, written_at: datetime, language: Language) -> Sum | None:
    amount = number_of(match.group("number"))
    if amount is None:
        return None
    before, after, times = match.group("before") or "", match.group("after") or "", match.group("times") or ""
    currency, start = _currency_before(before, match, words, written_at)
    end = match.end("times") if times else match.end("number")
    if currency is None:
        currency = _currency_after(after, written_at, language)
        if currency is not None:
            end = match.end("after")
    if (
        times == "m"
        and currency is None
        and not (
            words[match.end("times") - 1] == "M" and language.worth_before.search(match.string[: match.start()][-20:])
        )
    ):
        return None
    if currency is None and not _is_bare_sum(times, match, language):
        return None
    return Sum(start, end, amount * _MULTIPLIERS.get(times, 1), currency)


def _currency_before(before: str, match: re.Match[str], words: str, written_at: datetime) -> tuple[str | None, int]:
    at, start = match.start("number"), match.start()
    name = before.strip(" .")
    if name == "$":
        return dollar_of(written_at), start
    if name in SYMBOLS:
        return SYMBOLS[name], start
    if name in CODES:
        return name.upper(), start
    if name in LETTERS:
        code, hours = LETTERS[name]
        offset = (written_at.utcoffset() or timedelta()).total_seconds() / 3600
        if words[start].isupper() and abs(offset - hours) <= 1:
            return code, start
    named = {"kr": "SEK", "tl": "TRY", "sfr": "CHF", "fr": "CHF", "zl": "PLN", "rs": "INR"}.get(name)
    return (named, start) if named else (None, at)


def _currency_after(after: str, written_at: datetime, language: Language) -> str | None:
    if after == "$":
        return dollar_of(written_at)
    if after in SYMBOLS:
        return SYMBOLS[after]
    if after in CODES:
        return after.upper()
    named = language.currency_words.get(after)
    return dollar_of(written_at) if named == "$" else named


def _is_bare_sum(times: str, match: re.Match[str], language: Language) -> bool:
    """ "14k gone" is money, "30k pcs" is not: after a bare sum comes no thing that is counted."""
    after = match.group("after") or ""
    return times in ("k", "m", "grand", "mio", "tsd") and after not in language.counted_things


def _written_out(tokens: list[Token], language: Language) -> list[Sum]:
    found, i = [], 0
    while i < len(tokens):
        if tokens[i].plain in language.numerals:
            last, value = _numeral_run(tokens, i, language)
            end, currency, cents = _currency_after_words(tokens, last, language)
            is_paid = value >= 20 and any(t.plain in language.paying_words for t in tokens[max(0, i - 3) : i])
            if currency is not None or value >= 1000 or is_paid:
                total = Decimal(value) + Decimal(cents) / 100
                found.append(Sum(tokens[i].start, tokens[end - 1].end, total, currency, is_written_out=True))
            i = max(end, i + 1)
        else:
            i += 1
    return found


def _numeral_run(tokens: list[Token], i: int, language: Language) -> tuple[int, int]:
    """The number that the words from token i on spell, and the token after it: "twenty eight hundred" is 2800."""
    total = current = 0
    while i < len(tokens):
        word = tokens[i].plain
        if word == language.and_word and current and i + 1 < len(tokens) and tokens[i + 1].plain in language.numerals:
            i += 1
            continue
        value = language.numerals.get(word)
        if value is None or not _may_follow(current, value):
            break
        if value == 100:
            current = max(current, 1) * 100
        elif value >= 1000:
            total, current = total + max(current, 1) * value, 0
        else:
            current += value
        i += 1
    return i, total + current


def _may_follow(current: int, value: int) -> bool:
    if value >= 100:
        return True
    rest = current % 100
    return rest == 0 or (rest >= 20 and rest % 10 == 0 and value < 10)


def _currency_after_words(tokens: list[Token], i: int, language: Language) -> tuple[int, str | None, int]:
    named = language.currency_words.get(tokens[i].plain) if i < len(tokens) else None
    if named is None:
        return i, None, 0
    currency = "USD" if named == "$" else named
    if i + 1 < len(tokens) and 0 < language.numerals.get(tokens[i + 1].plain, 0) < 100:
        last, cents = _numeral_run(tokens, i + 1, language)
        if cents < 100:
            return last, currency, cents
    return i + 1, currency, 0
