"""What the parts of the clause grammar look at: the tokens of a note and what stands firm among them."""

from __future__ import annotations

from ampersand.notebook.reader.languages import Language
from ampersand.notebook.reader.names import Mention
from ampersand.notebook.reader.sentences import Sentence
from ampersand.notebook.reader.tokens import Token


class Grammar:
    """`solid` are tokens inside names, days and sums: never verbs."""

    def __init__(
        self,
        tokens: list[Token],
        sentences: list[Sentence],
        mentions: list[Mention],
        solid: set[int],
        language: Language,
    ) -> None:
        self.tokens = tokens
        self.sentences = sentences
        self.language = language
        self.solid = solid
        self.mention_ending = {m.last: m for m in mentions}
        self.mention_starting = {m.first: m for m in mentions}
        self.named = {i for m in mentions for i in range(m.first, m.last)}

    def word(self, at: int) -> str:
        """The folded word at a place, and nothing behind the last."""
        return self.tokens[at].plain if 0 <= at < len(self.tokens) else ""
