"""Work that must not run beside other work: locks of the database, held until the transaction ends, or as long as said.

Whoever needs two takes them in the order in which they stand here, so that nobody waits in a circle.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, OperationalError, connection, transaction

# Imports tell of the same people and meetings: the second batch waits until the first has told.
BRINGING = 7_201_101
# An import tells of somebody before their erasure, or after it, when they are gone.
ERASING = 7_201_102
# Two who say at once that A is B and B is A would have each of them stand for the other.
MERGING = 7_201_103
# Two who say at once that one promise leans on the other, and the other on the one, would have each wait for itself.
LEANING = 7_201_104
# One copy of the book is made for the readings at a time; who comes second finds it made.
READING_ALL = 7_201_105

# The views of past days are not taken away while a page rests on them.
PAST_DAYS = 7_201_106

# The tables are brought up to a version by one process, on however many machines it is tried.
UPGRADING = 7_201_109


class Taken(RuntimeError):
    """Somebody else held the lock all the time that one would wait for it."""


def alone(key: int, *, within_seconds: int = 0) -> None:
    """Wait until nobody holds this lock, and let nobody else have it. Raises Taken after the seconds, if any are said."""
    if not within_seconds:
        _take("SELECT pg_advisory_xact_lock(%s)", key)
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{within_seconds}s"])
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
            cursor.execute("SELECT set_config('lock_timeout', '0', true)")
    except OperationalError as error:
        raise Taken from error


@contextmanager
def held_alone(key: int) -> Iterator[None]:
    """Wait until nobody holds this lock, and hold it over several transactions. It ends with the process, however that ends."""
    _take("SELECT pg_advisory_lock(%s)", key)
    try:
        yield
    finally:
        with suppress(DatabaseError):
            _take("SELECT pg_advisory_unlock(%s)", key)


def beside(key: int) -> None:
    """Wait until nobody holds this lock alone; others may go on beside."""
    _take("SELECT pg_advisory_xact_lock_shared(%s)", key)


def _take(statement: str, key: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [key])
