"""Shares of its own usual as one says them: half of the usual, a third more than usual, twice the usual."""

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
    'a third more than usual'
    """
    if share <= _NEXT_TO_NOTHING:
        return _("next to nothing")
    if share > _MOST:
        return _("more than four times the usual")
    said = (
        (1 / 5, _("a fifth of the usual")),
        (1 / 4, _("a quarter of the usual")),
        (1 / 3, _("a third of the usual")),
        (1 / 2, _("half of the usual")),
        (2 / 3, _("a third less than usual")),
        (3 / 4, _("a quarter less than usual")),
        (4 / 5, _("a fifth less than usual")),
        (9 / 10, _("a tenth less than usual")),
        (1.0, _("as usual")),
        (11 / 10, _("a tenth more than usual")),
        (6 / 5, _("a fifth more than usual")),
        (5 / 4, _("a quarter more than usual")),
        (4 / 3, _("a third more than usual")),
        (3 / 2, _("half more than usual")),
        (7 / 4, _("three quarters more than usual")),
        (2.0, _("twice the usual")),
        (5 / 2, _("two and a half times the usual")),
        (3.0, _("three times the usual")),
        (4.0, _("four times the usual")),
    )
    return min(said, key=lambda one: abs(log(one[0] / share)))[1]


def both_say(trade: float, relationship: float) -> str:
    """Both ways in one sentence."""
    words = {"trade": spoken_share(trade), "relationship": spoken_share(relationship)}
    return _("Trade %(trade)s, the two of you %(relationship)s.") % words
