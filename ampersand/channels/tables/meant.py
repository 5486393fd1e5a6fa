"""What the columns of a table were said to mean: known without asking, asked sheet by sheet, and remembered."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from datetime import datetime
from pathlib import Path
from typing import Any

from ampersand.channels import opening
from ampersand.channels.crm_exports import known as crm_exports
from ampersand.channels.models import Import, KnownTable
from ampersand.channels.tables import columns, known, layout, load
from ampersand.channels.tables.mapping import Mapping
from ampersand.channels.tables.stored import Stored
from ampersand.members.models import House, Member


def without_asking(path: Path, import_: Import) -> Stored | None:
    """What is kept with an import of a table: nothing while somebody has to look at it, of a workbook what needs no look
    and which sheets wait.
    """
    house, name = House.objects.get(), str(import_.paths[0]) if import_.paths else ""
    sheets = layout.sheets(path)
    found = {sheet: load.guess(path, house, name=name, sheet=sheet, as_of=import_.began_at) for sheet in sheets}
    waiting = [sheet for sheet, mapping in found.items() if not mapping.left_out and _has_to_be_asked(mapping)]
    if len(found) == 1:
        return None if waiting else next(iter(found.values())).to_json()
    sure = {sheet: mapping.to_json() for sheet, mapping in found.items() if sheet not in waiting}
    return {"sheets": sure, "waits": waiting}


def _has_to_be_asked(mapping: Mapping) -> bool:
    return not mapping.known_as or columns.asks_for_order(mapping)


def is_export(path: Path) -> bool:
    """Whether this is a table of another program. A workbook is not asked: it is one file with all its sheets."""
    return not opening.is_workbook(path) and crm_exports.find(layout.sniff(path)) is not None


def remember(mapping: AnyMapping[str, Any], *, by: Member, at: datetime) -> None:
    """Keep how a table was understood, for the next of its shape. Said again the same, it is there once."""
    as_told = Mapping.from_json(mapping)
    shape = known.fingerprint(as_told.layout)
    last = KnownTable.objects.filter(fingerprint=shape).order_by("-told_at", "-id").first()
    if shape and (last is None or last.mapping != dict(mapping)):
        KnownTable.objects.create(fingerprint=shape, mapping=dict(mapping), told_by=by, told_at=at)


def was_remembered(layout_: layout.Layout, *, as_of: datetime) -> bool:
    return known.remembered(layout_, as_of=as_of) is not None
