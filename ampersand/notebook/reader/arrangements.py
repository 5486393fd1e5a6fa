"""Promises in the present: "Karla prepares the order next week", "Raj to deliver it by Friday", "owes us the figures"."""

from __future__ import annotations

import re

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.deadlines import day_set_before, due_in, left_with_day, ready_by
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.drafts import (
    Draft,
    end_with_condition,
    giver_of_word,
    has_object_of_other_side,
    house_of,
    is_hoped,
    is_terms_only,
    is_told,
    is_under_condition,
    voice_of,
    was_long_ago,
)
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import US, Who
from ampersand.notebook.reader.things_on_their_way import thing_on_its_way


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
    by = discourse.subject_of(clause) or house_of(parsed, discourse, clause)
    if by is None:
        return thing_on_its_way(parsed, discourse, clause)
    before_it = parsed.plain_of(parsed.sentences[clause.sentence].first, clause.verb)
    is_exchange = clause.lemma == "go" and bool(language.in_return.search(before_it))
    if language.own_news.match(parsed.plain_of(clause.verb, clause.end)) and not (by.is_us or is_exchange):
        return None
    if clause.lemma == "owe":
        return None
    is_act = is_exchange or _goes_somewhere(parsed, clause, by) or _has_it_there(parsed, clause)
    is_state = clause.lemma in ("be", "have", "go") and not clause.is_progressive and not is_act
    if is_state or clause.lemma in language.theirs_when_left_out:
        return None
    if clause.lemma in language.permitting or clause.lemma in language.terms_verbs:
        return None
    if not _is_agreed_before(parsed, clause):
        is_own_affair = clause.lemma in language.own_affairs
        if (
            not by.is_us
            and is_own_affair
            and not is_act
            and not has_object_of_other_side(parsed, discourse, clause, by)
        ):
            return None
        following = parsed.tokens[clause.verb + 1] if clause.verb + 1 < len(parsed.tokens) else None
        is_bought = clause.lemma in ("take", "buy") and following is not None and following.kind == "number"
        if not by.is_us and is_bought and not _is_conditional(parsed, clause):
            return None
    if _is_imperative(parsed, discourse, clause) or is_hoped(parsed, discourse, clause):
        return None
    if clause.is_negated and not (by.is_us and clause.form.startswith("b")):
        return None
    return _arrangement(parsed, discourse, clause, by)


def _is_more_than_a_state(parsed: Parsed, clause: Clause) -> bool:
    return _sees_to_it(parsed, clause) or _has_it_there(parsed, clause) or (clause.lemma == "be" and clause.form == "s")


def _goes_somewhere(parsed: Parsed, clause: Clause, by: Who) -> bool:
    """ "Tom goes for it on Monday", "I'm back Thursday with the part", "he's back Thursday with the strip"."""
    after = [t.plain for t in parsed.tokens[clause.verb + 1 : clause.end]]
    if clause.lemma == "be" and by.is_us and after[:1] in (["at"], ["with"], ["on"]) and len(after) > 1:
        is_named = parsed.mention_at(clause.verb + 2) is not None
        return is_named or after[1] in ("hers", "theirs", "his", "site", "their", "her", "him", "them")
    if clause.lemma == "be":
        return after[:1] in (["back"], ["there"], ["here"]) and (by.is_us or bool({"with", "w/"} & set(after)))
    ways = ("to", "for", "there", "over", "out", "by", "round", "in", "back", "down", "up")
    return clause.lemma == "go" and by.is_us and bool(after) and after[0] in ways


def _has_it_there(parsed: Parsed, clause: Clause) -> bool:
    """ "Tom has that out to him Wednesday"."""
    if clause.lemma != "have" or clause.is_past or not parsed.whens_in(clause.verb, clause.end):
        return False
    text = parsed.plain_of(clause.verb, clause.end)
    is_between = re.search(r"\b(?:me|us|my|our|to (?:him|her|them)|out|over to|ready|done)\b", text)
    is_there = parsed.language.handed_over.search(text) and not re.search(r"\bfrom (?:him|her|them|me|us)\b", text)
    return bool(is_between and is_there)


def _sees_to_it(parsed: Parsed, clause: Clause) -> bool:
    after = [t.plain for t in parsed.tokens[clause.verb + 1 : clause.verb + 4]]
    return (clause.lemma == "see" and after[:1] in (["to"], ["that"])) or (
        clause.lemma == "look" and after[:1] == ["after"]
    )


def _is_conditional(parsed: Parsed, clause: Clause) -> bool:
    """A condition behind it, or right before it: "if it's a yes we start in May"."""
    if any(c.intro in parsed.language.conditions for c in parsed.clauses_in(clause.verb + 1, clause.end)):
        return True
    before = [c for c in parsed.clauses_of(clause.sentence) if c.verb < clause.left]
    return bool(before) and before[-1].intro in parsed.language.conditions and clause.left - before[-1].verb <= 8


def _is_agreed_before(parsed: Parsed, clause: Clause) -> bool:
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
        doer = discourse.subject_of(other)
        if doer is not None and doer.is_us != by.is_us:
            return True
    return False


