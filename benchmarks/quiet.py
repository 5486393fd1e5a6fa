"""*Quiet* said wrongly, on made relationships that never end: in the last of three years.

    python -m benchmarks.quiet [COUNT]

The bar is read at a random day of a living relationship: the share of relationship-days on which *quiet* would be said.
"""

from __future__ import annotations

import sys

import numpy as np

from ampersand.readings.rhythm import next_gap
from ampersand.readings.rhythm.next_gap import Gaps

KNOWN, FROM, GAPS_MIN, GAPS_KEPT = 1095, 730, 5, 59


def main(count: int) -> None:
    """Rates Gamma, k of 1, 2 or 4, a gap at least a day: print both shares."""
    chance = np.random.default_rng(3)
    rates, ticks = chance.gamma(0.9, 1 / 12, count) + 1 / 120, chance.choice([1, 2, 4], count)
    rows = []
    for party in range(count):
        gaps = np.maximum(1, np.ceil(chance.gamma(ticks[party], 1 / (ticks[party] * rates[party]), 2_500)))
        days = np.cumsum(gaps)
        for seen in range(1, int((days < KNOWN).sum()) + 1):
            kept = gaps[max(0, seen - GAPS_KEPT) : seen] / 7
            met = days[seen - 1]
            rows.append((party, len(kept), kept.sum(), np.log(kept).sum(), met, min(days[seen], KNOWN)))
    party, number, span, logs, met, ended = np.array(rows).T
    last = np.append(party[1:] != party[:-1], True)
    prior = next_gap.fit(Gaps(number[last], span[last], logs[last]))
    asked = (number >= GAPS_MIN) & (ended > FROM)
    beyond = next_gap.next_gap_quantile(0.9, Gaps(number[asked], span[asked], logs[asked]), prior) * 7
    begins = np.maximum(met[asked], FROM)
    quiet = np.maximum(ended[asked] - np.maximum(begins, np.floor(met[asked] + beyond) + 1), 0)
    whose = np.unique(party[asked], return_inverse=True)[1]
    ever = np.bincount(whose, quiet) > 0
    days_share = quiet.sum() / (ended[asked] - begins).sum()
    print(
        "| living relationships | days said quiet, of 100 | said quiet at least once in the year, of 100 |\n|---|---|---|"
    )
    print(f"| {len(ever):,} | {100 * days_share:.1f} | {100 * ever.mean():.1f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_500)
