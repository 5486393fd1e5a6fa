"""Cells to values: days and times, amounts of money, addresses. What cannot be read raises NotReadable."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from ampersand.core.folding import fold

YMD, DMY, MDY = "YMD", "DMY", "MDY"

_NUMERIC = re.compile(
    r"^(\d{1,4})([./-])\s?(\d{1,2})\2\s?(\d{2,4})"
    r"(?:[T ,]+(\d{1,2})[:.](\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s?([AaPp]\.?[Mm]\.?)?"
    r"\s?(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?$"
)
_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)$")
_NAMED = re.compile(
    r"^(?:[^\W\d]+,? )?(?:(\d{1,2})(?:\.|st|nd|rd|th|º)?[ -](?:de )?([^\W\d]{3,10})\.?[ ,-]+(?:de )?(\d{4})"
    r"|([^\W\d]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4}))(?:[T ,]+(\d{1,2}):(\d\d)(?::\d\d)?\s?([AaPp][Mm])?)?$"
)
# What a spreadsheet counts from the end of 1899 on, where a cell was not told to show a day: 1954 to 2091.
_SERIAL = re.compile(r"^([2-6]\d{4})(\.\d+)?$")
_CJK_DAY = re.compile(r"^(\d{4})年(\d{1,2})月(\d{1,2})日$")
_CLOCK = re.compile(r"^(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?\s?([AaPp]\.?[Mm]\.?)?$")
_NEVER = re.compile(r"^[0\s./:-]*$")
_EMAIL = re.compile(r"[^\s@<>,;:()\"'\[\]]+@[^\s@<>,;:()\"'\[\]]+\.[^\s@<>,;:()\"'\[\].]+")
_NUMBER = re.compile(r"\d[\d.,'’\s\u00a0\u202f]*\d|\d")
_CURRENCY_SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "US$": "USD",
    "$": "USD",
    "CHF": "CHF",
    "zł": "PLN",
    "Fr.": "CHF",
}
_CODE = re.compile(r"\b([A-Z]{3})\b")
_MONTHS = [
    "jan januar january janvier janv enero ene",
    "feb februar february fevrier fevr fev febrero",
    "mar marz maerz mrz march mars marzo",
    "apr april avril avr abril abr",
    "may mai mayo",
    "jun juni june juin junio",
    "jul juli july juillet juil julio",
    "aug august aout agosto ago",
    "sep sept september septembre septiembre",
    "oct okt october oktober octobre octubre",
    "nov november novembre noviembre",
    "dec dez december dezember decembre diciembre dic",
]
_MONTH_NUMBERS = {word: number for number, told in enumerate(_MONTHS, start=1) for word in told.split()}


EARLIEST_YEAR, EARLIEST_BIRTH, YEARS_AHEAD = 1900, 1850, 10
# Of a year told by its last two digits, the latest that is meant where nobody says which year it is now.
_LATEST_SHORT = 2068


class NotReadable(ValueError):
    """A cell that should hold a value of some sort and does not."""


class NoSuchTime(NotReadable):
    """A day in a year in which what the row tells of cannot have been."""


def latest_year(today: datetime.date | None) -> int:
    """The last year that anything in a table can be of."""
    return today.year + YEARS_AHEAD if today else _LATEST_SHORT


@lru_cache(maxsize=100_000)
def order_told(text: str) -> str:
    """Which order of day and month a cell proves: DMY, MDY, YMD, or nothing where both could be.

    >>> order_told("25/12/2024"), order_told("12/25/24"), order_told("2024-12-25"), order_told("01/02/2024")
    ('DMY', 'MDY', 'YMD', '')
    """
    found = _NUMERIC.match(text.strip())
    if found is None:
        return YMD if _COMPACT.match(text.strip()) or _CJK_DAY.match(text.strip()) else ""
    first, second = int(found[1]), int(found[3])
    if len(found[1]) > 2:
        return YMD
    if first > 12 >= second:
        return DMY
    return MDY if second > 12 >= first else ""


@lru_cache(maxsize=100_000)
def read_when(
    text: str, order: str, zone: str, latest: int = _LATEST_SHORT
) -> datetime.date | datetime.datetime | None:
    """A day, or a moment where a time stands with it (in the cell's own offset, else in `zone`), as UTC.

    A year of two digits is of this century up to `latest`, else of the last.

    None for nothing and for the 0/0/00 and 00:00 that old programs write for it.
    """
    text = text.strip()
    if _NEVER.match(text):
        return None
    found = _NUMERIC.match(text)
    try:
        if found:
            return _from_numbers(found, order, zone, latest)
        named = _NAMED.match(text)
        if named:
            return _from_named(named, zone)
        compact = _COMPACT.match(text) or _CJK_DAY.match(text)
        if compact:
            return datetime.date(*map(int, compact.groups()))
        serial = _SERIAL.match(text)
        if serial:
            return _from_serial(serial, zone)
    except (ValueError, OverflowError) as error:
        raise NotReadable(text) from error
    raise NotReadable(text)


def _from_serial(found: re.Match[str], zone: str) -> datetime.date | datetime.datetime:
    day = datetime.date(1899, 12, 30) + datetime.timedelta(days=int(found[1]))
    if not found[2]:
        return day
    minutes, seconds = divmod(min(round(float(found[2]) * 86_400), 86_399), 60)
    return join(day, datetime.time(minutes // 60, minutes % 60, seconds), zone)


def _from_numbers(found: re.Match[str], order: str, zone: str, latest: int) -> datetime.date | datetime.datetime:
    first, second, third = int(found[1]), int(found[3]), int(found[4])
    if len(found[1]) > 2:
        day = datetime.date(first, second, third)
    elif order == MDY:
        day = datetime.date(whole_year(third, found[4], latest), first, second)
    elif order == YMD:
        day = datetime.date(whole_year(first, found[1], latest), second, third)
    else:
        day = datetime.date(whole_year(third, found[4], latest), second, first)
    return _at(day, found[5], found[6], found[8], zone, found[7], found[9]) if found[5] else day


def _from_named(found: re.Match[str], zone: str) -> datetime.date | datetime.datetime:
    day, month, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
    number = _MONTH_NUMBERS.get(fold(month))
    if number is None:
        raise ValueError(month)
    date = datetime.date(int(year), number, int(day))
    return _at(date, found[7], found[8], found[9], zone) if found[7] else date


def whole_year(year: int, told: str, latest: int) -> int:
    return year if len(told) > 2 else year + (2000 if year + 2000 <= latest else 1900)


def _at(
    day: datetime.date,
    hour: str,
    minute: str,
    half: str | None,
    zone: str,
    second: str | None = None,
    offset: str | None = None,
) -> datetime.datetime:
    clock = datetime.time(_whole_hour(int(hour), half), int(minute), int(second or 0))
    local = datetime.datetime.combine(day, clock, tzinfo=_offset(offset) if offset else ZoneInfo(zone))
    return local.astimezone(datetime.UTC)


def _whole_hour(hour: int, half: str | None) -> int:
    if not half:
        return hour
    return hour % 12 + (12 if half[0] in "pP" else 0)


def _offset(told: str) -> datetime.timezone:
    if told[0] not in "+-":
        return datetime.UTC
    digits = told[1:].replace(":", "")
    offset = datetime.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return datetime.timezone(-offset if told[0] == "-" else offset)


def read_clock(text: str) -> datetime.time | None:
    """A time of day; None for nothing."""
    found = _CLOCK.match(text.strip())
    if found is None:
        if text.strip():
            raise NotReadable(text)
        return None
    try:
        return datetime.time(_whole_hour(int(found[1]), found[4]), int(found[2]), int(found[3] or 0))
    except ValueError as error:
        raise NotReadable(text) from error


def join(day: datetime.date, clock: datetime.time, zone: str) -> datetime.datetime:
    return datetime.datetime.combine(day, clock, tzinfo=ZoneInfo(zone)).astimezone(datetime.UTC)


@lru_cache(maxsize=100_000)
def mark_told(text: str) -> str:
    """Which decimal mark a cell proves: comma or point, or nothing where both could be.

    >>> mark_told("1.234,50 €"), mark_told("1,234.50"), mark_told("12,5"), mark_told("1,234")
    (',', '.', ',', '')
    """
    number = _NUMBER.search(text)
    if number is None:
        return ""
    told = number[0]
    point, comma = told.rfind("."), told.rfind(",")
    if point >= 0 and comma >= 0:
        return "." if point > comma else ","
    mark = "." if point >= 0 else "," if comma >= 0 else ""
    after = len(told) - max(point, comma) - 1
    if not mark or told.count(mark) > 1 or after == 3:
        return ""
    return mark


@lru_cache(maxsize=100_000)
def read_amount(text: str, mark: str) -> tuple[Decimal, str] | None:
    """An amount and the currency that stands with it, if any. None for nothing.

    >>> read_amount("1.234,50 €", ","), read_amount("(12.00)", ".")
    ((Decimal('1234.50'), 'EUR'), (Decimal('-12.00'), ''))
    """
    text = text.strip()
    if not text or text in {"-", "–", "n/a", "N/A"}:
        return None
    found = _NUMBER.search(text)
    if found is None or len(text) > 60:
        raise NotReadable(text)
    rest = (text[: found.start()] + " " + text[found.end() :]).strip()
    if re.search(r"\d", rest):
        raise NotReadable(text)
    thousands = "." if mark == "," else ","
    digits = re.sub(r"['’\s\u00a0\u202f]", "", found[0]).replace(thousands, "").replace(mark, ".")
    if digits.count(".") > 1:
        raise NotReadable(text)
    currency = _currency_of(rest)
    if re.search(r"[^\W\d]", rest.replace("CR", "").replace("DR", "")) and not currency:
        raise NotReadable(text)
    is_negative = rest.startswith(("-", "−", "(")) or rest.endswith(("-", "−"))
    amount = Decimal(digits)
    return (-amount if is_negative else amount), currency


def _currency_of(rest: str) -> str:
    code = _CODE.search(rest)
    if code:
        return code[1]
    return next((iso for sign, iso in _CURRENCY_SIGNS.items() if sign in rest), "")


def read_currency(text: str) -> str:
    """The ISO code of a currency told by code or by sign."""
    told = text.strip()
    if re.fullmatch(r"[A-Za-z]{3}", told):
        return told.upper()
    return _CURRENCY_SIGNS.get(told, "") or _CURRENCY_SIGNS.get(told.upper(), "")


def find_emails(text: str) -> list[str]:
    """Every e-mail address in a cell, each once; an Exchange address is none."""
    if "@" not in text:
        return []
    return list(dict.fromkeys(found.strip(".") for found in _EMAIL.findall(text)))


def read_yes(text: str) -> bool:
    return fold(text.strip()) in {"1", "true", "yes", "y", "x", "ja", "j", "wahr", "oui", "vrai", "si", "verdadero"}


def read_duration(text: str, *, is_in_seconds: bool = False) -> datetime.timedelta:
    """A length told as 01:30, as 1h 30m, or as a bare number of minutes (or of seconds). Raises NotReadable."""
    told = text.strip().lower()
    if is_in_seconds and re.fullmatch(r"\d{1,7}", told):
        return datetime.timedelta(seconds=int(told))
    clock = re.fullmatch(r"(\d{1,3}):(\d\d)(?::\d\d)?", told)
    if clock:
        return datetime.timedelta(hours=int(clock[1]), minutes=int(clock[2]))
    words = re.fullmatch(
        r"(?:(\d{1,3})\s?(?:h|std|hours?)\.?)?\s?(?:(\d{1,5})\s?(?:m|min|minutes?|minuten)?\.?)?", told
    )
    if words is None or not any(words.groups()):
        raise NotReadable(text)
    return datetime.timedelta(hours=int(words[1] or 0), minutes=int(words[2] or 0))
