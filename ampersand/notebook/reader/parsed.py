"""A note as parsed: what every stage that takes pieces looks at."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.languages import Language
from ampersand.notebook.reader.money import Sum
from ampersand.notebook.reader.names import Mention
from ampersand.notebook.reader.pieces import Span
from ampersand.notebook.reader.sentences import Sentence
from ampersand.notebook.reader.spellings import Setting
from ampersand.notebook.reader.tokens import Token
from ampersand.notebook.reader.when import When


@dataclass(slots=True)
class Parsed:
    """Everything the stages that take pieces from a note look at."""

    words: str
    plain: str
    tokens: list[Token]
    sentences: list[Sentence]
    whens: list[When]
    sums: list[Sum]
    mentions: list[Mention]
    clauses: list[Clause]
    setting: Setting
    starts: list[int] = field(default_factory=list)
    _verbs: list[int] = field(default_factory=list)
    _mention_firsts: list[int] = field(default_factory=list)
    _when_starts: list[int] = field(default_factory=list)
    _by_sentence: dict[int, list[Clause]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.starts = [token.start for token in self.tokens]
        self.clauses.sort(key=lambda c: c.verb)
        self._verbs = [c.verb for c in self.clauses]
        self._mention_firsts = [m.first for m in self.mentions]
        self._when_starts = [w.start for w in self.whens]
        for clause in self.clauses:
            self._by_sentence.setdefault(clause.sentence, []).append(clause)

    @property
    def language(self) -> Language:
        return self.setting.language

    def token_at(self, char: int) -> int:
        return max(0, bisect_right(self.starts, char) - 1)

    def word(self, at: int) -> str:
        """The folded word at a place, and nothing behind the last."""
        return self.tokens[at].plain if 0 <= at < len(self.tokens) else ""

    def span(self, first: int, last: int) -> Span:
        last = max(last, first + 1)
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def text(self, first: int, last: int) -> str:
        return self.words[self.tokens[first].start : self.tokens[last - 1].end] if last > first else ""

    def plain_of(self, first: int, last: int) -> str:
        return self.plain[self.tokens[first].start : self.tokens[last - 1].end] if last > first else ""

    def sentence_of(self, token: int) -> int:
        return max(0, bisect_right([s.first for s in self.sentences], token) - 1)

    def whens_in(self, first: int, last: int) -> list[When]:
        if last <= first:
            return []
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        found = self.whens[bisect_left(self._when_starts, start) : bisect_left(self._when_starts, end)]
        return [when for when in found if when.end <= end]

    def sums_in(self, first: int, last: int) -> list[Sum]:
        if last <= first:
            return []
        start, end = self.tokens[first].start, self.tokens[last - 1].end
        return [s for s in self.sums if start <= s.start and s.end <= end]

    def mentions_in(self, first: int, last: int) -> list[Mention]:
        found = self.mentions[bisect_left(self._mention_firsts, first) : bisect_left(self._mention_firsts, last)]
        return [m for m in found if m.last <= last]

    def clauses_in(self, first: int, last: int) -> list[Clause]:
        return self.clauses[bisect_left(self._verbs, first) : bisect_left(self._verbs, last)]

    def clauses_of(self, sentence: int) -> list[Clause]:
        return self._by_sentence.get(sentence, [])

    def mention_at(self, first: int) -> Mention | None:
        at = bisect_left(self._mention_firsts, first)
        return self.mentions[at] if at < len(self.mentions) and self.mentions[at].first == first else None
