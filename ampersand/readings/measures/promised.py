"""What became of promises, each side's apart: *kept*, *gap* and the streams of promise inflation."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from ampersand.readings.measures.constants import real

RULE_VERSION = 1
# Of the promises that fell due within so many days the counts are shown.
PERIOD_DAYS = 365
# So long after its day an open promise of which nothing was said counts as not kept.
GRACE_DAYS = 7
HALF_LIFE_DAYS = 180
QUARTER_MONTHS = 3


def outcomes(promises: ir.Table, *, as_of_day: int) -> ir.Table:
    """What became of each promise until a day.

    Adds `outcome` and `day`. `outcome` is what its receiver called it (`kept`, `partly`, `not_kept`); `unconfirmed` where
    it is said done and its receiver is silent; `late` where its day passed more than seven days ago and nothing was said;
    `open` before that. Silence never makes one kept. Left out: what was released, withdrawn or declined. `day` is when
    it fell due; where no day was agreed, or it was settled before, when it was called or said done; none while it is open
    without a day. Unit: days since 1970. Source: `sources.promises`; readings.md section 0, *kept*, and section 3.
    """
    told = promises.filter(promises.became.isin(["", "kept", "partly", "not_kept"]))
    is_late = told.due_day.notnull() & (told.due_day + GRACE_DAYS < as_of_day)
    outcome = ibis.cases(
        (told.became != "", told.became),
        (told.done_day.notnull(), "unconfirmed"),
        (is_late, "late"),
        else_="open",
    )
    settled = ibis.coalesce(told.became_day, told.done_day)
    # Called before its day it is settled then.
    day = ibis.cases(
        (settled.isnull(), told.due_day),
        (told.due_day.isnull(), settled),
        (settled < told.due_day, settled),
        else_=told.due_day,
    )
    return told.mutate(outcome=outcome, day=day)


def kept_sums(promises: ir.Table, *, as_of_day: int, most: int) -> ir.Table:
    """What *kept* is read from, by relationship and side, until a day.

    Columns: relationship_id, is_ours; of those that fell due within the last 365 days `kept_count`, `partly_count`,
    `not_kept_count` (called so), `late_count`, `unconfirmed_count`, `moved_count` (that both agreed to move), how many were
    called in each voice (`own_count`, `told_by_us_count`, `delivery_count`); of all, faded with a half-life of 180 days,
    `kept_weight`, `not_kept_weight`, `unconfirmed_weight` (a partly kept one is half of each), and of the weights of those
    answered `square_weight`, the sum of their squares, and `weight_spread`, the largest over the least; `late_since_day`
    (the day of the oldest late one), `first_day`, the first of those counted, and the ids of all, however long ago, since
    the weights rest on all: `kept_ids`, `against_ids` (whatever else became of them) and `open_ids`, oldest first, at most
    `most` of each. Unit: counts. Source: `outcomes`; readings.md sections 0 and 3.
    """
    known = _weighed(promises, as_of_day=as_of_day)
    known = known.mutate(
        is_kept=known.outcome == "kept",
        is_open=known.outcome == "open",
        is_called=known.outcome.isin(["kept", "partly", "not_kept"]) & known.is_counted,
    )
    newest = ibis.window(
        group_by=["relationship_id", "is_ours", "is_kept", "is_open"],
        order_by=[ibis.desc("day"), ibis.desc("promise_id")],
    )
    # What is open without a day lies where it was made.
    known = known.mutate(day=known.day.coalesce(known.made_day))
    known = known.mutate(place=ibis.row_number().over(newest))

    def listed(which: ir.BooleanValue) -> ir.ArrayScalar:
        ids: ir.ArrayScalar = known.promise_id.collect(
            where=which & (known.place < most), order_by=[known.day, known.promise_id]
        )
        return ids

    is_against = ~known.is_kept & ~known.is_open
    return known.group_by("relationship_id", "is_ours").agg(
        **_sums(known),
        moved_count=(known.is_counted & (known.moved_count > 0) & (known.outcome != "open")).sum(),
        own_count=(known.is_called & (known.voice == "own")).sum(),
        told_by_us_count=(known.is_called & (known.voice == "told_by_us")).sum(),
        delivery_count=(known.is_called & (known.voice == "delivery")).sum(),
        late_since_day=known.day.min(where=known.outcome == "late"),
        first_day=known.day.min(where=known.is_counted & ~known.is_open),
        kept_ids=listed(known.is_kept),
        against_ids=listed(is_against),
        open_ids=listed(known.is_open),
    )


def kept_by_kind(promises: ir.Table, *, as_of_day: int) -> ir.Table:
    """What *kept* is read from, by relationship, side and kind of promise, until a day.

    Columns: relationship_id, is_ours, kind, and the counts and weights of `kept_sums`. Unit: counts. Minimum: 3 of a kind that
    fell due within the last 365 days. Source: `outcomes`, the kinds of `promises.kinds`; readings.md sections 0 and 3.
    """
    known = _weighed(promises, as_of_day=as_of_day)
    return known.group_by("relationship_id", "is_ours", "kind").agg(**_sums(known))


def _weighed(promises: ir.Table, *, as_of_day: int) -> ir.Table:
    """The outcomes, each with its weight, whether it is of the period that is counted, and whether anybody answered."""
    known = outcomes(promises, as_of_day=as_of_day)
    age = (ibis.literal(as_of_day, "int64") - known.day).cast("float64")
    return known.mutate(
        weight=real(2) ** (-age * real(1 / HALF_LIFE_DAYS)),
        is_counted=known.day > as_of_day - PERIOD_DAYS,
        answered=known.outcome.isin(["kept", "partly", "not_kept", "late"]),
    )


def _sums(known: ir.Table) -> dict[str, ir.Value]:
    """The counts of what fell due, by what became of it, and the weights from which a share is worked out."""
    half = real(0.5)

    def weighed(*outcome: str) -> ir.FloatingScalar:
        return known.weight.sum(where=known.outcome.isin(outcome)).coalesce(real(0))

    def counted(*outcome: str) -> ir.IntegerScalar:
        return (known.outcome.isin(outcome) & known.is_counted).sum()

    return {
        "kept_count": counted("kept"),
        "partly_count": counted("partly"),
        "not_kept_count": counted("not_kept"),
        "late_count": counted("late"),
        "unconfirmed_count": counted("unconfirmed"),
        "kept_weight": weighed("kept") + half * weighed("partly"),
        "not_kept_weight": weighed("not_kept", "late") + half * weighed("partly"),
        "unconfirmed_weight": weighed("unconfirmed"),
        "square_weight": (known.weight * known.weight).sum(where=known.answered).coalesce(real(0)),
        "weight_spread": (known.weight.max(where=known.answered) / known.weight.min(where=known.answered)).coalesce(
            real(1)
        ),
    }


def promised_by_quarter(promises: ir.Table, *, as_of_day: int) -> ir.Table:
    """Promised, said done and called kept, by the quarter in which the promises fell due: the gap over time.

    Columns: relationship_id, is_ours, quarter (years times four plus 0 to 3), due_count, done_count (said done, or called
    kept or partly), kept_count (called kept), not_kept_count (called not kept, or late), unconfirmed_count, and their ids,
    oldest first: unconfirmed_ids, and answered_ids of all the rest. Only what has fallen due until the day. Unit: counts.
    Source: `outcomes`; readings.md section 0, *gap*.
    """
    known = outcomes(promises, as_of_day=as_of_day)
    due = known.filter((known.day <= as_of_day) & (known.outcome != "open"))
    day = ibis.date("1970-01-01") + due.day.as_interval("D")
    quarter = day.year().cast("int64") * 4 + day.quarter().cast("int64") - 1
    due = due.mutate(quarter=quarter)
    is_unconfirmed = due.outcome == "unconfirmed"
    return due.group_by("relationship_id", "is_ours", "quarter").agg(
        due_count=due.count(),
        done_count=(due.done_day.notnull() | due.outcome.isin(["kept", "partly"])).sum(),
        kept_count=(due.outcome == "kept").sum(),
        not_kept_count=due.outcome.isin(["not_kept", "late"]).sum(),
        unconfirmed_count=is_unconfirmed.sum(),
        unconfirmed_ids=due.promise_id.collect(where=is_unconfirmed, order_by=[due.day, due.promise_id]),
        answered_ids=due.promise_id.collect(where=~is_unconfirmed, order_by=[due.day, due.promise_id]),
    )


def made_and_kept_by_week(promises: ir.Table, *, as_of_day: int) -> ir.Table:
    """Promises made and promises called kept, by the week before a day: what promise inflation is read from.

    Columns: relationship_id, is_ours, week (0 is the seven days that end with the day, 1 those before), made_count,
    kept_count. Weeks in which neither happened are left out, and so is what was released, withdrawn or declined.
    Unit: counts a week. Source: `sources.promises`; readings.md sections 2 and 3.
    """
    told = promises.filter(promises.became.isin(["", "kept", "partly", "not_kept"]))
    made = told.filter(told.made_day <= as_of_day).select(
        "relationship_id", "is_ours", week=_week(told.made_day, as_of_day), made=ibis.literal(1), kept=ibis.literal(0)
    )
    kept = told.filter((told.became == "kept") & (told.became_day <= as_of_day)).select(
        "relationship_id", "is_ours", week=_week(told.became_day, as_of_day), made=ibis.literal(0), kept=ibis.literal(1)
    )
    both = ibis.union(made, kept)
    return both.group_by("relationship_id", "is_ours", "week").agg(
        made_count=both.made.sum(), kept_count=both.kept.sum()
    )


def _week(day: ir.IntegerColumn, as_of_day: int) -> ir.IntegerColumn:
    # Whole numbers divided: no engine then rounds another way, and no day lies ahead.
    weeks: ir.IntegerColumn = ((ibis.literal(as_of_day, "int64") - day) // 7).cast("int64")
    return weeks
