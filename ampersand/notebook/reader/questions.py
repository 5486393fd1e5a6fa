"""What the writer does not know and should find out."""

from __future__ import annotations

from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Question, Span
from ampersand.notebook.reader.sentences import Sentence

LONGEST = 40


def questions_of(parsed: Parsed, discourse: Discourse) -> list[Question]:
    found: list[Span] = []
    for number, sentence in enumerate(parsed.sentences):
        if not sentence.is_quoted:
            found += _asked(parsed, sentence) if sentence.is_question else []
            found += _wondered(parsed, number, sentence)
    kept: list[Span] = []
    for span in found:
        if not any(span.start < other.end and other.start < span.end for other in kept):
            kept.append(span)
    return [Question(what=span, spans=(span,)) for span in sorted(kept, key=lambda s: s.start)]


def _asked(parsed: Parsed, sentence: Sentence) -> list[Span]:
    """A sentence that ends in a question mark; of a long one, the part that asks."""
    last = sentence.last
    while last > sentence.first + 1 and parsed.tokens[last - 1].text != "?":
        last -= 1
    first = _begin_of_question(parsed, sentence.first, last)
    words = [token.plain for token in parsed.tokens[first:last] if token.is_word]
    text = parsed.plain_of(first, last)
    if not words or parsed.language.idea.search(text):
        return []
    return [parsed.span(first, last)]


def _begin_of_question(parsed: Parsed, first: int, last: int) -> int:
    """
    After bullets, labels ("Ask Tammy:") and whatever is told before the last mark that a question word or verb follows.
    """
    language = parsed.language
    while first < last - 1 and not parsed.tokens[first].is_word and parsed.tokens[first].kind != "number":
        first += 1
    for at in range(last - 2, first, -1):
        token, following = parsed.tokens[at], parsed.tokens[at + 1]
        is_mark = token.text in ",;:-–(/" or token.plain in language.conjunctions
        if not is_mark or not following.is_word:
            continue
        if (
            _opens_question(parsed, at + 1)
            and (token.text in ";:-–" or last - at > 2)
            and not (token.text == "-" and token.end == following.start)
        ):
            if (token.text in ",/" or token.plain in language.conjunctions) and _opens_question(parsed, first):
                continue
            return at + 1
        if token.text == ":" and last - at > 2:
            return at + 1
    return first


def _opens_question(parsed: Parsed, at: int) -> bool:
    word = parsed.tokens[at].plain
    language = parsed.language
    if word in language.question_words:
        return True
    is_auxiliary = word in (
        language.be_forms
        | language.do_forms
        | language.have_forms
        | language.will
        | language.would
        | language.may_be
        | language.must
    )
    return is_auxiliary and any(c.is_question and c.first == at for c in parsed.clauses)


def _wondered(parsed: Parsed, number: int, sentence: Sentence) -> list[Span]:
    """ "I wonder whether ...", "no idea who ...", "need to ask how ...": what follows, from its question word on."""
    text = parsed.plain_of(sentence.first, sentence.last)
    begin = parsed.tokens[sentence.first].start
    spans = []
    for match in parsed.language.wondering.finditer(text):
        at = parsed.token_at(begin + match.end() - 1) + 1
        if parsed.language.theirs_to_wonder.search(text[: match.start()][-24:]):
            continue
        first = _question_word(parsed, at, min(at + 6, sentence.last))
        if first is None:
            continue
        last = _end_of_wondering(parsed, first, sentence)
        if last - first >= 2:
            spans.append(parsed.span(first, last))
        elif last >= sentence.last - 1 and sentence.last - sentence.first < 25:
            spans.append(parsed.span(parsed.token_at(begin + match.start()), last))
    return spans


def _question_word(parsed: Parsed, first: int, last: int) -> int | None:
    for at in range(first, last):
        word = parsed.tokens[at].plain
        if word in parsed.language.question_words or word in ("whether", "if"):
            return at
        if parsed.tokens[at].text in ".;!?,":
            return None
    return None


def _end_of_wondering(parsed: Parsed, first: int, sentence: Sentence) -> int:
    last = first + 1
    asked = list(parsed.clauses_in(first, sentence.last))
    limit = sentence.last
    for clause in asked[1:]:
        is_new = clause.subject.kind in ("us", "he", "she", "they", "name") and clause.intro not in (
            "or",
            "whether",
            "if",
            "that",
        )
        if (is_new and clause.intro in ("because", "since", "so", "but", "")) or (
            clause.lemma == "need" and clause.subject.kind == "none"
        ):
            limit = clause.left
            break
    while (
        last < limit
        and parsed.tokens[last].text not in ".;!?"
        and parsed.tokens[last].kind != "newline"
        and last - first < LONGEST
    ):
        last += 1
    while last > first + 1 and not (parsed.tokens[last - 1].is_word or parsed.tokens[last - 1].kind == "number"):
        last -= 1
    return last
