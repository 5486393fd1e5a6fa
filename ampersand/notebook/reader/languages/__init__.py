"""Language packs. The stages know how notes are built; the words are here, one module a language."""

from __future__ import annotations

from functools import cache

from ampersand.notebook.reader.languages.pack import Language

__all__ = ["Language", "language_of"]


@cache
def language_of(code: str) -> Language:
    """The pack of a language code ("en", "en-GB"). English is the only one so far and stands in for the others."""
    # Imported on first use: its patterns take some 60 ms to build, and not everything that imports the reader reads.
    from ampersand.notebook.reader.languages import en

    return en
