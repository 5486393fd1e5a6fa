"""Numbers other programs gave somebody, as a person reads them. What only a machine reads is left out."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from ampersand.parties.models import Identifier, IdentifierKind

# Headings that say no more than that it is a number: then the file is named instead.
_BARE = frozenset({"id", "record id", "row id", "external id", "contact id", "person id", "uuid", "guid", "uid", "key"})
_LONGEST_READ = 12
_KEY = re.compile(
    r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}"  # a UUID
    r"|(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{16,}"  # a digest
    r"|__(?:export|import)__\..*",  # the name of a row in Odoo
    re.IGNORECASE,
)


def is_key(value: str) -> bool:
    """Whether this is the key of a row somewhere, which tells a person nothing.

    >>> is_key("6f9619ff-8b86-d011-b42d-00cf4fc964ff"), is_key("__export__.res_partner_42_1a2b"), is_key("DE129273398")
    (True, True, False)
    """
    return _KEY.fullmatch(value.strip()) is not None


def in_words(row: Identifier) -> str:
    """An address as it was told; a number elsewhere with where that is, and no number where nobody could read it."""
    if row.kind != IdentifierKind.EXTERNAL:
        return row.as_told
    number, program = row.as_told, _program(row)
    is_read = len(number) <= _LONGEST_READ and not is_key(number)
    if program and is_read:
        return _("Number %(number)s in %(program)s") % {"number": number, "program": program}
    if program:
        return _("Known in %(program)s") % {"program": program}
    return f"{row.label or row.get_kind_display()}: {number}" if is_read else ""


def _program(row: Identifier) -> str:
    """Whose number it is: of a program's own export the program, of a bare heading the file, else nobody's name."""
    if row.value != row.as_told and row.value.endswith(f" {row.as_told}"):
        return row.value.removesuffix(f" {row.as_told}")
    is_bare = row.label.strip().lower() in _BARE or not row.label
    return row.source.label if is_bare and row.source else ""
