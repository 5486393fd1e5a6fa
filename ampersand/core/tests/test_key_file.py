from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ampersand.core import keys


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"

    first = keys.read_or_make(path)

    assert keys.read_or_make(path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret.key"]


def test_starters_at_the_same_moment_agree_on_one_key(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"

    with ThreadPoolExecutor(8) as starters:
        found = set(starters.map(lambda _number: keys.read_or_make(path), range(32)))

    assert len(found) == 1


def test_a_key_too_short_to_be_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    path.write_text("short\n")

    with pytest.raises(keys.KeyFileUnusable, match="must hold at least 32 characters; got 5"):
        keys.read_or_make(path)


def test_each_purpose_has_a_key_of_its_own() -> None:
    key = b"k" * 64

    assert keys.derived(key, "sessions") == keys.derived(key, "sessions")
    assert keys.derived(key, "sessions") != keys.derived(key, "passwords")
