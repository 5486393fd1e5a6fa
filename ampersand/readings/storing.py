"""The readings of the whole book put in place of those that stand, some relationships after others."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime
from hashlib import sha1
from itertools import islice, repeat
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from ampersand.core import locks
from ampersand.readings.making.whole import Made, Making, day_of
from ampersand.readings.models import PastReading, Reading

# So many rows are made words of at a time.
_AT_ONCE = 2_000
_NOTHING = "\\N"
_COLUMNS = (
    "id", "relationship_id", "says", "count", "value", "low", "high", "usual", "since_on", "told", "evidence", "against",
    "measure", "room", "rule_version", "unit", "as_of", "as_known_at",
)  # fmt: skip
_NAMES = ", ".join(map(connection.ops.quote_name, _COLUMNS))
_PAST_NAMES = ", ".join(map(connection.ops.quote_name, _COLUMNS[1:]))
_PAST = connection.ops.quote_name(PastReading._meta.db_table)
_TABLE = connection.ops.quote_name(Reading._meta.db_table)
_COMING = "coming_reading"

# Of whom nothing is kept any more there is nothing to read; what one was read as meanwhile is fresher than this.
_PUT_THEM = f"""
    INSERT INTO {_TABLE} ({_NAMES})
    SELECT {", ".join("coming." + connection.ops.quote_name(name) for name in _COLUMNS)} FROM {_COMING} AS coming
    JOIN parties_relationship AS there ON there.id = coming.relationship_id
    JOIN parties_party AS party ON party.id = there.party_id AND party.erased_at IS NULL
    ORDER BY coming.relationship_id
    ON CONFLICT (relationship_id, measure, room) DO UPDATE SET {
    ", ".join(f"{name} = EXCLUDED.{name}" for name in map(connection.ops.quote_name, _COLUMNS))
} WHERE {_TABLE}.as_known_at <= EXCLUDED.as_known_at
"""  # noqa: S608  names of our own
# What was read before and is read no more; and of whom was read meanwhile, what this run has put beside that.
_AWAY = f"""
    DELETE FROM {_TABLE} AS old WHERE (%(only)s::uuid[] IS NULL OR old.relationship_id = ANY (%(only)s::uuid[]))
    AND (old.as_known_at < %(at)s OR old.as_known_at = %(at)s AND old.relationship_id IN (
        SELECT fresh.relationship_id FROM {_TABLE} AS fresh WHERE fresh.as_known_at > %(at)s))
