"""When a line of a chat was written, as phones write it: days in three orders, hours of a whole or of half a day, digits of
many scripts.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

DMY, MDY, YMD = "DMY", "MDY", "YMD"
ORDERS = (DMY, MDY, YMD)

MARKS = "\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_GAP = f"[ \\t\u00a0\u202f\u2009{MARKS}]*"
_DATE = (
    rf"(?P<first>\d{{1,4}}){_GAP}(?P<sign>[./\-\u2010-\u2013年년]){_GAP}(?P<second>\d{{1,2}}){_GAP}[./\-\u2010-\u2013月월]"
    rf"{_GAP}(?P<third>\d{{1,4}})(?:{_GAP}[.日일])?"
)
_TIME = r"(?P<hour>\d{1,2})[:.：](?P<minute>\d{2})(?:[:.：](?P<at_second>\d{2}))?"
_BETWEEN = r"(?P<between>[^\d\[\]\n:：]{1,24}?)"
_AFTER = r"(?P<after>[^\d\[\]\n:：]{0,24}?)"
_DAY_FIRST = f"{_DATE}{_BETWEEN}{_TIME}{_AFTER}"
_TIME_FIRST = rf"{_TIME}(?P<after>[^\d\[\]\n:：]{{0,24}}?)(?P<between>[,،] ?){_DATE}"

# As an iPhone writes a line, and as other phones do; in Vietnam the time stands first.
LINES = tuple(
    re.compile(pattern)
    for stamp in (_DAY_FIRST, _TIME_FIRST)
    for pattern in (
        rf"{_GAP}(?P<bracket>\[){_GAP}{stamp}{_GAP}\]{_GAP}(?P<rest>.*)",
        rf"{_GAP}(?P<bracket>){stamp}{_GAP}(?<=[ \u00a0\u202f{MARKS}])[-–—] ?(?P<rest>.*)",
    )
)

_FORE = (
    "am a.m. vorm. vormittags vm vm. v.m. fm f.m. f.h. ap. de. dop. a.g. pg pd p.d. priešpiet priekšp. prijepodne"
    " πμ π.μ. öö öös дп пр.об. претпл. ص صباحا صباحاً ق.ظ. قبلازظهر पूर्वाह्न পূর্বাহ্ণ পূর্বাহ্ন"
    " ก่อนเที่ยง ນາທີ 上午 午前 오전 凌晨 早上 清晨 清早 清晨 半夜 午夜 새벽 아침 முற்பகல் sa pagi ጥዋት կա քա"
)
_AFTERNOON = (
    "pm p.m. nachm. nam. nachmittags nm nm. n.m. em e.m. e.h. eh ip. du. odp. g.m. ptg md m.d. popiet pēcp. popodne"
    " poslijepodne pop. μμ μ.μ. ös пп сл.об. попл. م مساء مساءً ب.ظ. بعدازظهر अपराह्न অপরাহ্ণ অপরাহ্ন"
    " หลังเที่ยง 下午 午後 오후 晚上 傍晚 저녁 밤 பிற்பகல் ch petang malam ከሰዓት կհ"
)
_NOON = "中午 正午"
_QUOTES = str.maketrans({"\u05f4": '"', "”": '"', "“": '"', "'": '"'})


def _bare(word: str) -> str:
    """A word for half of a day without what programs add to it: "p. m.", "PM" and "p.m." are one."""
    return re.sub(rf"[\s.,،\u00a0\u202f\u200c{MARKS}]", "", word).casefold().translate(_QUOTES)


AM, PM, NOON = "am", "pm", "noon"
_HALVES = {
    **{_bare(word): AM for word in _FORE.split()},
    **{_bare(word): PM for word in _AFTERNOON.split()},
    **{_bare(word): NOON for word in _NOON.split()},
    _bare("\u05dc\u05e4\u05e0\u05d4\u05f4\u05e6"): AM,
    _bare("\u05d0\u05d7\u05d4\u05f4\u05e6"): PM,
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day as three numbers in the order they stand, the year of two digits made one of this century; and the time."""

    numbers: tuple[int, int, int]
    has_long_year: tuple[bool, bool]
    sign: str
    hour: int
    minute: int
    second: int | None

    def day(self, order: str) -> date | None:
        """The day, taken in this order; None where there is no such day."""
        first, second, third = self.numbers
        year, month, day = {
            DMY: (third, second, first),
            MDY: (third, first, second),
            YMD: (first, second, third),
        }[order]
        is_told_long = self.has_long_year[0 if order == YMD else 1]
        if self.has_long_year != (False, False) and not is_told_long:
            return None
        year = year if is_told_long else year + 2000
        # In Thailand years are counted from the Buddha.
        year = year - 543 if 2500 < year < 2700 else year
        try:
            return date(year, month, day)
        except ValueError:
            return None

    def at(self, order: str) -> datetime | None:
        """The day and time as the phone showed it, without a zone."""
        day = self.day(order)
        if day is None or not (0 <= self.hour < 24 and self.minute < 60 and (self.second or 0) < 60):
            return None
        return datetime.combine(day, time(self.hour, self.minute, self.second or 0))


