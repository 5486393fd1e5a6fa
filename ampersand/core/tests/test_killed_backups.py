"""Killed at any moment, a backup leaves no half one behind, and a restore leaves the house as it was or as it is to be."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ampersand.core.postgres import Server
from ampersand.core.safe import backup, contents, restore
from ampersand.core.tests.houses import do, dump_of, furnish, name_of, program

AT = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
ROUNDS = 12
PATIENCE_SECONDS = 120


@pytest.fixture
def house(migrated_template: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    home = Path(tempfile.mkdtemp(prefix="ampersand-"))
    dump = dump_of(migrated_template, home)
    monkeypatch.setenv("AMPERSAND_HOME", str(home))
    server = furnish(home, dump)
    yield server
    server.stop()
    shutil.rmtree(home)


def killed_after(seconds: float, process: subprocess.Popen[str]) -> bool:
    """Kill a program unless it has ended by then; answers whether it was killed."""
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return True
    process.communicate()
    return False


def seconds_of(process: subprocess.Popen[str]) -> float:
    began = time.monotonic()
    _, words = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0, words
    return time.monotonic() - began


def killed_when(path: Path, pattern: str, process: subprocess.Popen[str]) -> None:
    """Kill a program as soon as something of this name is there."""
    until = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < until and not any(path.glob(pattern)):
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_a_backup_killed_while_it_writes_leaves_none_and_the_next_clears_up(house: Server, tmp_path: Path) -> None:
    killed_when(tmp_path, ".coming-*/book.dump", program(house.home, "backup", str(tmp_path)))

    assert list(backup.all_in(tmp_path)) == []
    made = backup.back_up(tmp_path, at=AT)
    assert list(tmp_path.iterdir()) == [made]


def test_a_restore_killed_while_it_works_leaves_the_house_as_it_was(house: Server, tmp_path: Path) -> None:
    backup.back_up(tmp_path / "a", at=AT)
    do(house, "UPDATE members_house SET name = 'Later'")
    saves_into = str(tmp_path / "b")

    killed_when(
        tmp_path,
        "b/ampersand-*",
        program(house.home, "restore", str(tmp_path / "a"), "--replace", AMPERSAND_BACKUPS=saves_into),
    )

    assert name_of(house) in ("Later", "Harbour & Finch")
    restore.restore(tmp_path / "a", at=AT, is_replacing=True, saves_into=tmp_path / "c")
    assert name_of(house) == "Harbour & Finch"


@pytest.mark.long
def test_backups_killed_at_any_moment(house: Server, tmp_path: Path) -> None:
    whole = seconds_of(program(house.home, "backup", str(tmp_path / "whole")))
    chance = random.Random(1)

    killed = sum(
        killed_after(chance.uniform(0, whole), program(house.home, "backup", str(tmp_path / "often")))
        for _ in range(ROUNDS)
    )

    assert killed > 0
    assert name_of(house) == "Harbour & Finch"
    for made in backup.all_in(tmp_path / "often"):
        contents.refuse_damage(made, contents.read_manifest(made, key=None), key=None)
    last = backup.back_up(tmp_path / "often", at=AT)
    assert not [path for path in last.parent.iterdir() if path.name.startswith(".")]


@pytest.mark.long
def test_restores_killed_at_any_moment(house: Server, tmp_path: Path) -> None:
    backup.back_up(tmp_path / "a", at=AT)
    do(house, "UPDATE members_house SET name = 'Later'")
    whole = seconds_of(program(house.home, "restore", str(tmp_path / "a"), "--replace"))
    chance, seen = random.Random(2), set()

    for _ in range(ROUNDS):
        do(house, "UPDATE members_house SET name = 'Later'")
        killed_after(
            chance.uniform(whole / 4, whole * 1.2), program(house.home, "restore", str(tmp_path / "a"), "--replace")
        )
        seen.add(name_of(house))

    assert seen <= {"Later", "Harbour & Finch"}
    assert len(seen) == 2
    restore.restore(tmp_path / "a", at=AT, is_replacing=True, saves_into=tmp_path / "c")
    assert name_of(house) == "Harbour & Finch"
