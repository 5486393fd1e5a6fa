"""Right way: of the meetings of one way, how many both sides found worth their time."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

RULE_VERSION = 2


def right_way(pulses: ir.Table, *, as_of_day: int, most: int) -> ir.Table:
    """Meetings of which both sides said whether they were worth their time, by relationship and mode.

    Columns: relationship_id, mode, count (both said it), worth_count (both said that it was), worth_ids and against_ids (the
    latest pulses of those that both found worth it and of the others, oldest first, at most `most` of each), first_day (of
    the first opening). A meeting of which several people of an organisation were asked is one, worth it where it was to all
    who said it. What one side alone said is not counted, nor is an answer in words alone. Unit: meetings. Minimum: 5
    of a mode. Source: `sources.pulses`; concepts, *right way*.
    """
    asked = pulses.filter((pulses.day <= as_of_day) & (pulses.mode != "") & (pulses.question == 1))
    said = asked.filter((asked.worth_ours != "") & (asked.worth_theirs != ""))
    said = said.mutate(is_worth=(said.worth_ours == "worth") & (said.worth_theirs == "worth"))
    of_one = ibis.window(group_by=["relationship_id", "meeting"])
    said = said.mutate(is_worth=said.is_worth.all().over(of_one))
    newest = ibis.window(
        group_by=["relationship_id", "mode", "is_worth"], order_by=[ibis.desc("day"), ibis.desc("pulse_id")]
    )
    said = said.mutate(place=ibis.row_number().over(newest))
    order = [said.day, said.pulse_id]
    return said.group_by("relationship_id", "mode").agg(
        count=said.meeting.nunique(),
        worth_count=said.meeting.nunique(where=said.is_worth),
        worth_ids=said.pulse_id.collect(where=said.is_worth & (said.place < most), order_by=order),
        against_ids=said.pulse_id.collect(where=~said.is_worth & (said.place < most), order_by=order),
        first_day=said.day.min(),
    )
