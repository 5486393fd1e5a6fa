"""What one side was asked for and said yes to: "can Tom take them back? He will", "asked for the files - of course"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.drafts import Draft
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import US
from ampersand.notebook.reader.requests import asked_one


def answered(parsed: Parsed, discourse: Discourse) -> Iterator[Draft]:
    for clause in parsed.clauses:
        if clause.is_past and not (clause.modal or clause.lemma == "ask"):
            continue
        other = discourse.interlocutor(clause.first)
        if other is None or (clause.is_negated and not _is_bidding(clause)):
            continue
        if _is_bidding(clause):
            is_term = bool(parsed.language.terms_only.search(parsed.plain_of(clause.verb, clause.end)))
            if clause.end - clause.verb > 2 and not is_term and _is_answered_below(parsed, clause):
                yield Draft(US, _with_denial(parsed, clause), clause.end, clause, "unsure", to=other)
            continue
        if clause.lemma == "ask":
            yield from _asked_by_us(parsed, discourse, clause)
        elif _is_put_to_us(parsed, discourse, clause) and _is_granted(parsed, clause, is_ours=True):
            is_thing = clause.subject.kind == "thing"
            yield Draft(
                US,
                clause.subject.first if is_thing else clause.verb,
                clause.end,
                clause,
                "unsure",
                to=other if clause.intro else None,
            )


def _is_bidding(clause: Clause) -> bool:
    """ "Please do not write to my director", in their words."""
    is_bare = clause.subject.kind == "none" and clause.inherited_from is None and not clause.modal
    return clause.is_quoted and is_bare and clause.form.startswith("b") and not clause.is_infinitive


def _with_denial(parsed: Parsed, clause: Clause) -> int:
    is_denied = clause.is_negated and parsed.word(clause.verb - 1) in ("not", "never")
    return clause.verb - 1 if is_denied else clause.verb


def _is_answered_below(parsed: Parsed, clause: Clause) -> bool:
    """Whether the first of our own words below their mail says yes, or that we will (not)."""
    below = next((s for s in parsed.sentences[clause.sentence :] if not s.is_quoted and s.last - s.first > 2), None)
    if below is None:
        return False
    words = parsed.plain_of(below.first, min(below.last, below.first + 14))
    return bool(parsed.language.our_yes.match(words) or parsed.language.answer_below.match(words))


def _is_put_to_us(parsed: Parsed, discourse: Discourse, clause: Clause) -> bool:
    """A question whether we can, a condition that we do it, a thing that must be done."""
    subject = discourse.subject_of(clause)
    is_ours = subject is not None and subject.is_us
    if clause.is_question or parsed.sentences[clause.sentence].is_question:
        return clause.modal in ("may", "will", "would") and is_ours
    if clause.modal == "must":
        return clause.subject.kind == "thing" or is_ours
    return is_ours and clause.intro in ("if", "provided", "providing", "unless", "once") and not clause.is_past


def _asked_by_us(parsed: Parsed, discourse: Discourse, clause: Clause) -> Iterator[Draft]:
    """ "Asked her for the files by Friday - 'of course'", "asked if she could clear the floor: no problem"."""
    asker = discourse.subject_of(clause)
    by = asked_one(parsed, discourse, clause) or discourse.interlocutor(clause.first)
    if asker is None or not asker.is_us or by is None or by.is_us or by.is_colleague:
        return
    inner = [c for c in parsed.clauses_of(clause.sentence) if clause.verb < c.verb and c.first - clause.verb <= 8]
    asked = next((c for c in inner if c.is_infinitive or c.modal in ("may", "would", "will")), None)
    whole = asked or clause
    if not _is_granted(parsed, whole, is_ours=False):
        return
    first = asked.verb if asked is not None else _thing_asked(parsed, clause)
    last = min(whole.end, _mark_before_answer(parsed, whole))
    if last > first:
        yield Draft(by, first, last, whole, "unsure", to=US)


def _thing_asked(parsed: Parsed, clause: Clause) -> int:
    at = clause.verb + 1
    named = parsed.mention_at(at)
    at = named.last if named is not None else at
    while at < clause.end and parsed.tokens[at].plain in ("him", "her", "them", "for", "about"):
        at += 1
    return at


def _mark_before_answer(parsed: Parsed, clause: Clause) -> int:
    last = parsed.sentences[clause.sentence].last
    return next((i for i in range(clause.verb + 1, last) if parsed.tokens[i].text in "-–:;\"'?,"), last)


def _is_granted(parsed: Parsed, clause: Clause, *, is_ours: bool) -> bool:
    """Whether a yes stands right behind, in the same sentence or at the head of the next."""
    sentence = parsed.sentences[clause.sentence]
    rest = parsed.plain_of(clause.end, sentence.last) if clause.end < sentence.last else ""
    language = parsed.language
    if is_ours and language.our_yes.search(rest):
        return True
    answer = re.sub(r"^[ ,;:-]*(?:and |so )?", "", rest)[:40]
    if not is_ours and (language.said_yes.match(rest) or language.their_yes.match(answer)):
        return True
    following = clause.sentence + 1
    if len(rest.strip(" ?!.,'\"-").split()) > 2 or following >= len(parsed.sentences):
        return False
    then = parsed.sentences[following]
    words = parsed.plain_of(then.first, then.last)
    return bool((language.our_yes if is_ours else language.their_next_yes).match(words))
