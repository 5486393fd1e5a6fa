"""What only sounds like a promise: to meet (a plan), to get something from them, to refuse one's word, a bare condition."""

from __future__ import annotations

from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.drafts import Draft
from ampersand.notebook.reader.parsed import Parsed


def is_near_promise(parsed: Parsed, discourse: Discourse, draft: Draft, first: int, last: int) -> bool:
    """Tokens [first, last) are the words that would be promised."""
    language = parsed.language
    words = parsed.plain_of(first, last)
    if draft.by.is_us and language.gets_from_them.match(words):
        return True
    clause = draft.clause
    if clause is not None and clause.modal in ("will", "would"):
        group = [token.plain for token in parsed.tokens[clause.first : clause.verb]]
        must = not draft.by.is_us and group[-2:] in (["have", "to"], ["need", "to"], ["got", "to"])
        if must or group[-1:] == ["only"]:
            # "She'll have to ask": what she must. "They will only fund repairs": a rule of the house.
            return True
    if _is_kept_since(parsed, last):
        return True
    is_no_deed = language.only_meets.match(words) or language.refuses_word.match(words)
    return bool(is_no_deed) or _is_condition_alone(parsed, discourse, draft, first, last)


def _is_kept_since(parsed: Parsed, last: int) -> bool:
    """ "The balance enters his account today. And it has entered"."""
    following = parsed.sentence_of(last - 1) + 1
    if following >= len(parsed.sentences):
        return False
    sentence = parsed.sentences[following]
    return bool(parsed.language.kept_since.search(parsed.plain_of(sentence.first, sentence.last)))


def _is_condition_alone(parsed: Parsed, discourse: Discourse, draft: Draft, first: int, last: int) -> bool:
    """ "If both weddings are his": what hangs on it is missing. "If I feed them", asked of us, is itself the deed."""
    conditions = parsed.language.conditions
    if parsed.tokens[first].plain not in conditions:
        return False
    within = parsed.clauses_in(first, last)
    return all(c.intro in conditions and discourse.subject_of(c) != draft.by for c in within)
