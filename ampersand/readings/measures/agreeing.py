"""Agree and differ: two accounts of one relationship, side by side."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

RULE_VERSION = 1


def agreeing(pulses: ir.Table, *, as_of_day: int) -> ir.Table:
    """Where the two sides agree and differ in the last pulse that was opened, by relationship.

    Columns: relationship_id, pulse_id, day (of the opening), agree_count (questions for which both chose the same plain
    word), differ_count (another), heard_count (both said something, not both a word), unheard_count (a side said nothing),
    pulse_count (opened until then) and pulse_ids (oldest first), ours and theirs (the word for the first question, or
    empty). What one side alone said is never agreement; what was asked of one meeting is read as *right way*. Unit:
    questions. Minimum: 1 opened pulse. Source: `sources.pulses`; concepts, *agree and differ*.
    """
    until = pulses.filter((pulses.day <= as_of_day) & (pulses.mode == ""))
    latest_first = ibis.window(group_by="relationship_id", order_by=[ibis.desc("day"), ibis.desc("pulse_id")])
    told = until.mutate(place=ibis.dense_rank().over(latest_first))
    is_last = told.place == 0
    both_chose = is_last & (told.ours != "") & (told.theirs != "")
    both_heard = is_last & told.is_heard_ours & told.is_heard_theirs
    first = is_last & (told.question == 1)
    return told.group_by("relationship_id").agg(
        pulse_id=told.pulse_id.max(where=is_last),
        day=told.day.max(where=is_last),
        agree_count=(both_chose & (told.ours == told.theirs)).sum(),
        differ_count=(both_chose & (told.ours != told.theirs)).sum(),
        heard_count=(both_heard & ~both_chose).sum(),
        unheard_count=(is_last & ~(told.is_heard_ours & told.is_heard_theirs)).sum(),
        pulse_count=told.pulse_id.nunique(),
        pulse_ids=told.pulse_id.collect(where=told.question == 1, order_by=[told.day, told.pulse_id]),
        ours=told.ours.max(where=first).coalesce(""),
        theirs=told.theirs.max(where=first).coalesce(""),
    )
