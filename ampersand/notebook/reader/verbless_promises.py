"""Promises without a verb of doing: "proofs to her by the 21st", "Tom: pricing by Friday", "Bas on site tomorrow"."""

from __future__ import annotations

from collections.abc import Iterator

from ampersand.notebook.reader.deadlines import due_after, due_in
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.drafts import Draft
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import US, Who
from ampersand.notebook.reader.sentences import Sentence


def under_a_label(parsed: Parsed, discourse: Discourse) -> Iterator[Draft]:
    """ "Tom: pricing by 12 Oct", "Nadia: PO this week": a thing and a day after the name of who has it in hand."""
    for number, sentence in enumerate(parsed.sentences):
        label = discourse.label_of(number)
        if label is None or sentence.is_question or sentence.is_quoted:
            continue
        first = next(
            (
                i + 1
                for i in range(sentence.first, sentence.last)
                if parsed.tokens[i].text in ":-" and i > sentence.first
            ),
            sentence.last,
        )
        day = due_in(parsed, first, sentence.last, None) if first < sentence.last else None
        if day is None and label.is_us and 1 < sentence.last - first <= 10:
            yield from _own_part(parsed, discourse, first, sentence)
        if (
            day is None
            or parsed.clauses_in(first, sentence.last)
            or any(t.plain in parsed.language.channel_nouns for t in parsed.tokens[first : sentence.last])
        ):
            continue
        last = parsed.token_at(day[0].outer)
        is_state = parsed.tokens[first].plain in parsed.language.states | {"out", "off", "in", "silent"}
        if 0 < last - first <= 8 and not is_state:
            yield Draft(discourse.side_of(label), first, last, None, "unsure", looks_for_due_in=(first, sentence.last))


def _own_part(parsed: Parsed, discourse: Discourse, first: int, sentence: Sentence) -> Iterator[Draft]:
    """ "Me: three references": what stands behind one's own label is one's own to do."""
    if not parsed.clauses_in(first, sentence.last) and not sentence.is_question:
        yield Draft(US, first, sentence.last, None, "unsure", looks_for_due_in=(first, sentence.last))


def said_yes_to(parsed: Parsed, discourse: Discourse) -> Iterator[Draft]:
    """ "Told Nadia yes to Thursday's delivery", "back Thurs to fit it"."""
    for pattern in (parsed.language.yes_to, parsed.language.back_on):
        for match in pattern.finditer(parsed.plain):
            first = parsed.token_at(match.start("what"))
            sentence = parsed.sentences[parsed.sentence_of(first)]
            last = parsed.token_at(match.end("what") - 1) + 1
            if pattern is parsed.language.back_on:
                last = min(sentence.last, last + 8)
            other = discourse.interlocutor(first)
            by, to = US, other
            if pattern is parsed.language.back_on and _somebody_else_acts(parsed, discourse, sentence, first):
                continue
            if pattern is parsed.language.yes_to:
                saying = next((c for c in parsed.clauses_of(parsed.sentence_of(first)) if c.verb < first), None)
                subject = discourse.subject_of(saying) if saying is not None else None
                by, to = (subject, US) if subject is not None and not subject.is_us else (US, other)
            if (
                other is not None
                and not sentence.is_question
                and not sentence.is_quoted
                and due_in(parsed, first, last, None) is not None
            ):
                yield Draft(by, first, last, None, "unsure", to=to, looks_for_due_in=(first, last))


def _somebody_else_acts(parsed: Parsed, discourse: Discourse, sentence: Sentence, first: int) -> bool:
    """ "Samir goes on holiday Monday, back on the 20th": he is back then, not we."""
    before = [c for c in parsed.clauses_in(sentence.first, first) if not c.is_infinitive]
    who = discourse.subject_of(before[-1]) if before and before[-1].subject.kind != "none" else None
    return who is not None and not who.is_us


