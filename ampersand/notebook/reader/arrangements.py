"""Promises in the present: "Karla prepares the order next week", "Raj to deliver it by Friday", "owes us the figures"."""

from __future__ import annotations

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.deadlines import day_set_before, due_in, ready_by
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.drafts import (
    Draft,
    end_with_condition,
    has_object_of_other_side,
    is_hoped,
    is_told,
    is_under_condition,
    voice_of,
)
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import US, Who


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
        or clause.lemma in language.no_commitment
        or (clause.lemma in language.reporting and _tells_of_something(parsed, clause))
    ):
        return None
    is_aside = clause.intro in ("because", "since", "as", "who", "which") or (
        clause.intro == "that" and not is_told(parsed, clause)
    )
    if is_under_condition(parsed, clause) or is_aside or clause.subject.is_relative:
        return None
    by = discourse.subject_of(clause)
    if by is None:
        return _thing_arranged(parsed, discourse, clause)
    if (
        clause.lemma in ("be", "have", "go") and not clause.is_progressive
    ) or clause.lemma in language.theirs_when_left_out:
        return None
    if clause.lemma in language.permitting or clause.lemma in language.terms_verbs:
        return None
    if (
        not by.is_us
        and clause.lemma in language.own_affairs
        and not has_object_of_other_side(parsed, discourse, clause, by)
    ):
        return None
    following = parsed.tokens[clause.verb + 1] if clause.verb + 1 < len(parsed.tokens) else None
    if not by.is_us and clause.lemma in ("take", "buy") and following is not None and following.kind == "number":
        return None
    if _is_imperative(parsed, discourse, clause) or is_hoped(parsed, discourse, clause):
        return None
    if clause.is_negated and not (by.is_us and clause.form.startswith("b")):
        return None
    return _arrangement(parsed, discourse, clause, by)


