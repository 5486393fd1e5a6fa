"""What becomes of each thing a file brings: it is understood, left out, or rejected, always with its exact place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext


def mark(sentence: str) -> str:
    """Mark a sentence for the catalogues, imported as `_`. Django's own wants settings; reading files wants none."""
    return sentence


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stood: the path inside the import, and the line it begins on, counted from 1."""

    path: str
    line: int


@dataclass(frozen=True)
class Reason:
    """One whole English sentence with named placeholders (the message id), and what fills them.

    Kept apart so that a report can count by sentence, and a page can say it in the reader's language.
    """

    text: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.values

    def translated(self) -> str:
        return gettext(self.text) % self.values


@dataclass(frozen=True)
class Rejected:
    """Something that could not be read; `what` is a short line by which a person recognises it."""

    place: Place
    reason: Reason
    what: str = ""


# A calendar or an address book is read whole; a larger one was made to fill memory.
LARGEST_BYTES = 256 << 20
_ = mark
TOO_LARGE = _("The file is larger than 256 MB. Export it in parts, a few years or a few letters each.")


def too_large(path: Path, *, name: str) -> Rejected | None:
    """What becomes of a file that is too large to be read whole; None where it is not."""
    return Rejected(Place(name, 1), Reason(TOO_LARGE), name) if path.stat().st_size > LARGEST_BYTES else None


def plain(text: str) -> str:
    """Text the database can hold: a null byte has no place in it."""
    return text.replace("\x00", "") if "\x00" in text else text
