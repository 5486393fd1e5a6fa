"""Test databases: copies of a template that is migrated once for each state of the migrations.

The template is made by app_owner and its tables stay app_owner's; tests run as the role `app`, as the product does,
so that what `app` may not do fails here too.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from ampersand.core import home, postgres, postgres_roles

PROJECT = Path(__file__).resolve().parents[1]
KEPT_TEMPLATES = 4


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, request: pytest.FixtureRequest
) -> None:
    """Pytest-django's own hook, called before it makes the test database."""
    from django.db import connections

    if not postgres.is_external():
        template = request.getfixturevalue("migrated_template")
        connections["default"].settings_dict["TEST"]["TEMPLATE"] = template


@pytest.fixture(scope="session")
def migrated_template() -> Iterator[str]:
    """The name of the database to copy, on the server of the tests' own house, which runs until the tests are done."""
    from django.db import connections

    postgres.start(is_durable=False)
    with _only_one_at_a_time(), _as_owner() as owner:
        _drop_what_the_dead_left(owner)
        template = f"template_{_migrations_hash()}"
        if not _exists(owner, template):
            _make_template(owner, template)
            _drop_old_templates(owner)
    yield template
    connections.close_all()
    postgres.stop()


@pytest.fixture(scope="session", autouse=True)
def empty_what_is_full() -> Iterator[None]:
    """Of what a test that commits has left, empty those tables alone that hold anything: to cut off two hundred with all
    their indexes takes a second, and a hundred such tests make minutes of it.
    """
    from django.db.backends.postgresql.operations import DatabaseOperations

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(DatabaseOperations, "sql_flush", _flush)
        yield


def _flush(self: Any, _style: Any, tables: Sequence[str], **_told: Any) -> list[str]:
    """The statements; constraints of Django are looked at when all is gone. History last: each deletion writes its own."""
    if not tables:
        return []
    looked_at = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables)  # noqa: S608
    with self.connection.cursor() as cursor:
        cursor.execute(looked_at)
        full = {table for (table,) in cursor.fetchall()}
    pasts = {
        table for table in tables if table.endswith("past") and (table in full or table.removesuffix("past") in full)
    }
    # What changes is noted, these deletions too.
    noted = {"core_change"} & set(tables)
    return [f'DELETE FROM "{table}"' for table in (*sorted(full - pasts - noted), *sorted(pasts), *noted)]  # noqa: S608


@contextmanager
def _only_one_at_a_time() -> Iterator[None]:
    with (home.data_folder() / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _as_owner() -> psycopg.Connection:
    return psycopg.connect(postgres.url_for(postgres_roles.OWNER, database="postgres"), autocommit=True)


def _migrations_hash() -> str:
    from ampersand.core import as_known

    files = [*sorted((PROJECT / "ampersand").glob("*/migrations/*.py")), PROJECT / "requirements" / "dev.txt"]
    digest = hashlib.sha256(f"{postgres_roles.VERSION} {as_known.shape()}".encode())
    for file in files:
        digest.update(file.relative_to(PROJECT).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _make_template(owner: psycopg.Connection, name: str) -> None:
    draft = f"{name}_draft"
    _drop(owner, draft)
    postgres_roles.make_database(owner, draft)
    postgres_roles.prepare(postgres.url_for(postgres_roles.OWNER, database=draft))
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
        cwd=PROJECT,
        env=os.environ
        | {
            "DATABASE_URL": postgres.url_for(postgres_roles.APP_OWNER, database=draft),
            "AMPERSAND_OUTSIDE_DATABASE_URL": postgres.url_for(postgres_roles.OUTSIDE, database=draft),
            "DJANGO_SETTINGS_MODULE": "ampersand.settings",
        },
        check=True,
    )
    with psycopg.connect(postgres.url_for(postgres_roles.OWNER, database=draft), autocommit=True) as inside:
        # Tests that commit are undone by TRUNCATE, which the product itself never needs.
        inside.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO app")
    owner.execute("ALTER ROLE app CREATEDB")
    owner.execute(_named("ALTER DATABASE {} IS_TEMPLATE true", draft))
    owner.execute(_named("ALTER DATABASE {} RENAME TO {}", draft, name))


def _drop_what_the_dead_left(owner: psycopg.Connection) -> None:
    for name in _names_like(owner, "test\\_%"):
        pid = re.match(r"test_(\d+)", name)
        if pid and not Path(f"/proc/{pid[1]}").exists():
            _drop(owner, name)


def _drop_old_templates(owner: psycopg.Connection) -> None:
    for name in _names_like(owner, "template\\_%")[:-KEPT_TEMPLATES]:
        _drop(owner, name)


def _names_like(owner: psycopg.Connection, pattern: str) -> list[str]:
    return [
        name
        for (name,) in owner.execute("SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid", [pattern])
    ]


def _exists(owner: psycopg.Connection, name: str) -> bool:
    return owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _drop(owner: psycopg.Connection, name: str) -> None:
    if _exists(owner, name):
        # Of a database that was being dropped when its test was stopped nothing can be altered any more.
        if owner.execute("SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [name]).fetchone():
            owner.execute(_named("ALTER DATABASE {} IS_TEMPLATE false", name))
        owner.execute(_named("DROP DATABASE {} WITH (FORCE)", name))


def _named(statement: str, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))
