"""The book as it was known at a past time: the same questions, put to tables that hold what had been told by then.

A page of a past day is the page of today with another book behind it. So nothing that reads has two ways of reading: within
`as_known` the names of the tables mean views in a schema of their own, each with the rows that had been told by that time,
and of each what had been said by then. What a view leaves out, and which columns were said later than their row, stands
beside the model it is of (`told_over_time`).

Rights are those of today: whoever may not see something now does not see it as it was. So what says who sees what names its
tables with their schema (`parties.closed`), and members, teams and who is named by a closed relationship have no view. Names,
who is taken for whom, and words put right in place are those of today too.

Nothing can be written within: the transaction is one that reads, and it is taken back at its end.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection, connections, models, transaction
from django.utils import timezone
from psycopg import sql

from ampersand.core import locks

SCHEMA = "as_known"
# The time at which the book is read, as the views ask for it.
THEN = "current_setting('ampersand.known_at')::timestamptz"
THAT_DAY = "current_setting('ampersand.known_on')::date"

M = TypeVar("M", bound=type[models.Model])


@dataclass(frozen=True, slots=True)
class _OverTime:
    """How the rows of one table stood: see `told_over_time`."""

    table: str
    told: str
    later: Mapping[str, Sequence[str]]
    columns: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    where: str = ""


_over_time: dict[str, _OverTime] = {}
_past: ContextVar[datetime | None] = ContextVar("past", default=None)


def told_over_time(
    told: str = "told_at",
    *,
    later: Mapping[str, Sequence[str]] | None = None,
    columns: Mapping[str, str] | None = None,
    source: str = "",
    where: str = "",
) -> Callable[[M], M]:
    """Have the rows of this model be read as they were known.

    `told` is the column that says when a row was told: it is not there before. `later` has the columns of what was said of it
    later, by the column of the time at which that was said: until then they are empty. Of a model that is withdrawn,
    `withdrawn_at` need not be named. `columns` has what a column was then as SQL over the row `it`, for what follows from
    other rows. `source` is another table of the same columns to read it from, `where` a condition that its rows meet.
    """

    def decorate(model: M) -> M:
        said_later = dict(later or {})
        if any(one.column == "withdrawn_at" for one in model._meta.concrete_fields):
            said_later.setdefault("withdrawn_at", ())
        table = model._meta.db_table
        _over_time[table] = _OverTime(table, told, said_later, columns or {}, source or table, where)
        return model

    return decorate


def tables() -> frozenset[str]:
    """The tables that are read as they were known."""
    return frozenset(_over_time)


def past() -> datetime | None:
    """The time at which the book is read just now, where that is a past one: nothing is done on such a page."""
    return _past.get()


class NoViews(RuntimeError):
    """The views of past days are not there, or are not to be used by who asks: `ampersand migrate` makes them."""

    def __init__(self) -> None:
        super().__init__("The book cannot be read as it was known on a past day. `ampersand migrate` brings that back.")


@contextmanager
def as_known(at: datetime) -> Iterator[None]:
    """Within, this thread reads the book as it was known at a time, and writes nothing. All must be read before it ends.

    Days there are days of the zone of `at`. Raises NoViews where today's facts would be shown as those of a past day.
    """
    token = _past.set(at)
    try:
        with timezone.override(at.tzinfo), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(_ENTER, [at.isoformat(), at.date().isoformat(), f"{SCHEMA}, public", locks.PAST_DAYS])
                # Asked once they can no longer be taken away: by name, what is missing would be found among today's tables.
                cursor.execute("SELECT current_schema()")
                is_there = cursor.fetchone() == (SCHEMA,)
            try:
                if not is_there:
                    raise NoViews
                yield
            finally:
                # Where this is part of a longer transaction, what was set here ends with it.
                transaction.set_rollback(True)
    finally:
        _past.reset(token)


_ENTER = """
    SELECT set_config('ampersand.known_at', %s, true), set_config('ampersand.known_on', %s, true),
        set_config('search_path', %s, true), set_config('transaction_read_only', 'on', true),
        pg_advisory_xact_lock_shared(%s)
