"""What the stages of ties share."""

from __future__ import annotations

from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Sureness, Tie, Who


def tie_of(parsed: Parsed, kind: str, from_: Who, to: Who, first: int, last: int, sureness: Sureness = "sure") -> Tie:
    return Tie(kind=kind, from_=from_, to=to, spans=(parsed.span(first, last),), sureness=sureness)


def party_at(parsed: Parsed, discourse: Discourse, at: int) -> Who | None:
    named = next((m.who for m in parsed.mentions if m.first <= at < m.last or m.first == at), None)
    return named or discourse.meant_by(at)


def subject_at(parsed: Parsed, discourse: Discourse, at: int) -> Who | None:
    around = [c for c in parsed.clauses if c.left <= at < max(c.end, c.verb + 1)]
    if around:
        return discourse.subject_of(around[-1])
    before = [m.who for m in parsed.mentions if at - 8 <= m.last <= at]
    return before[-1] if before else None
