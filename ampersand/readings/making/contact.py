"""Whose move it is, what is quiet, and when the next contact is to be expected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ampersand.readings.columns import Columns, Floats
from ampersand.readings.making.whole import Made
from ampersand.readings.measures.whose_move import RULE_VERSION as WHOSE_MOVE_VERSION
from ampersand.readings.models import Measure
from ampersand.readings.rhythm import model, next_gap, state

QUIET_VERSION, NEXT_VERSION = 3, 2
# Fewer gaps than this say nothing about how long is long (readings.md section 0).
QUIET_GAPS_MIN = 5
# The range of the next gap that is shown beside it.
_RANGE = (0.1, 0.9)
# So far ahead encounters are expected: half a year, as the strips show.
AHEAD_DAYS = 182
# Days and numbers ahead are told to a tenth. What is beyond hangs on how many are read together, and says nothing.
_DIGITS = 1


def whose_moves(approaches: Columns) -> Made:
    return Made(
        measure=Measure.WHOSE_MOVE,
        relationship_ids=approaches["relationship_id"],
        rule_version=WHOSE_MOVE_VERSION,
        says=approaches["says"],
        count=approaches["approach_count"],
        since=approaches["since_day"],
        evidence=approaches["moment_id"],
    )


@dataclass(frozen=True, slots=True)
class Met:
    """What was measured of encounters: `gap_sums`, and the latest of what they are made of."""

    sums: Columns
    latest: Columns


def of_rhythm(met: Met, *, gaps: next_gap.Prior, ahead: model.Model) -> Iterator[Made]:
    """Quiet and when next, each relationship against its own rhythm."""
    if not len(met.sums):
        return
    latest = dict(zip(met.latest["relationship_id"], met.latest["moment_ids"], strict=True))
    evidence = [latest.get(relationship_id, "") for relationship_id in met.sums["relationship_id"]]
    known = gaps_of(met.sums)
    low, high, beyond = (
        7 * next_gap.next_gap_quantile(share, known, gaps) for share in (*_RANGE, next_gap.quiet_share(known, gaps))
    )
    is_early = known.count < QUIET_GAPS_MIN
    is_quiet = ~is_early & (met.sums.numbers("open_days") > beyond)
    says = np.select([is_early, is_quiet], ["too_early", "quiet"], "in_rhythm").tolist()
    yield _quiet(met.sums, evidence, says=says, points=(low, high, beyond))
    # Of what is quiet nothing is expected: the range of its rhythm is behind it.
    yield _too_early(*_those(met.sums, evidence, is_early))
    yield _expected(*_those(met.sums, evidence, ~is_early & ~is_quiet), ahead=ahead)


def _those(sums: Columns, evidence: list[str], wanted: NDArray[np.bool_]) -> tuple[Columns, list[str]]:
    return sums.those(wanted), [ids for ids, is_wanted in zip(evidence, wanted, strict=True) if is_wanted]


def _quiet(sums: Columns, evidence: list[str], *, says: list[str], points: tuple[Floats, Floats, Floats]) -> Made:
    """The open gap in days beside the range of the next gap (10 to 90 of 100) of its own rhythm.

    Told: `beyond`, the days after which it is called quiet.
    """
    low, high, beyond = points
    return Made(
        measure=Measure.QUIET,
        relationship_ids=sums["relationship_id"],
        rule_version=QUIET_VERSION,
        says=says,
        value=sums["open_days"],
        low=low.tolist(),
        high=high.tolist(),
        usual=sums["gap_days_median"],
        unit="days",
        count=sums["gap_count"],
        since=sums["last_day"],
        told=[{"beyond": days} for days in beyond.tolist()],
        evidence=evidence,
    )


def _too_early(sums: Columns, evidence: list[str]) -> Made:
    return _next(sums, evidence, says=["too_early"] * len(sums))


def _expected(sums: Columns, evidence: list[str], *, ahead: model.Model) -> Made:
    """When the next encounter is to be expected, as the lab foretells it.

    `value` is the middle in days from now, `low` to `high` the range in which it lies eight times in ten, given the days that
    have passed. Told: how many encounters are to be expected within `days` from now, and the range in which they lie nine
    times in ten (`expected`, `low`, `high`).
    """
    foretold = model.forecast(states_of(sums), ahead, size=np.float64)
    low, middle, high, expected, fewest, most = (
        told.round(_DIGITS).tolist()
        for told in (
            foretold.next_low, foretold.next_median, foretold.next_high, foretold.expected, foretold.low, foretold.high
        )
    )  # fmt: skip
    told = [
        {"days": ahead.horizon, "expected": number, "low": least, "high": largest}
        for number, least, largest in zip(expected, fewest, most, strict=True)
    ]
    return _next(sums, evidence, says=["expected"] * len(sums), value=middle, low=low, high=high, told=told)


def _next(sums: Columns, evidence: list[str], **columns: Any) -> Made:
    return Made(
        measure=Measure.NEXT,
        relationship_ids=sums["relationship_id"],
        rule_version=NEXT_VERSION,
        unit="days",
        count=sums["gap_count"],
        since=sums["last_day"],
        evidence=evidence,
        **columns,
    )


def gaps_of(sums: Columns) -> next_gap.Gaps:
    return next_gap.Gaps(
        count=sums.numbers("gap_count"),
        span_weeks=sums.numbers("span_days") / 7,
        log_gap_sum=sums.numbers("log_gap_sum"),
        next_day_count=sums.numbers("next_day_count"),
    )


def states_of(sums: Columns) -> state.States:
    """The same as the lab keeps it: days, not weeks, with how often of late."""
    count, span = sums.numbers("gap_count"), sums.numbers("span_days")
    return state.States(
        repeats=count,
        span=span,
        known=span + sums.numbers("open_days"),
        log_gap_sum=sums.numbers("log_gap_sum") + count * np.log(7),
        recent=np.stack([sums.numbers(f"recent_{days:.0f}") for days in state.HALF_LIVES], axis=1),
    )
