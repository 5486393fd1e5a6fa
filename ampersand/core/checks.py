"""Conditions under which Ampersand refuses to serve."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import ERROR, CheckMessage, Error, Tags, register, run_checks
from django.db import connection

# Whoever serves must not be able to step around row-level security: as superuser, by a right, or as owner of a table.
_ROLE = "SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
_UNFORCED = """
SELECT relname FROM pg_class
 WHERE relrowsecurity AND NOT relforcerowsecurity AND pg_has_role(current_user, relowner, 'USAGE')
 ORDER BY relname
"""


def reasons_not_to_serve() -> list[str]:
    """What any check, ours or a library's, calls an error; the database is asked too."""
    found = run_checks(databases=["default"])
    return [str(message) for message in found if message.level >= ERROR and not message.is_silenced()]


@register(Tags.database)
def role_cannot_step_around_row_security(
    *, databases: Sequence[str] | None = None, **_others: Any
) -> list[CheckMessage]:
    if "default" not in (databases or ()):
        return []
    with connection.cursor() as cursor:
        cursor.execute(_ROLE)
        role, may_bypass = cursor.fetchone()
        cursor.execute(_UNFORCED)
        unforced = [name for (name,) in cursor.fetchall()]
    found: list[CheckMessage] = []
    if may_bypass:
        found.append(
            Error(
                f"The database role {role} is a superuser or may bypass row-level security.",
                hint="Serve with a role that is neither: ALTER ROLE ... NOSUPERUSER NOBYPASSRLS.",
                id="ampersand.E001",
            )
        )
    if unforced:
        found.append(
            Error(
                f"The database role {role} owns tables whose row-level security is not forced: {', '.join(unforced)}.",
                hint="Serve with a role that owns no table, or ALTER TABLE ... FORCE ROW LEVEL SECURITY.",
                id="ampersand.E002",
            )
        )
    return found
