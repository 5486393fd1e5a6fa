"""English, as written in notes."""

from __future__ import annotations

from ampersand.notebook.reader.languages.english_contact import *  # noqa: F403
from ampersand.notebook.reader.languages.english_days import *  # noqa: F403
from ampersand.notebook.reader.languages.english_grammar import *  # noqa: F403
from ampersand.notebook.reader.languages.english_minding import *  # noqa: F403
from ampersand.notebook.reader.languages.english_people import *  # noqa: F403
from ampersand.notebook.reader.languages.english_promises import *  # noqa: F403
from ampersand.notebook.reader.languages.english_ties import *  # noqa: F403
from ampersand.notebook.reader.languages.english_trade import *  # noqa: F403
from ampersand.notebook.reader.languages.english_words import *  # noqa: F403

code = "en"
and_word = "and"