"""  # noqa: S608
# As above. Of whom something was told since the run began, a past day is read anew too, once that has been read.
_PUT_PAST = f"""
    INSERT INTO {_PAST} (id, "on", {_PAST_NAMES})
    SELECT coming.id, %(on)s, {", ".join("coming." + connection.ops.quote_name(name) for name in _COLUMNS[1:])}
    FROM {_COMING} AS coming
    JOIN parties_relationship AS there ON there.id = coming.relationship_id
    JOIN parties_party AS party ON party.id = there.party_id AND party.erased_at IS NULL AND party.now_id IS NULL
    WHERE NOT EXISTS (
        SELECT FROM core_touched AS touched WHERE touched.relationship_id = there.id AND touched.at > %(began)s)
    ORDER BY coming.relationship_id
    ON CONFLICT (relationship_id, "on", measure, room) DO UPDATE SET {
    ", ".join(f"{name} = EXCLUDED.{name}" for name in ("id", *map(connection.ops.quote_name, _COLUMNS[1:])))
}
"""  # noqa: S608

Put = Callable[[Sequence[Made]], int]


@contextmanager
def put_in_place(making: Making, only: Sequence[UUID] | None = None) -> Iterator[Put]:
    """Within, readings of some relationships after others take the place of those that stand, each time at once; in the end
    those go that were not read again, of `only` these relationships or of all. Where it fails, what was put stays, and of the
    others what they were before.

    Putting answers how many there are, and goes on while the next are read: until then nobody else uses the connection.
    """
    with _one_lot_after_the_other(lambda made: _put(made, making)) as put:
        yield put
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_AWAY, {"at": making.at, "only": None if only is None else list(only)})


@contextmanager
def put_as_of(on: date, making: Making, *, began: datetime) -> Iterator[Put]:
    """The same for the readings of a past day, of a run that began then."""
    with _one_lot_after_the_other(lambda made: _put_past(made, making, on=on, began=began)) as put:
        yield put


@contextmanager
def _one_lot_after_the_other(do: Callable[[Sequence[Made]], None]) -> Iterator[Put]:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{_COMING}")
        cursor.execute(f"CREATE TEMPORARY TABLE {_COMING} (LIKE {_TABLE})")
        with _beside() as beside:
            under_way: list[Future[None]] = []

            def put(made: Sequence[Made]) -> int:
                # No more is held in memory than what is put and what is read meanwhile.
                while under_way:
                    under_way.pop().result()
                under_way.append(beside.submit(do, made))
                return sum(map(len, made))

            yield put
            while under_way:
                under_way.pop().result()
        cursor.execute(f"DROP TABLE {_COMING}")


@contextmanager
def _beside() -> Iterator[ThreadPoolExecutor]:
    """A thread of its own over the connection of this one: what it does belongs to the same transaction, if there is one."""
    connection.ensure_connection()
    shared = connections[DEFAULT_DB_ALIAS]

    def take() -> None:
        connections[DEFAULT_DB_ALIAS] = shared

    shared.inc_thread_sharing()
    try:
        with ThreadPoolExecutor(1, initializer=take) as beside:
            yield beside
    finally:
        shared.dec_thread_sharing()


def _put(made: Sequence[Made], making: Making) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        _copy(made, making)
        # An erasure under way has ended before anything is put, and none begins until that is done.
        locks.beside(locks.ERASING)
        cursor.execute(_PUT_THEM)
        cursor.execute(f"TRUNCATE {_COMING}")


def _put_past(made: Sequence[Made], making: Making, *, on: date, began: datetime) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        _copy(made, making, on=on)
        locks.beside(locks.ERASING)
        cursor.execute(_PUT_PAST, {"on": on, "began": began})
        cursor.execute(f"TRUNCATE {_COMING}")


def _copy(made: Iterable[Made], making: Making, *, on: date | None = None) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {_COMING} ({_NAMES}) FROM STDIN") as stream:
        for of_measure in made:
            lines = _lines(of_measure, making, on)
            while some := "".join(islice(lines, _AT_ONCE)):
                stream.write(some)


def _lines(made: Made, making: Making, on: date | None) -> Iterator[str]:
    """Readings in the form of COPY, one a line."""
    at = making.at.isoformat()
    same = f"{made.measure.value}\t{made.room.value}\t{made.rule_version}\t{made.unit}\t{at}\t{at}\n"
    columns = zip(
        _ids(made, on),
        made.relationship_ids,
        made.says,
        made.count,
        *(_each(_number, column, made) for column in (made.value, made.low, made.high, made.usual)),
        _each(_day, made.since, made),
        _each(_object, made.told, made, nothing="{}"),
        *(_each(_list, column, made, nothing="{}") for column in (made.evidence, made.against)),
        strict=True,
    )
    for i, of, says, count, value, low, high, usual, since, told, evidence, against in columns:
        yield (
            f"{i}\t{of}\t{says}\t{count}\t{value}\t{low}\t{high}\t{usual}\t{since}\t{told}\t{evidence}\t{against}\t{same}"
        )


def _each(
    how: Callable[[Any], str], column: Sequence[Any] | None, made: Made, *, nothing: str = _NOTHING
) -> Iterator[str]:
    """A column in words; one that is left out as often as there are readings."""
    return repeat(nothing, len(made)) if column is None else map(how, column)


def _ids(made: Made, on: date | None) -> Iterator[str]:
    """The ids of `Made.readings`, or of the past readings of a day, worked out without an object for each."""
    name = made.name.encode()
    for relationship_id in made.relationship_ids:
        told = _named(relationship_id.replace("-", ""), name)
        yield told if on is None else _named(told, on.isoformat().encode())


def _named(namespace: str, name: bytes) -> str:
    """`uuid.uuid5`, from a namespace in hexadecimal digits to the same."""
    digest = sha1(bytes.fromhex(namespace) + name, usedforsecurity=False).hexdigest()
    return f"{digest[:12]}5{digest[13:16]}{'89ab'[int(digest[16], 16) & 3]}{digest[17:32]}"


def _number(value: float | None) -> str:
    return _NOTHING if value is None else repr(value)


def _day(number: int | None) -> str:
    day = day_of(number)
    return day.isoformat() if day else _NOTHING


def _object(value: dict[str, Any]) -> str:
    return json.dumps(value).replace("\\", "\\\\")


def _list(ids: str | None) -> str:
    return "{" + (ids or "") + "}"
