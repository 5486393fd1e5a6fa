"""What matters to whom: what they love, fear, are proud of or will not bend on."""

from __future__ import annotations

from ampersand.notebook.reader import spans
from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Value, Who


def values_of(parsed: Parsed, discourse: Discourse) -> list[Value]:
    found: list[Value] = []
    for number, sentence in enumerate(parsed.sentences):
        if sentence.is_question and not sentence.is_quoted:
            continue
        text = parsed.plain_of(sentence.first, sentence.last)
        begin = parsed.tokens[sentence.first].start
        speaker = discourse.speaker_of(number)
        if speaker is not None and parsed.language.ultimatum.search(text):
            first, last = spans.phrase(parsed, sentence.first, sentence.last, keep_dates=True)
            found.append(Value(of=speaker, what=parsed.span(first, last), spans=(parsed.span(first, last),)))
            continue
        for match in parsed.language.minding.finditer(text):
            first, last = parsed.token_at(begin + match.start()), parsed.token_at(begin + match.end() - 1) + 1
            value = _value(parsed, discourse, number, first, last)
            if value is not None and not any(
                v.what.start < value.what.end and value.what.start < v.what.end for v in found
            ):
                found.append(value)
    return found


def _value(parsed: Parsed, discourse: Discourse, number: int, first: int, last: int) -> Value | None:
    clause = _clause_of(parsed, number, first)
    if parsed.tokens[first].plain == "what":
        clause = _clause_of(parsed, number, last - 1) or clause
    of = _whose(parsed, discourse, clause, number, first)
    if of is None or of.is_us or of.is_colleague:
        return None
    sentence = parsed.sentences[number]
    text = parsed.plain_of(max(sentence.first, first - 3), min(sentence.last, last + 4))
    if parsed.language.no_minding.search(text) or not _is_minding_here(parsed, number, first):
        return None
    if clause is not None and clause.is_negated and clause.lemma in ("worry", "fear", "care", "love", "matter"):
        return None
    if parsed.tokens[first].plain == "'s":
        first += 1
    begin, end = _stretch(parsed, clause, number, first, last)
    begin, end = spans.phrase(parsed, begin, end, keep_dates=True)
    what = parsed.span(begin, end)
    return Value(of=of, what=what, spans=(what,), sureness="sure" if clause is not None else "unsure")


def _is_minding_here(parsed: Parsed, number: int, first: int) -> bool:
    """Love, hate, fear and care must be verbs here: a "first love" is none."""
    word = parsed.tokens[first].plain
    if parsed.language.verbs.get(word, ("", ""))[0] not in parsed.language.minding_verbs:
        return True
    return any(c.verb == first for c in parsed.clauses)


def _clause_of(parsed: Parsed, number: int, at: int) -> Clause | None:
    exact = [c for c in parsed.clauses_of(number) if c.first <= at <= c.verb]
    around = exact or [c for c in parsed.clauses_of(number) if c.left <= at < max(c.own_end, c.verb + 1)]
    return around[-1] if around else None


def _whose(parsed: Parsed, discourse: Discourse, clause: Clause | None, number: int, first: int) -> Who | None:
    """The one who minds: the owner of the worry, the one it matters to, the subject, or who is spoken of."""
    word = parsed.tokens[first].plain
    if word == "'s":
        return next((m.who for m in parsed.mentions_in(max(0, first - 5), first) if m.last == first), None)
    if word in ("his", "her", "their"):
        return discourse.meant_by(first) or discourse.interlocutor(first)
    owner = _owner_before(parsed, discourse, first, parsed.sentences[number].first) or _to_whom(
        parsed, discourse, number, first
    )
    if owner is not None:
        return owner
    if clause is None:
        return discourse.label_of(number) or discourse.speaker_of(number) or discourse.interlocutor(first)
    who = discourse.subject_of(clause)
    if who is not None and who.is_us and clause.subject.kind == "none":
        # "Can't stand plastic crates": feelings left without a bearer are theirs.
        return discourse.interlocutor(first)
    if clause.subject.kind == "it" and parsed.tokens[clause.subject.last - 1].plain in (
        "everybody",
        "everyone",
        "nobody",
    ):
        return None
    if who is None:
        return discourse.label_of(number) or discourse.speaker_of(number) or discourse.interlocutor(first)
    return who


def _owner_before(parsed: Parsed, discourse: Discourse, first: int, begin: int) -> Who | None:
    """ "Nadia's biggest fear", "her biggest fear"."""
    for at in range(first - 1, max(begin - 1, first - 4), -1):
        word = parsed.tokens[at].plain
        if word == "'s":
            return next((m.who for m in parsed.mentions_in(max(begin, at - 4), at) if m.last == at), None)
        if word in ("his", "her", "their"):
            return discourse.meant_by(at)
        if not parsed.tokens[at].is_word:
            return None
    return None


