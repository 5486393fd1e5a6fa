"""What is measured for the stored readings, and with which values: one list for a few relationships and for the book."""

from __future__ import annotations

import ibis.expr.types as ir

from ampersand.core.rooms import Room
from ampersand.readings.engines import Asked
from ampersand.readings.measures.agreeing import agreeing
from ampersand.readings.measures.encounters import latest_encounters
from ampersand.readings.measures.gaps import gap_sums
from ampersand.readings.measures.give_and_take import give_and_take
from ampersand.readings.measures.momenta import latest_trade, trade_and_talk_by_week
from ampersand.readings.measures.promised import kept_by_kind, kept_sums, made_and_kept_by_week, promised_by_quarter
from ampersand.readings.measures.right_way import right_way
from ampersand.readings.measures.whose_move import whose_move

# Of moments and purchases a reading stores the latest; all that it rests on is found when somebody asks why (`resting`).
EVIDENCE_MAX = 60
# Of what people told one by one it stores all. More than this is no book of people's doing.
TOLD_MAX = 10_000


def every(*, as_of_day: int, currency: str) -> tuple[Asked, ...]:
    """All that is measured, in a fixed order. `as_of_day` counts days since 1970; `currency` is the house's."""
    until = (("as_of_day", as_of_day),)
    listed, told = (*until, ("most", EVIDENCE_MAX)), (*until, ("most", TOLD_MAX))
    return (
        Asked(whose_move),
        Asked(gaps_until, until),
        Asked(latest_encounters, listed),
        Asked(kept_sums, told),
        Asked(promised_by_quarter, until),
        Asked(made_and_kept_by_week, until),
        Asked(kept_by_kind, until),
        Asked(give_and_take, told),
        Asked(agreeing, until),
        Asked(right_way, told),
        Asked(trade_and_talk_by_week, (*until, ("currency", currency))),
        Asked(latest_trade, listed),
    )


def between(*, as_of_day: int) -> tuple[Asked, ...]:
    """What is measured once more of what lies between alone, in a fixed order: the other side sees what rests on it.

    Contact is not: of what was said between them only a part lies there, and it would be said to be quiet for long.
    """
    until = (("as_of_day", as_of_day),)
    told = (*until, ("most", TOLD_MAX))
    room = Room.BETWEEN.value
    return (
        Asked(kept_sums, told, room),
        Asked(promised_by_quarter, until, room),
        Asked(made_and_kept_by_week, until, room),
        Asked(kept_by_kind, until, room),
        Asked(give_and_take, told, room),
    )


def gaps_until(encounters: ir.Table, *, as_of_day: int) -> ir.Table:
    """`gap_sums` of the encounters as they lie, worked out once."""
    return gap_sums(encounters, as_of_day=as_of_day)
