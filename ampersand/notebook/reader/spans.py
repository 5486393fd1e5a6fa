"""From a stretch of tokens to the short phrase that stands on the page: no deadline, no "he said" at its edge."""

from __future__ import annotations

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Span
from ampersand.notebook.reader.tokens import Token
from ampersand.notebook.reader.when import When

_EDGE = frozenset(",.;:!?-–—…'\"")
LONGEST = 40


def phrase(parsed: Parsed, first: int, last: int, *, keep_dates: bool = False) -> tuple[int, int]:
    """Tokens [first, last) without marks, deadlines, reports and joining words at their edges."""
    first, last = _marks_off(parsed, first, min(last, first + LONGEST))
    before = None
    while before != (first, last) and last - first > 1:
        before = (first, last)
        last = _report_off(parsed, first, last)
        if not keep_dates:
            last = _deadline_off(parsed, first, last)
        last = _joiners_off(parsed, first, last)
        first, last = _marks_off(parsed, first, last)
    return first, max(last, first + 1)


def cut_at_day(parsed: Parsed, first: int, last: int, due: When) -> int:
    """ "Hold twenty joints for us | till the end of the month at last year's price": a whole act ends at its day."""
    if not parsed.tokens[first].start < due.outer < due.end < parsed.tokens[last - 1].start:
        return last
    day, behind = parsed.token_at(due.outer), parsed.token_at(due.end - 1) + 1
    opens_with_verb = parsed.tokens[first].plain not in parsed.language.determiners
    is_whole = day - first >= 2 + opens_with_verb and last - behind >= 4
    return day if is_whole and parsed.tokens[behind].plain not in parsed.language.conditions else last


def _marks_off(parsed: Parsed, first: int, last: int) -> tuple[int, int]:
    tokens = parsed.tokens
    while last > first + 1 and (
        tokens[last - 1].plain in _EDGE or tokens[last - 1].kind == "newline" or _is_loose(tokens[last - 1])
    ):
        if tokens[last - 1].plain == "'" and any(token.plain == "'" for token in tokens[first : last - 1]):
            break
        last -= 1
    while first < last - 1 and (tokens[first].plain in _EDGE or tokens[first].kind == "newline"):
        if tokens[first].plain == "'" and any(token.plain == "'" for token in tokens[first + 1 : last]):
            break
        first += 1
    return first, last


def _is_loose(token: Token) -> bool:
    """A mark that closes nothing: a bracket left open, an emoji, an arrow."""
    return token.kind == "mark" and token.text not in ")%]}€£$¥°#+&*"


def _deadline_off(parsed: Parsed, first: int, last: int) -> int:
    """A day at the end goes, with the words that lead into it, unless one word would be left."""
    end = parsed.tokens[last - 1].end
    for when in parsed.whens_in(first, last):
        if when.end == end or parsed.token_at(when.end - 1) == last - 1:
            cut = parsed.token_at(when.outer)
            begun = cut - 2
            if parsed.tokens[cut - 1].plain == "to" and any(
                parsed.token_at(other.end - 1) == begun for other in parsed.whens_in(first, last)
            ):
                # "Keep off site 15 Dec to 12 Jan": a stretch of days is not the day it is due.
                return last
            if parsed.tokens[cut - 1].plain == "not":
                # "Leave not after the 8th": the day is what is promised.
                return last
            if cut - first >= 2:
                return cut
    return last


def _report_off(parsed: Parsed, first: int, last: int) -> int:
    """ "..., he said" belongs to the telling, not to what is told."""
    for clause in parsed.clauses_in(first + 1, last):
        is_told = (
            clause.lemma in parsed.language.reporting
            and clause.subject.kind in ("he", "she", "us", "they", "name")
            and not clause.modal
        )
        if is_told and clause.left > first + 1 and parsed.tokens[clause.left].plain == "," and last - clause.verb <= 3:
            return clause.left
    return last


def _joiners_off(parsed: Parsed, first: int, last: int) -> int:
    language = parsed.language
    while last - first > 1:
        word = parsed.tokens[last - 1].plain
        is_loose = word in language.conjunctions or word in language.fillers or word in language.subordinators
        if not is_loose and word not in language.determiners_only:
            break
        last -= 1
    return last


def first_of_subject(clause: Clause) -> int:
    return clause.subject.first if clause.subject.kind != "none" else clause.first


def of_when(when: When) -> Span:
    return Span(when.outer, when.end)
