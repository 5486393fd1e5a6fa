"""What is kept of each relationship's encounters, so that the next one is a matter of a few sums."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from ampersand.readings.measures.constants import real

# Decayed sums with these half-lives in days: lately, and of this season (readings.md sections 1 and 5).
HALF_LIVES = (30, 120)
# Powers are counted from this day (1 January 2026), and days further from it than FAR_DAYS as if they lay there: what is
# seventy years old weighs nothing, and 2 to its power would be no number.
ANCHOR_DAY = 20_454
FAR_DAYS = 27_000


def states(encounters: ir.Table) -> ir.Table:
    """The state of each relationship's encounters: one pass, without a window.

    Columns: relationship_id, encounter_count, first_day, last_day, log_gap_sum (sum of ln of each gap in weeks), and
    decayed_30 and decayed_120: the encounters, each weighing half as much for every 30 or 120 days it lies before
    `decayed_day`. To read them as of a later day, decay them from that day on. Unit: days since 1970.
    Left out: relationships without an encounter. Source: `measures.encounters`; readings.md sections 0, 1 and 9.
    """
    near, gap = _near(encounters.day), encounters.gap_days.cast("float64")
    sums = encounters.group_by("relationship_id").agg(
        encounter_count=encounters.count(),
        first_day=encounters.day.min(),
        last_day=encounters.day.max(),
        log_gap_sum=(gap * real(1 / 7)).ln().sum().coalesce(real(0.0)),
        decayed_day=near.max(),
        **{f"decayed_{days}": _power(near - _whole(ANCHOR_DAY), days).sum() for days in HALF_LIVES},
    )
    return sums.mutate(
        **{
            f"decayed_{days}": sums[f"decayed_{days}"] * _power(_whole(ANCHOR_DAY) - sums.decayed_day, days)
            for days in HALF_LIVES
        }
    )


def _near(day: ir.IntegerColumn) -> ir.IntegerColumn:
    return ibis.least(ibis.greatest(day, _whole(ANCHOR_DAY - FAR_DAYS)), _whole(ANCHOR_DAY + FAR_DAYS))


def _power(days: ir.Value, half_life: int) -> ir.Value:
    """2 to the power of so many half-lives. By the exponential function, which all engines have in common."""
    return (days.cast("float64") * real(0.6931471805599453 / half_life)).exp()


def _whole(value: int) -> ir.Value:
    return ibis.literal(value, "int64")
