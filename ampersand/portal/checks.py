"""Conditions under which the house refuses to serve because of the visitors' login."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.db import OperationalError, connections

from ampersand.core import checks
from ampersand.portal import fence

_ROLE = "SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
# Whoever owns a table, or may become who owns it, may take its security away.
_OWNED = """
SELECT relname FROM pg_class
 WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND pg_has_role(current_user, relowner, 'MEMBER')
 ORDER BY relname LIMIT 5
"""
# Or who may become somebody that security does not hold for.
_MAY_BECOME = """
SELECT rolname FROM pg_roles
 WHERE rolname <> current_user AND (rolsuper OR rolbypassrls) AND pg_has_role(current_user, oid, 'MEMBER') ORDER BY rolname
"""
_OPEN = """
SELECT c.relname FROM pg_class c
 WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relnamespace = 'public'::regnamespace
   AND NOT c.relrowsecurity
   AND has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE') ORDER BY c.relname LIMIT 5
"""
_MAY_READ = "SELECT has_any_column_privilege(to_regclass('portal_entry'), 'INSERT')"


@register(checks.BESIDE)
def visitors_are_fenced_in(*, databases: Sequence[str] | None = None, **_others: Any) -> list[CheckMessage]:
    if fence.ALIAS not in (databases or ()) or fence.ALIAS not in connections.settings:
        return []
    try:
        with connections[fence.ALIAS].cursor() as cursor:
            return [Error(words, hint=hint, id=name) for words, hint, name in _found(cursor)]
    except OperationalError as error:
        return [Error(f"The login of visitors cannot sign in: {str(error).strip()}", id="ampersand.E010")]


def _found(cursor: Any) -> list[tuple[str, str, str]]:
    cursor.execute(_ROLE)
    role, may_bypass = cursor.fetchone()
    owned, becomes, unfenced = (_names(cursor, asked) for asked in (_OWNED, _MAY_BECOME, _OPEN))
    cursor.execute(_MAY_READ)
    lacks = not cursor.fetchone()[0]
    told = [
        (
            may_bypass,
            f"The login of visitors, {role}, is a superuser or may bypass row-level security.",
            "Give visitors a login of their own: CREATE ROLE ... LOGIN NOSUPERUSER NOBYPASSRLS.",
            "ampersand.E011",
        ),
        (
            owned and not may_bypass,
            f"The login of visitors, {role}, owns tables or is a member of the role that does: {', '.join(owned)}.",
            "Give visitors a login that is a member of no other role: REVOKE ... FROM ...",
            "ampersand.E012",
        ),
        (
            becomes and not may_bypass,
            f"The login of visitors, {role}, may become {', '.join(becomes)}, for whom row-level security does not hold.",
            "Give visitors a login that is a member of no other role: REVOKE ... FROM ...",
            "ampersand.E013",
        ),
        (
            unfenced and not may_bypass and not owned,
            f"The login of visitors, {role}, reaches tables without row-level security: {', '.join(unfenced)}.",
            "Run `ampersand migrate`, which takes such rights away.",
            "ampersand.E014",
        ),
        (
            lacks,
            f"The login of visitors, {role}, has not been given its rights.",
            "Run `ampersand migrate` as the role that owns the tables.",
            "ampersand.E015",
        ),
    ]
    return [(words, hint, name) for is_so, words, hint, name in told if is_so]


def _names(cursor: Any, asked: str) -> list[str]:
    cursor.execute(asked)
    return [name for (name,) in cursor.fetchall()]
