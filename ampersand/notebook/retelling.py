"""A fact told anew where a piece of a note was put right: from the same source and place, with what is told of it now.

What may be told: `words` of a promise, a concession and a line; `due_on` of a promise; `by`, "ours" or "theirs", of a
promise and a concession; `whom`, the party of the other side, of these, of a line and of trade; `amount` and `currency`;
`kind` of trade and of a tie; `mode` and `on` of what happened or will.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from ampersand.exchange import actions as exchange
from ampersand.exchange.models import Concession, Transaction
from ampersand.members.models import Member
from ampersand.notebook.models import Piece
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party, SideLine, Tie
from ampersand.promises import actions as promises
from ampersand.promises.models import Promise
from ampersand.timeline import actions as timeline
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import Moment

Told = Mapping[str, Any]


def tell(fact: Any, told: Told, *, piece: Piece, by: Member, at: datetime) -> tuple[Any, bool]:
    """Tell a fact anew; answers it, and whether it was known before. Raises LookupError for what is not told anew."""
    teller = Teller(at=at, by=by, source=piece.note.source, place=fact.place if hasattr(fact, "place") else "")
    if isinstance(fact, Moment):
        anew = _moment(fact, told, teller, by=by, key=f"note:{piece.note_id}:{piece.start}:{at.isoformat()}")
    elif type(fact) in _TELL:
        anew = _TELL[type(fact)](fact, told, teller)
    else:
        raise LookupError(type(fact))
    return anew, anew.told_at != at


def _promise(fact: Promise, told: Told, teller: Teller) -> Promise:
    by, to = _sides(fact, told)
    return promises.promise(
        by=by,
        to=to,
        relationship=told["whom"].relationship,
        words=told["words"],
        made_on=fact.made_on,
        due_on=told["due_on"],
        condition=fact.condition,
        moment=fact.moment,
        room=fact.room,
        teller=teller,
    )


def _concession(fact: Concession, told: Told, teller: Teller) -> Concession:
    by, to = _sides(fact, told)
    return exchange.concede(
        by=by,
        to=to,
        relationship=told["whom"].relationship,
        words=told["words"],
        happened_on=fact.happened_on,
        amount=told["amount"],
        currency=told["currency"] if told["amount"] is not None else "",
        moment=fact.moment,
        is_gift=fact.is_gift,
        room=fact.room,
        teller=teller,
    )


def _transaction(fact: Transaction, told: Told, teller: Teller) -> Transaction:
    return exchange.tell_transaction(
        party=told["whom"],
        kind=told["kind"],
        happened_on=fact.happened_on,
        amount=told["amount"],
        currency=told["currency"] if told["amount"] is not None else "",
        words=fact.words,
        teller=teller,
    )[0]


def _line(fact: SideLine, told: Told, teller: Teller) -> SideLine:
    whom = told["whom"]
    is_same = whom.pk == (fact.of_id or fact.relationship.party_id)
    return parties.tell_line(
        fact.relationship if is_same else whom.relationship,
        kind=fact.kind,
        words=told["words"],
        said_on=fact.said_on,
        is_ours=fact.is_ours,
        of=fact.of if is_same or fact.is_ours else whom,
        is_quote=fact.is_quote and told["words"] == fact.words,
        teller=teller,
    )


def _tie(fact: Tie, told: Told, teller: Teller) -> Tie:
    return parties.tell_tie(
        kind=told["kind"],
        from_party=fact.from_party,
        to_party=fact.to_party,
        role=fact.role,
        from_on=fact.from_on,
        until_on=fact.until_on,
        teller=teller,
    )


def _moment(fact: Moment, told: Told, teller: Teller, *, by: Member, key: str) -> Moment:
    """On another day it may be a meeting that the calendar told of: then it joins that one, as a note does."""
    takers = [Taker(one.party, one.role) for one in fact.participants.select_related("party").order_by("pk")]
    is_same_day = told["on"] == fact.on_day
    at = fact.happened_at if is_same_day else datetime.combine(told["on"], time(), tzinfo=ZoneInfo(fact.zone))
    happening = Happening(
        mode=told["mode"],
        happened_at=at,
        zone=fact.zone,
        is_all_day=fact.is_all_day,
        began=fact.began,
        takers=takers,
        room=fact.room,
        key=key,
    )
    met = timeline.find_same_meeting(
        mode=happening.mode,
        on_day=told["on"],
        party_ids=[taker.party.pk for taker in takers if not taker.party.is_ours],
        seen_by=by,
    )
    if met is None:
        return timeline.tell(happening, teller=teller)[0]
    timeline.join(met, happening, teller=teller)
    return met


_TELL: Mapping[type, Callable[[Any, Told, Teller], Any]] = {
    Promise: _promise,
    Concession: _concession,
    Transaction: _transaction,
    SideLine: _line,
    Tie: _tie,
}


def _sides(fact: Promise | Concession, told: Told) -> tuple[Party, Party]:
    """Who promised or gave, and to whom."""
    ours, theirs = fact.by if fact.is_ours else fact.to, told["whom"]
    if ours is None:
        raise LookupError(fact)  # a note tells of no promise to everybody
    return (ours, theirs) if told["by"] == "ours" else (theirs, ours)
