"""The gaps between encounters, as the few sums a rhythm needs."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from ampersand.readings.measures.constants import real
from ampersand.readings.measures.states import LN_2

# What lies longer back than this weighs nothing, and some engines raise where a power is too small for a number.
_FAR_DAYS = 6_000


def gap_sums(encounters: ir.Table, *, as_of_day: int) -> ir.Table:
    """What is known of a relationship's gaps until a day, by relationship.

    Columns: relationship_id, gap_count (encounters after the first), span_days (first to last encounter), open_days
    (last encounter to `as_of_day`), log_gap_sum (sum of ln of each gap in weeks), next_day_count (gaps of one day, as which
    whatever is shorter is told too), gap_days_median, last_day, first_day;
    recent_7, recent_30, recent_120 (encounters after the first, each half as much for every so many days it lies back).
    Unit: days of the local calendar, weeks inside the logarithm. Relationships without an encounter are left out.
    Source: `measures.encounters`; readings.md section 1 (x, t_x, T, L).
    """
    until = encounters.filter(encounters.day <= as_of_day)
    ago = ibis.least(ibis.literal(as_of_day, "int64") - until.day, ibis.literal(_FAR_DAYS, "int64")).cast("float64")
    gaps = until.mutate(gap_days=until.gap_days.cast("float64"), ago=ago)
    follows = gaps.gap_days.notnull()
    sums = gaps.group_by("relationship_id").agg(
        gap_count=gaps.gap_days.count(),
        first_day=gaps.day.min(),
        last_day=gaps.day.max(),
        log_gap_sum=(gaps.gap_days * real(1 / 7)).ln().sum().coalesce(real(0)),
        next_day_count=gaps.gap_days.count(where=gaps.gap_days <= 1),
        gap_days_median=gaps.gap_days.median(),
        **{
            f"recent_{half_life}": (gaps.ago * real(-LN_2 / half_life)).exp().sum(where=follows).coalesce(real(0))
            for half_life in (7, 30, 120)
        },
    )
    return sums.mutate(
        span_days=(sums.last_day - sums.first_day).cast("float64"),
        open_days=(ibis.literal(as_of_day, "int64") - sums.last_day).cast("float64"),
    )
