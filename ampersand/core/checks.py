"""Conditions under which Ampersand refuses to serve."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import ERROR, CheckMessage, Error, Tags, register, run_checks
from django.db import connection, connections

_ROLE = "SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user"
# Row-level security is the fence around visitors alone. Held behind it too, the house would see empty pages, and could not COPY.
_FENCED_IN = """
SELECT relname FROM pg_class
 WHERE relrowsecurity AND relnamespace = 'public'::regnamespace AND row_security_active(oid) ORDER BY relname
"""

# The tag of checks of ours that look at another connection than the house's own.
BESIDE = "beside"


def reasons_not_to_serve() -> list[str]:
    """What any check, ours or a library's, calls an error; the database is asked too."""
    # Of other connections no library is asked, which would have to sign in by them first.
    found = [*run_checks(databases=["default"]), *run_checks(tags=[BESIDE], databases=list(connections))]
    return [str(message) for message in found if message.level >= ERROR and not message.is_silenced()]


@register(Tags.database)
def role_is_the_houses_own(*, databases: Sequence[str] | None = None, **_others: Any) -> list[CheckMessage]:
    if "default" not in (databases or ()):
        return []
    with connection.cursor() as cursor:
        cursor.execute(_ROLE)
        role, is_superuser = cursor.fetchone()
        cursor.execute(_FENCED_IN)
        fenced_in = [name for (name,) in cursor.fetchall()]
    found: list[CheckMessage] = []
    if is_superuser:
        found.append(
            Error(
                f"The database role {role} is a superuser.",
                hint="Serve with a role that is none: ALTER ROLE ... NOSUPERUSER.",
                id="ampersand.E001",
            )
        )
    if fenced_in:
        found.append(
            Error(
                f"The database role {role} is held behind row-level security in {', '.join(fenced_in)}.",
                hint="Serve with the role that owns the tables and run `ampersand migrate` as it, or ALTER ROLE ... BYPASSRLS.",
                id="ampersand.E002",
            )
        )
    return found
