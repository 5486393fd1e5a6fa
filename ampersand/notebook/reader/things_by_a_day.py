"""A thing and a day and no verb: "offer by Friday", "PO this week", "samples Tue": whose it is to bring, by what it is."""

from __future__ import annotations

from collections.abc import Iterator

from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.drafts import Draft
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import US, Who
from ampersand.notebook.reader.when import When

LONGEST = 9
_GIVES_WORD = frozenset({"swore", "swears", "promised", "promises", "said", "says", "guaranteed", "vowed", "assured"})
_ONLY_DESCRIBES = frozenset(
    {"revised", "updated", "signed", "corrected", "amended", "written", "printed", "promised", "final"}
)


def things_by_a_day(parsed: Parsed, discourse: Discourse) -> Iterator[Draft]:
    today = parsed.setting.written_at.date()
    for when in parsed.whens:
        day = when.on("future", today)
        if day is None or day < today:
            continue
        at = parsed.token_at(when.outer)
        is_from = _giver(parsed, discourse, max(0, at - 4), at) is not None
        if day == today and not (is_from and parsed.word(parsed.token_at(when.start)) in ("tonight", "later", "today")):
            continue
        is_back = parsed.word(at - 1) == "back"
        if not (when.is_day or when.is_deadline or is_from or is_back):
            continue
        sentence = parsed.sentences[parsed.sentence_of(at)]
        if when.is_open and discourse.label_of(parsed.sentence_of(at)) is None:
            continue
        if sentence.is_quoted or sentence.is_question:
            continue
        first = _begin(parsed, at, sentence.first)
        if at - first < 1 or at - first > LONGEST + 3 or _has_verb(parsed, first, at) or _goes_on(parsed, when):
            continue
        draft = _draft(parsed, discourse, first, at, when)
        if draft is not None:
            yield draft


def _begin(parsed: Parsed, at: int, floor: int) -> int:
    first = at - 1 if at > floor and parsed.tokens[at - 1].text == "," else at
    while (
        first > floor
        and parsed.tokens[first - 1].text not in ".,;:!?•*()–>|→/"
        and parsed.tokens[first - 1].kind != "newline"
    ):
        if parsed.tokens[first - 1].plain in ("and", "&", "but"):
            break
        first -= 1
    while first < at and parsed.tokens[first].text in "-–":
        first += 1
    return first


def _label(parsed: Parsed, discourse: Discourse, first: int, at: int) -> tuple[Who | None, int]:
    """ "Us - revised quote", "Nadia - floor loads": who has it in hand, and where the thing begins."""
    named = parsed.mention_at(first)
    after = named.last if named is not None else first + 1
    if after + 1 >= at or parsed.tokens[after].text not in "-–:":
        return None, first
    if named is not None and not named.who.is_organisation:
        return discourse.side_of(named.who), after + 1
    return (US, after + 1) if parsed.tokens[first].plain in ("us", "we", "me", "i") else (None, first)


def _has_verb(parsed: Parsed, first: int, at: int) -> bool:
    language = parsed.language
    if parsed.clauses_in(first, at + 1):
        return True
    for token in parsed.tokens[first:at]:
        form = language.verbs.get(token.plain, ("", ""))[1]
        is_done = "n" in form and "b" not in form and token.plain not in _ONLY_DESCRIBES
        is_coming_back = parsed.tokens[at - 1].plain == "back"
        if is_done or token.plain in language.channel_nouns:
            return True
        if token.plain in language.happenings and not is_coming_back:
            return True
    return False


def _goes_on(parsed: Parsed, when: When) -> bool:
    """A verb right behind the day makes it a clause after all: "offer Friday was late"."""
    after = parsed.token_at(when.end - 1) + 1
    behind = [c for c in parsed.clauses_in(after, after + 2) if c.subject.kind == "none" or c.subject.first < after]
    return bool(behind) and parsed.tokens[min(after, len(parsed.tokens) - 1)].is_word


def _draft(parsed: Parsed, discourse: Discourse, first: int, at: int, when: When) -> Draft | None:
    language = parsed.language
    owner, first = _label(parsed, discourse, first, at)
    words = [t.plain for t in parsed.tokens[first:at]]
    other = discourse.interlocutor(at) or discourse.interlocutor(len(parsed.tokens) - 1)
    if any(word in language.promise_nouns for word in words):
        return None
    if words and words[0] in language.states | {"out", "off", "in", "silent"}:
        return None
    is_none = not words or words[0] in ("no", "nobody", "nothing") or "last" in words or "since" in words
    if other is None or other.is_us or is_none:
        return None
    number = parsed.sentence_of(first)
    label = discourse.label_of(number)
    is_theirs = any(word in language.theirs_to_send for word in words)
    comes_back = words[-1:] == ["back"] and words[0] in ("signed", "countersigned", "stamped")
    is_theirs = is_theirs or comes_back
    is_ours = any(word in language.ours_to_bring for word in words) and not comes_back
    by = (
        owner
        or _whose_words(parsed, discourse, when)
        or _giver(parsed, discourse, first, at)
        or _teller(parsed, discourse, number, first)
    )
    if by is None and label is not None:
        by = discourse.side_of(label)
    if by is None and is_theirs != is_ours:
        by = US if is_ours else other
    if by is None:
        return None
    where = (first, parsed.token_at(when.end - 1) + 1)
    return Draft(by, first, at, None, "unsure", to=other if by.is_us else US, looks_for_due_in=where)


def _whose_words(parsed: Parsed, discourse: Discourse, when: When) -> Who | None:
    """ "Contract back week 42, his words": who said so, right behind the day."""
    at = parsed.token_at(when.end - 1) + 1
    behind = [t.plain for t in parsed.tokens[at : at + 4]]
    swears = behind[1:2] in (["he"], ["she"], ["they"]) and bool(set(behind[2:4]) & _GIVES_WORD)
    if behind[:1] == [","] and swears:
        return discourse.meant_by(at + 1)
    is_said = behind[:1] == [","] and behind[1:2] in (["his"], ["her"], ["their"]) and "words" in behind
    return discourse.meant_by(at + 1) if is_said else None


def _teller(parsed: Parsed, discourse: Discourse, number: int, first: int) -> Who | None:
    """ "Confirmed to Nadia: hood up by the 14th", "Dev texted: two pallets Thursday": who said it, before a colon."""
    if first == 0 or parsed.tokens[first - 1].text != ":":
        return None
    before = [c for c in parsed.clauses_of(number) if c.verb < first]
    telling = before[-1] if before else None
    tells = parsed.language.reporting | parsed.language.promising | parsed.language.channel_verbs.keys()
    return (
        discourse.subject_of(telling)
        if telling is not None and telling.lemma in tells and not telling.is_negated
        else None
    )


def _giver(parsed: Parsed, discourse: Discourse, first: int, at: int) -> Who | None:
    """ "Numbers from Jo by Friday", "drawings from us"."""
    for i in range(first, at - 1):
        if parsed.tokens[i].plain not in ("from", "by", "fm"):
            continue
        named = parsed.mention_at(i + 1)
        if named is not None and not named.is_unnamed:
            return discourse.side_of(named.who)
        word = parsed.tokens[i + 1].plain
        if word in ("us", "me"):
            return US
        if word in ("him", "her", "them"):
            return discourse.meant_by(i + 1)
    return None
