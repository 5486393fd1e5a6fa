"""Work that must not run beside other work: locks of the database, held until the transaction ends.

Whoever needs two takes them in the order in which they stand here, so that nobody waits in a circle.
"""

from __future__ import annotations

from django.db import connection

# Imports tell of the same people and meetings: the second batch waits until the first has told.
BRINGING = 7_201_101
# What is being written about somebody is written before their erasure, or after it, when they are gone.
ERASING = 7_201_102


def alone(key: int) -> None:
    """Wait until nobody holds this lock, and let nobody else have it."""
    _take("SELECT pg_advisory_xact_lock(%s)", key)


def beside(key: int) -> None:
    """Wait until nobody holds this lock alone; others may go on beside."""
    _take("SELECT pg_advisory_xact_lock_shared(%s)", key)


def _take(statement: str, key: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [key])
