"""A measured rate: so much in so many seconds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """How much was done, of what, in how many seconds, and how many of them a processor was busy with it."""

    name: str
    count: int
    unit: str
    seconds: float
    cpu_seconds: float
    budget: str

    def says(self) -> str:
        per_second = self.count / self.seconds if self.seconds else 0.0
        return f"{per_second:,.0f} {self.unit}/s ({self.seconds:.1f} s, {self.cpu_seconds:.1f} of cpu)"
