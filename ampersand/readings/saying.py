"""Readings as sentences, from one table of phrases for both sides' ears.

Each says a quantity with its unit, or that it is too early to say. A phrase is a whole sentence with named places; what
stands in them is worked out in `_places`. Which phrase of a measure holds is `_variant`: mostly what the reading `says`, but
nobody is told of nothing (*quiet for 0 days*).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext

from ampersand.between.models import Feeling
from ampersand.core.spoken import spoken_day, spoken_list, spoken_month, spoken_number, spoken_times
from ampersand.promises.kinds import Kind
from ampersand.readings.models import Measure, Reading
from ampersand.timeline.models import Mode

# What each measure needs before it speaks (concepts, section 4), to say how much is missing.
MINIMUM = {Measure.QUIET: 5, Measure.NEXT: 5, Measure.KEPT_OURS: 3, Measure.KEPT_THEIRS: 3, Measure.RIGHT_WAY: 5}


class Ear(StrEnum):
    """Who hears it: one of us, of whom it says *you*, or the other side."""

    OURS = "ours"
    THEIRS = "theirs"


_NOBODY_WAITS = gettext_lazy("Nobody waits for an answer.")
_TOO_EARLY_TO_COUNT = gettext_lazy("Too early to say what is kept; nothing of that has fallen due yet.")

# (measure, variant): as we hear it, as they hear it.
PHRASES: Mapping[tuple[Measure, str], tuple[Any, Any]] = {
    (Measure.QUIET, "too_early"): (
        ngettext_lazy(
            "Too early to say how often you are in touch; %(missing)d more conversation will do.",
            "Too early to say how often you are in touch; %(missing)d more conversations will do.",
            "missing",
        ),
        gettext_lazy("It is too early to say how often we are in touch."),
    ),
    (Measure.QUIET, "quiet"): (
        ngettext_lazy(
            "Quiet for %(days)d day; you two usually speak %(every)s.",
            "Quiet for %(days)d days; you two usually speak %(every)s.",
            "days",
        ),
        ngettext_lazy(
            "Quiet for %(days)d day; we usually speak %(every)s.",
            "Quiet for %(days)d days; we usually speak %(every)s.",
            "days",
        ),
    ),
    (Measure.QUIET, "today"): (
        gettext_lazy("You spoke today; usually %(every_days)s."),
        gettext_lazy("We spoke today; usually %(every_days)s."),
    ),
    (Measure.QUIET, "in_rhythm"): (
        ngettext_lazy(
            "You last spoke %(days)d day ago; usually %(every)s.",
            "You last spoke %(days)d days ago; usually %(every)s.",
            "days",
        ),
        ngettext_lazy(
            "We last spoke %(days)d day ago; usually %(every)s.",
            "We last spoke %(days)d days ago; usually %(every)s.",
            "days",
        ),
    ),
    (Measure.WHOSE_MOVE, "nobodys_move"): (_NOBODY_WAITS, _NOBODY_WAITS),
    (Measure.WHOSE_MOVE, "our_move"): (
        gettext_lazy("Your move since %(since)s: they asked, and nothing has gone back."),
        gettext_lazy("You asked on %(since)s, and %(house)s has not answered yet."),
    ),
    (Measure.WHOSE_MOVE, "their_move"): (
        gettext_lazy("Their move since %(since)s."),
        gettext_lazy("%(house)s asked on %(since)s, and nothing has come back yet."),
    ),
    (Measure.NEXT, "too_early"): (
        gettext_lazy("Too early to say when you will speak again."),
        gettext_lazy("It is too early to say when we speak again."),
    ),
    (Measure.NEXT, "expected"): (
        gettext_lazy("As it has gone, you speak again between %(low)s and %(high)s, about %(middle)s%(often)s."),
        gettext_lazy("As it has gone, we speak again between %(low)s and %(high)s, about %(middle)s%(often)s."),
    ),
    (Measure.KEPT_OURS, "too_early"): (
        ngettext_lazy(
            "Too early to say what is kept of your promises; %(missing)d more that falls due will do.",
            "Too early to say what is kept of your promises; %(missing)d more that fall due will do.",
            "missing",
        ),
        gettext_lazy("It is too early to say what is kept of our promises to you."),
    ),
    (Measure.KEPT_OURS, "told"): (
        gettext_lazy("Of %(due)s promises of yours since %(month)s, %(parts)s."),
        gettext_lazy("Of %(due)s promises of %(house)s to you since %(month)s, %(parts)s."),
    ),
    (Measure.KEPT_THEIRS, "too_early"): (
        ngettext_lazy(
            "Too early to say what is kept of their promises; %(missing)d more that falls due will do.",
            "Too early to say what is kept of their promises; %(missing)d more that fall due will do.",
            "missing",
        ),
        gettext_lazy("It is too early to say what is kept of your promises."),
    ),
    (Measure.KEPT_THEIRS, "told"): (
        gettext_lazy("Of %(due)s promises of theirs since %(month)s, %(parts)s."),
        gettext_lazy("Of %(due)s promises of yours since %(month)s, %(parts)s."),
    ),
    (Measure.GAP_OURS, "too_early"): (_TOO_EARLY_TO_COUNT, _TOO_EARLY_TO_COUNT),
    (Measure.GAP_OURS, "confirmed"): (
        gettext_lazy("They confirmed all that you call done."),
        gettext_lazy("You confirmed all that we call done."),
    ),
    (Measure.GAP_OURS, "unconfirmed"): (
        ngettext_lazy(
            "One thing you call done is not confirmed.",
            "%(Unconfirmed)s things you call done are not confirmed.",
            "unconfirmed",
        ),
        ngettext_lazy(
            "One thing %(house)s calls done waits for your word.",
            "%(Unconfirmed)s things %(house)s calls done wait for your word.",
            "unconfirmed",
        ),
    ),
    (Measure.GAP_THEIRS, "too_early"): (_TOO_EARLY_TO_COUNT, _TOO_EARLY_TO_COUNT),
    (Measure.GAP_THEIRS, "confirmed"): (
        gettext_lazy("You confirmed all that they call done."),
        gettext_lazy("%(house)s confirmed all that you call done."),
    ),
    (Measure.GAP_THEIRS, "unconfirmed"): (
        ngettext_lazy(
            "One thing they call done waits for your word.",
            "%(Unconfirmed)s things they call done wait for your word.",
            "unconfirmed",
        ),
        ngettext_lazy(
            "One thing you call done is not confirmed by %(house)s.",
            "%(Unconfirmed)s things you call done are not confirmed by %(house)s.",
            "unconfirmed",
        ),
    ),
    (Measure.MORE_OURS, "too_early"): (
        gettext_lazy("Too early to say whether promising and keeping go in step."),
        gettext_lazy("It is too early to say whether promising and keeping go in step."),
    ),
    (Measure.MORE_OURS, "in_step"): (
        gettext_lazy("What you promise and what is kept go in step."),
        gettext_lazy("What we promise and what is kept go in step."),
    ),
    (Measure.MORE_OURS, "made_ahead"): (
        gettext_lazy("Since %(month)s you promise more than before, and no more of it is kept."),
        gettext_lazy("Since %(month)s we promise more than before, and no more of it is kept."),
    ),
    (Measure.MORE_OURS, "kept_ahead"): (
        gettext_lazy("Since %(month)s more of what you promise is kept than before."),
        gettext_lazy("Since %(month)s more of what we promise is kept than before."),
    ),
    (Measure.MORE_THEIRS, "too_early"): (
        gettext_lazy("Too early to say whether their promising and keeping go in step."),
        gettext_lazy("It is too early to say whether your promising and keeping go in step."),
    ),
    (Measure.MORE_THEIRS, "in_step"): (
        gettext_lazy("What they promise and what is kept go in step."),
        gettext_lazy("What you promise and what is kept go in step."),
    ),
    (Measure.MORE_THEIRS, "made_ahead"): (
        gettext_lazy("Since %(month)s they promise more than before, and no more of it is kept."),
        gettext_lazy("Since %(month)s you promise more than before, and no more of it is kept."),
    ),
    (Measure.MORE_THEIRS, "kept_ahead"): (
        gettext_lazy("Since %(month)s more of what they promise is kept than before."),
        gettext_lazy("Since %(month)s more of what you promise is kept than before."),
    ),
    (Measure.GIVE_AND_TAKE, "too_early"): (
        gettext_lazy("Too early to say how you give and take."),
        gettext_lazy("It is too early to say how we give and take."),
    ),
    (Measure.GIVE_AND_TAKE, "given"): (
        gettext_lazy("In three years you gave way %(ours)s, they %(theirs)s%(open)s."),
        gettext_lazy("In three years we gave way %(ours)s, you %(theirs)s%(open)s."),
    ),
    (Measure.AGREE, "agree"): (
        gettext_lazy("In %(month)s you both said “%(word)s”."),
        gettext_lazy("In %(month)s we both said “%(word)s”."),
    ),
    (Measure.AGREE, "agree_on_some"): (
        ngettext_lazy(
            "In %(month)s you agreed on one question.", "In %(month)s you agreed on %(agree)d questions.", "agree"
        ),
        ngettext_lazy(
            "In %(month)s we agreed on one question.", "In %(month)s we agreed on %(agree)d questions.", "agree"
        ),
    ),
    (Measure.AGREE, "differ"): (
        gettext_lazy("In %(month)s you saw it differently: you said “%(ours)s”, they said “%(theirs)s”."),
        gettext_lazy("In %(month)s we saw it differently: we said “%(ours)s”, you said “%(theirs)s”."),
    ),
    (Measure.AGREE, "differ_on_some"): (
        ngettext_lazy(
            "In %(month)s you saw one question differently.",
            "In %(month)s you saw %(differ)d questions differently.",
            "differ",
        ),
        ngettext_lazy(
            "In %(month)s we saw one question differently.",
            "In %(month)s we saw %(differ)d questions differently.",
            "differ",
        ),
    ),
    (Measure.AGREE, "told"): (
        gettext_lazy("In %(month)s you both said how it goes, in your own words."),
        gettext_lazy("In %(month)s we both said how it goes, in our own words."),
    ),
    (Measure.AGREE, "not_heard"): (
        gettext_lazy("In %(month)s only one side said how it goes."),
        gettext_lazy("In %(month)s only one side said how it goes."),
    ),
    (Measure.RIGHT_WAY, "too_early"): (
        ngettext_lazy(
            "Too early to say which way of meeting is worth it to you both; %(missing)d more answer of both will do.",
            "Too early to say which way of meeting is worth it to you both; %(missing)d more answers of both will do.",
            "missing",
        ),
        gettext_lazy("It is too early to say which way of meeting is worth it to us both."),
    ),
    (Measure.RIGHT_WAY, "told"): (
        gettext_lazy("You both called %(ways)s worth it."),
        gettext_lazy("We both called %(ways)s worth it."),
    ),
    (Measure.TUNE, "too_early"): (
        gettext_lazy("Too early to say whether trade and the two of you are in tune."),
        gettext_lazy("It is too early to say whether trade and the two of us are in tune."),
    ),
    (Measure.TUNE, "in_tune"): (
        gettext_lazy("Trade and the two of you are in tune."),
        gettext_lazy("Trade and the two of us are in tune."),
    ),
    (Measure.TUNE, "trade_ahead"): (
        gettext_lazy("Trade has run ahead of the two of you since %(month)s."),
        gettext_lazy("Trade has run ahead of the two of us since %(month)s."),
    ),
    (Measure.TUNE, "relationship_ahead"): (
        gettext_lazy("The two of you have run ahead of trade since %(month)s."),
        gettext_lazy("The two of us have run ahead of trade since %(month)s."),
    ),
}


def says(reading: Reading, *, today: date, ear: Ear = Ear.OURS, house: str = "") -> str:
    """The sentence of a reading as one side hears it. `house` is our name, which the other side is told.

    Raises KeyError where no phrase is known for what it says.
    """
    measure = Measure(reading.measure)
    phrase = PHRASES[measure, _variant(reading)][0 if ear is Ear.OURS else 1]
    return str(phrase % _places(reading, today=today, ear=ear, house=house))


def kinds_say(reading: Reading) -> list[str]:
    """Of each kind of promise that speaks, how many are kept, with its range, as one says it; nothing for other readings."""
    return [
        _("%(kind)s: %(kept)s of %(due)s called kept; as it has gone, %(low)d to %(high)d of 100.")
        % {
            "kind": capfirst(Kind(told["kind"]).label),
            "kept": spoken_number(told["kept"]) if told["kept"] else pgettext("promises", "none"),
            "due": spoken_number(told["due"]),
            "low": round(100 * told["low"]),
            "high": round(100 * told["high"]),
        }
        for told in reading.told.get("kinds", [])
    ]


def gap_says(reading: Reading) -> str:
    """What is kept beside what one counts on who promises; empty where *kept* says no share."""
    if reading.says != "told" or reading.low is None or reading.high is None or "meant" not in reading.told:
        return ""
    meant = round(100 * reading.told["meant"])
    fewer, more = meant - round(100 * reading.low), round(100 * reading.high) - meant
    words = {"meant": meant, "fewer": fewer, "least": -more, "more": more}
    if fewer <= 0:
        return _("Who promises counts on keeping %(meant)d of 100; no fewer are kept.") % words
    if more >= 0:
        return (
            _("Who promises counts on keeping %(meant)d of 100; between %(fewer)d fewer and %(more)d more are kept.")
            % words
        )
    return _("Who promises counts on keeping %(meant)d of 100; between %(least)d and %(fewer)d fewer are kept.") % words


def usual_days(reading: Reading) -> int:
    """The middle one of its gaps in whole days, at least one."""
    return max(1, round(reading.usual or 0))


def _variant(reading: Reading) -> str:
    told = reading.told
    if reading.measure == Measure.QUIET and reading.says != "too_early" and round(reading.value or 0) == 0:
        return "today"
    if reading.measure == Measure.WHOSE_MOVE and reading.since_on is None:
        return "nobodys_move"
    if reading.measure == Measure.AGREE and reading.says == "agree" and not (told["ours"] and _same_word(told)):
        return "agree_on_some"
    if reading.measure == Measure.AGREE and reading.says == "differ" and (_same_word(told) or not _both_words(told)):
        return "differ_on_some"
    return reading.says


def _same_word(told: Mapping[str, Any]) -> bool:
    return bool(told["ours"] == told["theirs"])


def _both_words(told: Mapping[str, Any]) -> bool:
    return bool(told["ours"] and told["theirs"])


def _places(reading: Reading, *, today: date, ear: Ear, house: str) -> dict[str, Any]:
    """All that may stand in a phrase of this measure."""
    common = {
        "house": house,
        "days": round(reading.value or 0),
        "every": _every(usual_days(reading)),
        "every_days": _every_days(usual_days(reading)),
        "missing": max(1, MINIMUM.get(Measure(reading.measure), 1) - reading.count),
        "since": _day(reading.since_on, today, ear),
        "month": spoken_month(reading.since_on, today=today) if reading.since_on else "",
    }
    of_measure = _MORE_PLACES.get(Measure(reading.measure))
    return {**common, **of_measure(reading, today, ear)} if of_measure else common


def _every(days: int) -> str:
    """How often, where days were just spoken of: every day, every 12."""
    return _("every %(number)d") % {"number": days} if days > 1 else _("every day")


def _every_days(days: int) -> str:
    return _("every %(number)d days") % {"number": days} if days > 1 else _("every day")


def _day(on: date | None, today: date, ear: Ear, *, has_month: bool = False) -> str:
    if on is None:
        return ""
    if ear is Ear.OURS:
        return spoken_day(on, today=today, has_month=has_month)
    return str(formats.date_format(on, "DATE_FORMAT"))


def _next(reading: Reading, today: date, ear: Ear) -> dict[str, Any]:
    ahead = {
        name: _ahead(reading, days)
        for name, days in (("low", reading.low), ("middle", reading.value), ("high", reading.high))
    }
    has_month = len({on.month for on in ahead.values()}) > 1
    days = {name: _day(on, today, ear, has_month=has_month) for name, on in ahead.items()}
    return {**days, "often": _often(reading.told)}


def _often(told: Mapping[str, Any]) -> str:
    """How often in the half year ahead; nothing where it is less than once, or was not read."""
    number, fewest, most = (round(told.get(name, 0)) for name in ("expected", "low", "high"))
    if not number:
        return ""
    words = {
        "times": spoken_times(number),
        "fewest": spoken_number(fewest),
        "most": spoken_number(most),
        "at_most": spoken_times(most),
    }
    if fewest == most:
        return _("; in half a year about %(times)s") % words
    if not fewest:
        return _("; in half a year about %(times)s, at most %(at_most)s") % words
    return _("; in half a year about %(times)s, or %(fewest)s to %(most)s") % words


def _ahead(reading: Reading, days: float | None) -> date:
    return reading.as_of.date() + timedelta(days=round(days or 0))


def _kept(reading: Reading, _today: date, _ear: Ear) -> dict[str, Any]:
    told = reading.told
    parts = [
        words % {"number": spoken_number(count)}
        for count, words in (
            (told.get("kept", 0), _("%(number)s called kept")),
            (told.get("partly", 0), _("%(number)s partly")),
            (told.get("not_kept", 0), _("%(number)s not kept")),
            (told.get("late", 0), _("%(number)s past its day")),
            (told.get("unconfirmed", 0), _("%(number)s not confirmed")),
        )
        if count
    ]
    return {"due": spoken_number(reading.count), "parts": spoken_list(parts)}


def _gap(reading: Reading, _today: date, _ear: Ear) -> dict[str, Any]:
    count = round(reading.value or 0)
    return {"unconfirmed": count, "Unconfirmed": capfirst(spoken_number(count))}


def _given(reading: Reading, today: date, ear: Ear) -> dict[str, Any]:
    told = reading.told
    waits = {
        side: spoken_month(date.fromisoformat(told[f"{side}_open_on"]), today=today)
        for side in ("ours", "theirs")
        if told.get(f"{side}_open_on")
    }
    yours, other = ("ours", "theirs") if ear is Ear.OURS else ("theirs", "ours")
    unanswered = []
    if yours in waits:
        unanswered.append(_("one of yours is unanswered since %(month)s") % {"month": waits[yours]})
    if other in waits and ear is Ear.OURS:
        unanswered.append(_("one of theirs is unanswered since %(month)s") % {"month": waits[other]})
    elif other in waits:
        unanswered.append(_("one of ours is unanswered since %(month)s") % {"month": waits[other]})
    return {
        "ours": spoken_times(told.get("ours", 0)),
        "theirs": spoken_times(told.get("theirs", 0)),
        "open": "; " + spoken_list(unanswered) if unanswered else "",
    }


def _agreed(reading: Reading, _today: date, _ear: Ear) -> dict[str, Any]:
    told = reading.told
    feeling = {word: _feeling(word) for word in (told["ours"], told["theirs"])}
    return {
        "agree": told["agree"],
        "differ": told["differ"],
        "word": feeling[told["ours"]],
        "ours": feeling[told["ours"]],
        "theirs": feeling[told["theirs"]],
    }


def _ways(reading: Reading, _today: date, _ear: Ear) -> dict[str, Any]:
    """Six of nine visits and none of five calls: a way speaks from five meetings on, so there are always several."""
    of = {
        Mode.VISIT: _("%(worth)s of %(number)s visits"),
        Mode.CALL: _("%(worth)s of %(number)s calls"),
        Mode.VIDEO: _("%(worth)s of %(number)s video calls"),
        Mode.GATHERING: _("%(worth)s of %(number)s gatherings"),
    }
    parts = [
        of[Mode(mode)] % {"worth": spoken_number(worth) if worth else _("none"), "number": spoken_number(count)}
        for mode, worth, count in reading.told.get("ways", [])
    ]
    return {"ways": spoken_list(parts)}


def _feeling(word: str) -> str:
    """One of the five plain words, in the language of the page."""
    return str(Feeling(word).label) if word else ""


_MORE_PLACES: Mapping[Measure, Callable[[Reading, date, Ear], dict[str, Any]]] = {
    Measure.NEXT: _next,
    Measure.KEPT_OURS: _kept,
    Measure.KEPT_THEIRS: _kept,
    Measure.GAP_OURS: _gap,
    Measure.GAP_THEIRS: _gap,
    Measure.GIVE_AND_TAKE: _given,
    Measure.AGREE: _agreed,
    Measure.RIGHT_WAY: _ways,
}
