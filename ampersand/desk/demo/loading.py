"""Copying rows into the tables, the tables others point to first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import AutoField, Field, Model

from ampersand.core.models import File, Source
from ampersand.desk.models import SavedSearch
from ampersand.exchange.models import Concession, Transaction
from ampersand.members.models import House, HouseDomain, HouseName, Member, Team, TeamMembership
from ampersand.notebook.models import Note, Piece
from ampersand.parties.models import (
    ClosedTo,
    Detail,
    Identifier,
    Party,
    Relationship,
    SideLine,
    StandsFor,
    Tag,
    Tending,
    Tie,
)
from ampersand.promises.models import Promise, PromiseEvent
from ampersand.terms.models import TermLine, Terms
from ampersand.timeline.models import Moment, Participant, Telling, Thread

ORDER: tuple[type[Model], ...] = (
    House,
    HouseName,
    HouseDomain,
    Member,
    Team,
    TeamMembership,
    Source,
    File,
    Party,
    StandsFor,
    Identifier,
    Detail,
    Tag,
    Tie,
    Relationship,
    ClosedTo,
    Tending,
    SideLine,
    Terms,
    TermLine,
    Thread,
    Moment,
    Participant,
    Telling,
    Promise,
    PromiseEvent,
    Transaction,
    Concession,
    Note,
    Piece,
    SavedSearch,
)


def load(rows: Mapping[type[Model], Sequence[Model]], *, through: Any) -> int:
    """Copy rows into their tables through a cursor, which its caller commits. Answers how many.

    Raises KeyError for a table that has no place in the order.
    """
    for model in rows:
        if model not in ORDER:
            raise KeyError(model)
    return sum(_copy(model, rows[model], through) for model in ORDER if model in rows)


def _copy(model: type[Model], rows: Iterable[Model], cursor: Any) -> int:
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, AutoField)]
    count = 0
    with cursor.copy(f"COPY {table_and_columns(model, fields)} FROM STDIN") as stream:
        for row in rows:
            stream.write_row([_as_saved(field, row) for field in fields])
            count += 1
    return count


def table_and_columns(model: type[Model], fields: Iterable[Field[Any, Any]]) -> str:
    quote = connection.ops.quote_name
    return f"{quote(model._meta.db_table)} ({', '.join(quote(str(field.column)) for field in fields)})"


def _as_saved(field: Field[Any, Any], row: Model) -> Any:
    return field.get_db_prep_save(getattr(row, field.attname), connection)