"""


# ── The views, made anew after each `migrate` ────────────────────────────────────────────────────────────────────────


def shape() -> str:
    """A digest of how all tables are read as they were known; it changes with the words beside a model."""
    told = [repr(_over_time[table]) for table in sorted(_over_time)]
    return hashlib.sha256("\n".join([*told, inspect.getsource(_view), inspect.getsource(_column)]).encode()).hexdigest()


def is_out_of_date(*, using: str = "default") -> bool:
    """Whether the views are not those of this version: `migrate` makes them anew."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regnamespace(%s), 'pg_namespace')", [SCHEMA])
        return bool(cursor.fetchone()[0] != shape())


def before_migrate(*, using: str = "default", plan: Sequence[object] = (), **_told: Any) -> None:
    """Heard before each `migrate`: a table on which a view rests could not be changed. Where none is, they stay.

    Pages that are being read are waited for, since without its views the book of a past day would be that of today.
    """
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        if _owns_them(cursor) and (plan or is_out_of_date(using=using)):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [locks.PAST_DAYS])
            cursor.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(SCHEMA)))


def after_migrate(*, using: str = "default", **_told: Any) -> None:
    """Heard after each `migrate`: whoever owns the tables makes the views over them as they are now, all at once."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        if _owns_them(cursor) and is_out_of_date(using=using):
            _make(cursor)


def _make(cursor: Any) -> None:
    named = {table for one in _over_time.values() for table in (one.table, one.source)}
    there = {table: columns for table in named if (columns := _columns(cursor, table))}
    # A book that is being taken back to an earlier state has no such tables; those views are made when it comes back.
    fit = [one for one in _over_time.values() if one.table in there and _fits(one, there)]
    cursor.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(SCHEMA)))
    for one in sorted(fit, key=lambda one: bool(one.columns)):
        cursor.execute(_view(one, there[one.table]))
    told = shape() if len(fit) == len(_over_time) else None
    cursor.execute(sql.SQL("COMMENT ON SCHEMA {} IS {}").format(sql.Identifier(SCHEMA), sql.Literal(told)))


def _owns_them(cursor: Any) -> bool:
    cursor.execute(
        "SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('public.core_source')"
    )
    found = cursor.fetchone()
    return bool(found and found[0])


def _fits(one: _OverTime, there: Mapping[str, Sequence[tuple[str, str, bool]]]) -> bool:
    names = {name for name, _type, _must in there[one.table]}
    needed = {one.told, *one.columns, *one.later, *(column for columns in one.later.values() for column in columns)}
    return needed - {""} <= names and one.source in there


def _columns(cursor: Any, table: str) -> list[tuple[str, str, bool]]:
    cursor.execute(_COLUMNS, [f"public.{table}"])
    return list(cursor.fetchall())


_COLUMNS = """
    SELECT attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute
    WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped ORDER BY attnum
"""


def _view(one: _OverTime, columns: Sequence[tuple[str, str, bool]]) -> str:
    """As whoever asks, so that a fence around them stands (`security_invoker`)."""
    since = {column: time for time, told in one.later.items() for column in (time, *told)}
    shown = ", ".join(_column(name, kind, must, one, since) for name, kind, must in columns)
    known = one.where or f"it.{one.told} <= {THEN}"
    shown_of = f'SELECT {shown} FROM public."{one.source}" it WHERE {known}'  # noqa: S608  names of our own
    return f'CREATE VIEW {SCHEMA}."{one.table}" WITH (security_invoker = true) AS {shown_of}'


def _column(name: str, kind: str, must: bool, one: _OverTime, since: Mapping[str, str]) -> str:
    """A column as it was then, of its own type: a statement that is prepared stays one for both books."""
    if name in one.columns:
        return f'({one.columns[name]})::{kind} AS "{name}"'
    if name in since:
        before = "''" if must else "NULL"
        return f'(CASE WHEN it."{since[name]}" > {THEN} THEN {before} ELSE it."{name}" END)::{kind} AS "{name}"'
    return f'it."{name}"'
