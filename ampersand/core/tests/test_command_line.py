"""The program as it is called."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from ampersand import cli
from ampersand.core import postgres, version

PROJECT = Path(__file__).resolve().parents[3]


def call(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ampersand.cli", *arguments],
        cwd=PROJECT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "ampersand.settings"} | environment,
        capture_output=True,
        text=True,
    )


def test_help_names_every_command_and_loads_neither_django_nor_their_modules() -> None:
    words = "import sys; from ampersand import cli\ntry: cli.main()\nexcept SystemExit: print('django' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", words, "--help"], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout

    assert all(f"  {name} " in told for name in cli.COMMANDS)
    assert told.endswith("False\n")


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_of_the_table_is_there(name: str) -> None:
    context = cli.ampersand.make_context("ampersand", [], resilient_parsing=True)

    command = cli.ampersand.get_command(context, name)

    assert command is not None
    assert command.get_short_help_str()


def test_an_unknown_command_is_not_done() -> None:
    told = call("nonsense")

    assert told.returncode == 2
    assert "No such command 'nonsense'" in told.stderr


def test_what_is_not_done_is_one_json_object_too(tmp_path: Path) -> None:
    told = call("sign-in-link", "--json", AMPERSAND_HOME=str(tmp_path), DATABASE_URL="postgresql:///no?host=/nowhere")

    assert told.returncode == 2
    assert set(json.loads(told.stdout)) == {"error"}


NOTE = {"id": "n1", "written_at": "2026-10-06T10:52:00+01:00", "author": "Maya", "text": "Called Jane Okafor."}


def test_notes_of_a_file_are_read_without_a_book(tmp_path: Path) -> None:
    file = tmp_path / "notes.jsonl"
    file.write_text(json.dumps(NOTE) + "\n")

    told = call("lab", "notes", str(file), AMPERSAND_HOME=str(tmp_path / "no-house"))

    assert (told.returncode, told.stderr) == (0, "")
    assert json.loads(told.stdout)["encounters"] == [{"channel": "call", "on": "2026-10-06", "with": ["Jane Okafor"]}]
    assert not (tmp_path / "no-house").exists()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{broken", "line 1 is not JSON"),
        ('{"id": "n1"}', "line 1 must be an object with written_at, author, text"),
        (json.dumps(NOTE | {"written_at": "yesterday"}), "written_at of note n1 must be an ISO time, got yesterday"),
    ],
)
def test_a_file_that_holds_no_notes_is_not_done(tmp_path: Path, line: str, words: str) -> None:
    file = tmp_path / "notes.jsonl"
    file.write_text(line + "\n")

    told = call("lab", "notes", str(file))

    assert told.returncode == 2
    assert told.stderr.startswith(words)


@pytest.mark.parametrize("command", ["today", "migrate", "serve"])
def test_a_database_that_does_not_answer_is_said_in_words(tmp_path: Path, command: str) -> None:
    port = {"serve": ["--port", str(free_port())]}.get(command, [])

    told = call(command, *port, AMPERSAND_HOME=str(tmp_path), DATABASE_URL="postgresql:///no?host=/nowhere")

    assert told.returncode == 2
    assert "The database does not answer: " in told.stderr
    assert "Traceback" not in told.stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_version_is_said() -> None:
    assert json.loads(call("version", "--json").stdout) == {"version": version.number()}


def test_a_superuser_is_no_role_to_serve_with(migrated_template: str) -> None:
    told = call("doctor", DATABASE_URL=postgres.url_for("owner", database=migrated_template))

    assert told.returncode == 1
    assert "The database role owner is a superuser." in told.stdout
