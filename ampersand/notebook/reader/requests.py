"""Requests that were said yes to: they are our promises."""

from __future__ import annotations

from collections.abc import Iterator

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.deadlines import due_in
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.drafts import Draft
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import US, Who


def accepted_requests(parsed: Parsed, discourse: Discourse) -> Iterator[Draft]:
    """ "Wants quote by Fri - ok", "she wants Camila there from 9 June, and I said yes"."""
    for clause in parsed.clauses:
        if clause.is_question and clause.subject.kind == "you" and clause.modal in ("may", "will", "would"):
            yield from _asked_of_us(parsed, discourse, clause)
        if (
            clause.lemma not in parsed.language.requesting
            or (clause.modal and not (clause.modal == "would" and clause.lemma in ("like", "prefer", "want", "need")))
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
        first = _what_is_asked(parsed, clause, last)
        if last - first >= 1 and not parsed.language.terms_only.search(parsed.plain_of(first, last)):
            answer = parsed.token_at(begin + match.end() - 1) + 1
            until = last if due_in(parsed, clause.verb, last, None) else min(sentence.last, answer + 5)
            yield Draft(US, first, last, clause, "unsure", to=subject, looks_for_due_in=(clause.verb, until))


def _is_ours(clause: Clause) -> bool:
    return clause.subject.kind == "us" or any(m.who.is_colleague for m in clause.subject.mentions)


def _what_is_asked(parsed: Parsed, clause: Clause, last: int) -> int:
    """From the verb of what we should do ("if I could bring", "me to send", "could we swing by"), else the thing."""
    ours = (c for c in parsed.clauses_in(clause.verb + 1, last) if _is_ours(c))
    asked = next(ours, None)
    if asked is not None and asked.first - clause.verb <= 8:
        return asked.verb
    first = clause.verb + 1
    while first < last and parsed.tokens[first].plain in ("for", "if", "me", "us", "to"):
        first += 1
    return first


def asked_one(parsed: Parsed, discourse: Discourse, asking: Clause | None) -> Who | None:
    if asking is None:
        return None
    named = parsed.mention_at(asking.verb + 1)
    return named.who if named is not None else discourse.meant_by(asking.verb + 1)


def _granted_next(parsed: Parsed, discourse: Discourse, clause: Clause) -> Iterator[Draft]:
    """ "He asks if we can jump in. Yes, till 31.1": the answer opens the next sentence."""
    if clause.sentence + 1 >= len(parsed.sentences) or clause.lemma not in parsed.language.requesting:
        return
    following = parsed.sentences[clause.sentence + 1]
    subject = discourse.subject_of(clause)
    words = parsed.plain_of(following.first, following.last)
    is_granted = parsed.language.wanted_words.match(words) or parsed.language.our_yes.match(words)
    if subject is None or subject.is_us or not is_granted:
        return
    asked = next((c for c in parsed.clauses_in(clause.verb + 1, clause.end) if _is_ours(c)), None)
    first = asked.verb if asked is not None else clause.verb + 1
    while asked is None and first < clause.end and parsed.tokens[first].plain in ("for", "us", "me", "if", "to"):
        first += 1
    if first < clause.end and not parsed.language.terms_only.search(parsed.plain_of(first, clause.end)):
        last = min(following.last, following.first + 10)
        yield Draft(US, first, clause.end, clause, "unsure", to=subject, looks_for_due_in=(first, last))


def _asked_of_us(parsed: Parsed, discourse: Discourse, clause: Clause) -> Iterator[Draft]:
    """ "Can you bring the cards on Thursday?" - and we said yes."""
    sentence = parsed.sentences[clause.sentence]
    following = parsed.sentences[min(clause.sentence + 2, len(parsed.sentences) - 1)]
    following = sentence if following.last <= sentence.last else following
    after = parsed.plain_of(clause.end, following.last) if clause.end < following.last else ""
    other = discourse.interlocutor(clause.first)
    later = parsed.sentences[min(clause.sentence + 5, len(parsed.sentences) - 1)].last
    answer = parsed.plain_of(clause.end, later)[:160] if clause.is_quoted and later > clause.end else ""
    is_granted = parsed.language.said_yes.match(after) or parsed.language.answered_yes.search(answer)
    if other is not None and is_granted:
        yield Draft(US, clause.verb, clause.end, clause, "unsure", to=other)
