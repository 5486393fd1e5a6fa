"""What the map says: on top, beside it, and of what is not drawn."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ampersand.core.spoken import spoken_number
from ampersand.desk.pages.tune_map import MapLens, MapRow, Thought
from ampersand.desk.pages.words import Clause
from ampersand.desk.shares import both_say
from ampersand.desk.tune_map.asked import Asked, Lens
from ampersand.desk.tune_map.found import DRAWN_MAX, Found
from ampersand.desk.tuned import IN_TUNE, PARTED, RELATIONSHIP_AHEAD, TOO_EARLY, TRADE_AHEAD, month_said
from ampersand.readings.models import Reading

THOUGHTS_MAX = 7
# Of so many it is counted that it is too early, and no more.
COUNTED_MAX = 1_000


def opening(found: Sequence[Found], asked: Asked) -> tuple[Clause, ...]:
    """How many are in tune, and how many parted which way since when; each opens the list of those."""
    if not found:
        return (Clause(_nobody_says(asked)),)
    trade, talk = ([one for one in found if one.reads == reads] for reads in PARTED)
    in_tune = len(found) - len(trade) - len(talk)
    clauses = [Clause(_in_tune_says(in_tune, len(found)), url=asked.url(says=IN_TUNE, view="list", at=""))]
    if trade:
        words = ngettext(
            "With one of them trade has run ahead, since %(month)s.",
            "With %(number)s of them trade has run ahead, with the latest since %(month)s.",
            len(trade),
        )
        clauses.append(_parted_clause(words, trade, asked, TRADE_AHEAD))
    if talk:
        words = ngettext(
            "With one of them there is more talk and less trade, since %(month)s.",
            "With %(number)s of them there is more talk and less trade, with the latest since %(month)s.",
            len(talk),
        )
        clauses.append(_parted_clause(words, talk, asked, RELATIONSHIP_AHEAD))
    return tuple(part for clause in clauses if clause.words for part in (clause, Clause(" ")))[:-1]


def _nobody_says(asked: Asked) -> str:
    if asked.lens == "mine":
        return _("Nobody you tend can be drawn yet. It takes trade and talk over four quarters.")
    return _("Nobody can be drawn yet. It takes trade and talk over four quarters to know what is usual.")


def _in_tune_says(in_tune: int, number: int) -> str:
    if in_tune == number:
        return ngettext("The one there is is in tune.", "All %(number)s are in tune.", number) % {
            "number": spoken_number(number)
        }
    if not in_tune:
        return ""
    if 2 * in_tune > number:
        return _("Most are in tune.")
    return ngettext("One is in tune.", "%(number)s are in tune.", in_tune) % {
        "number": capfirst(spoken_number(in_tune))
    }


def _parted_clause(words: str, parted: Sequence[Found], asked: Asked, reads: str) -> Clause:
    latest = max((one.since_on for one in parted if one.since_on), default=None)
    told = {"number": spoken_number(len(parted)), "month": month_said(latest) if latest else _("some time")}
    return Clause(words % told, url=asked.url(says=reads, view="list", at=""))


def lenses(asked: Asked, number: int) -> tuple[MapLens, ...]:
    counted = {"number": number_format(number, force_grouping=True)}
    names: tuple[tuple[Lens, str], ...] = (
        ("all", pgettext("relationships on the map", "All")),
        ("mine", pgettext("relationships on the map", "Mine")),
        ("moved", pgettext("relationships on the map", "Moved most")),
    )
    return tuple(
        MapLens(
            _("%(name)s %(number)s") % {"name": name, **counted} if lens == asked.lens and not asked.says else name,
            asked.url(lens=lens, says="", at=""),
            is_here=lens == asked.lens and not asked.says,
        )
        for lens, name in names
    )


def row_of(one: Found) -> MapRow:
    first = one.tuned.year_ago
    year_ago = both_say(first.trade, first.relationship) if first else ""
    return MapRow(one.name, one.url, one.says, one.why_url, year_ago)


def thoughts(found: Sequence[Found]) -> tuple[Thought, ...]:
    """Those that parted, by which way and since when: by reason and day, never by what they are worth."""
    parted = [one for one in found if one.reads in PARTED]
    return tuple(Thought(one.name, one.url, _thought_says(one), one.why_url) for one in parted[:THOUGHTS_MAX])


def _thought_says(one: Found) -> str:
    words = {"month": month_said(one.since_on) if one.since_on else _("some time")}
    if one.reads == TRADE_AHEAD:
        return _("trade has run ahead, since %(month)s") % words
    return _("more talk and less trade, since %(month)s") % words


def thoughts_more(found: Sequence[Found], asked: Asked) -> str:
    more = sum(one.reads in PARTED for one in found) - THOUGHTS_MAX
    if more <= 0:
        return ""
    return ngettext("%(number)d more stands in the list.", "%(number)d more stand in the list.", more) % {
        "number": more
    }


def not_drawn(readings: models.QuerySet[Reading], number: int) -> str:
    """Of how many it is too early to say; and where there are more than are drawn, that there are."""
    early = readings.filter(says=TOO_EARLY).order_by()[: COUNTED_MAX + 1].count()
    sentences = []
    if number >= DRAWN_MAX:
        sentences.append(
            _("These are %(number)s; there are more. Who parted stands first; look for others by their name.")
            % {"number": number_format(DRAWN_MAX, force_grouping=True)}
        )
    if early > COUNTED_MAX:
        words = {"number": number_format(COUNTED_MAX, force_grouping=True)}
        sentences.append(_("Of more than %(number)s others it is too early to say; they are not drawn.") % words)
    elif early:
        sentences.append(
            ngettext(
                "Of one other it is too early to say; it is not drawn.",
                "Of %(number)s others it is too early to say; they are not drawn.",
                early,
            )
            % {"number": spoken_number(early)}
        )
    return " ".join(sentences)
