"""Promises in the present: "Karla prepares the order next week", "she does the tiles, we do the pipes"."""

from __future__ import annotations

import re

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.deadlines import day_set_before, due_in, left_with_day, ready_by
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.drafts import (
    Draft,
    end_with_condition,
    has_object_of_other_side,
    house_of,
    is_hoped,
    is_terms_only,
    is_told,
    is_under_condition,
    speaker_aloud,
)
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import US, Who
from ampersand.notebook.reader.things_on_their_way import thing_on_its_way


def comes_from_us(parsed: Parsed, clause: Clause) -> bool:
    """ "She gets our file from me"."""
    text = parsed.plain_of(clause.verb, clause.end)
    is_ours = clause.subject.kind in ("he", "she", "they", "name") and parsed.word(clause.verb + 1) in ("our", "my")
    is_from_us = is_ours or bool(re.search(r"\bfrom (?:me|us)\b", text))
    return clause.lemma in ("get", "receive", "have") and is_from_us


def arranged(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "Karla prepares the order next week", "Kyle's dropping it off Saturday", "I bring him the job if..."."""
    language = parsed.language
    if (
        clause.modal
        or clause.is_past
        or clause.is_perfect
        or clause.is_passive
        or clause.is_infinitive
        or clause.is_question
    ):
        return None
    if (
        ("d" in clause.form and "b" not in clause.form)
        or (
            clause.lemma in language.no_commitment
            and clause.subject.kind != "you"
            and not _is_more_than_a_state(parsed, clause)
        )
        or parsed.language.fears_before.search(parsed.plain_of(max(0, clause.left - 5), clause.subject.first + 1))
        or (clause.lemma in language.reporting and _tells_of_something(parsed, clause))
    ):
        return None
    is_aside = clause.intro in ("because", "since", "as", "who", "which") or (
        clause.intro == "that" and not is_told(parsed, clause)
    )
    if is_under_condition(parsed, clause) or is_aside or clause.subject.is_relative:
        return None
    if clause.subject.kind == "you" and clause.lemma in ("have", "get", "receive"):
        speaker = discourse.speaker_of(clause.sentence) if clause.is_quoted else None
        has_day = due_in(parsed, clause.verb, clause.end, clause) is not None
        return (
            Draft(speaker, clause.subject.first, clause.end, clause, "unsure")
            if speaker is not None and has_day
            else None
        )
    by = speaker_aloud(parsed, discourse, clause) or discourse.subject_of(clause) or house_of(parsed, discourse, clause)
    if by is None:
        return thing_on_its_way(parsed, discourse, clause)
    if not by.is_us and comes_from_us(parsed, clause):
        return Draft(US, clause.verb + 1, end_with_condition(parsed, clause), clause, "unsure", to=by)
    before_it = parsed.plain_of(parsed.sentences[clause.sentence].first, clause.verb)
    in_exchange = bool(language.in_return.search(before_it))
    is_exchange = clause.lemma == "go" and in_exchange
    if language.own_news.match(parsed.plain_of(clause.verb, clause.end)) and not (by.is_us or is_exchange):
        return None
    if clause.lemma == "owe" or _is_giving_a_word(parsed, clause):
        return None
    if by.is_us and parsed.word(clause.verb + 1) in ("me", "us"):
        return None
    is_act = is_exchange or goes_somewhere(parsed, clause, by) or _has_it_there(parsed, clause)
    is_state = clause.lemma in ("be", "have", "go") and not clause.is_progressive and not is_act
    if is_state or clause.lemma in language.theirs_when_left_out:
        return None
    if clause.lemma in language.permitting or clause.lemma in language.terms_verbs:
        return None
    if not is_agreed_before(parsed, clause):
        is_own_affair = clause.lemma in language.own_affairs and not _gets_it_done(parsed, clause)
        if (
            not by.is_us
            and is_own_affair
            and not is_act
            and not is_conditional(parsed, clause)
            and not has_object_of_other_side(parsed, discourse, clause, by)
        ):
            return None
        following = parsed.tokens[clause.verb + 1] if clause.verb + 1 < len(parsed.tokens) else None
        is_bought = clause.lemma in ("take", "buy") and following is not None and following.kind == "number"
        if not by.is_us and is_bought and not is_conditional(parsed, clause):
            return None
    if _is_imperative(parsed, discourse, clause) or is_hoped(parsed, discourse, clause):
        return None
    if clause.is_negated and not (by.is_us and clause.form.startswith("b")):
        return None
    return _arrangement(parsed, discourse, clause, by)


def _is_giving_a_word(parsed: Parsed, clause: Clause) -> bool:
    """ "She give her word": that a promise is made, not what is promised."""
    text = parsed.plain_of(clause.verb, min(clause.end, clause.verb + 4))
    return clause.lemma == "give" and bool(
        re.search(r"\b(?:my|our|his|her|their|the|me the|us the) (?:word|promise|hand)\b", text)
    )


def _is_more_than_a_state(parsed: Parsed, clause: Clause) -> bool:
    return sees_to_it(parsed, clause) or _has_it_there(parsed, clause) or (clause.lemma == "be" and clause.form == "s")


def goes_somewhere(parsed: Parsed, clause: Clause, by: Who) -> bool:
    """ "Tom goes for it on Monday", "I'm back Thursday with the part", "he's back Thursday with the strip"."""
    after = [t.plain for t in parsed.tokens[clause.verb + 1 : clause.end]]
    if clause.lemma == "be" and by.is_us and after[:1] in (["at"], ["with"], ["on"]) and len(after) > 1:
        is_named = parsed.mention_at(clause.verb + 2) is not None
        return is_named or after[1] in ("hers", "theirs", "his", "site", "their", "her", "him", "them")
    if clause.lemma == "be":
        return after[:1] in (["back"], ["there"], ["here"]) and (by.is_us or bool({"with", "w/"} & set(after)))
    ways = ("to", "for", "there", "over", "out", "by", "round", "in", "back", "down", "up")
    if clause.lemma == "go" and after[:1] in (["through"], ["over"]) and len(after) > 2:
        return True
    return clause.lemma == "go" and by.is_us and bool(after) and after[0] in ways


def _has_it_there(parsed: Parsed, clause: Clause) -> bool:
    """ "Tom has that out to him Wednesday"."""
    if clause.lemma != "have" or clause.is_past or not parsed.whens_in(clause.verb, clause.end):
        return False
    text = parsed.plain_of(clause.verb, clause.end)
    is_between = re.search(r"\b(?:me|us|my|our|to (?:him|her|them)|out|over to|ready|done)\b", text)
    if re.match(r"has? (?:\S+ ){1,5}for (?:me|us|him|her|them)\b", text):
        return True
    is_there = parsed.language.handed_over.search(text) and not re.search(r"\bfrom (?:him|her|them|me|us)\b", text)
    return bool(is_between and is_there)


def sees_to_it(parsed: Parsed, clause: Clause) -> bool:
    after = [t.plain for t in parsed.tokens[clause.verb + 1 : clause.verb + 4]]
    return (clause.lemma == "see" and after[:1] in (["to"], ["that"])) or (
        clause.lemma == "look" and after[:1] in (["after"], ["into"])
    )


def _gets_it_done(parsed: Parsed, clause: Clause) -> bool:
    """ "Gets it seen to", "gets the page changed"."""
    return clause.lemma == "get" and parsed.word(clause.verb + 1) in parsed.language.determiners | {
        "it",
        "them",
        "him",
        "her",
    }


def is_conditional(parsed: Parsed, clause: Clause) -> bool:
    """A condition behind it, or right before it: "if it's a yes we start in May"."""
    if any(c.intro in parsed.language.conditions for c in parsed.clauses_in(clause.verb + 1, clause.end)):
        return True
    before = [c for c in parsed.clauses_of(clause.sentence) if c.verb < clause.left]
    return bool(before) and before[-1].intro in parsed.language.conditions and clause.left - before[-1].verb <= 8


def is_agreed_before(parsed: Parsed, clause: Clause) -> bool:
    first = max(parsed.sentences[clause.sentence].first, clause.verb - 20)
    return bool(parsed.language.agreed_on.search(parsed.plain_of(first, clause.verb)))


def is_mutual(parsed: Parsed, discourse: Discourse, clause: Clause, by: Who) -> bool:
    """ "She does the tiles, we do the pipes": each side has its part, told in one breath."""
    language = parsed.language
    only_own = language.own_affairs - {
        "do",
        "get",
        "buy",
        "sell",
        "open",
        "start",
        "run",
        "work",
        "move",
        "report",
        "order",
    }
    if clause.subject.kind == "none" or clause.lemma in only_own or clause.is_quoted:
        return False
    for other in parsed.clauses_of(clause.sentence):
        is_near = other is not clause and abs(other.verb - clause.verb) <= 14 and other.subject.kind != "none"
        is_past = other.is_past or other.is_perfect or ("d" in other.form and "b" not in other.form)
        is_deed = other.lemma not in language.no_commitment | language.reporting | only_own | {"be", "have", ""}
        is_free = not (is_past or other.is_negated or other.is_question or other.modal in ("may", "must", "would"))
        if not (is_near and is_deed and is_free) or other.intro in language.conditions | language.subordinators:
            continue
        low, high = sorted((other.verb, clause.verb))
        is_joined = any(t.text in ",;&+-" or t.plain == "and" for t in parsed.tokens[low:high])
        doer = discourse.subject_of(other) if is_joined else None
        if doer is not None and doer.is_us != by.is_us:
            return True
    return False


def _tells_of_something(parsed: Parsed, clause: Clause) -> bool:
    """ "Says he is late" tells; "confirms numbers by Friday" is to be done."""
    return (
        bool(clause.children)
        or (due_in(parsed, clause.left, clause.end, clause) is None and not is_conditional(parsed, clause))
        or clause.lemma in ("say", "think", "hope")
    )


def _is_imperative(parsed: Parsed, discourse: Discourse, clause: Clause) -> bool:
    """ "Send quote to him", "ask Omar": a thing to do for oneself, nobody was told."""
    if discourse.label_of(clause.sentence) is not None:
        return False
    return (
        clause.subject.kind == "none"
        and clause.inherited_from is None
        and "b" in clause.form
        and "d" not in clause.form
    )


def _arrangement(parsed: Parsed, discourse: Discourse, clause: Clause, by: Who) -> Draft | None:
    end = end_with_condition(parsed, clause)
    if is_terms_only(parsed, clause):
        return None
    text = parsed.plain_of(clause.left, end)
    ahead = due_in(parsed, left_with_day(parsed, clause), end, clause)
    sentence = parsed.sentences[clause.sentence]
    before = parsed.plain_of(sentence.first, clause.verb)
    language = parsed.language
    if language.habit.search(text):
        return None
    if ahead is None:
        ahead = ready_by(parsed, end, sentence.last)
    if ahead is None and clause.lemma in language.handing_over and clause.subject.kind == "name":
        ahead = day_set_before(parsed, clause)
    hangs_on = is_conditional(parsed, clause)
    is_exchange = bool(language.in_return.search(before))
    near = max(sentence.first, clause.left - 25), min(sentence.last, clause.end + 25)
    is_given = bool(language.word_given.search(parsed.plain_of(*near)))
    serves = clause.lemma in language.handing_over or (by.is_us and clause.lemma in language.told_verbs)
    gives = serves and has_object_of_other_side(parsed, discourse, clause, by)
    is_explicit = clause.subject.kind != "none" or clause.is_quoted
    pays_so = clause.lemma == "pay" and is_explicit and bool(language.paid_how.search(text))
    is_back = clause.is_progressive and clause.lemma in ("come", "get", "revert", "circle")
    comes_back = is_back and bool(re.search(r"\bback (?:to|with) (?:me|us)\b", text))
    from_now = bool(language.from_now_on.search(parsed.plain_of(max(sentence.first, clause.left - 8), end)))
    helps_us = (
        gives and not by.is_us and clause.subject.kind in ("he", "she", "they", "name") and clause.lemma != "make"
    )
    helps_us = helps_us and parsed.word(clause.verb + 1) not in language.prepositions
    sends_us = gives and clause.is_progressive and not by.is_us and clause.subject.kind != "none"
    is_handed = clause.parent is not None and clause.parent.lemma in language.promise_reports
    is_told = (is_handed and clause.lemma in language.handing_over) or is_agreed_before(parsed, clause)
    would_do = clause.lemma in language.handing_over | language.conditional_deeds
    pays_then = hangs_on and (would_do or (by.is_us and clause.subject.kind == "us"))
    if ahead is not None and not by.is_us and not clause.is_progressive:
        lead = parsed.plain[ahead[0].outer : ahead[0].start]
        is_from = ahead[0].lead == "from" and clause.lemma not in language.handing_over
        ahead = None if is_from or lead.startswith(("within", "inside")) else ahead
    hands_us = gives and not by.is_us and parsed.word(clause.verb + 1) in ("me", "us") and clause.subject.kind != "none"
    if (
        ahead is not None
        or hands_us
        or sends_us
        or helps_us
        or from_now
        or pays_so
        or is_mutual(parsed, discourse, clause, by)
        or comes_back
        or is_exchange
        or is_given
        or is_told
        or pays_then
        or (hangs_on and gives)
        or (gives and by.is_us and clause.subject.kind in ("us", "name"))
    ):
        is_plain = ahead is not None and (clause.is_progressive or is_told)
        return Draft(
            by, clause.verb if not clause.is_negated else clause.first, end, clause, "sure" if is_plain else "unsure"
        )
    return None
