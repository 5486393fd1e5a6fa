"""A login of visitors that could step around the fence is refused at the start. Real roles, made and dropped again."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from ampersand.core import postgres, postgres_roles

PROJECT = Path(__file__).resolve().parents[3]
ROLE = f"visitors_{os.getpid()}"


@pytest.fixture
def owner(migrated_template: str) -> Iterator[psycopg.Connection]:
    """The superuser, with a fresh copy of the tables and a login that may connect to it."""
    name = f"test_{os.getpid()}_fence"
    with psycopg.connect(postgres.url_for(postgres_roles.OWNER, database="postgres"), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {migrated_template} OWNER app_owner")
        server.execute(f"CREATE ROLE {ROLE} LOGIN NOSUPERUSER NOBYPASSRLS")
        try:
            with psycopg.connect(postgres.url_for(postgres_roles.OWNER, database=name), autocommit=True) as there:
                there.execute(f"GRANT USAGE ON SCHEMA public TO {ROLE}")
                yield there
                there.execute(f"REASSIGN OWNED BY {ROLE} TO app_owner")
                there.execute(f"DROP OWNED BY {ROLE}")
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
            server.execute(f"DROP ROLE {ROLE}")


def preflight(owner: psycopg.Connection, **more: str) -> tuple[int, str]:
    """What `ampersand serve` asks before it starts, with our own role for members and this one for visitors."""
    name = owner.info.dbname
    urls = {
        "DATABASE_URL": postgres.url_for(postgres_roles.APP, database=name),
        "AMPERSAND_OUTSIDE_DATABASE_URL": postgres.url_for(ROLE, database=name),
    }
    command = [sys.executable, "-m", "ampersand.core.preflight"]
    done = subprocess.run(command, cwd=PROJECT, env=os.environ | urls | more, capture_output=True, text=True)
    return done.returncode, done.stderr


def migrate(owner: psycopg.Connection) -> None:
    name = owner.info.dbname
    urls = {
        "DATABASE_URL": postgres.url_for(postgres_roles.APP_OWNER, database=name),
        "AMPERSAND_OUTSIDE_DATABASE_URL": postgres.url_for(ROLE, database=name),
    }
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    env = os.environ | urls | {"DJANGO_SETTINGS_MODULE": "ampersand.settings"}
    subprocess.run(command, cwd=PROJECT, env=env, check=True)


def test_migrating_gives_the_login_its_rights_and_then_it_serves(owner: psycopg.Connection) -> None:
    _code, before = preflight(owner)
    migrate(owner)
    _code, after = preflight(owner)

    assert "has not been given its rights" in before
    assert "login of visitors" not in after


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("ALTER ROLE {role} SUPERUSER", "is a superuser or may bypass row-level security"),
        ("ALTER ROLE {role} BYPASSRLS", "is a superuser or may bypass row-level security"),
        ("ALTER TABLE promises_promise OWNER TO {role}", "owns tables or is a member of the role that does"),
        ("GRANT app_owner TO {role}", "owns tables or is a member of the role that does"),
        ("GRANT app_owner TO {role} WITH INHERIT FALSE", "owns tables or is a member of the role that does"),
        ("GRANT app TO {role} WITH INHERIT FALSE", "may become app"),
        ("GRANT SELECT ON notebook_note TO {role}", "reaches tables without row-level security: notebook_note"),
        ("GRANT SELECT (words) ON notebook_note TO PUBLIC", "reaches tables without row-level security: notebook_note"),
    ],
)
def test_a_login_that_could_step_around_the_fence_is_refused(
    owner: psycopg.Connection, statement: str, words: str
) -> None:
    migrate(owner)
    owner.execute(statement.format(role=ROLE))

    code, told = preflight(owner)

    assert code == 1
    assert words in told


def test_a_login_that_cannot_sign_in_is_said(owner: psycopg.Connection) -> None:
    nobody = {"AMPERSAND_OUTSIDE_DATABASE_URL": postgres.url_for("nobody_at_all", database=owner.info.dbname)}

    code, told = preflight(owner, **nobody)

    assert code == 1
    assert "The login of visitors cannot sign in" in told


def test_without_a_login_the_rest_of_the_house_serves(owner: psycopg.Connection) -> None:
    """With a database of somebody else's the page Between is closed until it is told of one."""
    _code, told = preflight(owner, AMPERSAND_OUTSIDE_DATABASE_URL="")

    assert "visitors" not in told


def test_a_house_that_is_held_behind_its_own_fence_is_refused(owner: psycopg.Connection) -> None:
    migrate(owner)
    owner.execute(f"GRANT app_owner TO {ROLE}")

    urls = {"DATABASE_URL": postgres.url_for(ROLE, database=owner.info.dbname), "AMPERSAND_OUTSIDE_DATABASE_URL": ""}
    code, told = preflight(owner, **urls)

    assert code == 1
    assert "is held behind row-level security in" in told