def without_verb(parsed: Parsed, discourse: Discourse) -> Iterator[Draft]:
    """
    "Proofs to her by the 21st", "offer in her mailbox Wed", "replacement on his dock 10.12", "goods with them on 5
    Feb".
    """
    for match in parsed.language.due_to.finditer(parsed.plain):
        first, last = parsed.token_at(match.start("what")), parsed.token_at(match.end("what") - 1) + 1
        dash = next((k for k in range(first, last) if parsed.tokens[k].text in "-–" and k - first <= 4), None)
        if parsed.tokens[first].plain in parsed.language.conjunctions:
            first += 1
        if parsed.tokens[first].plain in parsed.language.prepositions:
            continue
        first = dash + 1 if dash is not None and discourse.label_of(parsed.sentence_of(first)) is not None else first
        group = "owner" if match.group("owner") else "giver" if match.group("giver") else "pronoun"
        pronoun = parsed.token_at(match.start(group))
        if parsed.clauses_in(first, last) or any(
            t.plain in parsed.language.channel_nouns for t in parsed.tokens[first:last]
        ):
            continue
        sentence = parsed.sentences[parsed.sentence_of(first)]
        when = due_after(parsed, last, min(sentence.last, last + 8))
        if when is None or sentence.is_question or sentence.is_quoted:
            continue
        is_to_us = (match.group(group) in ("me", "us", "my", "our")) != (group == "giver")
        told = _told_whom(parsed, discourse, max(sentence.first, first - 1), first)
        other = told or discourse.meant_by(pronoun) or discourse.interlocutor(pronoun)
        if other is None:
            continue
        by, to = (other, US) if is_to_us else (US, other)
        yield Draft(by, first, last, None, "unsure", to=to, looks_for_due_in=(last, min(sentence.last, last + 8)))


def verbless_and_told(parsed: Parsed, discourse: Discourse) -> Iterator[Draft]:
    """ "12 crates there 3 Nov, told him", "fixed contact = Tom, agreed", "samples with her by 14/3, my word"."""
    for match in parsed.language.told_of_it.finditer(parsed.plain):
        at = parsed.token_at(match.start())
        number = parsed.sentence_of(at)
        sentence = parsed.sentences[number]
        first = at
        while first > sentence.first and parsed.tokens[first - 1].text not in ".;:!?•*–>|→" and at - first < 14:
            first -= 1
        if parsed.tokens[first].text == "-":
            first += 1
        first = _after_side_remark(parsed, first, at)
        told = [c for c in parsed.clauses_in(first, at) if c.intro not in parsed.language.conditions]
        words = sum(t.is_word or t.kind == "number" for t in parsed.tokens[first:at])
        other = discourse.interlocutor(at)
        if told or words < 2 or other is None or sentence.is_quoted or sentence.is_question:
            continue
        is_noun_of_contact = any(t.plain in parsed.language.channel_nouns for t in parsed.tokens[first:at])
        if not is_noun_of_contact and not parsed.language.deal_terms.search(parsed.plain_of(first, at)):
            to = _told_whom(parsed, discourse, at, min(sentence.last, at + 5)) or other
            yield Draft(US, first, at, None, "unsure", to=to, looks_for_due_in=(first, at))


def _told_whom(parsed: Parsed, discourse: Discourse, first: int, last: int) -> Who | None:
    """ "Told her", "told Jo", and the house for "told them"."""
    for i in range(first, last):
        if parsed.tokens[i].plain in ("him", "her", "them"):
            meant = discourse.meant_by(i)
            return meant if meant is not None and not meant.is_colleague else None
        named = parsed.mention_at(i)
        if named is not None and not named.who.is_colleague:
            return named.who
    return None


def _after_side_remark(parsed: Parsed, first: int, at: int) -> int:
    """What was told is the last stretch before the comma, unless that is too short."""
    commas = [k for k in range(first, at) if parsed.tokens[k].text == ","]
    return commas[-1] + 1 if commas and at - commas[-1] > 3 else first


def to_somebody(parsed: Parsed, discourse: Discourse) -> Iterator[Draft]:
    """ "Quote to Nadia tomorrow", "samples to her firm by 12/10"."""
    for mention in parsed.mentions:
        sentence = parsed.sentences[parsed.sentence_of(mention.first)]
        before = parsed.tokens[mention.first - 1].plain if mention.first else ""
        if (
            before != "to"
            or mention.who.is_colleague
            or mention.who.is_us
            or sentence.is_quoted
            or sentence.is_question
        ):
            continue
        first = mention.first - 1
        while first > sentence.first and parsed.tokens[first - 1].is_word and mention.first - first < 8:
            first -= 1
        last = min(sentence.last, mention.last + 6)
        last = next((i for i in range(mention.last + 1, last) if parsed.tokens[i].text == ","), last)
        is_thing = mention.first - first >= 2 and not parsed.clauses_in(first, mention.last)
        is_contact = any(t.plain in parsed.language.channel_nouns for t in parsed.tokens[first : mention.first])
        if (
            is_thing
            and not is_contact
            and due_in(parsed, mention.last, last, None) is not None
            and not parsed.clauses_in(mention.last, last)
        ):
            yield Draft(US, first, mention.last, None, "unsure", to=mention.who, looks_for_due_in=(mention.last, last))
