"""The settings our own server is started with."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

# Nobody loses a house by these: they are for test databases, which a power cut may take.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def as_words(*, socket_folder: Path, is_durable: bool) -> str:
    """The settings as pg_ctl hands them on."""
    settings = {
        "listen_addresses": "''",
        "unix_socket_directories": f"'{socket_folder}'",
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": f"{_shared_megabytes()}MB",
        "dynamic_shared_memory_type": _shared_memory_kind(),
        "work_mem": "32MB",
        "maintenance_work_mem": "256MB",
        "max_wal_size": "2GB",
        "random_page_cost": "1.1",
        "jit": "off",
        # What somebody asked who is gone is worked on no longer; else it would take a processor until it ends.
        "client_connection_check_interval": "2s",
        "timezone": "UTC",
        # A failing statement carries people's words: its error goes to who sent it, and not to the log.
        "log_min_messages": "log",
        "log_min_error_statement": "panic",
        **({} if is_durable else FORGETFUL),
    }
    return " ".join(f"-c {name}={value}" for name, value in settings.items())


def _shared_megabytes() -> int:
    """A quarter of the machine's memory, between 64 MB and 1 GB."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(64, min(1024, memory // 4 // 2**20))


def _shared_memory_kind() -> str:
    """Containers often have 64 MB of /dev/shm, which a large parallel query overruns."""
    shared = Path("/dev/shm")  # noqa: S108  only its size is looked at
    if sys.platform == "linux" and (not shared.is_dir() or shutil.disk_usage(shared).total < 2**30):
        return "mmap"
    return "posix"