def _tells_of_something(parsed: Parsed, clause: Clause) -> bool:
    """ "Says he is late" tells; "confirms numbers by Friday" is to be done."""
    return (
        bool(clause.children)
        or (due_in(parsed, clause.left, clause.end, clause) is None and not _is_conditional(parsed, clause))
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
    is_conditional = _is_conditional(parsed, clause)
    is_exchange = bool(language.in_return.search(before))
    near = max(sentence.first, clause.left - 25), min(sentence.last, clause.end + 25)
    is_given = bool(language.word_given.search(parsed.plain_of(*near)))
    gives = clause.lemma in language.handing_over and has_object_of_other_side(parsed, discourse, clause, by)
    is_back = clause.is_progressive and clause.lemma in ("come", "get", "revert", "circle")
    comes_back = is_back and bool(re.search(r"\bback (?:to|with) (?:me|us)\b", text))
    from_now = bool(language.from_now_on.search(parsed.plain_of(max(sentence.first, clause.left - 8), end)))
    helps_us = (
        gives and not by.is_us and clause.subject.kind in ("he", "she", "they", "name") and clause.lemma != "make"
    )
    sends_us = gives and clause.is_progressive and not by.is_us and clause.subject.kind != "none"
    is_handed = clause.parent is not None and clause.parent.lemma in language.promise_reports
    is_told = (is_handed and clause.lemma in language.handing_over) or _is_agreed_before(parsed, clause)
    would_do = clause.lemma in language.handing_over | language.conditional_deeds
    pays_then = is_conditional and (would_do or (by.is_us and clause.subject.kind == "us"))
    if ahead is not None and not by.is_us and not clause.is_progressive:
        lead = parsed.plain[ahead[0].outer : ahead[0].start]
        ahead = None if ahead[0].lead == "from" or lead.startswith(("within", "inside")) else ahead
    hands_us = gives and not by.is_us and parsed.word(clause.verb + 1) in ("me", "us") and clause.subject.kind != "none"
    if (
        ahead is not None
        or hands_us
        or sends_us
        or helps_us
        or from_now
        or is_mutual(parsed, discourse, clause, by)
        or comes_back
        or is_exchange
        or is_given
        or is_told
        or pays_then
        or (is_conditional and gives)
        or (gives and by.is_us and clause.subject.kind in ("us", "name"))
    ):
        is_plain = ahead is not None and (clause.is_progressive or is_told)
        return Draft(
            by, clause.verb if not clause.is_negated else clause.first, end, clause, "sure" if is_plain else "unsure"
        )
    return None


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


def given_word(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "She has my assurance that nobody sees it", "swears the van leaves at six": whatever one gives one's word for."""
    telling = clause.parent
    if clause.modal in ("will", "would") and clause.subject.kind != "thing":
        return None
    if (
        telling is None
        or not clause.lemma
        or clause.is_infinitive
        or clause.is_past
        or clause.is_perfect
        or clause.is_question
    ):
        return None
    gives = (
        telling.lemma in ("give", "have", "get")
        and clause.first > telling.verb
        and parsed.language.telling.search(parsed.plain_of(telling.verb, clause.first))
    )
    binds = telling.lemma in ("swear", "guarantee", "pledge", "vow", "undertake", "promise", "assure")
    is_open = not telling.is_negated and not telling.modal and not was_long_ago(parsed, clause)
    if not (gives or binds) or clause.modal in ("may", "must") or not is_open:
        return None
    by = giver_of_word(parsed, discourse, telling, clause.first)
    if by is None:
        return None
    is_own = discourse.subject_of(clause) == by
    first = clause.subject.first if not is_own else clause.first if clause.is_negated else clause.verb
    return Draft(by, first, end_with_condition(parsed, clause), clause, "unsure")


def bound_by_word(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "I need to get her the menu, I promised", "ring Jo Thursday - promised": a task is a promise once one's word is given."""
    sentence = parsed.sentences[clause.sentence]
    if (
        clause.is_past
        or clause.is_perfect
        or clause.lemma in parsed.language.promising
        or clause.lemma in ("be", "need", "want")
    ):
        return None
    match = parsed.language.self_bound.search(parsed.plain_of(clause.verb, sentence.last))
    if match is None:
        return None
    at = parsed.token_at(parsed.tokens[clause.verb].start + match.start())
    if at - clause.end > 3 or at <= clause.verb:
        return None
    by = discourse.subject_of(clause)
    if by is None and clause.subject.kind == "thing":
        return _bound_thing(parsed, discourse, clause, match.group())
    return Draft(by, clause.verb, min(clause.end, at), clause, "unsure") if by is not None else None


def _bound_thing(parsed: Parsed, discourse: Discourse, clause: Clause, words: str) -> Draft | None:
    """ "Both weddings come to us, he gave me his word": the thing is the subject, and who gave the word is bound."""
    is_ours = bool(re.search(r"\b(?:i|we|my|our)\b", words)) and "you have my" not in words and not clause.is_quoted
    by = US if is_ours else voice_of(parsed, discourse, clause) or discourse.interlocutor(clause.first)
    return Draft(by, clause.subject.first, clause.end, clause, "unsure") if by is not None else None


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


def to_follow(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "Quote to follow by Friday"."""
    if not clause.is_infinitive or (clause.parent is not None and clause.parent.sentence == clause.sentence):
        return None
    sentence = parsed.sentences[clause.sentence]
    first = clause.first
    while first > sentence.first and parsed.tokens[first - 1].is_word and clause.first - first < 5:
        first -= 1
    if first == clause.first:
        return None
    if clause.lemma in ("follow", "come"):
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
