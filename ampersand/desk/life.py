"""How alive a relationship is in its own rhythm: the ink of its &, always beside words that say the same."""

from __future__ import annotations

from ampersand.readings.models import Reading

UNKNOWN = 5


def life_of(quiet: Reading | None) -> int:
    """0 to 10: 10 just after contact, 4 where its silence begins to be called quiet, paling to 1 as it stays so.

    It is drawn as ink and never shown as a number. Below the minimum of the reading it is 5.
    """
    if quiet is None or quiet.says == "too_early" or not quiet.quiet_beyond or quiet.value is None:
        return UNKNOWN
    ratio = quiet.value / quiet.quiet_beyond
    return max(1, round(10 - 6 * ratio)) if ratio <= 1 else max(1, round(4 - 2 * (ratio - 1)))
