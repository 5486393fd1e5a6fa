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
    they disagree, so that the page can ask. `form` names how its cells are written (`forms`), `label` what the book
    calls what it brings: of a number the list it is from, so that the same number in two files is one.
    """

    header: str
    meaning: Meaning
    date_order: str = ""
    decimal_mark: str = ""
    proofs: tuple[tuple[str, int], ...] = ()
    is_sure: bool = True
    form: str = ""
    label: str = ""

    @property
    def name(self) -> str:
        """What its values are called in the book."""
        return self.label or self.header


@dataclass(frozen=True)
class Mapping:
    """A whole table understood: its layout, what its rows are, and what each column means. Goes to JSON and back.

    `known_as` says whose export it is, where it was recognised; `left_out` is the sentence why none of its rows is
    brought in; `names` tells who stands behind the numbers of that system's users, and `mode` how people met where no
    row says it.
    """

    layout: Layout
    kind: Kind
    columns: tuple[Column, ...]
    currency: str = ""
    zone: str = "UTC"
    known_as: str = ""
    left_out: str = ""
    names: tuple[tuple[str, str], ...] = ()
    mode: str = ""

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
        return cls(
            layout,
            Kind(stored["kind"]),
            columns,
            stored["currency"],
            stored["zone"],
            stored.get("known_as", ""),
            stored.get("left_out", ""),
            tuple((number, name) for number, name in stored.get("names", ())),
            stored.get("mode", ""),
        )

    def put_right(self, index: int, **changes: Any) -> Mapping:
        """The same mapping with one column meant otherwise, as a person says; that column is then sure."""
        changed = replace(self.columns[index], is_sure=True, **changes)
        return replace(self, columns=(*self.columns[:index], changed, *self.columns[index + 1 :]))
