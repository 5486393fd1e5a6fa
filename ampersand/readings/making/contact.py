"""Whose move it is, and what is quiet."""

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


def gaps_of(rows: Sequence[Row]) -> next_gap.Gaps:
    return next_gap.Gaps(
        count=np.array([row["gap_count"] for row in rows], dtype=float),
        span_weeks=np.array([row["span_days"] for row in rows], dtype=float) / 7,
        log_gap_sum=np.array([row["log_gap_sum"] for row in rows], dtype=float),
    )
