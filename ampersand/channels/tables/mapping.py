"""How a table is to be understood: guessed first, shown with its first rows, and put right by a person."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from ampersand.channels.tables.layout import Layout
from ampersand.channels.tables.meanings import Kind, Meaning

VERSION = 1


@dataclass(frozen=True)
class Column:
    """One column: what it means and, where it needs them, its order of day and month and its decimal mark.

    `proofs` counts the cells that decided these, by what they proved; `is_sure` is False where none did or where
    they disagree, so that the page can ask.
    """

    header: str
    meaning: Meaning
    date_order: str = ""
    decimal_mark: str = ""
    proofs: tuple[tuple[str, int], ...] = ()
    is_sure: bool = True


@dataclass(frozen=True)
class Mapping:
    """A whole table understood: its layout, what its rows are, and what each column means. Goes to JSON and back."""

    layout: Layout
    kind: Kind
    columns: tuple[Column, ...]
    currency: str = ""
    zone: str = "UTC"

    def to_json(self) -> dict[str, Any]:
        return {"version": VERSION, **asdict(self)}

    @classmethod
    def from_json(cls, stored: AnyMapping[str, Any]) -> Mapping:
        """The mapping that `to_json` stored. Raises KeyError, TypeError or ValueError for anything else."""
        layout = Layout(**{**stored["layout"], "headers": tuple(stored["layout"]["headers"])})
        columns = tuple(
            Column(
                **{
                    **column,
                    "meaning": Meaning(column["meaning"]),
                    "proofs": tuple((told, count) for told, count in column["proofs"]),
                }
            )
            for column in stored["columns"]
        )
        return cls(layout, Kind(stored["kind"]), columns, stored["currency"], stored["zone"])

    def put_right(self, index: int, **changes: Any) -> Mapping:
        """The same mapping with one column meant otherwise, as a person says; that column is then sure."""
        changed = replace(self.columns[index], is_sure=True, **changes)
        return replace(self, columns=(*self.columns[:index], changed, *self.columns[index + 1 :]))
