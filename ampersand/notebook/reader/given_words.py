"""Promises by the word that is given: "swears it leaves at six", "..., my word", "her promise of an answer"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.drafts import (
    Draft,
    end_with_condition,
    giver_of_word,
    voice_of,
    was_long_ago,
)
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import US, Who
from ampersand.notebook.reader.things_on_their_way import direction_of


def given_word(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "She has my assurance that nobody sees it", "swears the van leaves at six": whatever one gives one's word for."""
    telling = clause.parent
    if clause.modal in ("will", "would") and clause.subject.kind != "thing":
        return None
    if (
        telling is None
        or not clause.lemma
        or clause.is_infinitive
        or clause.is_past
        or clause.is_perfect
        or clause.is_question
    ):
        return None
    gives = (
        telling.lemma in ("give", "have", "get")
        and clause.first > telling.verb
        and parsed.language.telling.search(parsed.plain_of(telling.verb, clause.first))
    )
    binds = telling.lemma in ("swear", "guarantee", "pledge", "vow", "undertake", "promise", "assure")
    is_open = not telling.is_negated and not telling.modal and not was_long_ago(parsed, clause)
    if not (gives or binds) or clause.modal in ("may", "must") or not is_open:
        return None
    by = giver_of_word(parsed, discourse, telling, clause.first)
    if by is None:
        return None
    doer = discourse.subject_of(clause) if clause.subject.kind == "name" else None
    if doer is not None and not doer.is_us and not by.is_us:
        # "He swears the bakery never sells elsewhere": the one named does it.
        by = doer
    is_own = discourse.subject_of(clause) == by
    first = clause.subject.first if not is_own else clause.first if clause.is_negated else clause.verb
    first -= is_own and parsed.word(first - 1) == "never"
    return Draft(by, first, end_with_condition(parsed, clause), clause, "unsure")


