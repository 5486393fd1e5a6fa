"""Whose it is to do: "Raj to deliver it by Friday", "owes us the figures", "the paint is on us", "quote to follow"."""

from __future__ import annotations

import re

from ampersand.notebook.reader.arrangements import is_conditional
from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.deadlines import due_in
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.drafts import (
    Draft,
    end_with_condition,
    is_under_condition,
)
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import US


def assigned(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    if not clause.is_infinitive or clause.lemma in parsed.language.no_commitment or clause.is_negated:
        return None
    at = clause.first
    if at and parsed.tokens[at - 1].text == ")":
        at = next((k for k in range(at - 1, max(0, at - 8), -1) if parsed.tokens[k].text == "("), at)
    before = [m for m in parsed.mentions_in(max(0, at - 6), at) if m.last == at and not m.is_unnamed]
    pronoun = parsed.tokens[at - 1].plain if at else ""
    opens = at < 2 or not parsed.tokens[at - 2].is_word or parsed.tokens[at - 2].kind == "newline"
    if pronoun in ("we", "i", "us", "me", "he", "she", "they", "him", "her", "them") and opens:
        by = US if pronoun in ("we", "i", "us", "me") else discourse.meant_by(at - 1)
        return Draft(by, clause.verb, end_with_condition(parsed, clause), clause) if by is not None else None
    if not before or (
        clause.parent is not None
        and clause.parent.sentence == clause.sentence
        and clause.parent.verb >= before[0].first - 6
        and _takes_infinitive(parsed, clause.parent, before[0].first)
    ):
        return None
    by = discourse.side_of(before[0].who)
    if by.is_us and not _concerns_them(parsed, discourse, clause):
        return None
    return Draft(by, clause.verb, end_with_condition(parsed, clause), clause)


def _concerns_them(parsed: Parsed, discourse: Discourse, clause: Clause) -> bool:
    """A colleague's task is promised when it has a day, is done for somebody of the other side, or was told them."""
    sentence = parsed.sentences[clause.sentence]
    told = parsed.language.told_so.search(parsed.plain_of(sentence.first, sentence.last))
    is_for_them = any(
        parsed.tokens[i].plain in ("him", "her", "them", "theirs") for i in range(clause.verb, clause.end)
    ) or any(m.who == discourse.interlocutor(clause.verb) for m in parsed.mentions_in(clause.verb, clause.end))
    has_day = bool(parsed.whens_in(clause.first, sentence.last)) and clause.lemma not in parsed.language.inward
    return bool(told) or is_for_them or has_day


def falls_to(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "The paint job is on us", "the calls are mine": whose it is to do."""
    if (
        clause.subject.kind != "thing"
        or clause.is_past
        or clause.is_negated
        or clause.is_question
        or clause.modal in ("may", "must")
    ):
        return None
    match = parsed.language.whose_job.match(parsed.plain_of(clause.verb, clause.end))
    if match is None:
        return None
    first = parsed.tokens[clause.verb].start
    if match.group("ours"):
        return Draft(US, clause.subject.first, clause.end, clause, "unsure")
    who = discourse.meant_by(parsed.token_at(first + match.start("theirs")))
    return Draft(who, clause.subject.first, clause.end, clause, "unsure") if who is not None else None


def answers_for(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "I'm on the hook for a drawing, Monday noon", "we're down for 12 crates": the thing one stands for."""
    match = parsed.language.standing_for.match(parsed.plain_of(clause.verb, clause.end))
    is_reflexive = match is not None and match.group().startswith(("put", "ma", "t"))
    if (
        match is None
        or (clause.is_past and not is_reflexive)
        or clause.is_negated
        or clause.is_question
        or clause.modal in ("may", "must")
    ):
        return None
    by = discourse.subject_of(clause)
    first = parsed.token_at(parsed.tokens[clause.verb].start + match.end())
    return Draft(by, first, clause.end, clause) if by is not None and first < clause.end else None


def _takes_infinitive(parsed: Parsed, parent: Clause, mention_first: int) -> bool:
    """ "Ask Omar to call", "want Raj to come": a wish, unless another sentence ended between."""
    return not any(token.text in ".,;:-" for token in parsed.tokens[parent.verb + 1 : mention_first])


def owed(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "Owe her photos by Thursday", "he owes us the figures": a thing owed, not a sum."""
    if clause.lemma != "owe" or clause.modal or clause.is_negated or clause.is_past or clause.is_question:
        return None
    first = clause.verb + 1
    if first >= len(parsed.tokens):
        return None
    receiver = parsed.mention_at(first)
    if receiver is None and parsed.tokens[first].plain not in parsed.language.object_pronouns:
        return None
    is_to_us = receiver is None and parsed.tokens[first].plain in ("me", "us")
    first = receiver.last if receiver is not None else first + 1
    if first >= clause.end or parsed.sums_in(first, min(first + 8, clause.end)):
        return None
    by = discourse.subject_of(clause)
    if is_to_us and (by is None or by.is_us):
        by = discourse.interlocutor(clause.verb)
    return Draft(by, first, clause.end, clause, "unsure") if by is not None else None


def let_me(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "Let me come back to you by Thursday", in their words."""
    following = parsed.word(clause.verb + 1)
    if clause.is_quoted and clause.subject.kind == "none" and clause.lemma in ("count", "expect"):
        return _invited(parsed, discourse, clause)
    if not clause.is_quoted or clause.lemma != "let" or clause.subject.kind != "none" or following not in ("me", "us"):
        return None
    speaker = discourse.speaker_of(clause.sentence)
    first = clause.verb + 2
    if speaker is None or first >= clause.end or parsed.tokens[first].plain == "know":
        return None
    return Draft(speaker, first, clause.end, clause, "unsure")


def _invited(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "Count us in for 40 boxes", "please expect our driver on Monday", in their words."""
    speaker = discourse.speaker_of(clause.sentence)
    match = re.match(r"count (?:me|us) in (?:for|on) |expect (?=our |my )", parsed.plain_of(clause.verb, clause.end))
    if speaker is None or match is None:
        return None
    first = parsed.token_at(parsed.tokens[clause.verb].start + match.end())
    return Draft(speaker, first, clause.end, clause, "unsure") if first < clause.end else None


def received_by_them(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "She gets the report tomorrow": what they get by a day is ours to bring."""
    if (
        clause.lemma not in ("get", "receive", "have")
        or clause.is_past
        or clause.is_negated
        or clause.is_question
        or clause.modal in ("may", "must", "would")
    ):
        return None
    subject = discourse.subject_of(clause)
    following = parsed.word(clause.verb + 1)
    is_thing = (
        following in ("the", "a", "an", "our", "my", "another", "new", "his", "her", "their") or following.isdigit()
    )
    then = parsed.word(clause.verb + 2)
    is_from_others = any(
        parsed.word(m.first - 1) == "from" and not m.who.is_us and not m.who.is_colleague
        for m in parsed.mentions_in(clause.verb + 1, clause.end)
    )
    is_thing = is_thing and not is_from_others
    is_thing = is_thing and not (following == "her" and then in parsed.language.determiners)
    is_telling = clause.lemma == "get" or clause.modal == "will"
    if (
        subject is None
        or subject.is_us
        or not is_thing
        or not is_telling
        or clause.is_quoted
        or is_under_condition(parsed, clause)
    ):
        return None
    if due_in(parsed, clause.verb, clause.end, clause) is None:
        return None
    return Draft(US, clause.verb + 1, clause.end, clause, "unsure", to=subject)


def received_by_us(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "I get the logs on Monday", "we are to hear from her by Friday": what reaches us by a day is theirs to bring."""
    subject = discourse.subject_of(clause)
    is_told = not (
        clause.is_infinitive
        or clause.is_past
        or clause.is_perfect
        or clause.is_negated
        or clause.is_question
        or clause.is_quoted
    )
    if subject is None or not subject.is_us or not is_told or is_under_condition(parsed, clause):
        return None
    after = [t.plain for t in parsed.tokens[clause.verb + 1 : clause.verb + 4]]
    hears = clause.lemma == "hear" and bool({"from", "back"} & set(after[:1])) and clause.modal in ("", "will")
    gets = (
        clause.lemma in ("get", "receive", "have")
        and clause.modal in ("", "will")
        and after[:1] in (["the"], ["her"], ["his"], ["their"])
    )
    awaits = after[:1] in (["a"], ["an"]) and bool(parsed.language.theirs_to_send & set(after))
    gets = gets or (clause.lemma in ("get", "receive") and clause.modal in ("", "will") and awaits)
    gets = gets and (clause.lemma != "have" or bool(parsed.language.theirs_to_send & set(after)))
    other = discourse.interlocutor(clause.first)
    has_time = due_in(parsed, clause.verb, clause.end, clause) is not None or is_conditional(parsed, clause)
    if not (hears or gets) or other is None or not has_time:
        return None
    return Draft(other, clause.verb if hears else clause.subject.first, clause.end, clause, "unsure", to=US)


def to_follow(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "Quote to follow by Friday"."""
    if not clause.is_infinitive:
        return None
    sentence = parsed.sentences[clause.sentence]
    first = clause.first
    while first > sentence.first and parsed.tokens[first - 1].is_word and clause.first - first < 5:
        first -= 1
    is_own = (
        clause.parent is None or clause.parent.sentence != clause.sentence or parsed.tokens[first - 1].text in ",;-"
    )
    if first == clause.first or not is_own:
        return None
    if clause.lemma in ("follow", "come"):
        opener = parsed.tokens[clause.verb + 1].plain if clause.verb + 1 < len(parsed.tokens) else ""
        giver = parsed.mention_at(clause.verb + 2) if opener in ("from", "fm", "frm", "by", "via") else None
        if giver is not None and not giver.who.is_us and not giver.who.is_colleague:
            return Draft(giver.who, first, clause.end, clause, "unsure", to=US)
        thing = {t.plain for t in parsed.tokens[first : clause.first]}
        other = discourse.interlocutor(clause.first)
        if other is not None and thing & parsed.language.theirs_to_send and not thing & parsed.language.ours_to_bring:
            return Draft(other, first, clause.end, clause, "unsure", to=US)
        return Draft(US, first, clause.end, clause, "unsure")
    other = discourse.interlocutor(clause.first)
    is_moving = clause.lemma in parsed.language.setting_out | {"be"}
    if not is_moving or due_in(parsed, clause.first, clause.end, clause) is None or other is None:
        return None
    words = {t.plain for t in parsed.tokens[clause.verb : clause.end]}
    thing = {t.plain for t in parsed.tokens[first : clause.first]}
    is_theirs = bool(thing & parsed.language.theirs_to_send) or bool(words & {"my", "our", "me", "us"})
    if is_theirs:
        return Draft(other, first, clause.end, clause, "unsure", to=US)
    is_ours = bool(thing & parsed.language.ours_to_bring) or bool(words & {"his", "her", "their", "them", "him"})
    return Draft(US, first, clause.end, clause, "unsure") if is_ours else None
