"""What may be said of a promise, written a second time from the design alone, by other hands than the table: for tests.

Here a promise is a handful of facts, and each word asks them. It knows nothing of positions or of the database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

PROMISER, RECEIVER, NOBODY = "promiser", "receiver", "nobody"


@dataclass
class Believed:
    """What is so, as far as one who heard every word would know."""

    begun_as: str  # told, offered, asked, taken
    due_on: date | None
    words_of: str = ""  # whose words wait for an answer: promiser, receiver, or nobody's
    accepted: bool = False
    done: bool = False
    end: str = ""
    day_of: str = ""  # whose other day waits for an answer
    other_day: date | None = None
    table_day: date | None = None
    release_asked: bool = False
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.accepted = self.begun_as == "told"
        self.words_of = {"told": "", "offered": PROMISER, "asked": RECEIVER, "taken": RECEIVER}[self.begun_as]
        self.table_day = self.due_on

    def hear(self, who: str, said: str, day: date | None = None) -> bool:
        """Take one word in, if it may be said. Answers whether it may."""
        if who == NOBODY or self.end:
            return False
        may = (self._after if self.accepted else self._before)(who, said, day)
        if may:
            self.heard.append(said)
        return may

    def _before(self, who: str, said: str, day: date | None) -> bool:
        """Until both hold the same words."""
        is_taken = self.begun_as == "taken" and not self.heard
        is_asked = self.begun_as == "asked" and not self.heard
        theirs_to_answer = self.words_of not in ("", who)
        if (said == "accept" and theirs_to_answer and not is_taken) or (
            said == "confirm" and is_taken and who == PROMISER
        ):
            self.accepted, self.due_on = True, self.table_day
        elif said == "mean" and is_taken and who == PROMISER:
            self.words_of, self.table_day = PROMISER, day
        elif said == "counter" and not is_taken and (theirs_to_answer or (who == RECEIVER and not is_asked)):
            self.words_of, self.table_day = who, day
        elif said == "decline" and not is_taken and (theirs_to_answer or (who == RECEIVER and not is_asked)):
            self.end = "declined"
        elif said == "withdraw" and who == (RECEIVER if is_taken or is_asked else PROMISER):
            self.end = "withdrawn"
        else:
            return False
        return True

    def _after(self, who: str, said: str, day: date | None) -> bool:
        """Once it holds."""
        if who == RECEIVER and said in ("kept", "partly", "not_kept", "release"):
            self.end = "released" if said == "release" else said
        elif self.done:
            return False
        elif who == PROMISER and said == "done":
            self.done = True
        elif said == "another_day":
            self.day_of, self.other_day, self.release_asked = who, day, False
        elif said == "agree_day" and self.day_of not in ("", who):
            self.due_on, self.day_of = self.other_day, ""
        elif said == "refuse_day" and self.day_of and (self.day_of != who or who == RECEIVER):
            self.day_of = ""
        elif said == "ask_release" and who == PROMISER:
            self.release_asked, self.day_of = True, ""
        elif said == "hold_to" and who == RECEIVER and self.release_asked:
            self.release_asked = False
        else:
            return False
        return True

    def state(self, on: date) -> str:
        if self.end:
            return self.end
        if not self.accepted:
            begun = {"asked": "asked", "taken": "taken"}.get(self.begun_as, "")
            unanswered = begun if not self.heard else ""
            return unanswered or ("offered" if self.words_of == PROMISER else "countered")
        if self.done:
            return "unconfirmed"
        return "late" if self.due_on is not None and self.due_on < on else "open"
