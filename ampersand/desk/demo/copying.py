"""The chunks of a large book, copied into their tables."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import psycopg
from django.db.models import Model

from ampersand.core.models import SearchEntry, SearchName
from ampersand.desk.demo import bargain_columns as bargains
from ampersand.desk.demo import columns
from ampersand.desk.demo import moment_columns as moments
from ampersand.desk.demo import people_columns as people
from ampersand.desk.demo import search_columns as found
from ampersand.desk.demo.chunks import Chunk
from ampersand.exchange.models import Concession, Negotiation, Offer, OfferEvent, OfferLine, Transaction
from ampersand.parties.models import ClosedTo, Detail, Identifier, Party, Relationship, SideLine, Tending, Tie
from ampersand.promises.models import Promise, PromiseEvent
from ampersand.terms.models import Terms
from ampersand.timeline.models import Moment, Participant

# What only a large book copies: the story has it by the acts themselves.
BARGAINED: tuple[type[Model], ...] = (Negotiation, Offer, OfferLine, OfferEvent)


def copy(chunk: Chunk, cursor: psycopg.Cursor[Any]) -> int:
    """Copy a whole chunk, the tables others point to first. Answers the rows written."""
    steps = (
        (Party, people.parties), (Relationship, people.relationships), (Identifier, people.identifiers),
        (Detail, people.details), (Tie, people.ties), (ClosedTo, people.closings), (Tending, people.tendings),
        (SideLine, people.matters), (Moment, moments.moments), (Participant, moments.participants),
        (Promise, moments.promises), (PromiseEvent, moments.promise_events), (Transaction, moments.transactions),
        (SearchEntry, found.parties), (SearchName, found.names_of), (SearchEntry, found.promises),
        (SearchEntry, found.moments), (Concession, bargains.concessions), (Terms, bargains.terms),
    )  # fmt: skip
    count = sum(_copy(cursor, model, made(chunk)) for model, made in steps)
    bargained = bargains.Bargains.draw(chunk)
    of_offers = (
        (Negotiation, bargains.negotiations), (Offer, bargains.offers), (OfferLine, bargains.offer_lines),
        (OfferEvent, bargains.offer_events),
    )  # fmt: skip
    return count + sum(_copy(cursor, model, made(bargained)) for model, made in of_offers)


def _copy(cursor: psycopg.Cursor[Any], model: type[Model], made: Mapping[str, Any]) -> int:
    """Copy columns, those that were not named as the model would have left them."""
    return columns.copy(cursor, model._meta.db_table, {**_left_out(model, tuple(made)), **made})


@cache
def _left_out(model: type[Model], named: tuple[str, ...]) -> dict[str, Any]:
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.column and field.column not in named and not field.get_internal_type().endswith("AutoField")
    ]
    return {str(field.column): field.get_default() for field in fields}
