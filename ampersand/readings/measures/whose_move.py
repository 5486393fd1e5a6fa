"""Whose move it is."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

RULE_VERSION = 2


def whose_move(contacts: ir.Table) -> ir.Table:
    """The last approach that asks for an answer and has none, by relationship.

    An answer in any mode counts: whatever the other side did later, and whatever both did. What somebody else on a list
    answered was an approach and waits for nobody. What asks for no answer (automatic mail, thanks, newsletters, being in
    copy) is no approach; that is told where the moment is written.
    Columns: relationship_id, approach_count, says (`our_move`, `their_move`, `nobodys_move`), since_day (of the approach
    that waits), moment_id (that approach; where nobody waits, the last one, which was answered). Minimum: 1 approach;
    relationships without one are left out. Unit: none. Source: `sources.contacts`, and readings.md section 0.
    """
    approach = contacts.asks_answer & (contacts.began != "")
    waits = approach & ~contacts.is_settled
    last = (
        contacts.group_by("relationship_id")
        .agg(
            approach_count=approach.sum(),
            asked_at=contacts["at"].max(where=approach),
            us_asked_at=contacts["at"].max(where=waits & (contacts.began == "us")),
            them_asked_at=contacts["at"].max(where=waits & (contacts.began == "them")),
            us_moved_at=contacts["at"].max(where=contacts.began != "them"),
            them_moved_at=contacts["at"].max(where=contacts.began != "us"),
        )
        .filter(lambda rows: rows.approach_count >= 1)
    )
    never = ibis.literal(-(2**62), "int64")
    # Asked twice without an answer, it has been their move since the first time: only the last is looked at here, since
    # a second approach replaces the first as what is waited for.
    we_owe = ibis.coalesce(last.them_asked_at, never) > ibis.coalesce(last.us_moved_at, never)
    they_owe = ibis.coalesce(last.us_asked_at, never) > ibis.coalesce(last.them_moved_at, never)
    says = ibis.cases((we_owe, "our_move"), (they_owe, "their_move"), else_="nobodys_move")
    # Where nobody waits, that rests on the last approach too: it was answered.
    waited = last.mutate(
        says=says,
        asked_at=ibis.cases((we_owe, last.them_asked_at), (they_owe, last.us_asked_at), else_=last.asked_at),
    )
    waited = waited.select("relationship_id", "approach_count", "says", "asked_at")
    asked = contacts.filter(approach)
    joined = waited.join(
        asked, (waited.relationship_id == asked.relationship_id) & (waited.asked_at == asked["at"]), how="left"
    )
    return joined.group_by("relationship_id", "approach_count", "says").agg(
        since_day=joined.day.max(where=joined.says != "nobodys_move"), moment_id=joined.moment_id.max()
    )
