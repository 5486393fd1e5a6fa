"""Language packs. The stages know how notes are built; the words are here, one module a language."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

Language = Any
PACKS = frozenset({"en"})


@cache
def language_of(code: str) -> Language:
    """The pack of a language code ("en", "en-GB"); English where there is none."""
    primary = code.split("-")[0].lower()
    return import_module(f"ampersand.notebook.reader.languages.{primary if primary in PACKS else 'en'}")
