"""
Promises, both ways: what somebody said they will do, to whom, by when. Read as a promise: "will" and its kin said
of oneself or told of one's own side, verbs of promising, arrangements in the present with a day to come, things due
to the other side by a day, and requests that were said yes to. Left out: wishes, trying, forecasts about the world,
threats, what is past, what has to be done by nobody in particular.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ampersand.notebook.reader import spans
from ampersand.notebook.reader.answered import answered
from ampersand.notebook.reader.arrangements import arranged
from ampersand.notebook.reader.assignments import (
    answers_for,
    assigned,
    falls_to,
    let_me,
    owed,
    received_by_them,
    received_by_us,
    to_follow,
)
from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.deadlines import (
    due_beyond,
    due_in,
    due_of_purpose,
    ends_with_day,
    has_passed,
    left_with_day,
    other_reading_of,
)
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.drafts import Draft
from ampersand.notebook.reader.given_words import bound_by_word, by_a_noun, given_word, named_a_promise
from ampersand.notebook.reader.near_promises import is_near_promise
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Encounter, Guess, Promise, Sureness
from ampersand.notebook.reader.receivers import receiver_of
from ampersand.notebook.reader.requests import accepted_requests
from ampersand.notebook.reader.things_by_a_day import things_by_a_day
from ampersand.notebook.reader.told_promises import told_to_come
from ampersand.notebook.reader.verbless_promises import (
    said_yes_to,
    to_somebody,
    under_a_label,
    verbless_and_told,
    without_verb,
)
from ampersand.notebook.reader.verbs_of_promising import said_with_day, verb_of_promising
from ampersand.notebook.reader.weighing import unless_unlikely, weighed

_SAYS_LITTLE = frozenset({"handle", "manage", "help", "see", "know", "say", "ask", "would", "will"})


def promises_of(parsed: Parsed, discourse: Discourse, encounters: list[Encounter]) -> list[Promise]:
    drafts = [
        *_from_clauses(parsed, discourse),
        *without_verb(parsed, discourse),
        *accepted_requests(parsed, discourse),
        *answered(parsed, discourse),
        *verbless_and_told(parsed, discourse),
        *under_a_label(parsed, discourse),
        *said_yes_to(parsed, discourse),
        *to_somebody(parsed, discourse),
        *named_a_promise(parsed, discourse),
        *by_a_noun(parsed, discourse),
        *things_by_a_day(parsed, discourse),
    ]
    drafts.sort(key=lambda d: (d.first, -d.last))
    parts = [part for draft in drafts for part in _split_after_day(parsed, draft)]
    promises = [_finished(parsed, discourse, draft, encounters) for draft in _without_overlaps(parts)]
    return _joined_by_date(parsed, [p for p in promises if p is not None])


def _from_clauses(parsed: Parsed, discourse: Discourse) -> Iterator[Draft]:
    for clause in parsed.clauses:
        draft = (
            unless_unlikely(parsed, discourse, told_to_come(parsed, discourse, clause))
            or verb_of_promising(parsed, discourse, clause)
            or said_with_day(parsed, discourse, clause)
            or owed(parsed, discourse, clause)
            or unless_unlikely(parsed, discourse, bound_by_word(parsed, discourse, clause))
            or unless_unlikely(parsed, discourse, given_word(parsed, discourse, clause))
            or let_me(parsed, discourse, clause)
            or received_by_us(parsed, discourse, clause)
            or received_by_them(parsed, discourse, clause)
            or unless_unlikely(parsed, discourse, arranged(parsed, discourse, clause))
            or assigned(parsed, discourse, clause)
            or answers_for(parsed, discourse, clause)
            or falls_to(parsed, discourse, clause)
            or to_follow(parsed, discourse, clause)
            or weighed(parsed, discourse, clause)
        )
        if draft is not None:
            yield draft


def _split_after_day(parsed: Parsed, draft: Draft) -> Iterator[Draft]:
    """
    "Drop the posters Tuesday & bring her cake": a day between two acts belongs to the first, and they are two promises.
    """
    if draft.clause is not None:
        for clause in parsed.clauses_in(draft.first + 1, draft.last):
            if clause is draft.clause:
                continue
            opener = [t.plain for t in parsed.tokens[clause.left : clause.subject.first]]
            is_second_told = (
                clause.parent is draft.clause.parent is not None
                and clause.subject.kind != "none"
                and any(word in parsed.language.conjunctions for word in opener)
            )
            if is_second_told:
                yield replace(draft, last=clause.left)
                return
            is_joined = (
                clause.subject.kind == "none"
                and clause.intro in parsed.language.conjunctions
                and not clause.is_infinitive
            )
            if is_joined and not _is_coming(parsed, draft.clause) and ends_with_day(parsed, draft.first, clause.left):
                yield replace(draft, last=clause.left)
                yield replace(draft, first=clause.verb, looks_for_due_in=(clause.verb, draft.last), sureness="unsure")
                return
    yield draft


def _is_coming(parsed: Parsed, clause: Clause) -> bool:
    """ "Come on Friday and measure" is one act; "drop the posters Tuesday" has a thing of its own."""
    following = parsed.tokens[clause.verb + 1].plain if clause.verb + 1 < len(parsed.tokens) else ""
    going = parsed.language.meeting_verbs | parsed.language.setting_out
    return clause.lemma in going and following not in parsed.language.determiners


def _finished(parsed: Parsed, discourse: Discourse, draft: Draft, encounters: list[Encounter]) -> Promise | None:
    where = draft.looks_for_due_in or (
        left_with_day(parsed, draft.clause) if draft.clause else draft.first,
        draft.last,
    )
    due = due_in(parsed, *where, draft.clause) or due_beyond(parsed, draft) or due_of_purpose(parsed, draft)
    if (due is not None and due[1] < parsed.setting.written_at.date()) or (due is None and has_passed(parsed, *where)):
        return None
    first, last = spans.phrase(parsed, draft.first, draft.last)
    if due is not None and (draft.clause is None or draft.clause.verb < parsed.token_at(due[0].outer)):
        last = spans.cut_at_day(parsed, first, last, due[0])
    first = _with_condition_before(parsed, draft.clause, first)
    first = _with_object_before(parsed, draft.clause, first, last)
    to = draft.to or receiver_of(parsed, discourse, draft, encounters)
    if to is None or to == draft.by or _is_empty(parsed, first, last) or _is_bare_doing(parsed, first, last):
        return None
    if draft.last < len(parsed.tokens) and parsed.language.joking.search(
        parsed.plain_of(draft.first, min(draft.last + 2, len(parsed.tokens)))
    ):
        return None
    if is_near_promise(parsed, discourse, draft, first, last):
        return None
    what = parsed.span(first, last)
    second = discourse.second_guess(draft.clause.subject.last - 1) if draft.clause is not None else None
    sureness: Sureness = "unsure" if second is not None else draft.sureness
    other_day = other_reading_of(due[0], due[1]) if due is not None else None
    instead = Guess(who=second) if second is not None else Guess(on=other_day) if other_day is not None else None
    if other_day is not None:
        sureness = "unsure"
    marked = (what,) if due is None else (what, spans.of_when(due[0]))
    return Promise(
        by=draft.by, to=to, what=what, due_on=due[1] if due else None, due=spans.of_when(due[0]) if due else None,
        spans=marked, sureness=sureness, instead=instead,
    )  # fmt: skip


def _is_bare_doing(parsed: Parsed, first: int, last: int) -> bool:
    """ "Will do from January" says no more than yes, "Tom will handle" no more than who."""
    if last - first == 1 and parsed.tokens[first].plain in _SAYS_LITTLE:
        return True
    after = parsed.tokens[first + 1].plain if first + 1 < last else ""
    is_day = any(parsed.token_at(when.outer) == first + 1 for when in parsed.whens_in(first, last))
    says_no_more = is_day or after in ("", "from", "by", "on", "in", "so", "then", ",")
    return parsed.tokens[first].plain == "do" and says_no_more


def _is_empty(parsed: Parsed, first: int, last: int) -> bool:
    words = [token.plain for token in parsed.tokens[first:last] if token.is_word or token.kind == "number"]
    return not words or all(word in parsed.language.empty_promises for word in words)


def _with_object_before(parsed: Parsed, clause: Clause | None, first: int, last: int) -> int:
    """
    "The offer for phase 2 I send her": where the verb has only a pronoun behind it, the thing before it belongs to it.
    """
    if clause is None or clause.subject.kind not in ("us", "he", "she", "they", "name") or first != clause.verb:
        return first
    dated = {
        i for w in parsed.whens_in(first, last) for i in range(parsed.token_at(w.outer), parsed.token_at(w.end - 1) + 1)
    }
    behind = [t for i, t in enumerate(parsed.tokens[first + 1 : last], start=first + 1) if t.is_word and i not in dated]
    if any(t.plain not in parsed.language.object_pronouns for t in behind):
        return first
    at = clause.subject.first
    sentence = parsed.sentences[clause.sentence]
    while (
        at > sentence.first
        and (parsed.tokens[at - 1].is_word or parsed.tokens[at - 1].kind == "number")
        and clause.subject.first - at < 8
    ):
        at -= 1
    joiners = parsed.language.conjunctions | parsed.language.subordinators | {",", "instead", "so"}
    while at < clause.subject.first and parsed.tokens[at].plain in joiners:
        at += 1
    is_thing = (
        clause.subject.first - at >= 2
        and not parsed.clauses_in(at, clause.subject.first)
        and not ends_with_day(parsed, at, clause.subject.first)
        and clause.parent is None
    )
    is_open = (
        is_thing
        and parsed.tokens[at].plain
        not in parsed.language.conjunctions | parsed.language.adverbs | parsed.language.subordinators
    )
    return at if is_open else first


def _with_condition_before(parsed: Parsed, clause: Clause | None, first: int) -> int:
    """ "If PO in by 4pm Jun flies in": a condition that adjoins belongs to the words."""
    if clause is None:
        return first
    sentence = parsed.sentences[clause.sentence]
    begin = max(sentence.first, clause.subject.first - 14)
    for i in range(clause.subject.first - 1, begin - 1, -1):
        token = parsed.tokens[i]
        if token.plain in parsed.language.conditions - {"until", "till", "til", "after", "before"} and (
            i == sentence.first or parsed.tokens[i - 1].text in ",;:-" or token.plain == "if"
        ):
            is_own = not any(
                c.subject.kind == "us" and c.left > i
                for c in parsed.clauses_in(i, clause.first)
                if c.lemma in parsed.language.reporting
            )
            return i if is_own else first
        if token.text in ".;:!?":
            break
    return first


def _without_overlaps(drafts: list[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.sureness != "sure", d.first)):
        if all(draft.last <= other.first or draft.first >= other.last for other in kept):
            kept.append(draft)
    return sorted(kept, key=lambda d: d.first)


def _joined_by_date(parsed: Parsed, promises: list[Promise]) -> list[Promise]:
    """ "She'll give us the sheets ... she said she'd have them to me by Friday": one promise, and that is its day."""
    kept: list[Promise] = []
    for promise in promises:
        words = [
            token.plain
            for token in parsed.tokens[parsed.token_at(promise.what.start) : parsed.token_at(promise.what.end - 1) + 1]
        ]
        earlier = next((k for k in reversed(kept) if k.by == promise.by and k.due_on in (None, promise.due_on)), None)
        is_again = len(words) <= 5 and bool({"it", "them", "that", "this"} & set(words[:3])) and earlier is not None
        if is_again and earlier is not None and promise.due_on is not None:
            kept[kept.index(earlier)] = replace(
                earlier, due_on=promise.due_on, due=promise.due, spans=(*earlier.spans, *promise.spans)
            )
        else:
            kept.append(promise)
    return kept
