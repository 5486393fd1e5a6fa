"""The two streams of a relationship, week by week: trade, and what passed between people."""

from __future__ import annotations

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

from ampersand.readings.measures.constants import real
from ampersand.readings.measures.encounters import two_way
from ampersand.readings.what_counts import PURCHASES, WEEKS_MAX

RULE_VERSION = 2
# An encounter weighs one when they began or answered, half when only we did; so does what was given.
_HALF = 0.5


def trade_and_talk_by_week(
    contacts: ir.Table, promises: ir.Table, concessions: ir.Table, trade: ir.Table, *, as_of_day: int, currency: str
) -> ir.Table:
    """Trade and relationship by the week before a day, of relationships that have both.

    Columns: relationship_id, week (0 is the seven days that end with the day), trade_count (days with a purchase),
    trade_amount (in `currency`), talk_weight (encounters: 1 when they began or answered that day or both met, 0.5 when only
    we did; promises called kept: 1; concessions that are firm: 0.5), talk_square (the sum of the squares of these weights).
    Weeks with nothing are left out, and so is what lies more than 260 weeks back. Order, delivery, invoice and payment tell
    of the same purchase: days are counted of the kind that a relationship has on the most days, and amounts summed of the
    first kind that tells any in it (invoice, order, payment, delivery, renewal); returns and cancellations are not counted.
    Unit: days and weights a week, money. Source: `sources`; readings.md sections 0 (*two momenta*) and 2.
    """
    bought, valued = _bought(trade, as_of_day), _valued(trade.filter(trade.currency == currency), as_of_day)
    days = bought.select("relationship_id", "day").distinct()
    amounts = valued.select("relationship_id", "day", "amount")
    talked = ibis.union(_met(contacts), _kept(promises), _given(concessions)).filter(_looked_at(as_of_day))
    zero, one, none = real(0), ibis.literal("1").cast("int64"), ibis.literal("0").cast("int64")
    events = ibis.union(
        days.select("relationship_id", "day", trade_count=one, trade_amount=zero, talk_weight=zero),
        amounts.select("relationship_id", "day", trade_count=none, trade_amount=amounts.amount, talk_weight=zero),
        talked.select("relationship_id", "day", trade_count=none, trade_amount=zero, talk_weight=talked.weight),
    )
    # Purchases alone say nothing of the relationship, and talk alone nothing of trade.
    events = events.semi_join(bought, "relationship_id").semi_join(talked, "relationship_id")
    week = ((ibis.literal(as_of_day, "int64") - events.day) // 7).cast("int64")
    events = events.mutate(week=week)
    return events.group_by("relationship_id", "week").agg(
        trade_count=events.trade_count.sum(),
        trade_amount=events.trade_amount.sum(),
        talk_weight=events.talk_weight.sum(),
        talk_square=(events.talk_weight * events.talk_weight).sum(),
    )


def latest_trade(trade: ir.Table, *, as_of_day: int, most: int) -> ir.Table:
    """The latest purchases within 260 weeks until a day, at most so many a relationship: what *in tune* shows of its trade.

    Columns: relationship_id, transaction_ids and days (oldest first). Of the kinds only the one that is counted.
    Unit: days since 1970. Source: `sources.trade`.
    """
    until = _bought(trade, as_of_day)
    newest = ibis.window(group_by="relationship_id", order_by=[ibis.desc("day"), ibis.desc("transaction_id")])
    latest = until.mutate(number=ibis.row_number().over(newest)).filter(lambda rows: rows.number < most)
    order = [latest.day, latest.transaction_id]
    return latest.group_by("relationship_id").agg(
        transaction_ids=latest.transaction_id.collect(order_by=order), days=latest.day.collect(order_by=order)
    )


def _looked_at(as_of_day: int) -> Callable[[ir.Table], ir.BooleanValue]:
    """Whether a row lies in the weeks before a day at which anything is looked at."""
    return lambda rows: (rows.day <= as_of_day) & (rows.day > as_of_day - 7 * WEEKS_MAX)


def _bought(trade: ir.Table, as_of_day: int) -> ir.Table:
    """The purchases that are counted: of the kind that stands on the most days, the first of those where several do."""
    ranked = _ranked(trade, as_of_day)
    of_kind = ranked.group_by("relationship_id", "place").agg(day_count=ranked.day.nunique())
    most_first = ibis.window(group_by="relationship_id", order_by=[ibis.desc("day_count"), "place"])
    counted = of_kind.mutate(number=ibis.row_number().over(most_first)).filter(lambda rows: rows.number == 0)
    return ranked.semi_join(counted, ["relationship_id", "place"])


def _valued(trade: ir.Table, as_of_day: int) -> ir.Table:
    """The purchases whose amounts are summed: of the first kind that tells any amount."""
    told = _ranked(trade, as_of_day).filter(lambda rows: rows.amount > 0)
    first = told.group_by("relationship_id").agg(place=told.place.min())
    return told.semi_join(first, ["relationship_id", "place"])


def _ranked(trade: ir.Table, as_of_day: int) -> ir.Table:
    place = ibis.cases(*((trade.kind == kind, number) for number, kind in enumerate(PURCHASES)), else_=len(PURCHASES))
    return trade.filter(_looked_at(as_of_day)).mutate(place=place).filter(lambda rows: rows.place < len(PURCHASES))


def _met(contacts: ir.Table) -> ir.Table:
    both = two_way(contacts)
    days = both.group_by("relationship_id", "day").agg(is_ours_alone=(both.began == "us").all())
    return days.select("relationship_id", "day", weight=days.is_ours_alone.ifelse(real(_HALF), real(1)))


def _kept(promises: ir.Table) -> ir.Table:
    kept = promises.filter(promises.became == "kept")
    return kept.select("relationship_id", day=kept.became_day, weight=real(1))


def _given(concessions: ir.Table) -> ir.Table:
    return concessions.select("relationship_id", "day", weight=real(_HALF))
