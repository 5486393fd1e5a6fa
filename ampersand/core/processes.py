"""What other processes of this machine are doing."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PR_SET_PDEATHSIG = 1


def works_in(pid: int, folder: Path) -> bool:
    """Whether a process lives and works in a folder. A dead one, or another that got its number, does not."""
    if not Path("/proc/self").exists():
        return _lives(pid)
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == folder
    except OSError:
        return False


def of_user(uid: int) -> Iterator[int]:
    """The numbers of a user's processes, where the system tells them (Linux)."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if entry.stat().st_uid == uid:
                yield int(entry.name)
        except OSError:
            continue  # it ended while we looked


def kill_session(leader: int) -> None:
    """Kill what is left of a session whose leader we started: a web server's own workers outlive it and hold its port."""
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


def end_with_parent() -> None:
    """Between fork and exec: when the parent is killed, this process is asked to stop, where the system can (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
