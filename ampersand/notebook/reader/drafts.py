"""A promise before its words are trimmed, and what tells a commitment from a wish, a condition or an old story."""

from __future__ import annotations

from dataclasses import dataclass

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Sureness, Who


@dataclass(frozen=True, slots=True)
class Draft:
    """A promise before its words are trimmed: tokens [first, last) say it, `clause` carries it."""

    by: Who
    first: int
    last: int
    clause: Clause | None
    sureness: Sureness = "sure"
    to: Who | None = None
    looks_for_due_in: tuple[int, int] | None = None


def is_told(parsed: Parsed, clause: Clause) -> bool:
    """ "Would" and "'d" promise only inside what somebody said."""
    parent = clause.parent
    if parent is not None:
        return parent.lemma in ("give", "have") or (
            parent.lemma in parsed.language.reporting and parent.lemma not in parsed.language.weak_reports
        )
    sentence = parsed.sentences[clause.sentence]
    before = parsed.plain_of(sentence.first, clause.left) if clause.left > sentence.first else ""
    return bool(parsed.language.word_given.search(before))


def is_hoped(parsed: Parsed, discourse: Discourse, clause: Clause) -> bool:
    parent = clause.parent
    if parent is not None and parent.lemma in parsed.language.weak_reports:
        return True
    if parent is not None and parent.is_negated and parent.lemma in parsed.language.promising:
        return True
    text = parsed.plain_of(clause.left, min(clause.verb + 3, clause.end))
    return bool(parsed.language.hopes.search(text))


def is_under_condition(parsed: Parsed, clause: Clause) -> bool:
    return clause.intro in parsed.language.conditions or clause.intro in (
        "whether",
        "when",
        "what",
        "how",
        "where",
        "why",
    )


def is_reported_after(parsed: Parsed, clause: Clause) -> bool:
    """ "..., she said" at the end of the sentence."""
    last = parsed.clauses_of(clause.sentence)[-1]
    is_telling = last.lemma in parsed.language.reporting and last.lemma not in parsed.language.weak_reports
    return last is not clause and is_telling and parsed.tokens[last.left].plain == "," and last.end - last.verb <= 3


def voice_of(parsed: Parsed, discourse: Discourse, clause: Clause) -> Who | None:
    if clause.is_quoted:
        return discourse.speaker_of(clause.sentence)
    if clause.parent is not None:
        return discourse.subject_of(clause.parent)
    label = discourse.label_of(clause.sentence)
    if label is not None:
        return discourse.side_of(label)
    before = [
        c
        for c in parsed.clauses
        if c.sentence == clause.sentence and c.verb < clause.first and c.lemma in parsed.language.reporting
    ]
    return discourse.subject_of(before[-1]) if before and before[-1].lemma not in parsed.language.weak_reports else None


def was_long_ago(parsed: Parsed, clause: Clause) -> bool:
    """ "Last year he promised": told as a story, not as a promise that stands."""
    sentence = parsed.sentences[clause.sentence]
    return bool(
        parsed.language.long_ago.search(parsed.plain_of(max(sentence.first, clause.left - 12), clause.end))
    ) or any(c is not None and c.is_past and c.is_perfect for c in (clause, clause.parent))


def has_object_of_other_side(parsed: Parsed, discourse: Discourse, clause: Clause, by: Who) -> bool:
    for i in range(clause.verb + 1, min(clause.own_end, clause.verb + 8)):
        word = parsed.tokens[i].plain
        if (by.is_us and word in ("him", "her", "them")) or (not by.is_us and word in ("me", "us")):
            return True
    return by.is_us and any(
        m.first == clause.verb + 1 and not m.who.is_colleague
        for m in parsed.mentions_in(clause.verb + 1, clause.own_end)
    )


def end_with_condition(parsed: Parsed, clause: Clause) -> int:
    """To the end of the clause; a reason, an aside or another's deed is not part of what is promised."""
    end = clause.end
    for at in range(clause.verb + 2, end):
        if parsed.tokens[at].plain in ("because", "bc", "cos"):
            end = at
            break
    for following in parsed.clauses_in(clause.verb + 1, end):
        if following.intro in parsed.language.reasons or following.intro in ("who", "which"):
            return max(following.left, clause.verb + 1)
    return end
