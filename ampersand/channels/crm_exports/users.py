"""The users of another program: never brought in, but their names stand behind the numbers of owners in its other files."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ampersand.channels.crm_exports.shapes import Shape, squeezed
from ampersand.channels.outcomes import mark as _
from ampersand.channels.tables import forms
from ampersand.channels.tables.layout import read_rows
from ampersand.channels.tables.mapping import Mapping
from ampersand.channels.tables.meanings import TIES

NOBODY_OUTSIDE = _("This is a user of the system the table comes from. Your own people come by invitation.")
NOTHING_OF_PEOPLE = _("This table of an export tells nothing of people, organisations or what happened with them.")


def named(mappings: Sequence[Mapping], paths: Sequence[Path]) -> list[Mapping]:
    """The mappings, each with the names behind the numbers that its columns tell, as far as a file beside it has them."""
    from ampersand.channels.crm_exports.known import shape_known_as

    wanted: dict[str, set[str]] = {}
    for mapping, path in zip(mappings, paths, strict=True):
        wanted.setdefault(_program(mapping), set()).update(_numbers(mapping, path))
    found: dict[str, dict[str, str]] = {}
    for mapping, path in zip(mappings, paths, strict=True):
        shape = shape_known_as(mapping.known_as)
        if shape and shape.names and wanted[_program(mapping)]:
            told = _names(mapping, path, shape, wanted[_program(mapping)])
            found.setdefault(_program(mapping), {}).update(told)
    return [
        replace(mapping, names=tuple(sorted(found.get(_program(mapping), {}).items())))
        if _columns(mapping)
        else mapping
        for mapping in mappings
    ]


def reached(mappings: Sequence[Mapping], paths: Sequence[Path]) -> dict[str, str]:
    """The e-mail addresses of the users that a file tells of, by their names."""
    from ampersand.channels.crm_exports.known import shape_known_as

    found: dict[str, str] = {}
    for mapping, path in zip(mappings, paths, strict=True):
        shape = shape_known_as(mapping.known_as)
        places = {squeezed(header): index for index, header in enumerate(mapping.layout.headers)}
        if shape is None or shape.left_out != NOBODY_OUTSIDE or "email" not in places:
            continue
        names = [places[squeezed(header)] for header in shape.names[1:] if squeezed(header) in places]
        for _line, cells in read_rows(path, mapping.layout):
            if not isinstance(cells, csv.Error) and len(cells) == len(mapping.layout.headers):
                name = " ".join(filter(None, (cells[part].strip() for part in names)))
                found[name] = cells[places["email"]].strip()
    return found


def _program(mapping: Mapping) -> str:
    return mapping.known_as.partition(": ")[0]


def _columns(mapping: Mapping) -> list[int]:
    return [
        index
        for index, column in enumerate(mapping.columns)
        if column.form == forms.USER or (column.meaning in TIES and column.form in forms.NUMBERS)
    ]


def _numbers(mapping: Mapping, path: Path) -> Iterator[str]:
    """The numbers that stand for somebody in a table."""
    columns = _columns(mapping)
    for _line, cells in read_rows(path, mapping.layout) if columns else ():
        if not isinstance(cells, csv.Error):
            yield from (number(cells[index]) for index in columns if index < len(cells) and cells[index])


def _names(mapping: Mapping, path: Path, shape: Shape, wanted: set[str]) -> Iterator[tuple[str, str]]:
    """Those of the wanted numbers that a table tells the names of."""
    places = {squeezed(header): index for index, header in enumerate(mapping.layout.headers)}
    indexes = [places[squeezed(header)] for header in shape.names if squeezed(header) in places]
    if len(indexes) < 2:
        return
    own, *parts = indexes
    for _line, cells in read_rows(path, mapping.layout):
        if isinstance(cells, csv.Error) or len(cells) <= max(indexes):
            continue
        if (its := number(cells[own])) in wanted:
            yield its, " ".join(filter(None, (cells[part].strip() for part in parts)))


def number(cell: str) -> str:
    """A number of whatever program, in its one form."""
    return forms.salesforce_id(forms.zoho_id(cell.strip()))
