"""A promise before its words are trimmed, and what tells a commitment from a wish, a condition or an old story."""

from __future__ import annotations

from dataclasses import dataclass

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import US, Sureness, Who


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
        return (
            parent.lemma in ("give", "have")
            or (parent.is_passive and parent.lemma in parsed.language.set_between)
            or (parent.lemma in parsed.language.reporting and parent.lemma not in parsed.language.weak_reports)
            or bool(parsed.language.telling.search(parsed.plain_of(parent.verb, max(clause.first, parent.verb + 1))))
        )
    sentence = parsed.sentences[clause.sentence]
    before = parsed.plain_of(sentence.first, clause.left) if clause.left > sentence.first else ""
    return bool(parsed.language.word_given.search(before))


def is_task(clause: Clause) -> bool:
    """ "Tell her we'll send it": a thing to do for oneself."""
    source = clause.inherited_from
    is_alone = source is None or source.form != clause.form
    is_bare = clause.subject.kind == "none" and is_alone and not clause.modal
    return is_bare and clause.form == "b" and not clause.is_infinitive and not clause.is_quoted


def is_hoped(parsed: Parsed, discourse: Discourse, clause: Clause) -> bool:
    parent = clause.parent
    if parent is not None and parent.lemma in parsed.language.weak_reports and not is_told(parsed, clause):
        return True
    if parent is not None and parent.is_negated and parent.lemma in parsed.language.promising:
        return True
    if parsed.language.no_day_meant.search(parsed.plain_of(clause.verb, clause.end)):
        return True
    text = parsed.plain_of(clause.left, min(clause.verb + 3, clause.end))
    return bool(parsed.language.hopes.search(text)) or _is_feared(parsed, clause)


def _is_feared(parsed: Parsed, clause: Clause) -> bool:
    """ "Her worry is that nobody comes and that it will go wrong"."""
    is_that = any(token.plain == "that" for token in parsed.tokens[clause.left : clause.subject.first])
    begin = parsed.sentences[clause.sentence].first
    return is_that and bool(parsed.language.fears_above.search(parsed.plain_of(begin, clause.subject.first)))


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
        return giver_of_word(parsed, discourse, clause.parent, clause.first)
    label = discourse.label_of(clause.sentence)
    if label is not None:
        return discourse.side_of(label)
    before = [
        c
        for c in parsed.clauses
        if c.sentence == clause.sentence and c.verb < clause.first and c.lemma in parsed.language.reporting
    ]
    return discourse.subject_of(before[-1]) if before and before[-1].lemma not in parsed.language.weak_reports else None


def house_of(parsed: Parsed, discourse: Discourse, clause: Clause) -> Who | None:
    """ "Management will pay", "our accounts will settle": their house speaks through its offices."""
    doers = parsed.language.offices | {"ours"}
    if clause.subject.kind != "thing" or parsed.tokens[clause.subject.last - 1].plain not in doers:
        return None
    words = parsed.tokens[clause.subject.first : clause.subject.last]
    if words[0].plain in ("our", "my") and not clause.is_quoted:
        return US
    if words[-1].plain in ("ours", "us") and not clause.is_quoted:
        return US
    if words[0].plain in ("his", "her"):
        return discourse.meant_by(clause.subject.first)
    named = parsed.mentions_in(clause.subject.first, clause.subject.last)
    if named:
        return discourse.organisation_of(discourse.side_of(named[0].who))
    speaker = discourse.speaker_of(clause.sentence) if clause.is_quoted else discourse.interlocutor(clause.first)
    return discourse.organisation_of(speaker) if speaker is not None else None


def giver_of_word(parsed: Parsed, discourse: Discourse, telling: Clause, until: int) -> Who | None:
    """Who is bound: in "she has my word that" it is the writer, in "I have her word that" it is she."""
    who = discourse.subject_of(telling)
    if telling.lemma not in ("have", "get") or until <= telling.verb:
        return who
    for i in range(telling.verb + 1, min(until, telling.verb + 5)):
        word = parsed.tokens[i].plain
        if word in ("my", "our"):
            return US
        if word in ("his", "her", "their"):
            return discourse.meant_by(i)
        named = parsed.mention_at(i)
        if named is not None and (named.is_genitive or parsed.word(i - 1) == "from"):
            return discourse.side_of(named.who)
    return who


def voice_after(parsed: Parsed, discourse: Discourse, clause: Clause) -> Who | None:
    last = parsed.clauses_of(clause.sentence)[-1]
    return discourse.subject_of(last) if is_reported_after(parsed, clause) else None


def is_terms_only(parsed: Parsed, clause: Clause) -> bool:
    """ "Comes down to 9,000", "leaves us the old price": give and take, with no act still to do."""
    if clause.lemma not in parsed.language.granting:
        return False
    words = parsed.plain_of(clause.verb + 1, min(clause.end, clause.verb + 11)) if clause.end > clause.verb + 1 else ""
    return bool(parsed.language.deal_terms.search(words))


def was_long_ago(parsed: Parsed, clause: Clause) -> bool:
    """ "Last year he promised": told as a story, not as a promise that stands."""
    sentence = parsed.sentences[clause.sentence]
    return bool(
        parsed.language.long_ago.search(parsed.plain_of(max(sentence.first, clause.left - 12), clause.end))
    ) or any(c is not None and c.is_past and c.is_perfect for c in (clause, clause.parent))


def has_object_of_other_side(parsed: Parsed, discourse: Discourse, clause: Clause, by: Who) -> bool:
    for i in range(clause.verb + 1, min(clause.own_end, clause.verb + 10)):
        word = parsed.tokens[i].plain
        is_ours = word in ("me", "us") or (word == "our" and parsed.tokens[i - 1].plain in ("to", "for"))
        if (by.is_us and word in ("him", "her", "them")) or (not by.is_us and is_ours):
            return True
    before = parsed.tokens[clause.subject.first - 2] if clause.subject.first >= 2 else None
    named = next((m for m in parsed.mentions_in(max(0, clause.subject.first - 3), clause.subject.first)), None)
    if by.is_us and named is not None and named.last == clause.subject.first and before is not None:
        # "For Nadia we reserve"
        opener = parsed.tokens[named.first - 1].plain if named.first else ""
        if opener in ("for", "to") and not named.who.is_colleague:
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
        is_aside = following.subject.is_relative and parsed.tokens[following.left].plain == ","
        if following.intro in parsed.language.reasons or following.intro in ("who", "which") or is_aside:
            return max(following.left, clause.verb + 1)
    return end


def speaker_aloud(parsed: Parsed, discourse: Discourse, clause: Clause) -> Who | None:
    """ "He texts back I'll pay Friday", "she goes yeah no worries I'll sort it": the I is theirs."""
    if clause.subject.kind != "us" or clause.is_quoted:
        return None
    before = [c for c in parsed.clauses_of(clause.sentence) if c.verb < clause.left and clause.left - c.verb <= 8]
    telling = clause.parent or next(
        (c for c in reversed(before) if c.lemma in ("say", "go", "text", "write", "reply")), None
    )
    if telling is None or "s" not in telling.form or "b" in telling.form:
        return None
    if telling is not clause.parent and any(
        t.plain in (",", "that", "and") for t in parsed.tokens[telling.verb : clause.left]
    ):
        return None
    speaker = discourse.subject_of(telling)
    return speaker if speaker is not None and not speaker.is_us else None
