"""The repetition rules of vCalendar 1.0 (phones, Palm, Outlook 97), turned into those of iCalendar."""

from __future__ import annotations

import re

_RULE = re.compile(r"^(D|W|MP|MD|YM|YD)(\d{1,3})((?:\s+[^\s#]+)*?)(?:\s+(#\d+|\d{8}(?:T\d{6}Z?)?))?$")
_FREQUENCIES = {"D": "DAILY", "W": "WEEKLY", "MP": "MONTHLY", "MD": "MONTHLY", "YM": "YEARLY", "YD": "YEARLY"}


def as_icalendar(told: str) -> str:
    """The same rule in iCalendar's words; anything else is given back as it came.

    >>> as_icalendar("MP1 2+ FR #17")
    'FREQ=MONTHLY;INTERVAL=1;BYDAY=2FR;COUNT=17'
    >>> as_icalendar("W2 TU TH #0")
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH'
    """
    found = _RULE.match(" ".join(told.upper().split()))
    if found is None:
        return told
    kind, interval, words, end = found[1], found[2], found[3].split(), found[4]
    rule = f"FREQ={_FREQUENCIES[kind]};INTERVAL={interval}"
    return rule + _days(kind, words) + _end(end)


def _days(kind: str, words: list[str]) -> str:
    if not words or kind == "D":
        return ""
    if kind == "W":
        return ";BYDAY=" + ",".join(word for word in words if word.isalpha())
    if kind == "MP":
        return ";BYDAY=" + ",".join(_positioned(words))
    part = {"MD": "BYMONTHDAY", "YM": "BYMONTH", "YD": "BYYEARDAY"}[kind]
    return f";{part}=" + ",".join(_signed(word) for word in words if word != "LD") + ("-1" if "LD" in words else "")


def _positioned(words: list[str]) -> list[str]:
    """Weekdays with the position told before them: 1+ is the first, 1- the last."""
    days, position = [], ""
    for word in words:
        if word[0].isdigit():
            position = _signed(word)
        else:
            days.append(position + word)
    return days


def _signed(word: str) -> str:
    return f"-{word[:-1]}" if word.endswith("-") else word.removesuffix("+")


def _end(end: str | None) -> str:
    if end is None or end == "#0":
        return ""
    return f";COUNT={end[1:]}" if end.startswith("#") else f";UNTIL={end}"
