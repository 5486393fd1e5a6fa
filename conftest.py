"""What every test may use. It lies at the root because tests live beside their app and in tests/."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.cast import Cast

pytest_plugins = ["tests.database"]

# A test fails for what it finds, never for the load of the machine it runs on.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

# Tests run beside each other already: threads within each product of matrices would only wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

SHARED_DATA = Path(__file__).resolve().parents[1] / "shared" / "data"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long tests too (make test-long)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("long") and not config.getoption("--long"):
            item.add_marker(pytest.mark.skip(reason="long: runs in make test-long"))
        if item.get_closest_marker("shared_data") and not SHARED_DATA.is_dir():
            item.add_marker(pytest.mark.skip(reason="needs the shared data, which is not beside this clone"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The data beside the project; a test that uses it is marked `shared_data`."""
    return SHARED_DATA


@pytest.fixture
def cast(db: None) -> Cast:
    """Harbour & Finch and the few people everyone knows (tests/cast.py)."""
    from tests import cast

    return cast.enter()
