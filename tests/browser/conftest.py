from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import gallery, looking


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with looking.browser() as found:
        yield found


@pytest.fixture(scope="session")
def gallery_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The gallery on a free port, under our content security policy."""
    if not (gallery.BUILT / "islands.js").exists():
        pytest.fail("The assets are not built. Run `make setup` first.")
    folder: Path = tmp_path_factory.mktemp("gallery")
    gallery.write(folder)
    with gallery.served(folder) as address:
        yield address
