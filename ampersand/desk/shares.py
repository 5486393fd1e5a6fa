"""Shares of its own usual as one says them: half as much, a third more, twice the usual."""

from __future__ import annotations

from bisect import bisect
from itertools import pairwise
from math import sqrt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Below this nothing is left that could be said as a part.
_NEXT_TO_NOTHING = 0.17
# Beyond this it is only said that it is more.
_MOST = 4.5
_SAID = (
    (1 / 5, gettext_lazy("a fifth as much")),
    (1 / 4, gettext_lazy("a quarter as much")),
    (1 / 3, gettext_lazy("a third as much")),
    (1 / 2, gettext_lazy("half as much")),
    (2 / 3, gettext_lazy("a third less")),
    (3 / 4, gettext_lazy("a quarter less")),
    (4 / 5, gettext_lazy("a fifth less")),
    (9 / 10, gettext_lazy("a tenth less")),
    (1.0, gettext_lazy("as ever")),
    (11 / 10, gettext_lazy("a tenth more")),
    (6 / 5, gettext_lazy("a fifth more")),
    (5 / 4, gettext_lazy("a quarter more")),
    (4 / 3, gettext_lazy("a third more")),
    (3 / 2, gettext_lazy("half as much again")),
    (7 / 4, gettext_lazy("three quarters more")),
    (2.0, gettext_lazy("twice as much")),
    (5 / 2, gettext_lazy("two and a half times")),
    (3.0, gettext_lazy("three times as much")),
    (4.0, gettext_lazy("four times as much")),
)
# Half-way from one to the next, as doublings go.
_BETWEEN = [sqrt(one[0] * other[0]) for one, other in pairwise(_SAID)]


def spoken_share(share: float) -> str:
    """A share of its own usual (1 is usual) in words, to the nearest that one would say.

    >>> spoken_share(1.37)
    'a third more'
    """
    if share <= _NEXT_TO_NOTHING:
        return _("next to nothing")
    if share > _MOST:
        return _("more than four times")
    return str(_SAID[bisect(_BETWEEN, share)][1])


def both_say(trade: float, relationship: float) -> str:
    """Both ways in one sentence."""
    words = {"trade": spoken_share(trade), "relationship": spoken_share(relationship)}
    return _("Trade %(trade)s, the two of you %(relationship)s, against the usual.") % words
