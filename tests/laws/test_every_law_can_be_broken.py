"""The breaking patches (make laws) fit the code as it is, and name tests that are there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

LAWS = Path(__file__).parent
ROOT = LAWS.parents[1]
PATCHES = sorted((LAWS / "patches").glob("*.patch"))


def test_every_law_that_is_reached_has_a_break() -> None:
    laws = {file.name.split("_")[2] for file in LAWS.glob("test_law_*.py")}

    assert {patch.name[:2] for patch in PATCHES} == laws
    assert laws == {"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "12"}


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_a_break_fits_the_code(patch: Path) -> None:
    done = subprocess.run(["git", "apply", "--check", str(patch)], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, f"Make {patch.name} anew for the code as it is now: {done.stderr}"


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.stem)
def test_a_break_says_what_it_does_and_which_tests_see_it(patch: Path) -> None:
    head = patch.read_text().split("diff --git")[0]
    tests = "".join(file.read_text() for file in LAWS.glob(f"test_law_{patch.name[:2]}_*.py"))
    red = re.findall(r"^red: (\w+)$", head, re.MULTILINE)

    assert head.splitlines()[0].endswith(".")
    assert red
    assert [name for name in red if f"def {name}(" not in tests] == []
