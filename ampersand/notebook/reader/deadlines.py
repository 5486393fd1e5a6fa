"""The day a promise is due: by which words, in which stretch, and which day it may be instead."""

from __future__ import annotations

from datetime import date, timedelta

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.drafts import Draft
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.when import When


def day_set_before(parsed: Parsed, clause: Clause) -> tuple[When, date] | None:
    """ "Workshop at theirs on the 23rd, Espen brings the prototype": for the day just set."""
    sentence = parsed.sentences[clause.sentence]
    before = [c for c in parsed.clauses_of(clause.sentence) if c.verb < clause.left]
    first = before[-1].verb if before else sentence.first
    return due_in(parsed, first, clause.left, None) if first < clause.left else None


def left_with_day(parsed: Parsed, clause: Clause) -> int:
    """Where a clause begins with the day that stands before it: "on Friday | Tom delivers"."""
    at, floor = clause.left, parsed.sentences[clause.sentence].first
    if at <= floor:
        return at
    whens = parsed.whens_in(floor, at)
    dated = {i for w in whens for i in range(parsed.token_at(w.outer), parsed.token_at(w.end - 1) + 1)}
    while at > floor and (at - 1 in dated or (parsed.tokens[at - 1].text == "," and at == clause.left)):
        at -= 1
    before = parsed.tokens[at - 1] if at > floor else None
    opens = (
        before is None
        or (not before.is_word and before.kind != "number")
        or before.plain in parsed.language.conjunctions | parsed.language.complementizers
    )
    has_mark = any(t.text == "," for t in parsed.tokens[at : clause.subject.first])
    is_day = any(i in dated for i in range(at, clause.left))
    return at if is_day and opens and (before is None or not has_mark) else clause.left


def ready_by(parsed: Parsed, first: int, last: int) -> tuple[When, date] | None:
    """ "...; ready 3 Feb": the day of an arrangement told right after it, without a verb of its own."""
    if (
        first >= last
        or parsed.clauses_in(first, last)
        or not parsed.language.day_named_after.search(parsed.plain_of(first, last))
    ):
        return None
    return due_in(parsed, first, last, None)


def due_after(parsed: Parsed, first: int, last: int) -> date | None:
    found = due_in(parsed, first, last, None)
    return found[1] if found else None


def ends_with_day(parsed: Parsed, first: int, last: int) -> bool:
    end = parsed.tokens[last - 1].end
    return any(when.end == end for when in parsed.whens_in(first, last))


def other_reading_of(when: When, day: date) -> date | None:
    """ "Before the 12th" may mean the 11th; 3/4 may be the other way round; "next Friday" this one."""
    return day - timedelta(days=1) if when.lead == "before" and when.is_day and when.other is None else when.other


def due_in(parsed: Parsed, first: int, last: int, clause: Clause | None) -> tuple[When, date] | None:
    """The day by which: one led in by "by" before any other, and none that belongs to a condition or a past."""
    today = parsed.setting.written_at.date()
    found: list[tuple[int, When, date]] = []
    told_of = ("once", "when", "because", "since", "after", "until", "till", "til", "as")
    conditions = [c for c in parsed.clauses_in(first, last) if c.intro in told_of and c is not clause]
    for when in parsed.whens_in(first, last):
        day = when.on("future", today)
        at = parsed.token_at(when.start)
        if day is None or day < today or when.lead in ("after", "since") or (when.is_open and clause is None):
            continue
        if parsed.word(at - 1) in ("every", "each") or any(c.left <= at < c.end for c in conditions):
            continue
        found.append((_rank(parsed, when), when, day))
    if not found:
        return None
    best = min(found, key=lambda entry: (entry[0], entry[1].start))
    for _, when, day in found:
        # "Mon or Tues at the latest", "15 Dec to 12 Jan": the later one is what can be held to.
        between = parsed.plain[best[1].end : when.start].strip() if when.start > best[1].end else ""
        if between in ("or", "to") and day > best[2]:
            return when, day
    return best[1], best[2]


def due_of_purpose(parsed: Parsed, draft: Draft) -> tuple[When, date] | None:
    """ "Courier us the protocol so that it reaches by Wednesday": the day stands with what it is for."""
    if draft.clause is None or draft.last >= len(parsed.tokens):
        return None
    sentence = parsed.sentences[draft.clause.sentence]
    opener = [t.plain for t in parsed.tokens[draft.last : draft.last + 3]]
    is_purpose = opener[:1] == ["so"] and bool({"that", "it", "they", "we", "he", "she"} & set(opener))
    return due_in(parsed, draft.last, min(sentence.last, draft.last + 7), None) if is_purpose else None


def has_passed(parsed: Parsed, first: int, last: int) -> bool:
    """ "Promised it for last Friday": a day led in as a deadline that lies behind."""
    today = parsed.setting.written_at.date()
    behind = (when for when in parsed.whens_in(first, last) if when.future is not None and when.future < today)
    return any(when.is_deadline or parsed.plain[when.outer : when.start].startswith("for") for when in behind)


def _rank(parsed: Parsed, when: When) -> int:
    """ "By" before "on"; then a beginning; a day that only describes a thing ("a Sunday delivery") last."""
    following = parsed.token_at(when.end) if when.end < len(parsed.words) else 0
    token = parsed.tokens[following]
    describes = (
        when.is_weekday
        and not when.lead
        and token.is_word
        and token.start > when.end
        and token.plain not in parsed.language.closed
    )
    meant_for = not when.is_day and parsed.plain[max(0, when.start - 4) : when.start] == "for "
    return 0 if when.is_deadline else 3 if describes or meant_for else 2 if when.lead == "from" else 1


def due_beyond(parsed: Parsed, draft: Draft) -> tuple[When, date] | None:
    """A day just behind the words: "and named the first of August", "By Friday." as a sentence of its own."""
    sentence_number = parsed.sentence_of(draft.first)
    following = sentence_number + 1
    if following < len(parsed.sentences):
        sentence = parsed.sentences[following]
        words = [t for t in parsed.tokens[sentence.first : sentence.last] if t.is_word or t.kind == "number"]
        whens = parsed.whens_in(sentence.first, sentence.last)
        if (
            whens
            and len(words) <= 4
            and not parsed.clauses_of(following)
            and draft.last >= parsed.sentences[sentence_number].last - 2
        ):
            return due_in(parsed, sentence.first, sentence.last, None)
    sentence = parsed.sentences[sentence_number]
    until = min(sentence.last, draft.last + 9)
    rest = parsed.plain_of(draft.last, until) if draft.last < until else ""
    match = parsed.language.day_named_after.search(rest)
    if match is not None:
        return due_in(parsed, draft.last, until, None)
    return None
