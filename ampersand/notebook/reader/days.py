"""From the words for a day ("Friday", "31.3.", "end of next week", "KW 14") to the days they may mean, a rule a pattern."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from ampersand.notebook.reader.languages import Language
from ampersand.notebook.reader.when import When
from ampersand.notebook.reader.writers_calendar import Calendar, easter, month_comes_first

_OBJECT_BEFORE = re.compile(r"\b(?:it|them) $")
_NO_NUMBER = re.compile(r"[ ]?(?:[,;:)\n]|$)")


def whens_of(plain: str, words: str, *, written_at: datetime, language: Language) -> list[When]:
    """
    All day expressions of the note, in order, none overlapping another; the longer reading of the same words wins.
    """
    calendar = Calendar(written_at, language, month_comes_first(plain, written_at))
    found: list[When] = []
    for pattern, resolve in _RULES:
        if not language.day_hints[pattern].search(plain):
            continue
        for match in language.day_patterns[pattern].finditer(plain):
            when = resolve(calendar, match, words)
            if when is not None:
                found.append(when)
    ordered = list(_without_overlaps(found))
    return sorted([*ordered, *_said_again(plain, ordered, language)], key=lambda when: when.start)


def _said_again(plain: str, found: list[When], language: Language) -> Iterator[When]:
    """ "On Saturday ... that evening": the day named before."""
    for pattern, later in ((language.same_day, timedelta()), (language.next_day, timedelta(days=1))):
        for match in pattern.finditer(plain):
            before = [when for when in found if when.end <= match.start()]
            is_free = all(when.end <= match.start() or when.start >= match.end() for when in found)
            if before and is_free and before[-1].is_day:
                last = before[-1]
                past, future = last.past and last.past + later, last.future and last.future + later
                start, end = match.span()
                yield replace(last, start=start, end=end, outer=start, past=past, future=future, lead="", other=None)


def _when(
    match: re.Match[str], past: date | None, future: date | None, calendar: Calendar, **more: object
) -> When | None:
    if past is None and future is None:
        return None
    start, end = match.span("day")
    lead = calendar.language.lead_of(match.group("lead") or "")
    outer = match.start("lead") if match.group("lead") else start
    return When(start, end, outer, past, future, lead=lead, **more)  # type: ignore[arg-type]


def _full_date(calendar: Calendar, match: re.Match[str], words: str) -> When | None:
    day = _safe_date(int(match.group("y")), int(match.group("m")), int(match.group("d")))
    return _when(match, day, day, calendar)


def _slashed(calendar: Calendar, match: re.Match[str], words: str) -> When | None:
    left, right = int(match.group("a")), int(match.group("b"))
    if (left, right) == (24, 7):
        return None
    month, day = (left, right) if calendar.is_month_first else (right, left)
    if month > 12:
        month, day = day, month
    when = _dated(calendar, match, month, day, match.group("y"))
    swapped = _safe_date(when.future.year, day, month) if when and when.future and day <= 12 and day != month else None
    return replace(when, other=swapped) if when else None


def _dotted(calendar: Calendar, match: re.Match[str], words: str) -> When | None:
    """ "31.3." is a day; "10.12" only where no decimal number could stand: led in, or before a mark or the end."""
    is_plain_number = "." not in words[match.start("m") : match.end()]
    is_behind_object = bool(_OBJECT_BEFORE.search(words, max(0, match.start("day") - 6), match.start("day")))
    if is_plain_number and not (
        (is_behind_object and _NO_NUMBER.match(words, match.end()))
        or match.group("lead")
        or (len(match.group("m")) == 2 and _NO_NUMBER.match(words, match.end()))
    ):
        return None
    return _dated(calendar, match, int(match.group("m")), int(match.group("d")), match.group("y"))


def _month_named(calendar: Calendar, match: re.Match[str], words: str) -> When | None:
    month = calendar.language.months[match.group("month")]
    if match.group("month") == "may" and not words[match.start("month")].isupper() and not match.group("lead"):
        return None
    year = match.group("y")
    if match.groupdict().get("ahead"):
        year = str(calendar.today.year + 1)
    return _dated(calendar, match, month, calendar.language.day_number(match.group("d")), year)


def _dated(calendar: Calendar, match: re.Match[str], month: int, day: int, year: str | None) -> When | None:
    if year:
        full = int(year) + (2000 if int(year) < 100 else 0)
        fixed = _safe_date(full, month, day)
        return _when(match, fixed, fixed, calendar)
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    return _when(match, *calendar.yearless(month, day), calendar)


def _ordinal(calendar: Calendar, match: re.Match[str], words: str) -> When | None:
    return _when(match, *calendar.day_of_month(calendar.language.day_number(match.group("d"))), calendar)


def _weekday(calendar: Calendar, match: re.Match[str], words: str) -> When | None:
    language, today = calendar.language, calendar.today
    name = match.group("weekday")
    is_bare = not (match.group("lead") or match.group("which"))
    if name in language.doubtful_weekdays and is_bare and not _is_written_as_a_day(match, words):
        return None
    index = language.weekdays[name]
    if match.group("d"):
        return _weekday_with_number(calendar, match, index)
    ahead = (index - today.weekday() - 1) % 7 + 1
    behind = (today.weekday() - index - 1) % 7 + 1
    future, past = today + timedelta(days=ahead), today - timedelta(days=behind)
    which = language.which_of(match.group("which") or "")
    if match.group("week"):
        # "Monday week": a week after Monday; "Friday next week": the one in it.
        in_next = today + timedelta(days=7 - today.weekday() + index)
        is_in_next = "n" in match.group("week").replace("in", "")
        return _when(match, None, in_next if is_in_next else future + timedelta(days=7), calendar)
    if which == "last":
        return _when(match, past, past, calendar)
    if which == "next":
        following = today + timedelta(days=7 - today.weekday() + index)
        other = future if future != following else None
        return _when(match, following, following, calendar, other=other)
    return _when(match, past, future, calendar, is_weekday=True)


def _is_written_as_a_day(match: re.Match[str], words: str) -> bool:
    """ "Sat 26th" and "see you Sat", but "Sat down with her" is no Saturday."""
    start = match.start("weekday")
    if not words[start].isupper():
        return False
    opens = start == 0 or words[:start].rstrip(" -*\u2022")[-1:] in (".", "!", "?", "\n", "", ":")
    return not opens or bool(match.group("d"))


def _weekday_with_number(calendar: Calendar, match: re.Match[str], index: int) -> When | None:
    """ "Thu 17th": the weekday tells which month is meant."""
    day = int(match.group("d"))
    for months in (0, 1, -1, 2, -2, 3, 4, 5, 6, 7):
        year, month = divmod(calendar.today.year * 12 + calendar.today.month - 1 + months, 12)
        candidate = _safe_date(year, month + 1, day)
        if candidate is not None and candidate.weekday() == index:
            return _when(match, candidate, candidate, calendar)
    return None


def _relative(calendar: Calendar, match: re.Match[str], words: str) -> When | None:
    day = calendar.today + timedelta(days=calendar.language.relative_days[match.group("word")])
    return _when(match, day, day, calendar)


def _end_of(calendar: Calendar, match: re.Match[str], words: str) -> When | None:
    language, today = calendar.language, calendar.today
    unit = match.group("unit")
    steps = {"next": 1, "last": -1}.get(language.which_of(match.group("which") or ""), 0)
    if unit in language.months:
        past, future = _month_ends(calendar, language.months[unit])
        return _when(match, past, future, calendar)
    if unit.startswith("q") and unit[1:].isdigit():
        past, future = _month_ends(calendar, int(unit[1:]) * 3)
        return _when(match, past, future, calendar)
    day = _end_of_unit(calendar, language.units[unit], steps, today)
    return _when(match, day, day, calendar)


def _end_of_unit(calendar: Calendar, unit: str, steps: int, today: date) -> date:
    if unit == "day":
        return today + timedelta(days=steps)
    if unit == "week":
        friday = calendar.friday_of_week(today)
        return friday + timedelta(days=7 * (steps + (friday < today and steps == 0)))
    if unit == "month":
        return calendar.last_of_month(today.year, today.month + steps)
    if unit == "quarter":
        return calendar.last_of_month(today.year, ((today.month - 1) // 3 + 1 + steps) * 3)
    return date(today.year + steps, 12, 31)


def _month_ends(calendar: Calendar, month: int) -> tuple[date, date]:
    today = calendar.today
    this = calendar.last_of_month(today.year, month)
    if this >= today:
        return calendar.last_of_month(today.year - 1, month), this
    return this, calendar.last_of_month(today.year + 1, month)


def _part_of_month(calendar: Calendar, match: re.Match[str], words: str) -> When | None:
    month = calendar.language.months[match.group("month")]
    part = calendar.language.parts[match.group("part")]
    past, future = _month_ends(calendar, month)
    if part < 28:
        past, future = past.replace(day=part), future.replace(day=part)
    return _when(match, past, future, calendar, is_day=False)


def _whole_period(calendar: Calendar, match: re.Match[str], words: str) -> When | None:
    unit = calendar.language.units[match.group("unit")]
    which = calendar.language.which_of(match.group("which"))
    if which == "last":
        # "last week" names no day that anything could be held to.
        return None
    day = _end_of_unit(calendar, unit, 1 if which == "next" else 0, calendar.today)
    return _when(match, day, day, calendar, is_day=False)


def _weekend(calendar: Calendar, match: re.Match[str], words: str) -> When | None:
    """A Saturday; what is due by or before it is due on the Friday."""
    saturday = calendar.today + timedelta(days=(5 - calendar.today.weekday()) % 7)
    which = calendar.language.which_of(match.group("which") or "")
    saturday += timedelta(days={"next": 7, "last": -7}.get(which, 0))
    is_deadline = calendar.language.lead_of(match.group("lead") or "") in ("by", "before")
    future = saturday - timedelta(days=is_deadline)
    past = future if which else future - timedelta(days=7)
    return _when(match, past, future, calendar, is_day=False)


def _unit_end(calendar: Calendar, match: re.Match[str], words: str) -> When | None:
    letters = {"w": "week", "m": "month", "q": "quarter", "y": "year"}
    unit = match.group("unit") or match.group("out") or letters[match.group("letter")]
    day = _end_of_unit(calendar, unit, 0, calendar.today)
    return _when(match, day, day, calendar)


def _week_in_month(calendar: Calendar, match: re.Match[str], words: str) -> When | None:
    """The Friday of that week, or the last day of the month."""
    past, future = _month_ends(calendar, calendar.language.months[match.group("month")])
    week = {"first": 0, "second": 1, "third": 2}.get(match.group("part"))
    if week is not None:
        past, future = (calendar.friday_of_week(day.replace(day=1 + 7 * week)) for day in (past, future))
    return _when(match, past, future, calendar, is_day=False)


def _count_of_units(calendar: Calendar, match: re.Match[str], words: str) -> When | None:
    count = calendar.language.number(match.group("count"))
    unit = calendar.language.units.get(match.group("unit"))
    if count is None or unit is None or count > 600:
        return None
    return _counted(calendar, match, count, unit)


def _ago(calendar: Calendar, match: re.Match[str], words: str) -> When | None:
    count = calendar.language.number(match.group("count"))
    unit = calendar.language.units.get(match.group("unit"))
    return None if count is None or unit is None or count > 600 else _counted(calendar, match, -count, unit)


def _counted(calendar: Calendar, match: re.Match[str], count: int, unit: str) -> When | None:
    today = calendar.today
    if unit in ("month", "quarter"):
        months = count * (3 if unit == "quarter" else 1)
        last = calendar.last_of_month(today.year, today.month + months)
        day = last.replace(day=min(today.day, last.day))
    else:
        day = today + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14, "year": 365}[unit])
    return _when(match, day, day, calendar)


def _week_of(calendar: Calendar, match: re.Match[str], words: str) -> When | None:
    day = int(match.group("d"))
    if match.group("month"):
        past, future = calendar.yearless(calendar.language.months[match.group("month")], day)
    else:
        past, future = calendar.day_of_month(day)
    past_friday = calendar.friday_of_week(past) if past else None
    future_friday = calendar.friday_of_week(future) if future else None
    return _when(match, past_friday, future_friday, calendar, is_day=False)


def _week_from(calendar: Calendar, match: re.Match[str], words: str) -> When | None:
    """ "A week from Saturday"."""
    ahead = (calendar.language.weekdays[match.group("weekday")] - calendar.today.weekday() - 1) % 7 + 8
    return _when(match, None, calendar.today + timedelta(days=ahead), calendar)


def _week_number(calendar: Calendar, match: re.Match[str], words: str) -> When | None:
    number = int(match.group("n"))
    days = []
    for year in (calendar.today.year, calendar.today.year + 1):
        try:
            days.append(date.fromisocalendar(year, number, 5))
        except ValueError:
            continue
    ahead = [day for day in days if day >= calendar.today - timedelta(days=28)]
    return _when(match, None, ahead[0], calendar, is_day=False) if ahead else None


def _quarter(calendar: Calendar, match: re.Match[str], words: str) -> When | None:
    """ "by Q3" means before it begins; "in Q3" means by its end."""
    number = int(match.group("n"))
    is_before = calendar.language.lead_of(match.group("lead") or "") in ("by", "before")
    past, future = _month_ends(
        calendar, (number - 1) * 3 if is_before and number > 1 else 12 if is_before else number * 3
    )
    return _when(match, past, future, calendar, is_day=False)


def _month_alone(calendar: Calendar, match: re.Match[str], words: str) -> When | None:
    month = calendar.language.months[match.group("month")]
    if not words[match.start("month")].isupper() and match.group("month") in calendar.language.doubtful_months:
        return None
    lead = calendar.language.lead_of(match.group("lead"))
    if match.group("y"):
        year = int(match.group("y"))
        past = future = calendar.last_of_month(year, month - (lead in ("by", "before")))
    elif lead in ("by", "before"):
        past, future = _month_ends(calendar, (month - 2) % 12 + 1)
    elif lead in ("from", "since", "after"):
        past, future = (day.replace(day=1) for day in _month_ends(calendar, month))
    else:
        past, future = _month_ends(calendar, month)
    return _when(match, past, future, calendar, is_day=False)


def _feast(calendar: Calendar, match: re.Match[str], words: str) -> When | None:
    language, today = calendar.language, calendar.today
    days = [
        _feast_day(language.feasts[match.group("feast")], year) for year in (today.year - 1, today.year, today.year + 1)
    ]
    if match.group("weekday"):
        index = language.weekdays[match.group("weekday")]
        days = [day + timedelta(days=(index - day.weekday() - 1) % 7 + 1) for day in days]
    past = max((day for day in days if day <= today), default=None)
    future = min((day for day in days if day >= today), default=None)
    return _when(match, past, future, calendar)


def _feast_day(feast: tuple[int, int] | int, year: int) -> date:
    return easter(year) + timedelta(days=feast) if isinstance(feast, int) else date(year, *feast)


def _safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _without_overlaps(found: list[When]) -> Iterator[When]:
    taken: list[When] = []
    for when in sorted(found, key=lambda w: (-(w.end - w.start), w.start)):
        if all(when.end <= other.start or when.start >= other.end for other in taken):
            taken.append(when)
    yield from sorted(taken, key=lambda w: w.start)


_Resolve = Callable[[Calendar, "re.Match[str]", str], "When | None"]
_RULES: tuple[tuple[str, _Resolve], ...] = (
    ("iso", _full_date),
    ("slashed", _slashed),
    ("dotted", _dotted),
    ("day_month", _month_named),
    ("month_day", _month_named),
    ("ordinal", _ordinal),
    ("weekday", _weekday),
    ("relative", _relative),
    ("end_of", _end_of),
    ("part_of_month", _part_of_month),
    ("whole_period", _whole_period),
    ("count_of_units", _count_of_units),
    ("ago", _ago),
    ("weekend", _weekend),
    ("unit_end", _unit_end),
    ("week_in_month", _week_in_month),
    ("week_from", _week_from),
    ("week_number", _week_number),
    ("week_of", _week_of),
    ("quarter", _quarter),
    ("month_alone", _month_alone),
    ("feast", _feast),
)
