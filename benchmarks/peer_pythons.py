"""Pythons of their own, for programs to measure ours beside: made on demand in the bench folder, and kept there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def python_with(name: str, *requirements: str) -> Path | None:
    """The python of this name that has these packages. None where they cannot be brought here, which is then said."""
    folder = Path(os.environ.get("AMPERSAND_BENCH") or ROOT / ".ampersand-bench") / name
    python = folder / "bin" / "python"
    if not python.exists():
        uv = Path(sys.prefix) / "bin" / "uv"
        made: list[list[str | Path]] = [
            [uv, "venv", "-q", folder],
            [uv, "pip", "install", "-q", "--python", python, *requirements],
        ]
        if any(subprocess.run(step, check=False).returncode for step in made):
            print(f"{', '.join(requirements)} cannot be installed here, so it stands beside nothing below.\n")
            return None
    return python
