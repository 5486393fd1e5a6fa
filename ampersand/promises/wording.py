"""What may be put forward as a promise, and what cannot be said of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

LONGEST_WORDS = 4_000


class NotNow(ValueError):
    """It cannot be said of a promise as it stands."""


class AlreadySettled(NotNow):
    """The promise was called kept, not kept, declined, released or withdrawn before."""


class SaidSince(ValueError):
    """Something was said of the promise since, upon what would be taken back."""


class NotLater(ValueError):
    """A promise is made for, or moved to, a day that has not passed."""


class NothingSaid(ValueError):
    """A promise says what is promised."""


class NotTheHouses(ValueError):
    """Only what is promised in the house's name goes over to another of us: everybody promises only for themselves."""


@dataclass(frozen=True)
class Wording:
    """What is put on the table: what will be done, by when, and on which condition."""

    words: str
    due_on: date | None = None
    condition: str = ""

    def refuse_unless_said(self, *, on: date) -> Wording:
        """It with its words trimmed. Raises NothingSaid, NotLater."""
        said = Wording(self.words.strip()[:LONGEST_WORDS], self.due_on, self.condition.strip()[:LONGEST_WORDS])
        if not said.words:
            raise NothingSaid(_("Write what is promised."))
        if said.due_on is not None and said.due_on < on:
            raise NotLater(_("Choose a day from today on."))
        return said