def stamp_of(found: re.Match[str]) -> Stamp:
    """The stamp of a line that one of `LINES` matched."""
    first, third = found["first"], found["third"]
    half = _HALVES.get(_bare(found["after"])) or _half_before(found["between"])
    return Stamp(
        numbers=(int(first), int(found["second"]), int(third)),
        has_long_year=(len(first) > 2, len(third) > 2),
        sign=found["sign"] + (" " if re.search(r"[./\-]\s", found[0][:12]) else ""),
        hour=_hour(int(found["hour"]), half),
        minute=int(found["minute"]),
        second=int(found["at_second"]) if found["at_second"] else None,
    )


def _half_before(between: str) -> str:
    words = [between, *re.split(rf"[\s,،\u00a0\u202f{MARKS}]+", between)]
    return next((half for word in words if (half := _HALVES.get(_bare(word), ""))), "")


def _hour(hour: int, half: str) -> int:
    if half == AM:
        return 0 if hour == 12 else hour
    if half == PM:
        return hour + 12 if hour < 12 else hour
    if half == NOON:
        return hour + 12 if hour < 6 else hour
    return hour


@dataclass(frozen=True, slots=True)
class Order:
    """In which order the days of a file stand. `others` are those that fit as well, where nothing in it decides."""

    order: str
    others: tuple[str, ...] = ()

    @property
    def is_sure(self) -> bool:
        return not self.others


def find_order(stamps: Sequence[Stamp], *, present: datetime, default: str) -> Order:
    """The order by all days of a file: each must be a day that has come, and a chat goes forward in time.

    Where two orders fit equally the default is taken, and nobody may call it sure.
    """
    told = list(dict.fromkeys((one.numbers, one.has_long_year, one.sign) for one in stamps))
    if not told:
        return Order(default)
    last = present.date() + timedelta(days=2)
    judged = {order: _judge(stamps, order, last) for order in ORDERS if _is_ever_written(stamps[0], order)}
    wrong = min(days for days, _back in judged.values())
    fitting = {order: back for order, (days, back) in judged.items() if days == wrong}
    least = min(fitting.values())
    best = [order for order, back in fitting.items() if back == least]
    # Days that are the same in either order leave nothing to ask.
    best = [order for order in best if _differs(stamps, order, best[0]) or order == best[0]]
    if len(best) == 1:
        return Order(best[0])
    taken = default if default in best else best[0]
    return Order(taken, tuple(order for order in best if order != taken))


def _judge(stamps: Sequence[Stamp], order: str, last: date) -> tuple[int, int]:
    """How many days are none, or still to come, and how often time goes back."""
    days = [stamp.day(order) for stamp in stamps]
    wrong = sum(day is None or day > last for day in days)
    there = [day for day in days if day is not None]
    return wrong, sum(later < earlier for earlier, later in itertools.pairwise(there))


def _is_ever_written(stamp: Stamp, order: str) -> bool:
    """Nobody puts the month first with dots or strokes, or a short year first but with dots and spaces between."""
    if order == MDY:
        return stamp.sign.startswith("/")
    return order == DMY or any(stamp.has_long_year) or stamp.sign == ". "


def _differs(stamps: Sequence[Stamp], one: str, other: str) -> bool:
    return any(stamp.day(one) != stamp.day(other) for stamp in stamps)
