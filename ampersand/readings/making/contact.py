"""Whose move it is, what is quiet, and when the next contact is to be expected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ampersand.readings.engines import Row
from ampersand.readings.making.whole import Making, day_of
from ampersand.readings.measures.whose_move import RULE_VERSION as WHOSE_MOVE_VERSION
from ampersand.readings.models import Measure, Reading
from ampersand.readings.rhythm import next_gap

QUIET_VERSION = 1
# Fewer gaps than this say nothing about how long is long (readings.md section 0).
QUIET_GAPS_MIN = 5
# Beyond this share of its own next gaps a relationship is called quiet.
QUIET_SHARE = 0.9
# So far ahead encounters are expected: half a year, as the strips show.
AHEAD_DAYS = 182


def whose_moves(rows: Sequence[Row], making: Making) -> Iterator[Reading]:
    for row in rows:
        yield making.reading(
            row,
            Measure.WHOSE_MOVE,
            rule_version=WHOSE_MOVE_VERSION,
            says=row["says"],
            count=row["approach_count"],
            since_on=day_of(row["since_day"]),
            evidence=[row["moment_id"]] if row["moment_id"] else [],
        )


def quiet(rows: Sequence[Row], met: Sequence[Row], making: Making, *, prior: next_gap.Prior) -> Iterator[Reading]:
    """Quiet, by relationship: the open gap in days beside the range of the next gap (10 to 90 of 100) of its own rhythm."""
    if not rows:
        return
    gaps = gaps_of(rows)
    low, high = (
        next_gap.next_gap_quantile(0.1, gaps, prior) * 7,
        next_gap.next_gap_quantile(QUIET_SHARE, gaps, prior) * 7,
    )
    evidence = {row["relationship_id"]: row["moment_ids"] for row in met}
    for row, low_days, high_days in zip(rows, low, high, strict=True):
        says = "too_early"
        if row["gap_count"] >= QUIET_GAPS_MIN:
            says = "quiet" if row["open_days"] > high_days else "in_rhythm"
        yield making.reading(
            row,
            Measure.QUIET,
            rule_version=QUIET_VERSION,
            says=says,
            value=row["open_days"],
            low=float(low_days),
            high=float(high_days),
            usual=row["gap_days_median"],
            unit="days",
            count=row["gap_count"],
            since_on=day_of(row["last_day"]),
            evidence=evidence.get(row["relationship_id"], []),
        )


def when_next(rows: Sequence[Row], met: Sequence[Row], making: Making, *, prior: next_gap.Prior) -> Iterator[Reading]:
    """When the next encounter is to be expected, of relationships that are in rhythm or of which it is too early to say.

    `value` is the middle in days from now, `low` to `high` the range in which it lies eight times in ten, given the days that
    have passed. Of what is quiet nothing is expected: the range of its rhythm is behind it.
    """
    if not rows:
        return
    gaps = gaps_of(rows)
    open_weeks = np.array([row["open_days"] for row in rows], dtype=float) / 7
    low, middle, high = (
        next_gap.still_to_wait_quantile(share, open_weeks, gaps, prior) * 7 for share in (0.1, 0.5, QUIET_SHARE)
    )
    is_quiet = next_gap.next_gap_cdf(open_weeks, gaps, prior) > QUIET_SHARE
    evidence = {row["relationship_id"]: row["moment_ids"] for row in met}
    for number, row in enumerate(rows):
        is_early = row["gap_count"] < QUIET_GAPS_MIN
        if is_early or not is_quiet[number]:
            yield making.reading(
                row,
                Measure.NEXT,
                rule_version=QUIET_VERSION,
                says="too_early" if is_early else "expected",
                value=None if is_early else float(middle[number]),
                low=None if is_early else float(low[number]),
                high=None if is_early else float(high[number]),
                unit="days",
                count=row["gap_count"],
                since_on=day_of(row["last_day"]),
                evidence=evidence.get(row["relationship_id"], []),
            )


def gaps_of(rows: Sequence[Row]) -> next_gap.Gaps:
    return next_gap.Gaps(
        count=np.array([row["gap_count"] for row in rows], dtype=float),
        span_weeks=np.array([row["span_days"] for row in rows], dtype=float) / 7,
        log_gap_sum=np.array([row["log_gap_sum"] for row in rows], dtype=float),
    )
