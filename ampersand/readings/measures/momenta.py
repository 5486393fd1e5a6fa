"""The two streams of a relationship, week by week: trade, and what passed between people."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from ampersand.readings.measures.constants import real
from ampersand.readings.measures.encounters import two_way

RULE_VERSION = 1
# Before that nothing is looked at: three years, and the year and a half before in which the two may have been in tune.
WEEKS_MAX = 260
# An encounter weighs one when they began or answered, half when only we did; so does what was given.
_HALF = 0.5
# An order, its invoice and its payment are one purchase. The first of these kinds that a relationship has speaks for it.
_KINDS = ("invoice", "order", "payment", "delivery", "renewal")


def trade_and_talk_by_week(
    contacts: ir.Table, promises: ir.Table, concessions: ir.Table, trade: ir.Table, *, as_of_day: int, currency: str
) -> ir.Table:
    """Trade and relationship by the week before a day, of relationships that have both.

    Columns: relationship_id, week (0 is the seven days that end with the day), trade_count (days with a purchase),
    trade_amount (in `currency`), talk_weight (encounters: 1 when they began or answered that day or both met, 0.5 when only
    we did; promises called kept: 1; concessions that are firm: 0.5), talk_square (the sum of the squares of these weights).
    Weeks with nothing are left out, and so is what lies more than 260 weeks back. Of the kinds invoice, order, payment,
    delivery, renewal only the first is counted that the relationship has, since they tell of the same purchase; returns and
    cancellations are not counted. Unit: days and weights a week, money. Source: `sources`; readings.md sections 0 (*two
    momenta*) and 2.
    """
    bought = _bought(trade)
    traded = bought.group_by("relationship_id", "day").agg(
        trade_amount=bought.amount.sum(where=bought.currency == currency).coalesce(real(0))
    )
    talked = ibis.union(_met(contacts), _kept(promises), _given(concessions))
    # Purchases alone say nothing of the relationship, and talk alone nothing of trade.
    talked, traded = talked.semi_join(bought, "relationship_id"), traded.semi_join(talked, "relationship_id")
    zero = real(0)
    one = ibis.literal(1, "int64").cast("int64")
    events = ibis.union(
        traded.select("relationship_id", "day", trade_count=one, trade_amount=traded.trade_amount, talk_weight=zero),
        talked.select("relationship_id", "day", trade_count=one * 0, trade_amount=zero, talk_weight=talked.weight),
    )
    week = ((ibis.literal(as_of_day, "int64") - events.day) // 7).cast("int64")
    events = events.filter((events.day <= as_of_day) & (events.day > as_of_day - 7 * WEEKS_MAX)).mutate(week=week)
    return events.group_by("relationship_id", "week").agg(
        trade_count=events.trade_count.sum(),
        trade_amount=events.trade_amount.sum(),
        talk_weight=events.talk_weight.sum(),
        talk_square=(events.talk_weight * events.talk_weight).sum(),
    )


def latest_trade(trade: ir.Table, *, as_of_day: int, most: int) -> ir.Table:
    """The latest purchases until a day, at most so many a relationship: what *in tune* shows of its trade.

    Columns: relationship_id, transaction_ids and days (oldest first). Of the kinds only the one that is counted.
    Unit: days since 1970. Source: `sources.trade`.
    """
    until = _bought(trade).filter(lambda rows: rows.day <= as_of_day)
    newest = ibis.window(group_by="relationship_id", order_by=[ibis.desc("day"), ibis.desc("transaction_id")])
    latest = until.mutate(number=ibis.row_number().over(newest)).filter(lambda rows: rows.number < most)
    order = [latest.day, latest.transaction_id]
    return latest.group_by("relationship_id").agg(
        transaction_ids=latest.transaction_id.collect(order_by=order), days=latest.day.collect(order_by=order)
    )


def _bought(trade: ir.Table) -> ir.Table:
    place = ibis.cases(*((trade.kind == kind, number) for number, kind in enumerate(_KINDS)), else_=len(_KINDS))
    ranked = trade.mutate(place=place).filter(lambda rows: rows.place < len(_KINDS))
    least = ranked.place.min().over(group_by="relationship_id")
    return ranked.mutate(least=least).filter(lambda rows: rows.place == rows.least)


def _met(contacts: ir.Table) -> ir.Table:
    both = two_way(contacts)
    days = both.group_by("relationship_id", "day").agg(is_ours_alone=(both.began == "us").all())
    return days.select("relationship_id", "day", weight=days.is_ours_alone.ifelse(real(_HALF), real(1)))


def _kept(promises: ir.Table) -> ir.Table:
    kept = promises.filter(promises.became == "kept")
    return kept.select("relationship_id", day=kept.became_day, weight=real(1))


def _given(concessions: ir.Table) -> ir.Table:
    return concessions.select("relationship_id", "day", weight=real(_HALF))
