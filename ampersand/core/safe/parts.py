"""What apps above add to an export, by name: it is imported when there is an export, and not at every start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

from django.utils.module_loading import import_string

# Writes files of its own below the folder, as this member may see the house.
Part = Callable[[Path, Any], None]
_names: list[str] = []


def add(name: str) -> None:
    """Have this function called at every export too."""
    if name not in _names:
        _names.append(name)


def every() -> Iterator[Part]:
    return (cast(Part, import_string(name)) for name in _names)
