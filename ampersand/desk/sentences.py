"""Readings as sentences. Each says a quantity with its unit, or that it is too early to say."""

from __future__ import annotations

from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.core.spoken import spoken_day
from ampersand.promises.models import Promise
from ampersand.readings.models import Measure, Reading
from ampersand.readings.saying import says, usual_days


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
    number = {"number": reading.count}
    match Measure(reading.measure):
        case Measure.QUIET | Measure.NEXT:
            return ngettext("%(number)d gap", "%(number)d gaps", reading.count) % number
        case Measure.WHOSE_MOVE:
            return ngettext("%(number)d approach", "%(number)d approaches", reading.count) % number
        case Measure.GIVE_AND_TAKE:
            return ngettext("%(number)d thing given", "%(number)d things given", reading.count) % number
        case Measure.AGREE:
            return ngettext("%(number)d question", "%(number)d questions", reading.count) % number
        case Measure.RIGHT_WAY:
            return ngettext("%(number)d meeting", "%(number)d meetings", reading.count) % number
        case Measure.TUNE | Measure.MORE_OURS | Measure.MORE_THEIRS:
            return ngettext("%(number)d event", "%(number)d events", reading.count) % number
        case _:
            return (
                ngettext("%(number)d promise that fell due", "%(number)d promises that fell due", reading.count)
                % number
            )


def how_sure(reading: Reading) -> str:
    """The range of what it says, as one says it: of 100 such promises. Empty where it says no share or is too early."""
    is_kept = reading.measure in (Measure.KEPT_OURS, Measure.KEPT_THEIRS)
    if not is_kept or reading.low is None or reading.high is None:
        return ""
    words = {"low": round(100 * reading.low), "high": round(100 * reading.high)}
    if reading.value is None:
        return (
            _("As it has gone, %(low)d to %(high)d of 100 are kept; too many are unanswered to say one number.") % words
        )
    return _("As it has gone, %(middle)d of 100 are kept, or %(low)d to %(high)d.") % {
        **words,
        "middle": round(100 * reading.value),
    }


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