def _tells_of_something(parsed: Parsed, clause: Clause) -> bool:
    """ "Says he is late" tells; "confirms numbers by Friday" is to be done."""
    return (
        bool(clause.children)
        or due_in(parsed, clause.left, clause.end, clause) is None
        or clause.lemma in ("say", "tell", "think", "hope")
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
    text = parsed.plain_of(clause.left, end)
    ahead = due_in(parsed, clause.left, end, clause)
    sentence = parsed.sentences[clause.sentence]
    before = parsed.plain_of(sentence.first, clause.verb)
    language = parsed.language
    if language.habit.search(text):
        return None
    if ahead is None:
        ahead = ready_by(parsed, end, sentence.last)
    if ahead is None and clause.lemma in language.handing_over and clause.subject.kind == "name":
        ahead = day_set_before(parsed, clause)
    is_conditional = any(c.intro in language.conditions for c in parsed.clauses_in(clause.verb + 1, end))
    is_exchange = bool(language.in_return.search(before))
    is_given = bool(language.word_given.search(parsed.plain_of(sentence.first, sentence.last)))
    gives = clause.lemma in language.handing_over and has_object_of_other_side(parsed, discourse, clause, by)
    is_handed = clause.parent is not None and clause.parent.lemma in language.promise_reports
    is_told = (is_handed and clause.lemma in language.handing_over) or bool(language.agreed_on.search(before))
    pays_then = is_conditional and (clause.lemma == "pay" or (by.is_us and clause.subject.kind == "us"))
    if ahead is not None and ahead[0].lead == "from" and not by.is_us:
        ahead = None
    hands_us = (
        gives
        and not by.is_us
        and parsed.tokens[clause.verb + 1].plain in ("me", "us")
        and clause.subject.kind != "none"
    )
    if (
        ahead is not None
        or hands_us
        or is_exchange
        or is_given
        or is_told
        or pays_then
        or (is_conditional and gives)
        or (gives and by.is_us and clause.subject.kind == "us")
    ):
        is_plain = ahead is not None and (clause.is_progressive or is_told)
        return Draft(
            by, clause.verb if not clause.is_negated else clause.first, end, clause, "sure" if is_plain else "unsure"
        )
    return None


def _thing_arranged(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "Revised offer goes to her tonight", "Amy said the check goes out Friday": a thing on its way by a day."""
    if (
        clause.subject.kind != "thing"
        or clause.lemma not in ("go", "come", "arrive", "reach", "follow", "leave", "ship")
        or clause.is_negated
    ):
        return None
    if due_in(parsed, clause.verb, clause.end, clause) is None:
        return None
    if clause.is_quoted or (clause.parent is not None and clause.parent.lemma in parsed.language.reporting):
        by = voice_of(parsed, discourse, clause)
        return Draft(by, clause.subject.first, clause.end, clause, "unsure") if by is not None else None
    for i in range(clause.verb + 1, min(clause.end, clause.verb + 4)):
        word = parsed.tokens[i].plain
        if word in ("him", "her", "them"):
            return Draft(US, clause.subject.first, clause.end, clause, "unsure", to=discourse.meant_by(i))
        if word in ("me", "us"):
            other = discourse.interlocutor(i)
            return Draft(other, clause.subject.first, clause.end, clause, "unsure") if other is not None else None
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
    if pronoun in ("we", "he", "she", "they", "us") and opens:
        by = US if pronoun in ("we", "us") else discourse.meant_by(at - 1)
        return Draft(by, clause.verb, end_with_condition(parsed, clause), clause) if by is not None else None
    if not before or (
        clause.parent is not None
        and clause.parent.sentence == clause.sentence
        and clause.parent.verb >= before[0].first - 6
        and _takes_infinitive(parsed, clause.parent, before[0].first)
    ):
        return None
    return Draft(discourse.side_of(before[0].who), clause.verb, end_with_condition(parsed, clause), clause)


def _takes_infinitive(parsed: Parsed, parent: Clause, mention_first: int) -> bool:
    """ "Ask Omar to call", "want Raj to come": a wish, unless another sentence ended between."""
    return not any(token.text in ".,;:-" for token in parsed.tokens[parent.verb + 1 : mention_first])


def owed(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "Owe her photos by Thursday", "he owes us the figures": a thing owed, not a sum."""
    if clause.lemma != "owe" or clause.modal or clause.is_negated or clause.is_past or clause.is_question:
        return None
    first = clause.verb + 1
    receiver = parsed.mention_at(first)
    if receiver is None and parsed.tokens[first].plain not in parsed.language.object_pronouns:
        return None
    is_to_us = receiver is None and parsed.tokens[first].plain in ("me", "us")
    first = receiver.last if receiver is not None else first + 1
    if first >= clause.end or parsed.sums_in(first, min(first + 3, clause.end)):
        return None
    by = discourse.subject_of(clause)
    if is_to_us and (by is None or by.is_us):
        by = discourse.interlocutor(clause.verb)
    return Draft(by, first, clause.end, clause, "unsure") if by is not None else None


def bound_by_word(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "I need to get her the menu, I promised", "ring Jo Thursday - promised": a task is a promise once one's word is given."""
    sentence = parsed.sentences[clause.sentence]
    if clause.end >= sentence.last or clause.is_past or clause.is_perfect or clause.lemma in parsed.language.promising:
        return None
    match = parsed.language.self_bound.search(parsed.plain_of(clause.end, sentence.last))
    by = discourse.subject_of(clause)
    is_task = (
        clause.modal == "must"
        or clause.is_infinitive
        or ("b" in clause.form and clause.subject.kind == "none")
        or by is not None
    )
    if match is None or match.start() > 6 or by is None or not is_task or clause.lemma in ("be", "need", "want"):
        return None
    return Draft(by, clause.verb, clause.end, clause, "unsure")


def let_me(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "Let me come back to you by Thursday", in their words."""
    following = parsed.tokens[clause.verb + 1].plain if clause.verb + 1 < len(parsed.tokens) else ""
    if not clause.is_quoted or clause.lemma != "let" or clause.subject.kind != "none" or following not in ("me", "us"):
        return None
    speaker = discourse.speaker_of(clause.sentence)
    first = clause.verb + 2
    if speaker is None or first >= clause.end or parsed.tokens[first].plain == "know":
        return None
    return Draft(speaker, first, clause.end, clause, "unsure")


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
    following = parsed.tokens[clause.verb + 1].plain if clause.verb + 1 < len(parsed.tokens) else ""
    is_thing = (
        following in ("the", "a", "an", "our", "my", "another", "new", "his", "her", "their") or following.isdigit()
    )
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
    if (
        not clause.is_infinitive
        or clause.lemma not in ("follow", "come")
        or (clause.parent is not None and clause.parent.sentence == clause.sentence)
    ):
        return None
    sentence = parsed.sentences[clause.sentence]
    first = clause.first
    while first > sentence.first and parsed.tokens[first - 1].is_word and clause.first - first < 5:
        first -= 1
    return Draft(US, first, clause.end, clause, "unsure") if first < clause.first else None
