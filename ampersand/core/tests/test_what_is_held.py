"""What the processes of `ampersand serve` hold in memory all day: nothing that one page or one job in a thousand needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from ampersand.core import book

# Twenty to a hundred megabytes each; whoever needs one imports it then, best in a process that ends.
HEAVY = {
    "PIL",
    "duckdb",
    "matplotlib",
    "openpyxl",
    "pandas",
    "polars",
    "pyarrow",
    "python_calamine",
    "splink",
    "xlsxwriter",
}
# The worker reads relationships all day; a page never does.
READS = {"ibis", "numpy", "scipy", "sqlglot"}
WORKER = """
from ampersand.readings import actions, engines
from ampersand.readings.measures.whose_move import whose_move
engines.Asked(whose_move).sql("postgres")
"""


def held_after(words: str) -> set[str]:
    """The packages that a process holds once it has run these words."""
    said = f"import django\ndjango.setup()\n{words}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    environment = os.environ | book.own_path() | {"DJANGO_SETTINGS_MODULE": "ampersand.settings"}
    done = subprocess.run([sys.executable, "-c", said], env=environment, capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in json.loads(done.stdout)}


def test_a_web_process_holds_every_page_and_nothing_that_few_pages_need() -> None:
    assert held_after("import ampersand.asgi") & (HEAVY | READS) == set()


def test_a_worker_that_read_a_relationship_holds_no_engine_for_the_whole_book() -> None:
    held = held_after(WORKER)

    assert "ibis" in held
    assert held & HEAVY == set()


def test_a_command_run_apart_says_what_it_could_not_do() -> None:
    with pytest.raises(book.NotDone, match="bake"):
        book.run_apart("bake")
