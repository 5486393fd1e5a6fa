"""What a line, and what the gate decided, say in plain words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils import formats
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ampersand.terms.attempt import Purpose
from ampersand.terms.gate import Because
from ampersand.terms.lines import (
    EVERY_MODE,
    Address,
    Hours,
    Kept,
    Kind,
    Line,
    Modes,
    Often,
    Purposes,
    Readers,
    Rest,
    Topics,
    Who,
    Window,
)
from ampersand.timeline.models import Mode

WORKDAYS = frozenset(range(5))
EVERY_DAY = frozenset(range(7))


def line_says(line: Line, *, names: Mapping[UUID, str] | None = None) -> str:
    """A line as a few words, as it stands on the page. `names` are those of members.

    >>> line_says(Often(most=1, days=30))
    'once in 30 days at most'
    """
    says = _SAYS[line.kind](line, names or {})
    modes = getattr(line, "modes", EVERY_MODE)
    if isinstance(line, Modes) or modes == EVERY_MODE:
        return says
    return _("%(ways)s: %(says)s") % {"ways": capfirst(_either(_labels(Mode, modes))), "says": says}


def because_says(because: str) -> str:
    """What the gate went by: a sentence of its own, or which line of theirs decided."""
    if because in Because.values:
        return str(Because(because).label)
    return _("Their terms speak against it (%(line)s).") % {"line": Kind(because).label}


def _modes(line: Modes, names: Mapping[UUID, str]) -> str:
    ways = _either(_labels(Mode, line.modes))
    return (_("%(ways)s only") if line.is_only else _("no %(ways)s")) % {
        "ways": capfirst(ways) if line.is_only else ways
    }


def _hours(line: Hours, names: Mapping[UUID, str]) -> str:
    told = "; ".join(_window(window) for window in line.windows)
    return _("%(hours)s, time of %(zone)s") % {"hours": told, "zone": line.zone.rpartition("/")[2].replace("_", " ")}


def _window(window: Window) -> str:
    begin, end = (f"{minute // 60}:{minute % 60:02d}" for minute in (window.from_minute, window.until_minute))
    return _("%(days)s %(from)s to %(until)s") % {"days": _days(window.days), "from": begin, "until": end}


def _days(days: frozenset[int]) -> str:
    if days == EVERY_DAY:
        return pgettext("hours", "every day")
    if days == WORKDAYS:
        return pgettext("hours", "Monday to Friday")
    return ", ".join(str(WEEKDAYS_ABBR[day]) for day in sorted(days))


def _often(line: Often, names: Mapping[UUID, str]) -> str:
    days = {"days": line.days, "most": line.most}
    if line.most == 0:
        return _("only answers")
    if line.most == 1:
        return ngettext("once in a day at most", "once in %(days)d days at most", line.days) % days
    return ngettext("%(most)d times in a day at most", "%(most)d times in %(days)d days at most", line.days) % days


def _topics(line: Topics, names: Mapping[UUID, str]) -> str:
    words = _either(sorted(line.words))
    return (_("only about %(topics)s") if line.is_only else _("not about %(topics)s")) % {"topics": words}


def _purposes(line: Purposes, names: Mapping[UUID, str]) -> str:
    words = _either(_labels(Purpose, line.purposes))
    return (_("only to %(purposes)s") if line.is_only else _("not to %(purposes)s")) % {"purposes": words}


def _who(line: Who, names: Mapping[UUID, str]) -> str:
    known = sorted(names[member] for member in line.members if member in names)
    return _("%(names)s only") % {"names": _either(known or [_("somebody who is no longer here")])}


def _rest(line: Rest, names: Mapping[UUID, str]) -> str:
    return _("nothing until %(day)s") % {"day": formats.date_format(line.until, "DATE_FORMAT")}


def _readers(line: Readers, names: Mapping[UUID, str]) -> str:
    return _("read by: %(words)s") % {"words": line.words}


def _kept(line: Kept, names: Mapping[UUID, str]) -> str:
    return ngettext("kept for a month", "kept for %(months)d months", line.months) % {"months": line.months}


def _address(line: Address, names: Mapping[UUID, str]) -> str:
    return _("addressed as %(words)s") % {"words": line.words}


def _labels(choices: Any, values: Collection[str]) -> list[str]:
    return [str(choice.label) for choice in choices if choice.value in values]


def _either(words: Iterable[str]) -> str:
    *first, last = words
    return _("%(first)s or %(last)s") % {"first": ", ".join(first), "last": last} if first else last


_SAYS: dict[Kind, Callable[[Any, Mapping[UUID, str]], str]] = {
    Kind.MODES: _modes,
    Kind.HOURS: _hours,
    Kind.OFTEN: _often,
    Kind.TOPICS: _topics,
    Kind.PURPOSES: _purposes,
    Kind.WHO: _who,
    Kind.REST: _rest,
    Kind.READERS: _readers,
    Kind.KEPT: _kept,
    Kind.ADDRESS: _address,
}
