"""A clause: who does what, in which tense, whether it is denied, only possible, a condition."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ampersand.notebook.reader.names import Mention

# No clause says more than this many words, whatever the punctuation.
LONGEST = 80

SubjectKind = Literal["us", "he", "she", "they", "you", "it", "name", "thing", "none"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Tokens [first, last) before the verb; `mentions` when it is named; "none" when it is left out."""

    kind: SubjectKind
    first: int
    last: int
    mentions: tuple[Mention, ...] = ()
    is_relative: bool = False


@dataclass(slots=True)
class Clause:
    sentence: int
    left: int  # where it begins, its introducing word included
    subject: Subject
    first: int  # first token of the verb group
    verb: int  # main verb
    lemma: str
    form: str  # letters of the main verb's form: b s d n g
    intro: str = ""
    modal: str = ""  # will, would, may, must
    is_negated: bool = False
    is_perfect: bool = False
    is_past: bool = False
    is_passive: bool = False
    is_progressive: bool = False
    is_infinitive: bool = False
    is_question: bool = False
    is_quoted: bool = False
    end: int = 0  # after its last word, conditions and infinitives that belong to it included
    own_end: int = 0  # after its last word before any other verb group
    parent: Clause | None = None  # the clause it completes: "told her | I'd send it"
    inherited_from: Clause | None = None
    children: list[Clause] = field(default_factory=list)

    @property
    def is_future(self) -> bool:
        return self.modal in ("will", "would")

    @property
    def tense(self) -> Literal["past", "future", "unknown"]:
        if self.modal:
            return "future"
        if self.is_past or self.is_perfect:
            return "past"
        return "unknown" if self.is_infinitive else "future"
