"""Shares of its own usual as one says them: half as much, a third more, twice the usual."""

from __future__ import annotations

from math import log

from django.utils.translation import gettext as _

# Below this nothing is left that could be said as a part.
_NEXT_TO_NOTHING = 0.17
# Beyond this it is only said that it is more.
_MOST = 4.5


def spoken_share(share: float) -> str:
    """A share of its own usual (1 is usual) in words, to the nearest that one would say.

    >>> spoken_share(1.37)
    'a third more'
    """
    if share <= _NEXT_TO_NOTHING:
        return _("next to nothing")
    if share > _MOST:
        return _("more than four times")
    said = (
        (1 / 5, _("a fifth as much")),
        (1 / 4, _("a quarter as much")),
        (1 / 3, _("a third as much")),
        (1 / 2, _("half as much")),
        (2 / 3, _("a third less")),
        (3 / 4, _("a quarter less")),
        (4 / 5, _("a fifth less")),
        (9 / 10, _("a tenth less")),
        (1.0, _("as ever")),
        (11 / 10, _("a tenth more")),
        (6 / 5, _("a fifth more")),
        (5 / 4, _("a quarter more")),
        (4 / 3, _("a third more")),
        (3 / 2, _("half as much again")),
        (7 / 4, _("three quarters more")),
        (2.0, _("twice as much")),
        (5 / 2, _("two and a half times")),
        (3.0, _("three times as much")),
        (4.0, _("four times as much")),
    )
    return min(said, key=lambda one: abs(log(one[0] / share)))[1]


def both_say(trade: float, relationship: float) -> str:
    """Both ways in one sentence."""
    words = {"trade": spoken_share(trade), "relationship": spoken_share(relationship)}
    return _("Trade %(trade)s, the two of you %(relationship)s, against the usual.") % words
