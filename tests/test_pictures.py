"""`bin/pictures` visits houses as a stranger does: it has the pages' samples, and the settings of no house."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_the_album_opens_without_the_settings_of_a_house() -> None:
    without = {name: told for name, told in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    opened = subprocess.run(
        [sys.executable, "-c", "import tests.browser.album"], cwd=ROOT, env=without, capture_output=True, text=True
    )

    assert opened.returncode == 0, opened.stderr
