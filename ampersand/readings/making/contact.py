"""Whose move it is, what is quiet, and when the next contact is to be expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ampersand.readings.engines import Row
from ampersand.readings.making.whole import Making, day_of
from ampersand.readings.measures.whose_move import RULE_VERSION as WHOSE_MOVE_VERSION
from ampersand.readings.models import Measure, Reading
from ampersand.readings.rhythm import model, next_gap, state

QUIET_VERSION, NEXT_VERSION = 2, 2
# Fewer gaps than this say nothing about how long is long (readings.md section 0).
QUIET_GAPS_MIN = 5
# The range of the next gap that is shown beside it.
_RANGE = (0.1, 0.9)
# So far ahead encounters are expected: half a year, as the strips show.
AHEAD_DAYS = 182
# Days and numbers ahead are told to a tenth. What is beyond hangs on how many are read together, and says nothing.
_DIGITS = 1

Floats = NDArray[np.float64]
Evidence = Mapping[str, Sequence[str]]


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


@dataclass(frozen=True, slots=True)
class Met:
    """What was measured of encounters: `gap_sums`, and the latest of what they are made of."""

    sums: Sequence[Row]
    latest: Sequence[Row]


def of_rhythm(met: Met, making: Making, *, gaps: next_gap.Prior, ahead: model.Model) -> Iterator[Reading]:
    """Quiet and when next, each relationship against its own rhythm."""
    if not met.sums:
        return
    evidence = {row["relationship_id"]: row["moment_ids"] for row in met.latest}
    known = gaps_of(met.sums)
    low, high, beyond = (
        7 * next_gap.next_gap_quantile(share, known, gaps) for share in (*_RANGE, next_gap.quiet_share(known, gaps))
    )
    is_early = known.count < QUIET_GAPS_MIN
    is_quiet = ~is_early & (_column(met.sums, "open_days") > beyond)
    says = np.select([is_early, is_quiet], ["too_early", "quiet"], "in_rhythm").tolist()
    yield from _quiet(met.sums, making, evidence, says=says, points=(low, high, beyond))
    by_word: dict[str, list[Row]] = {"too_early": [], "quiet": [], "in_rhythm": []}
    for row, word in zip(met.sums, says, strict=True):
        by_word[word].append(row)
    # Of what is quiet nothing is expected: the range of its rhythm is behind it.
    yield from _too_early(by_word["too_early"], making, evidence)
    yield from _expected(by_word["in_rhythm"], making, evidence, ahead=ahead)


def _quiet(
    rows: Sequence[Row], making: Making, evidence: Evidence, *, says: Sequence[str], points: tuple[Floats, ...]
) -> Iterator[Reading]:
    """The open gap in days beside the range of the next gap (10 to 90 of 100) of its own rhythm.

    Told: `beyond`, the days after which it is called quiet.
    """
    for row, word, low, high, beyond in zip(rows, says, *(point.tolist() for point in points), strict=True):
        yield making.reading(
            row,
            Measure.QUIET,
            rule_version=QUIET_VERSION,
            says=word,
            value=row["open_days"],
            low=low,
            high=high,
            usual=row["gap_days_median"],
            unit="days",
            count=row["gap_count"],
            since_on=day_of(row["last_day"]),
            told={"beyond": beyond},
            evidence=evidence.get(row["relationship_id"], []),
        )


def _too_early(rows: Sequence[Row], making: Making, evidence: Evidence) -> Iterator[Reading]:
    for row in rows:
        yield _next(row, making, evidence, says="too_early")


def _expected(rows: Sequence[Row], making: Making, evidence: Evidence, *, ahead: model.Model) -> Iterator[Reading]:
    """When the next encounter is to be expected, as the lab foretells it.

    `value` is the middle in days from now, `low` to `high` the range in which it lies eight times in ten, given the days that
    have passed. Told: how many encounters are to be expected within `days` from now, and the range in which they lie nine
    times in ten (`expected`, `low`, `high`).
    """
    foretold = model.forecast(states_of(rows), ahead, size=np.float64)
    points = (foretold.next_low, foretold.next_median, foretold.next_high)
    counts = (foretold.expected, foretold.low, foretold.high)
    each = zip(*(point.round(_DIGITS).tolist() for point in (*points, *counts)), strict=True)
    for row, (low, middle, high, number, fewest, most) in zip(rows, each, strict=True):
        told = {"days": ahead.horizon, "expected": number, "low": fewest, "high": most}
        yield _next(row, making, evidence, says="expected", value=middle, low=low, high=high, told=told)


def _next(row: Row, making: Making, evidence: Evidence, **fields: Any) -> Reading:
    return making.reading(
        row,
        Measure.NEXT,
        rule_version=NEXT_VERSION,
        unit="days",
        count=row["gap_count"],
        since_on=day_of(row["last_day"]),
        evidence=evidence.get(row["relationship_id"], []),
        **fields,
    )


def gaps_of(rows: Sequence[Row]) -> next_gap.Gaps:
    return next_gap.Gaps(
        count=_column(rows, "gap_count"),
        span_weeks=_column(rows, "span_days") / 7,
        log_gap_sum=_column(rows, "log_gap_sum"),
    )


def states_of(rows: Sequence[Row]) -> state.States:
    """The same as the lab keeps it: days, not weeks, with how often of late."""
    count, span = _column(rows, "gap_count"), _column(rows, "span_days")
    return state.States(
        repeats=count,
        span=span,
        known=span + _column(rows, "open_days"),
        log_gap_sum=_column(rows, "log_gap_sum") + count * np.log(7),
        recent=np.stack([_column(rows, f"recent_{days:.0f}") for days in state.HALF_LIVES], axis=1),
    )


def _column(rows: Sequence[Row], name: str) -> Floats:
    return np.array([row[name] for row in rows], dtype=float)
