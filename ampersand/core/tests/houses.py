"""Small houses in folders of their own, for what takes a house as a whole."""

from __future__ import annotations

import hashlib
import os
import resource
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from ampersand.core import postgres
from ampersand.core.postgres import Server

PROJECT = Path(__file__).resolve().parents[3]
LETTER = b"Dear Jane, the volumes are on their way."
DIGEST = hashlib.sha256(LETTER).hexdigest()


def dump_of(template: str, folder: Path) -> Path:
    """The tests' own template, written out once: migrating an empty book takes far longer."""
    dump = folder / "template.dump"
    url = postgres.url_for("owner", database=template)
    postgres.here().run_as_superuser("pg_dump", "-Fc", "-f", str(dump), url)
    return dump


def build(home: Path, dump: Path) -> Server:
    """A house with all its tables and nothing in them, on a server that runs."""
    server = Server(home)
    server.start(is_durable=False)
    server.run_as_superuser("pg_restore", "--clean", "--if-exists", "-d", server.url_for("owner"), str(dump))
    return server


def furnish(home: Path, dump: Path) -> Server:
    """A house with a name and one document, on a server that runs."""
    server = build(home, dump)
    with psycopg.connect(server.url_for("owner"), autocommit=True) as connection:
        connection.execute(
            "INSERT INTO members_house (id, name, currency, time_zone, language, country, mail_bodies, founded_at) "
            "VALUES (1, 'Harbour & Finch', 'EUR', 'UTC', 'en', 'GB', 'full', now())"
        )
        connection.execute("INSERT INTO core_file VALUES (%s, %s, 'text/plain', now())", [DIGEST, len(LETTER)])
    document = home / "files" / DIGEST[:2] / DIGEST
    document.parent.mkdir(parents=True)
    document.write_bytes(LETTER)
    return server


def ask(server: Server, statement: str) -> Any:
    with psycopg.connect(server.url_for("owner"), autocommit=True) as connection:
        row = connection.execute(statement).fetchone()
        return row and row[0]


def do(server: Server, statement: str) -> None:
    with psycopg.connect(server.url_for("owner"), autocommit=True) as connection:
        connection.execute(statement)


def name_of(server: Server) -> str:
    """What the house there calls itself; empty where there is none."""
    if not ask(server, "SELECT to_regclass('members_house') IS NOT NULL"):
        return ""
    return str(ask(server, "SELECT max(name) FROM members_house") or "")


def program(home: Path, *arguments: str, file_bytes: int = 0, **environment: str) -> subprocess.Popen[str]:
    """The program, called as a person calls it; with `file_bytes`, where no file may grow larger than that."""
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (file_bytes, file_bytes)) if file_bytes else None
    return subprocess.Popen(
        [sys.executable, "-m", "ampersand.cli", *arguments],
        cwd=PROJECT,
        env=_environment(home) | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=limit,
    )


def run(home: Path, *arguments: str, file_bytes: int = 0, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program, and what it said."""
    process = program(home, *arguments, file_bytes=file_bytes, **environment)
    out, words = process.communicate(timeout=300)
    return subprocess.CompletedProcess(arguments, process.returncode, out, words)


def python(home: Path, words: str, **environment: str) -> str:
    """What these lines say in that house, in a process of their own."""
    process = began(home, words, **environment)
    out, said = process.communicate(timeout=300)
    assert process.returncode == 0, said
    return out


def began(home: Path, words: str, **environment: str) -> subprocess.Popen[str]:
    """These lines in that house, in a process of their own that was begun."""
    return subprocess.Popen(
        [sys.executable, "-c", words],
        cwd=PROJECT,
        env=_environment(home) | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "AMPERSAND_TESTS"}
    return kept | {"AMPERSAND_HOME": str(home), "DJANGO_SETTINGS_MODULE": "ampersand.settings"}
