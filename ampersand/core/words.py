"""Words on the command line, in the language of the person's own terminal.

Django translates for visitors of a page and needs every app loaded; the program must be able to speak before that.
"""

from __future__ import annotations

import gettext as standard
import sys
from functools import cache
from pathlib import Path

CATALOGUES = Path(__file__).resolve().parents[1] / "locale"


def gettext(words: str) -> str:
    return _catalogue().gettext(words) if words else ""


def say(words: str) -> None:
    """To the person at the terminal; stdout is kept for what a command answers."""
    sys.stderr.write(words + "\n")
    sys.stderr.flush()


@cache
def _catalogue() -> standard.NullTranslations:
    return standard.translation("django", CATALOGUES, fallback=True)
