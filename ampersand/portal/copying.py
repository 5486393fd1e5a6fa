"""The copy she takes: a zip with a page to read and the same as data another house can open. Her own rows only."""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string

from ampersand.portal.page import BetweenPage


def bundle(page: BetweenPage, *, at: datetime) -> bytes:
    """The whole page as a zip of `page.html` and `page.json`."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("page.html", render_to_string("portal/copy.html", {"page": page, "at": at}))
        packed.writestr("page.json", json.dumps(told(page, at=at), ensure_ascii=False, indent=1))
    return written.getvalue()


def told(page: BetweenPage, *, at: datetime) -> dict[str, Any]:
    """The page as data: what was promised both ways, her terms, what is kept about her, and what was between."""
    whole: dict[str, Any] = _plain(dataclasses.asdict(page))
    for row in (*whole["ours"], *whole["theirs"]):
        del row["acts"], row["kinds"]
    _without_acts(whole)
    return {"form": "ampersand.between/1", "taken_at": at.isoformat(), **whole}


def _without_acts(value: Any) -> None:
    """What leads somewhere, or sends something, is no part of a copy."""
    if isinstance(value, dict):
        for name in [name for name in value if name == "entry" or name.endswith("_url") or name == "url"]:
            del value[name]
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _without_acts(one)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return (
        value.isoformat()
        if isinstance(value, date | datetime)
        else str(value)
        if isinstance(value, UUID | Decimal)
        else value
    )
