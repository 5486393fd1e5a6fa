"""Something several processes use, and the last one should put away: a lock each user shares.

The system lets go of a lock when its process ends, however it ends, so a killed user is never counted.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

_held: dict[Path, int] = {}


def hold(lock: Path) -> None:
    """Count this process among the users. Holding twice is holding once."""
    if lock not in _held:
        _held[lock] = _open(lock)
        fcntl.flock(_held[lock], fcntl.LOCK_SH)


def let_go(lock: Path) -> bool:
    """Count this process no more; answers whether nobody else is left. Call it where no new user can slip in."""
    held = _held.pop(lock) if lock in _held else _open(lock)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        return True
    finally:
        os.close(held)


def _open(lock: Path) -> int:
    return os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
