"""The four roles of the database, and what each may.

owner      made with the database, superuser; used for roles, extensions, backups, and nothing else
app_owner  owns the tables and changes them (`ampersand migrate`)
app        serves members: reads and writes rows, owns nothing
outside    serves visitors from outside; may connect, and has no rights on any table until they are given one by one

Row-level security is the fence around `outside` alone. Members' rows are reached through `access`, so it does not hold for
`app` and `app_owner` (BYPASSRLS): else no import could COPY into a table behind the fence, and every plan would change.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

OWNER = "owner"
APP_OWNER = "app_owner"
APP = "app"
OUTSIDE = "outside"

# Raise this when `make` or `prepare` changes: every house then does them again at its next start.
VERSION = 6

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist")


def make(superuser_url: str, database: str) -> None:
    """Make the roles and an empty database owned by app_owner, as far as they are missing."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        for role in (APP_OWNER, APP, OUTSIDE):
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                connection.execute(_for_role("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS", role))
        for role in (APP_OWNER, APP):
            connection.execute(_for_role("ALTER ROLE {} BYPASSRLS", role))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            make_database(connection, database)


def make_database(connection: psycopg.Connection, database: str) -> None:
    name, owner = sql.Identifier(database), sql.Identifier(APP_OWNER)
    connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    for role in (APP, OUTSIDE):
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, sql.Identifier(role)))


def prepare(superuser_url: str) -> None:
    """In one database: the extensions, and app's rights on whatever app_owner will make there."""
    bring_extensions(superuser_url)
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        for role in (APP, OUTSIDE):
            connection.execute(_for_role("GRANT USAGE ON SCHEMA public TO {}", role))
        # Imports copy what a table brings into a table of their own first, which is gone with the connection.
        database = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("GRANT TEMPORARY ON DATABASE {} TO {}").format(database, sql.Identifier(APP)))
        # Foreign keys are checked as the owner of the tables, who in a copied test database does not own the schema.
        connection.execute(_for_role("GRANT ALL ON SCHEMA public TO {}", APP_OWNER))
        # Where the book is read as it was known on a past day (`core/as_known.py`): app_owner makes it, app reads it.
        for right in ("USAGE ON SCHEMAS", "SELECT ON TABLES"):
            connection.execute(
                sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT " + right + " TO {}").format(
                    sql.Identifier(APP_OWNER), sql.Identifier(APP)
                )
            )
        # After a large import its tables are counted anew (MAINTAIN), since all that follows is planned by those counts.
        connection.execute(_for_role("GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO {}", APP))
        for rights in ("SELECT, INSERT, UPDATE, DELETE, MAINTAIN ON TABLES", "USAGE, SELECT ON SEQUENCES"):
            connection.execute(
                sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA public GRANT " + rights + " TO {}").format(
                    sql.Identifier(APP_OWNER), sql.Identifier(APP)
                )
            )


def bring_extensions(url: str) -> None:
    """The extensions the code may use. All are trusted: the owner of a database may bring them without being superuser."""
    with psycopg.connect(url, autocommit=True) as connection:
        for extension in EXTENSIONS:
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))


def _for_role(statement: str, role: str) -> sql.Composed:
    return sql.SQL(statement).format(sql.Identifier(role))
