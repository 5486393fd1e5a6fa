"""Readings as sentences. Each says a quantity with its unit, or that it is too early to say."""

from __future__ import annotations

from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.desk.templatetags.desk import spoken_day
from ampersand.promises.models import Promise
from ampersand.readings.models import Measure, Reading


def spoken_number(number: int) -> str:
    """A count as one says it: in words up to twelve, in figures beyond."""
    words = (
        _("no"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight"), _("nine"),
        _("ten"), _("eleven"), _("twelve"),
    )  # fmt: skip
    return words[number] if 0 <= number < len(words) else str(number)


def says(reading: Reading, *, today: date) -> str:
    """The sentence of a stored reading."""
    return _quiet(reading) if reading.measure == Measure.QUIET else _whose_move(reading, today)


def says_in_brief(reading: Reading, *, today: date) -> str:
    """The sentence of a stored reading where many stand under each other."""
    days = round(reading.value or 0)
    words = {"days": days, "usual": usual_days(reading)}
    if reading.measure == Measure.QUIET and reading.says == "quiet":
        return _("Quiet for %(days)d days, usually %(usual)d.") % words
    if reading.measure == Measure.QUIET and reading.says == "in_rhythm" and days:
        return (
            ngettext(
                "Spoke %(days)d day ago, usually every %(usual)d.",
                "Spoke %(days)d days ago, usually every %(usual)d.",
                days,
            )
            % words
        )
    if reading.measure == Measure.WHOSE_MOVE and reading.says == "our_move" and reading.since_on is not None:
        return _("Your move since %(day)s.") % {"day": spoken_day(reading.since_on, today=today)}
    return says(reading, today=today)


def rests_on(reading: Reading) -> str:
    """What a reading was counted from, with its unit."""
    if reading.measure == Measure.QUIET:
        return ngettext("%(number)d gap", "%(number)d gaps", reading.count) % {"number": reading.count}
    return ngettext("%(number)d approach", "%(number)d approaches", reading.count) % {"number": reading.count}


def rule(reading: Reading) -> str:
    """How a reading is made, in a sentence, with its unit and its minimum."""
    if reading.measure == Measure.QUIET:
        return _(
            "Quiet is said when the days since your last contact are more than nine in ten of the gaps to be expected "
            "from this relationship's own rhythm. It counts days on which both sides took part, and speaks from five gaps on."
        )
    return _(
        "Whose move looks at the last approach that asks for an answer. An answer in any mode counts; automatic mail, "
        "thanks and being in copy are no approach. It speaks from one approach on."
    )


def usual_days(reading: Reading) -> int:
    """The middle one of its gaps in whole days, at least one."""
    return max(1, round(reading.usual or 0))


def _quiet(reading: Reading) -> str:
    days = round(reading.value or 0)
    if reading.says == "too_early":
        missing = max(1, 5 - reading.count)
        return ngettext(
            "Too early to say how often you are in touch; %(number)d more conversation will do.",
            "Too early to say how often you are in touch; %(number)d more conversations will do.",
            missing,
        ) % {"number": missing}
    words = {"days": days, "usual": usual_days(reading)}
    if reading.says == "quiet":
        return _("Quiet for %(days)d days; you two usually speak every %(usual)d.") % words
    if days == 0:
        return _("You spoke today; usually every %(usual)d days.") % words
    return (
        ngettext(
            "You last spoke %(days)d day ago; usually every %(usual)d.",
            "You last spoke %(days)d days ago; usually every %(usual)d.",
            days,
        )
        % words
    )


def _whose_move(reading: Reading, today: date) -> str:
    if reading.since_on is None:
        return _("Nobody waits for an answer.")
    words = {"day": spoken_day(reading.since_on, today=today)}
    if reading.says == "our_move":
        return _("Your move since %(day)s: they asked, and nothing has gone back.") % words
    return _("Their move since %(day)s.") % words


def promise_says(promise: Promise, *, today: date) -> str:
    """A promise of either side that is due or late, in one sentence."""
    late_days = (today - promise.due_on).days if promise.due_on else 0
    words = {
        "what": promise.words or _("words that were erased"),
        "who": str(promise.by) if promise.by.name else capfirst(str(promise.by)),
        "days": late_days,
        "day": spoken_day(promise.due_on, today=today) if promise.due_on else _("some day"),
    }
    if promise.is_ours and late_days > 0:
        sentence = (
            ngettext(
                "We promised “%(what)s”; it is a day late.",
                "We promised “%(what)s”; it is %(days)d days late.",
                late_days,
            )
            % words
        )
    elif promise.is_ours:
        sentence = _("We promised “%(what)s” for %(day)s.") % words
    elif late_days > 0:
        sentence = (
            ngettext(
                "%(who)s promised “%(what)s”; it was due yesterday.",
                "%(who)s promised “%(what)s”; it was due %(days)d days ago.",
                late_days,
            )
            % words
        )
    else:
        sentence = _("%(who)s promised “%(what)s” for %(day)s.") % words
    return sentence
