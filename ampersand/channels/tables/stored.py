"""How the tables of an import are kept to be understood: one mapping, or of a workbook one a sheet and the sheets that wait."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from typing import Any

from ampersand.channels.tables.mapping import Mapping

Stored = dict[str, Any]


def told(stored: Stored | None, mapping: AnyMapping[str, Any]) -> Stored | None:
    """What is kept once the sheet that waits first was told; None where there are no sheets to wait."""
    if not stored or not stored.get("waits"):
        return None
    sheet, *rest = stored["waits"]
    return {"sheets": {**stored["sheets"], sheet: dict(mapping)}, "waits": rest}


def waits_for(stored: Stored | None) -> str | None:
    """The sheet somebody has to look at next; None where it is the one table there is."""
    return stored["waits"][0] if stored and stored.get("waits") else None


def is_waiting(stored: Stored | None) -> bool:
    return stored is None or bool(stored.get("waits"))


def of_sheet(stored: Stored | None, sheet: str) -> Mapping | None:
    """How a sheet is to be understood as far as somebody said it, or it was known."""
    if not stored:
        return None
    if "sheets" in stored:
        return Mapping.from_json(stored["sheets"][sheet]) if sheet in stored["sheets"] else None
    if "layout" not in stored:
        return None
    return Mapping.from_json(stored) if stored["layout"].get("sheet", "") == sheet else None