def bound_by_word(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "I need to get her the menu, I promised", "ring Jo Thursday - promised": a task is a promise once one's word is given."""
    sentence = parsed.sentences[clause.sentence]
    if (
        clause.is_past
        or clause.is_perfect
        or clause.lemma in parsed.language.promising
        or clause.lemma in ("be", "need", "want")
        or (clause.form == "s" and clause.lemma in parsed.language.no_commitment)
    ):
        return None
    match = parsed.language.self_bound.search(parsed.plain_of(clause.verb, sentence.last))
    if match is None:
        return None
    at = parsed.token_at(parsed.tokens[clause.verb].start + match.start())
    if at - clause.end > 3 or at <= clause.verb:
        return None
    by = discourse.subject_of(clause)
    if by is None and clause.subject.kind in ("thing", "it"):
        return _bound_thing(parsed, discourse, clause, match.group(), at)
    return Draft(by, clause.verb, min(clause.end, at), clause, "unsure") if by is not None else None


def _bound_thing(parsed: Parsed, discourse: Discourse, clause: Clause, words: str, at: int) -> Draft | None:
    """ "Both weddings come to us, he gave me his word": the thing is the subject, and who gave the word is bound."""
    is_ours = bool(re.search(r"\b(?:i|we|my|our)\b", words)) and "you have my" not in words and not clause.is_quoted
    sentence_end = parsed.sentences[clause.sentence].last
    told_by_us = parsed.language.they_know.search(parsed.plain_of(clause.verb, sentence_end))
    is_ours = is_ours or (told_by_us is not None and not clause.is_quoted)
    giver = next((i for i in range(at, at + 4) if parsed.word(i) in ("he", "she", "they")), None)
    directed = direction_of(parsed, discourse, clause)
    if not is_ours and giver is not None:
        by: Who | None = discourse.meant_by(giver)
    elif not is_ours and directed is not None and not clause.is_quoted:
        return (
            Draft(directed[0], clause.subject.first, clause.end, clause, "unsure", to=directed[1])
            if directed[0]
            else None
        )
    else:
        by = US if is_ours else voice_of(parsed, discourse, clause) or discourse.interlocutor(clause.first)
    return Draft(by, clause.subject.first, clause.end, clause, "unsure") if by is not None else None


def by_a_noun(parsed: Parsed, discourse: Discourse) -> Iterator[Draft]:
    """ "A commitment from Nadia to open the gate", "her promise of an answer by Friday": what the noun promises."""
    language = parsed.language
    for i, token in enumerate(parsed.tokens):
        if token.plain not in language.promise_nouns or token.is_capital:
            continue
        sentence = parsed.sentences[parsed.sentence_of(i)]
        by, at = _bound_by_noun(parsed, discourse, i, sentence.first)
        opener = parsed.tokens[at].plain if at + 1 < sentence.last else ""
        before = parsed.plain_of(max(sentence.first, i - 5), i) if i > sentence.first else ""
        if (
            by is None
            or opener not in ("to", "of", "for", "that")
            or parsed.mention_at(at + 1) is not None
            or language.broken.search(before)
            or sentence.is_question
        ):
            continue
        inner = next((c for c in parsed.clauses_in(at, min(at + 6, sentence.last))), None)
        last = inner.end if inner is not None and opener in ("to", "that") else _to_mark(parsed, at + 1, sentence.last)
        first = inner.verb if inner is not None and opener == "to" else at + 1
        yield Draft(
            by,
            first,
            max(last, first + 1),
            None,
            "unsure",
            to=None if by.is_us else US,
            looks_for_due_in=(first, sentence.last),
        )


def _to_mark(parsed: Parsed, at: int, last: int) -> int:
    verbs = {c.left for c in parsed.clauses_in(at, last) if c.subject.kind != "none"}
    while at < last and parsed.tokens[at].text not in ".,;:!?()" and at not in verbs:
        at += 1
    return at


def _bound_by_noun(parsed: Parsed, discourse: Discourse, i: int, floor: int) -> tuple[Who | None, int]:
    """Whose promise it is, by who owns it or whom it is from, and where what is promised begins."""
    at = i + 1
    if at + 1 < len(parsed.tokens) and parsed.tokens[at].plain == "from":
        named = parsed.mention_at(at + 1)
        if named is not None:
            return discourse.side_of(named.who), named.last
        if parsed.tokens[at + 1].plain in ("him", "her", "them"):
            return discourse.meant_by(at + 1), at + 2
    for back in range(i - 1, max(floor - 1, i - 4), -1):
        word = parsed.tokens[back].plain
        if word in ("my", "our"):
            return US, at
        if word in ("his", "her", "their"):
            return discourse.meant_by(back), at
        if word == "'s":
            owner = next((m for m in parsed.mentions_in(max(floor, back - 4), back) if m.last == back), None)
            return (discourse.side_of(owner.who) if owner is not None else None), at
    return None, at


def named_a_promise(parsed: Parsed, discourse: Discourse) -> Iterator[Draft]:
    """ "My promise to Nadia: two men by 7", "promise from Nadia: numbers by the 15th"."""
    for i, token in enumerate(parsed.tokens):
        if token.plain not in ("promise", "promises", "commitment", "pledge"):
            continue
        sentence = parsed.sentences[parsed.sentence_of(i)]
        colon = next((k for k in range(i + 1, min(i + 6, sentence.last)) if parsed.tokens[k].text == ":"), None)
        owner = parsed.tokens[i - 1].plain if i else ""
        named = next(iter(parsed.mentions_in(max(sentence.first, i - 4), colon or i)), None)
        if colon is None or colon + 1 >= sentence.last:
            continue
        if owner in ("my", "our"):
            yield Draft(US, colon + 1, sentence.last, None, to=named.who if named is not None else None)
        elif named is not None and not named.who.is_colleague:
            yield Draft(named.who, colon + 1, sentence.last, None, to=US)