def _to_whom(parsed: Parsed, discourse: Discourse, number: int, first: int) -> Who | None:
    """ "Matters to her", "is everything to Nadia", "important for them"."""
    for i in range(first, min(first + 7, parsed.sentences[number].last - 1)):
        if parsed.tokens[i].plain not in ("to", "for", "with"):
            continue
        meant = discourse.meant_by(i + 1) if parsed.tokens[i + 1].plain in ("him", "her", "them") else None
        named = parsed.mention_at(i + 1)
        is_minding = parsed.tokens[first].plain in parsed.language.mattering
        if meant is not None and not meant.is_colleague:
            return meant
        if is_minding and named is not None and not (named.who.is_colleague or named.who.is_us or named.is_genitive):
            return named.who
    return None


def _stretch(parsed: Parsed, clause: Clause | None, number: int, first: int, last: int) -> tuple[int, int]:
    sentence = parsed.sentences[number]
    if clause is None:
        end = last
        while end < sentence.last and parsed.tokens[end].text not in ".;!?":
            end += 1
        return first, end
    if parsed.tokens[first].plain == "all":
        return max(sentence.first, first - 18), max(last, min(clause.end, last + 2))
    if _is_what_counts(parsed, clause, first):
        return _what_counts(parsed, clause, number, first, last)
    end = max(_reach(parsed, clause, last), last)
    owned = parsed.tokens[first].plain in ("his", "her", "their")
    if (
        owned
        and clause.subject.kind == "thing"
        and clause.subject.first < first
        and clause.verb < first
        and clause.lemma == "be"
    ):
        return clause.subject.first, end
    if clause.subject.kind in ("thing", "it") and clause.subject.first < clause.first and not owned:
        is_about_thing = clause.subject.kind == "thing" or clause.lemma in ("be", "matter", "mean")
        begin = clause.subject.first if is_about_thing and clause.subject.kind == "thing" else first
        return begin, end
    if clause.is_negated and clause.first < first <= clause.verb + 1:
        return clause.first, end
    begin = min(first, clause.verb) if clause.lemma != "be" and clause.verb >= first else first
    return begin, end


def _what_counts(parsed: Parsed, clause: Clause, number: int, first: int, last: int) -> tuple[int, int]:
    """
    "What she cares about is that ...": the words are what follows; "what she can't stand is ..." keeps its direction.
    """
    sentence = parsed.sentences[number]
    being = next(
        (
            c
            for c in parsed.clauses_in(last, sentence.last)
            if (c.form == "s" and parsed.tokens[c.verb].plain in ("is", "was", "'s", "are"))
            or c.is_passive
            or c.is_progressive
        ),
        None,
    )
    if being is None:
        return first, _reach(parsed, clause, last)
    end = _reach(parsed, being, being.verb + 1)
    if end - clause.left > 25:
        # Dictated without a mark: what comes next with a doer of its own is something new.
        later = (
            c for c in parsed.clauses_in(being.verb + 2, end) if c.subject.kind in ("he", "she", "us", "they", "name")
        )
        end = next((c.left for c in later if c.left > being.verb + 2 and not c.subject.is_relative), end)
    if not parsed.language.positive_minding.match(parsed.plain_of(first, last)):
        return first, end
    begin = being.first + 1
    while begin < end - 1 and parsed.tokens[begin].plain in ("that", "is", "really"):
        begin += 1
    return begin, end


def _reach(parsed: Parsed, clause: Clause, last: int) -> int:
    """To where something new is said: a mark, or a clause joined by a comma or "and" with a subject of its own."""
    sentence = parsed.sentences[clause.sentence]
    end = last
    while end < sentence.last and parsed.tokens[end].text not in ".;!?()" and parsed.tokens[end].kind != "newline":
        if end > last and parsed.tokens[end].plain in ("so", "oh", "um", "uh", "em", "er", "erm", "anyway"):
            break
        end += 1
    is_dictated = end - clause.left > 40
    complements = 0
    for following in parsed.clauses_in(last, end):
        opener = parsed.tokens[following.left].plain
        has_own_subject = following.subject.kind != "none" and not following.subject.is_relative
        is_apart = opener == "," or opener in parsed.language.conjunctions or following.intro in parsed.language.reasons
        is_other = following.subject.kind == "none" and opener == "," and following.form in ("s", "d", "dn")
        if ((has_own_subject and (is_apart or (is_dictated and complements))) or is_other) and following.left > last:
            return following.left
        complements += has_own_subject
    return end


def _is_what_counts(parsed: Parsed, clause: Clause, first: int) -> bool:
    """ "What she cares about is that ...": the words are what follows."""
    return any(token.plain == "what" for token in parsed.tokens[clause.left : max(clause.first, first + 1)])
