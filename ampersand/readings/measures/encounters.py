"""Encounters: the clock that rhythm is read by."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from ampersand.readings.what_counts import ANSWER_DAYS, WRITTEN


def two_way(contacts: ir.Table) -> ir.Table:
    """The contacts in which both sides took part.

    A visit, call, video or gathering always is one. A mail, message or letter is one when what came just before it or
    just after it, within 14 days, was the other side's or a meeting: a letter that nobody answered is no contact.
    Source: `sources.contacts`.
    """
    order = ibis.window(group_by="relationship_id", order_by=["at", "moment_id"])
    near = contacts.mutate(
        before_began=contacts.began.lag().over(order),
        before_day=contacts.day.lag().over(order),
        after_began=contacts.began.lead().over(order),
        after_day=contacts.day.lead().over(order),
    )
    answers = (
        near.before_began.notnull() & (near.before_began != near.began) & (near.day - near.before_day <= ANSWER_DAYS)
    )
    answered = (
        near.after_began.notnull() & (near.after_began != near.began) & (near.after_day - near.day <= ANSWER_DAYS)
    )
    return near.filter(near.mode.notin(WRITTEN) | (near.began == "") | answers | answered)


def encounters(contacts: ir.Table) -> ir.Table:
    """Encounters: a row for each local calendar day with contact, with one moment of that day as its evidence.

    Merging everything of a day brings the spread of gaps near that of a steady rhythm; without it, mail is bursty
    (readings.md, conventions). Columns: relationship_id, day, moment_id, gap_days (since the encounter before; none for the
    first).
    """
    both = two_way(contacts)
    days = both.group_by("relationship_id", "day").agg(moment_id=both.moment_id.min())
    order = ibis.window(group_by="relationship_id", order_by="day")
    return days.mutate(gap_days=days.day - days.day.lag().over(order))


def latest_encounters(encounters: ir.Table, *, as_of_day: int, most: int) -> ir.Table:
    """The moments of the latest encounters until a day, at most so many a relationship: what a reading of them rests on.

    Columns: relationship_id, moment_ids and days (oldest first). Relationships without an encounter are left out. Unit: none.
    Source: `encounters`.
    """
    until = encounters.filter(lambda rows: rows.day <= as_of_day)
    newest_first = ibis.window(group_by="relationship_id", order_by=ibis.desc("day"))
    latest = until.mutate(place=ibis.row_number().over(newest_first)).filter(lambda rows: rows.place < most)
    return latest.group_by("relationship_id").agg(
        moment_ids=latest.moment_id.collect(order_by=latest.day), days=latest.day.collect(order_by=latest.day)
    )


def days_of_some(encounters: ir.Table, *, as_of_day: int, most: int) -> ir.Table:
    """All days of encounter until a day, of at most so many relationships: what the house's own rhythms are learnt from.

    Which ones says the end of their name, which is by chance, so that they are the same whenever one asks. Columns:
    relationship_id, days (oldest first). Unit: days since 1970. Source: `encounters`.
    """
    until = encounters.filter(lambda rows: rows.day <= as_of_day)
    known = until.select("relationship_id").distinct()
    chosen = known.order_by(known.relationship_id.right(12), known.relationship_id).limit(most)
    some = until.semi_join(chosen, "relationship_id")
    return some.group_by("relationship_id").agg(days=some.day.collect(order_by=some.day))
