"""What is kept of each relationship's encounters, so that the next one is a matter of a few sums."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from ampersand.readings.measures.constants import real

# Decayed sums with these half-lives in days: of this month and of this season (readings.md section 1).
MONTH_DAYS, SEASON_DAYS = 30, 120
LN_2 = 0.6931471805599453
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
    # A season's weight to the fourth is a month's: one exponential does for both.
    season = _power(_near(encounters.day) - _whole(ANCHOR_DAY))
    log_gap = (encounters.gap_days.cast("float64") * real(1 / 7)).ln()
    known = encounters.select("relationship_id", "day", season=season, log_gap=log_gap)
    sums = known.group_by("relationship_id").agg(
        encounter_count=known.count(),
        first_day=known.day.min(),
        last_day=known.day.max(),
        log_gap_sum=known.log_gap.sum(),
        month_sum=_to_the_fourth(known.season).sum(),
        season_sum=known.season.sum(),
    )
    ended = sums.mutate(until=_power(_whole(ANCHOR_DAY) - _near(sums.last_day)))
    return ended.select(
        "relationship_id",
        "encounter_count",
        "first_day",
        "last_day",
        log_gap_sum=ended.log_gap_sum.coalesce(real(0.0)),
        decayed_30=ended.month_sum * _to_the_fourth(ended.until),
        decayed_120=ended.season_sum * ended.until,
        decayed_day=_near(ended.last_day),
    )


def _near(day: ir.IntegerColumn) -> ir.IntegerColumn:
    return ibis.least(ibis.greatest(day, _whole(ANCHOR_DAY - FAR_DAYS)), _whole(ANCHOR_DAY + FAR_DAYS))


def _power(days: ir.Value) -> ir.Value:
    """2 to the power of so many seasons. By the exponential function, which all engines have in common."""
    return (days.cast("float64") * real(LN_2 / SEASON_DAYS)).exp()


def _to_the_fourth(number: ir.Value) -> ir.Value:
    return number * number * (number * number)


def _whole(value: int) -> ir.Value:
    return ibis.literal(value, "int64")
