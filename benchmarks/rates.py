"""A measured rate: so much in so many seconds."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Rate:
    """How much was done, of what, in how many seconds, and how many of them a processor was busy with it: here, and in the
    database where that was looked at.
    """

    name: str
    count: int
    unit: str
    seconds: float
    cpu_seconds: float
    budget: str
    database_cpu_seconds: float | None = None

    def says(self) -> str:
        per_second = self.count / self.seconds if self.seconds else 0.0
        of_database = (
            "" if self.database_cpu_seconds is None else f" and {self.database_cpu_seconds:.1f} of the database's"
        )
        return f"{per_second:,.0f} {self.unit}/s ({self.seconds:.1f} s, {self.cpu_seconds:.1f} of cpu{of_database})"


def database_cpu_seconds() -> float:
    """Processor time of our own server until now: of all its processes, those that have ended among them."""
    from ampersand.core import home

    server = int((home.data_folder() / "postgres" / "postmaster.pid").read_text().split()[0])
    ticks = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            # State, parent, and from the twelfth on: its own time, in user and system, then that of those who ended below it.
            told = (process / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(process.name) == server:
            ticks += sum(map(int, told[11:15]))
        elif int(told[1]) == server:
            ticks += sum(map(int, told[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")
