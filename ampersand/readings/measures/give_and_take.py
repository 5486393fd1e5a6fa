"""Give and take: what either side gave for the other, in two columns that are never netted."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

RULE_VERSION = 2
PERIOD_DAYS = 3 * 365


def give_and_take(concessions: ir.Table, *, as_of_day: int, most: int) -> ir.Table:
    """What each side gave within three years until a day, by relationship. A gift asks for nothing and is counted apart.

    Columns: relationship_id, ours_count, theirs_count, ours_gift_count, theirs_gift_count (all without netting),
    ours_open_day and theirs_open_day (of the oldest that is no gift, was no answer, and has none), ours_ids and theirs_ids
    (the latest, oldest first, at most `most` of each side), first_day. Unit: counts, days since 1970. Minimum: 2 that are no
    gifts. What answers one counts where it is itself among the rows that are asked of. Source: `sources.concessions`;
    readings.md section 4, without the share, which would net them.
    """
    since = concessions.filter((concessions.day <= as_of_day) & (concessions.day > as_of_day - PERIOD_DAYS))
    newest = ibis.window(
        group_by=["relationship_id", "is_ours"], order_by=[ibis.desc("day"), ibis.desc("concession_id")]
    )
    answered = since.filter(since.in_return_for != "").select("relationship_id", answered_id="in_return_for").distinct()
    given = since.mutate(place=ibis.row_number().over(newest)).left_join(
        answered,
        [since.relationship_id == answered.relationship_id, since.concession_id == answered.answered_id],
        rname="{name}_answered",
    )
    is_open = ~given.is_gift & (given.in_return_for == "") & given.answered_id.isnull()
    order = [given.day, given.concession_id]
    return given.group_by("relationship_id").agg(
        ours_count=(given.is_ours & ~given.is_gift).sum(),
        theirs_count=(~given.is_ours & ~given.is_gift).sum(),
        ours_gift_count=(given.is_ours & given.is_gift).sum(),
        theirs_gift_count=(~given.is_ours & given.is_gift).sum(),
        ours_open_day=given.day.min(where=is_open & given.is_ours),
        theirs_open_day=given.day.min(where=is_open & ~given.is_ours),
        ours_ids=given.concession_id.collect(where=given.is_ours & (given.place < most), order_by=order),
        theirs_ids=given.concession_id.collect(where=~given.is_ours & (given.place < most), order_by=order),
        first_day=given.day.min(),
    )
