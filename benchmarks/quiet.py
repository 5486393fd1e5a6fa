"""How honest the rhythm of a house is, on made relationships: *quiet* said wrongly, and whether the range of *next* holds.

    python -m benchmarks.quiet [COUNT]

*Quiet* is looked at on each day of the last of three years of relationships that never end: on how many days it is said, and
of how many once or more. Of one that ended after its last encounter: after how many of its own usual gaps it is said. Beside
each stands the point of nine in ten gaps, which is the least it may be said beyond.

*Next* is foretold on one day of a house and looked up. The range is in whole and half days, an encounter on a whole one: half
of a day's chance is counted before it (mid-point). By lot within the day (randomised probability integral) is printed beside.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ampersand.readings.rhythm import bank, grid, model, next_gap, state
from ampersand.readings.rhythm.next_gap import Gaps, Prior
from ampersand.readings.rhythm.state import Days

KNOWN, FROM, AHEAD_DAYS, QUIET_GAPS_MIN = 1095, 730, 182, 5
HOUSES = {
    "chance, 2 and 4 ticks a gap": (1.0, 2.0, 4.0), "chance": (1.0,), "regular, 3 ticks": (3.0,),
    "clockwork, 12 ticks": (12.0,), "bursts, half a tick": (0.5,), "all of these": (0.5, 1.0, 3.0, 12.0),
}  # fmt: skip
# Where several encounters of one day are one.
MERGED = {"bursts, by day": (0.5,), "all of these, by day": (0.5, 1.0, 3.0, 12.0)}
Numbers = NDArray[np.float64]


def main(count: int) -> None:
    """Print both tables, of so many relationships a house."""
    print(
        "| living relationships of one year | rule | days said quiet, of 100 | said quiet at least once, of 100"
        " | said of who ended after usual gaps |\n|---|---|---|---|---|"
    )
    for name, ticks in HOUSES.items():
        _quiet(name, _lives(_met(count, ticks)))
    for name, ticks in MERGED.items():
        _quiet(name, _lives(_met(count, ticks, by_day=True)))
    print("\n| house | next held in its range, of 100 | by lot within the day | below, above | in one of 95, by lot |")
    print("|---|---|---|---|---|")
    for name, ticks in HOUSES.items():
        _next(name, _days(_met(count, ticks)))
        if ticks == (1.0,):
            _next(f"{name}, on working days", _days([_on_working_days(days) for days in _met(count, ticks)]))


def _met(count: int, ticks: tuple[float, ...], *, by_day: bool = False) -> list[Numbers]:
    """Days of encounter of each: rates Gamma, a kind of cadence by lot, a gap at least a day; or all of a day as one."""
    chance = np.random.default_rng(3)
    rates, kinds = chance.gamma(0.9, 1 / 12, count) + 1 / 120, chance.choice(ticks, count)
    gaps = (chance.gamma(kind, 1 / (kind * rate), 2_500) for kind, rate in zip(kinds, rates, strict=True))
    if by_day:
        return [np.unique(np.ceil(np.cumsum(of_one))) for of_one in gaps]
    return [np.cumsum(np.maximum(1, np.ceil(of_one))) for of_one in gaps]


def _on_working_days(days: Numbers) -> Numbers:
    return np.unique(np.where(days % 7 >= 5, days + 7 - days % 7, days))


@dataclass(frozen=True)
class _Lives:
    """Each state between two encounters that somebody could look at: whose, its sums, and the days it began and ended."""

    party: NDArray[np.int64]
    gaps: Gaps
    usual: Numbers
    met: Numbers
    until: Numbers


def _lives(met: list[Numbers]) -> _Lives:
    rows = []
    for party, days in enumerate(met):
        gaps = np.diff(days, prepend=0)
        sums, logs, next_day = np.cumsum(gaps / 7), np.cumsum(np.log(gaps / 7)), np.cumsum(gaps <= 1)
        for seen in range(1, int((days < KNOWN).sum()) + 1):
            if days[seen] > FROM or days[seen - 1] == days[days < KNOWN][-1]:
                last, until = days[seen - 1], min(days[seen], KNOWN)
                told = (seen, sums[seen - 1], logs[seen - 1], next_day[seen - 1])
                rows.append((party, *told, np.median(gaps[:seen]), last, until))
    party, count, span, logs, next_day, usual, begun, until = np.array(rows).T
    return _Lives(party.astype(np.int64), Gaps(count, span, logs, next_day), usual, begun, until)


def _quiet(name: str, lives: _Lives) -> None:
    last = np.append(lives.party[1:] != lives.party[:-1], True)
    prior = next_gap.fit(lives.gaps.part(last))
    asked = (lives.gaps.count >= QUIET_GAPS_MIN) & (lives.until > FROM)
    gaps, met, until = lives.gaps.part(asked), lives.met[asked], lives.until[asked]
    begins, whose = np.maximum(met, FROM), np.unique(lives.party[asked], return_inverse=True)[1]
    for rule, beyond in (("nine in ten gaps", _days_beyond(0.9, gaps, prior)), ("as said", _said(gaps, prior))):
        quiet = np.maximum(until - np.maximum(begins, met + beyond), 0)
        ever = np.bincount(whose, quiet) > 0
        after = np.median((beyond / lives.usual[asked])[last[asked]])
        shares = f"{100 * quiet.sum() / (until - begins).sum():.1f} | {100 * ever.mean():.1f}"
        print(f"| {name}, {len(ever):,} | {rule} | {shares} | {after:.1f} |")


def _said(gaps: Gaps, prior: Prior) -> Numbers:
    return _days_beyond(next_gap.quiet_share(gaps, prior), gaps, prior)


def _days_beyond(share: float | Numbers, gaps: Gaps, prior: Prior) -> Numbers:
    """The first whole day of silence beyond the point."""
    told: Numbers = np.floor(next_gap.next_gap_quantile(share, gaps, prior) * 7) + 1
    return told


def _days(met: list[Numbers]) -> Days:
    whose = np.repeat(np.arange(len(met)), [len(days) for days in met])
    return Days(whose, np.concatenate(met).astype(np.int64), len(met))


def _next(name: str, days: Days) -> None:
    learnt = bank.fit(days, as_of_day=KNOWN, horizon=AHEAD_DAYS)
    now, there = state.states(days, as_of_day=KNOWN)
    is_later = days.day > KNOWN
    first = np.full(days.count, np.iinfo(np.int64).max)
    np.minimum.at(first, days.party[is_later], days.day[is_later])
    came = (first[there] - KNOWN).astype(float)
    asked = now.repeats >= QUIET_GAPS_MIN
    told = model.forecast(now, learnt)
    below, above = came < told.next_low, came > told.next_high
    within = model.pooled(now, learnt, grid.tables(learnt.grid, learnt.prior, horizon=AHEAD_DAYS)).next_within
    before, by_then = _chance(within, came - 1), _chance(within, came)
    by_lot = before + np.random.default_rng(4).random(len(came)) * (by_then - before)
    low, _middle, high = learnt.next_shares
    is_within = (by_lot >= low) & (by_lot <= high)
    is_within_95 = (by_lot >= 0.025) & (by_lot <= 0.975)
    shares = [100 * part[asked].mean() for part in (~below & ~above, is_within, below, above, is_within_95)]
    print(
        f"| {name}, {asked.sum():,} | {shares[0]:.1f} | {shares[1]:.1f} | {shares[2]:.1f}, {shares[3]:.1f} | {shares[4]:.1f} |"
    )


def _chance(within: NDArray[np.float32], days: Numbers) -> Numbers:
    """P(next by then), between the days of the table by lines."""
    known = np.concatenate([[0], grid.WITHIN])
    rows = np.concatenate([np.zeros((len(within), 1)), np.maximum.accumulate(within, axis=1)], axis=1)
    return np.array([np.interp(day, known, row) for day, row in zip(days, rows, strict=True)])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_500)
