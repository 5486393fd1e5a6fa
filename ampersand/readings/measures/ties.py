"""Observed ties: who is in touch with whom, how often and by which way, each way there is."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from ampersand.readings.measures.constants import real
from ampersand.readings.measures.states import LN_2

# Half-lives in days: of what is now, and of what stands (readings.md section 5). The one goes six times into the other.
NOW_DAYS, STANDING_DAYS = 30, 180
# What a day of contact weighs by its way. Defaults, to be learnt (readings.md section 5).
WEIGHTS = {"meeting": 3.0, "call": 2.0, "message": 1.0, "copy": 0.25}
# What lies further back than that weighs nothing, and 2 to its power would be no number.
FAR_DAYS = 27_000


def observed_ties(in_touch: ir.Table, *, as_of_day: int) -> ir.Table:
    """The observed tie of each relationship's party with each other: a row for each two that were in touch.

    Strength is the sum, over ways, of the way's weight times its distinct days, each weighing half as much for every 30 days
    it lies before `as_of_day` (`now`) or every 180 (`standing`): of either direction together, and of each by itself.
    A reciprocal tie has two like strengths; they are never multiplied, which foretells worse who meets again
    (readings.md section 5).

    Columns: relationship_id, other_id, now, standing, out_now and out_standing (the party reaching the other), in_now,
    in_standing, day_count (distinct days of contact, being in copy left out), meeting_days, call_days, message_days, copy_days
    (distinct days by way, either direction), first_day, last_day. Unit: days since 1970; strengths are weighed days.
    Left out: what lies after `as_of_day`. Source: `sources.in_touch`; readings.md section 5.
    """
    until = in_touch.filter(in_touch.day <= ibis.literal(as_of_day, "int64"))
    days = until.group_by("relationship_id", "other_id", "day", "way").agg(
        is_out=until.is_outward.any(), is_in=until.is_inward.any()
    )
    weight = ibis.cases(*((days.way == way, real(weighs)) for way, weighs in WEIGHTS.items()), else_=real(0.0))
    gone = ibis.greatest(days.day - ibis.literal(as_of_day, "int64"), ibis.literal(-FAR_DAYS, "int64"))
    standing = (gone.cast("float64") * real(LN_2 / STANDING_DAYS)).exp()
    squared = standing * standing
    weighed = days.mutate(standing=weight * standing, now=weight * (squared * squared * squared))
    is_contact = weighed.way != "copy"
    return weighed.group_by("relationship_id", "other_id").agg(
        now=weighed.now.sum(),
        standing=weighed.standing.sum(),
        out_now=(weighed.now * weighed.is_out.ifelse(real(1.0), real(0.0))).sum(),
        out_standing=(weighed.standing * weighed.is_out.ifelse(real(1.0), real(0.0))).sum(),
        in_now=(weighed.now * weighed.is_in.ifelse(real(1.0), real(0.0))).sum(),
        in_standing=(weighed.standing * weighed.is_in.ifelse(real(1.0), real(0.0))).sum(),
        day_count=weighed.day.nunique(where=is_contact),
        meeting_days=weighed.count(where=weighed.way == "meeting"),
        call_days=weighed.count(where=weighed.way == "call"),
        message_days=weighed.count(where=weighed.way == "message"),
        copy_days=weighed.count(where=weighed.way == "copy"),
        first_day=weighed.day.min(),
        last_day=weighed.day.max(),
    )
