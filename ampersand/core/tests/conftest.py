from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ampersand.core.postgres import Server


@pytest.fixture
def empty_home() -> Iterator[Path]:
    """A new data folder. Not pytest's own folder: that one is closed to the user the database runs as."""
    home = Path(tempfile.mkdtemp(prefix="ampersand-"))
    yield home
    Server(home).stop()
    shutil.rmtree(home)
