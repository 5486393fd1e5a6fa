"""What a measure answered, column by column: of a hundred thousand relationships that is a few lists, and no row an object.

A list within a row (ids of evidence, days) is one text, joined by commas: an engine makes it in no time, and what stores a
reading writes it as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Row = dict[str, Any]
_BETWEEN = ","


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns by their name, each a list of as many values as there are rows."""

    told: Mapping[str, list[Any]]

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Columns:
        """The same of rows."""
        names = list(rows[0]) if rows else []
        return cls({name: [_as_text(row[name]) for row in rows] for name in names})

    def __len__(self) -> int:
        return len(next(iter(self.told.values()), ()))

    def __getitem__(self, name: str) -> list[Any]:
        # An engine that answers no row may not know how the columns are called.
        return self.told[name] if len(self) else []

    def numbers(self, name: str) -> Floats:
        """A column as numbers; not a number where there is none."""
        return np.array(self[name], dtype=np.float64)

    def those(self, wanted: Iterable[Any]) -> Columns:
        """The rows for which something holds, one answer a row."""
        chosen = [number for number, holds in enumerate(wanted) if holds]
        return Columns({name: [column[number] for number in chosen] for name, column in self.told.items()})

    def rows(self) -> Iterator[Row]:
        """The same as rows: for what is few."""
        for values in zip(*self.told.values(), strict=True):
            yield dict(zip(self.told, values, strict=True))

    def by(self, name: str) -> dict[Any, int]:
        """At which row each value of a column stands."""
        return {value: number for number, value in enumerate(self[name])}


def joined(*lists: str | None) -> str:
    """Several lists as one, each with its commas."""
    return _BETWEEN.join(filter(None, lists))


def parts(told: str | None) -> list[str]:
    """What stands in a list."""
    return told.split(_BETWEEN) if told else []


def _as_text(value: Any) -> Any:
    return _BETWEEN.join(map(str, value)) if isinstance(value, list | tuple) else value
