"""Records on their way to the program that compares them: one a line, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ampersand.parties.doubles.traits import Traits


def traits_of(told: dict[str, Any]) -> Traits:
    lists = {name: tuple(told.get(name) or ()) for name in ("emails", "phones", "urls", "others")}
    numbers = tuple((system, number) for system, number in told.get("numbers") or ())
    return Traits(**{**told, **lists, "numbers": numbers})


def write(records: Iterable[Traits], path: Path) -> int:
    """Write records for the program to read; answers how many."""
    size = 0
    with path.open("w", encoding="utf-8") as stream:
        for record in records:
            size += 1
            stream.write(json.dumps({name: value for name, value in asdict(record).items() if value}) + "\n")
    return size
