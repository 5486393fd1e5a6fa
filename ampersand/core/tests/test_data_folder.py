"""Where the data of a house are when nobody said so."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ampersand.core import home as homes

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root's database runs as somebody else: run as root")


@pytest.fixture
def clone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A clone below a folder that is open, with a place for the system's data beside it."""
    place = Path(tempfile.mkdtemp(prefix="ampersand-"))
    place.chmod(0o755)
    clone = place / "home" / "clone"
    (clone / "bin").mkdir(parents=True)
    (clone / "pyproject.toml").touch()
    monkeypatch.setattr(homes, "PROJECT", clone)
    monkeypatch.setattr(homes, "SYSTEM_FOLDER", place / "var")
    monkeypatch.delenv("AMPERSAND_HOME", raising=False)
    monkeypatch.delenv("AMPERSAND_TESTS", raising=False)
    yield clone
    shutil.rmtree(place)


def test_the_folder_that_was_named_is_taken(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMPERSAND_HOME", "/srv/house")

    assert homes.data_folder() == Path("/srv/house")


def test_a_clone_keeps_its_data_beside_the_code(clone: Path) -> None:
    assert homes.data_folder() == clone / ".ampersand"
    assert not (clone / ".ampersand").exists()


def test_tests_keep_away_from_the_house_of_the_clone(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMPERSAND_TESTS", "1")

    assert homes.data_folder() == clone / ".ampersand-tests"


@only_root
def test_a_clone_below_a_closed_home_links_to_a_folder_the_database_can_reach(clone: Path) -> None:
    clone.parent.chmod(0o700)

    folder = homes.data_folder()

    assert folder.parent == homes.SYSTEM_FOLDER
    assert (clone / ".ampersand").readlink() == folder
    assert homes.data_folder() == folder
    assert clone.parent.stat().st_mode & 0o777 == 0o700


def test_without_a_clone_the_data_are_the_persons_own(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (clone / "pyproject.toml").unlink()
    monkeypatch.setenv("HOME", str(clone.parent))

    assert homes.data_folder() == clone.parent / ".local/share/ampersand"
