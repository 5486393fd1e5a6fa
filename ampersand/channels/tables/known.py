"""What is known of a table before it is guessed at: how somebody understood its shape, what the files beside it tell."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from ampersand.channels.crm_exports import users
from ampersand.channels.models import KnownTable
from ampersand.channels.tables import words
from ampersand.channels.tables.layout import Layout
from ampersand.channels.tables.mapping import Mapping


def together(mappings: Sequence[Mapping], paths: Sequence[Path]) -> list[Mapping]:
    """The mappings of the files of one export, each knowing the names of that system's users that another file tells."""
    return users.named(mappings, paths)


def fingerprint(layout: Layout) -> str:
    """What two files of one shape have in common: their headings, in whatever order. Nothing where there are none."""
    if not layout.has_header:
        return ""
    told = sorted(words.plain(header) for header in layout.headers)
    return hashlib.sha256("\x1f".join(told).encode("utf-8", "replace")).hexdigest()


def remembered(layout: Layout, *, as_of: datetime | None) -> Mapping | None:
    """How somebody of the house last understood a table of this shape, told before `as_of`."""
    shape = fingerprint(layout)
    if not shape or as_of is None:
        return None
    last = KnownTable.objects.filter(fingerprint=shape, told_at__lte=as_of).order_by("-told_at", "-id").first()
    return Mapping.from_json(last.mapping) if last else None
