"""Requests that were said yes to: they are our promises."""

from __future__ import annotations

from collections.abc import Iterator

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.drafts import Draft
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import US


def accepted_requests(parsed: Parsed, discourse: Discourse) -> Iterator[Draft]:
    """ "Wants quote by Fri - ok", "she wants Camila there from 9 June, and I said yes"."""
    for clause in parsed.clauses:
        if clause.is_question and clause.subject.kind == "you" and clause.modal in ("may", "will", "would"):
            yield from _asked_of_us(parsed, discourse, clause)
        if (
            clause.lemma not in ("want", "ask", "need", "request")
            or clause.modal
            or clause.is_negated
            or clause.is_quoted
        ):
            continue
        sentence = parsed.sentences[clause.sentence]
        match = parsed.language.acceptance.search(parsed.plain_of(clause.verb, min(sentence.last, clause.verb + 60)))
        if match is None:
            yield from _granted_next(parsed, discourse, clause)
        subject = discourse.subject_of(clause)
        if match is None or subject is None or subject.is_us:
            continue
        begin = parsed.tokens[clause.verb].start
        last = min(
            parsed.token_at(begin + match.start()), clause.end if clause.end > clause.verb + 1 else sentence.last
        )
        first = clause.verb + 1
        while first < last and parsed.tokens[first].plain in ("for", "if", "me", "us", "to"):
            first += 1
        if last - first >= 1 and not parsed.language.terms_only.search(parsed.plain_of(first, last)):
            yield Draft(US, first, last, clause, "unsure", to=subject, looks_for_due_in=(clause.verb, last))


def _granted_next(parsed: Parsed, discourse: Discourse, clause: Clause) -> Iterator[Draft]:
    """ "He asks if we can jump in. Yes, till 31.1": the answer opens the next sentence."""
    if clause.sentence + 1 >= len(parsed.sentences) or clause.lemma not in ("ask", "want", "request"):
        return
    following = parsed.sentences[clause.sentence + 1]
    subject = discourse.subject_of(clause)
    if (
        subject is None
        or subject.is_us
        or not parsed.language.wanted_words.match(parsed.plain_of(following.first, following.last))
    ):
        return
    asked = next((c for c in parsed.clauses_in(clause.verb + 1, clause.end) if c.subject.kind == "us"), None)
    first = asked.verb if asked is not None else clause.verb + 1
    while asked is None and first < clause.end and parsed.tokens[first].plain in ("for", "us", "me", "if", "to"):
        first += 1
    if first < clause.end and not parsed.language.terms_only.search(parsed.plain_of(first, clause.end)):
        last = min(following.last, following.first + 10)
        yield Draft(US, first, clause.end, clause, "unsure", to=subject, looks_for_due_in=(first, last))


def _asked_of_us(parsed: Parsed, discourse: Discourse, clause: Clause) -> Iterator[Draft]:
    """ "Can you bring the cards on Thursday?" - and we said yes."""
    sentence = parsed.sentences[clause.sentence]
    following = parsed.sentences[clause.sentence + 1] if clause.sentence + 1 < len(parsed.sentences) else sentence
    after = parsed.plain_of(clause.end, following.last) if clause.end < following.last else ""
    other = discourse.interlocutor(clause.first)
    if other is not None and parsed.language.said_yes.match(after):
        yield Draft(US, clause.verb, clause.end, clause, "unsure", to=other)
