"""What a command finds while a server makes the tables: it waits, and then says so."""

from __future__ import annotations

import fcntl
from contextlib import nullcontext
from pathlib import Path

import pytest

from ampersand.core import book


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AMPERSAND_HOME", str(tmp_path))
    return tmp_path


def test_a_folder_without_a_server_is_not_waited_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "serve.lock").write_text("http://127.0.0.1:8000\n")
    monkeypatch.setattr(book, "missing_migrations", lambda: ["members.0001_initial"])

    assert not book.is_being_served()
    assert book.missing_while_served(wait_seconds=60) == ["members.0001_initial"]


def test_a_server_that_makes_its_tables_is_waited_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = iter([["members.0001_initial"], ["members.0001_initial"], []])
    monkeypatch.setattr(book, "missing_migrations", lambda: next(told))
    monkeypatch.setattr(book, "LOOK_SECONDS", 0.01)

    with (folder / "serve.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        assert book.missing_while_served(wait_seconds=60) == []

    assert capsys.readouterr().err == "The server is getting ready. Waiting for it.\n"


def test_waited_for_in_vain_it_says_that_the_server_is_getting_ready(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "missing_while_served", lambda: ["members.0001_initial"])
    monkeypatch.setattr(book, "database_running", nullcontext)

    with (folder / "serve.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        with pytest.raises(book.BookNotReady, match="Try again in a moment"), book.opened():
            pass
