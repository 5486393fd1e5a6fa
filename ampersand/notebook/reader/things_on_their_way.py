"""Promises whose subject is the thing: "the samples reach you Friday", "the cheque goes out tomorrow", "the fee is on us"."""

from __future__ import annotations

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.deadlines import due_in
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.drafts import (
    Draft,
    end_with_condition,
    is_hoped,
    is_reported_after,
    voice_after,
    voice_of,
)
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import US, Who

_TO_US = frozenset({"me", "us", "my", "our", "mine", "ours", "here"})
_TO_THEM = frozenset({"him", "her", "them", "his", "their", "theirs", "hers"})


def thing_on_its_way(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """A thing that goes, comes or will be somewhere by a day: whoever says so, or whoever it comes from, is bound."""
    language = parsed.language
    is_thing = clause.subject.kind == "thing" or (clause.subject.kind == "it" and clause.is_quoted)
    if not is_thing or clause.is_negated or clause.is_past or clause.is_perfect or clause.is_question:
        return None
    moves = clause.lemma in language.setting_out or (clause.lemma == "be" and not clause.is_progressive)
    has_day = due_in(parsed, clause.verb, clause.end, clause) is not None
    has_day = has_day or bool(language.on_its_way.search(parsed.plain_of(clause.verb, clause.end)))
    is_kept = clause.lemma in ("stay", "remain") and clause.parent is not None
    has_day = has_day or (is_kept and bool(language.held_back.search(parsed.plain_of(clause.verb, clause.end))))
    if not moves or clause.modal in ("may", "must", "would") or not (has_day or clause.modal == "will"):
        return None
    if is_hoped(parsed, discourse, clause) or _is_an_event(parsed, clause):
        return None
    by, to = _bound(parsed, discourse, clause, has_day=has_day)
    if by is None or by == to:
        return None
    return Draft(by, clause.subject.first, end_with_condition(parsed, clause), clause, "unsure", to=to)


def _bound(parsed: Parsed, discourse: Discourse, clause: Clause, *, has_day: bool) -> tuple[Who | None, Who | None]:
    sentence_end = parsed.sentences[clause.sentence].last
    if not clause.is_quoted and parsed.language.they_know.search(parsed.plain_of(clause.verb, sentence_end)):
        return US, None
    is_told = clause.parent is not None and clause.parent.lemma in parsed.language.reporting
    is_told = is_told or discourse.label_of(clause.sentence) is not None
    if clause.is_quoted or is_told or is_reported_after(parsed, clause):
        return voice_of(parsed, discourse, clause) or voice_after(parsed, discourse, clause), None
    directed = direction_of(parsed, discourse, clause)
    if directed is not None:
        return directed
    other = discourse.interlocutor(clause.first)
    if clause.lemma != "be" and has_day and other is not None and _is_in_touch(parsed, clause):
        return other, None
    return None, None


def direction_of(parsed: Parsed, discourse: Discourse, clause: Clause) -> tuple[Who | None, Who | None] | None:
    """ "To us" and "on my desk" come from them; "to her" and "on their dock" from us; "our van" is ours."""
    opener = parsed.tokens[clause.subject.first].plain
    if opener in ("our", "my"):
        return US, None
    if opener in ("his", "her", "their"):
        return discourse.meant_by(clause.subject.first), None
    owner = parsed.mention_at(clause.subject.first)
    if owner is not None and owner.is_genitive:
        return discourse.side_of(owner.who), None
    for i in range(clause.verb + 1, min(clause.end, clause.verb + 9)):
        word = parsed.tokens[i].plain
        if word in _TO_THEM and clause.lemma == "leave":
            return discourse.meant_by(i), US
        if word in _TO_THEM:
            who = discourse.meant_by(i) or discourse.interlocutor(i)
            return (US, who) if who is not None and not who.is_colleague else None
        if word in _TO_US:
            return discourse.interlocutor(clause.first), US
        named = parsed.mention_at(i)
        if (
            named is not None
            and not named.who.is_colleague
            and not named.who.is_us
            and parsed.tokens[i - 1].plain == "to"
        ):
            return US, named.who
    return None


def _is_in_touch(parsed: Parsed, clause: Clause) -> bool:
    """ "Phoned Jo at the mill, the papers go out tonight": told on that occasion."""
    sentence = parsed.sentences[clause.sentence]
    before = [c for c in parsed.clauses_of(clause.sentence) if c.verb < clause.left]
    return any(c.lemma in parsed.language.channel_verbs for c in before) or any(
        t.plain in parsed.language.channel_nouns for t in parsed.tokens[sentence.first : clause.left]
    )


def _is_an_event(parsed: Parsed, clause: Clause) -> bool:
    """ "The fair is here on Friday", "our offices are closed": nobody's deed."""
    words = {t.plain for t in parsed.tokens[clause.subject.first : clause.end]}
    return bool(words & parsed.language.happenings) or any(
        parsed.language.channel_nouns.get(word) in ("event", "visit", "call", "video") for word in words
    )
