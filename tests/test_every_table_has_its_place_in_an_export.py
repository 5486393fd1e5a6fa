"""No table is forgotten: what an export does with each is said in core/safe/classes.py."""

from __future__ import annotations

import pytest
from django.db import connection

from ampersand.core.safe import classes

pytestmark = pytest.mark.django_db


def tables() -> set[str]:
    with connection.cursor() as cursor:
        return {table.name for table in connection.introspection.get_table_list(cursor) if table.type in "tp"}


def test_every_table_is_classed() -> None:
    unknown = [table for table in tables() if not knows(table)]

    assert unknown == [], "Say in core/safe/classes.py whether these are facts, personal, derived, secret or plumbing."


def knows(table: str) -> bool:
    try:
        classes.kind_of(table)
    except classes.NotClassed:
        return False
    return True


def test_no_class_names_a_table_that_is_gone() -> None:
    assert sorted(set(classes.KINDS) - tables()) == []


def test_keys_and_sessions_stay() -> None:
    assert not any(
        classes.goes_along(table) for table in ("members_session", "mfa_authenticator", "members_signinlink")
    )
    assert "password" not in classes.columns_of("members_member", ("id", "password", "last_login"))
