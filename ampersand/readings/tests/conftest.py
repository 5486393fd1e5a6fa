"""A folder for snapshots of one test's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from ampersand.readings.snapshot import writing


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "SNAPSHOTS", tmp_path / "snapshots")
    return tmp_path / "snapshots"


@pytest.fixture
def sliced(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small book cut as a large one is."""
    monkeypatch.setattr(writing, "SLICE_RELATIONSHIPS", 2)


@pytest.fixture
def copied_whole(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Each time that something is copied out of the book: whether it was all of it."""
    copied: list[bool] = []
    load = writing.Writer.load

    def noted(self: writing.Writer, **told: Any) -> None:
        copied.append(told["relationship_ids"] is None)
        load(self, **told)

    monkeypatch.setattr(writing.Writer, "load", noted)
    return copied
