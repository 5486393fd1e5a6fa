"""What the map is asked for, as it stands in the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from ampersand.desk.pages.tune_map import View
from ampersand.desk.tuned import IN_TUNE, PARTED

Lens = Literal["all", "mine", "moved"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the map shows, how, and who is chosen."""

    lens: Lens = "all"
    says: str = ""
    """Only those whose reading says so."""
    view: View = ""
    at: str = ""
    page: int = 1
    on: date | None = None
    """The past day, as known on which it is shown."""

    @classmethod
    def read(cls, told: QueryDict, *, on: date | None = None) -> Asked:
        lenses: dict[str, Lens] = {"mine": "mine", "moved": "moved"}
        views: dict[str, View] = {"list": "list", "drawing": "drawing"}
        page = told.get("page", "")
        return cls(
            lens=lenses.get(told.get("show", ""), "all"),
            says=told.get("says", "") if told.get("says") in (*PARTED, IN_TUNE) else "",
            view=views.get(told.get("as", ""), ""),
            at=told.get("at", ""),
            page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 6 and int(page) else 1,
            on=on,
        )

    def url(self, **changes: Any) -> str:
        asked = replace(self, **{"page": 1, **changes})
        told = {
            "show": asked.lens if asked.lens != "all" else "",
            "says": asked.says,
            "as": asked.view,
            "at": asked.at,
            "on": asked.on.isoformat() if asked.on else "",
            "page": str(asked.page) if asked.page > 1 else "",
        }
        told = {name: value for name, value in told.items() if value}
        return reverse("desk:map") + (f"?{urlencode(told)}" if told else "")
