"""The second connection: what visitors read and write goes over it, as their own login, behind row-level security."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction

from ampersand.portal.fence import ALIAS


class NotOpen(Exception):
    """This house has no login for visitors, so its pages Between are closed."""


@contextmanager
def visiting(secret: str) -> Iterator[None]:
    """Within, the login of visitors sees what the visit of this secret allows, and nothing where there is none.

    The secret is told for this one transaction: the next one on the same connection knows nothing of it. Whatever is read
    must be written out before it ends.
    """
    if ALIAS not in connections.settings:
        raise NotOpen
    with transaction.atomic(using=ALIAS, durable=True), connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT set_config('ampersand.visit', %s, true)", [secret])
        yield
