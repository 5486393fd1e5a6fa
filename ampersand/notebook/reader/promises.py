"""
Promises, both ways: what somebody said they will do, to whom, by when. Read as a promise: "will" and its kin said
of oneself or told of one's own side, verbs of promising, arrangements in the present with a day to come, things due
to the other side by a day, and requests that were said yes to. Left out: wishes, trying, forecasts about the world,
threats, what is past, what has to be done by nobody in particular.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ampersand.notebook.reader import spans
from ampersand.notebook.reader.clauses import Clause
from ampersand.notebook.reader.discourse import Discourse, Parsed
from ampersand.notebook.reader.pieces import US, Encounter, Guess, Promise, Sureness, Who
from ampersand.notebook.reader.when import When


@dataclass(frozen=True, slots=True)
class _Draft:
    """A promise before its words are trimmed: tokens [first, last) say it, `clause` carries it."""

    by: Who
    first: int
    last: int
    clause: Clause | None
    sureness: Sureness = "sure"
    to: Who | None = None
    looks_for_due_in: tuple[int, int] | None = None


def promises_of(parsed: Parsed, discourse: Discourse, encounters: list[Encounter]) -> list[Promise]:
    drafts = [
        *_from_clauses(parsed, discourse),
        *_without_verb(parsed, discourse),
        *_accepted_requests(parsed, discourse),
        *_under_a_label(parsed, discourse),
        *_said_yes_to(parsed, discourse),
        *_in_hand(parsed, discourse),
        *_promised_behind(parsed, discourse),
    ]
    drafts.sort(key=lambda d: (d.first, -d.last))
    parts = [part for draft in _without_overlaps(drafts) for part in _split_after_day(parsed, draft)]
    promises = [_finished(parsed, discourse, draft, encounters) for draft in parts]
    return _joined_by_date(parsed, [p for p in promises if p is not None])


def _from_clauses(parsed: Parsed, discourse: Discourse) -> Iterator[_Draft]:
    for clause in parsed.clauses:
        draft = (
            _told_to_come(parsed, discourse, clause)
            or _verb_of_promising(parsed, discourse, clause)
            or _said_with_day(parsed, discourse, clause)
            or _owed(parsed, discourse, clause)
            or _bound_by_word(parsed, discourse, clause)
            or _let_me(parsed, discourse, clause)
            or _received_by_them(parsed, discourse, clause)
            or _arranged(parsed, discourse, clause)
            or _assigned(parsed, discourse, clause)
            or _to_follow(parsed, discourse, clause)
        )
        if draft is not None:
            yield draft


# Will, and would when told


def _told_to_come(parsed: Parsed, discourse: Discourse, clause: Clause) -> _Draft | None:
    """ "I'll send it", "she said she would call", "the files will be in my inbox" (she says)."""
    if not clause.is_future or clause.is_question or clause.is_perfect or _is_under_condition(parsed, clause):
        return None
    if clause.modal == "would" and (not _is_told(parsed, clause) or _was_long_ago(parsed, clause)):
        return None
    if clause.is_quoted and clause.subject.kind == "you":
        return _received(parsed, discourse, clause)
    is_state = clause.lemma in parsed.language.no_commitment - {"be"} and not _has_ready(parsed, clause)
    is_state = is_state and not (clause.parent is not None and clause.parent.lemma in parsed.language.promising)
    if is_state or not clause.lemma or _is_hoped(parsed, discourse, clause):
        return None
    if (
        clause.parent is not None
        and clause.parent.lemma in ("give", "have")
        and clause.subject.kind in ("they", "it", "thing")
    ):
        return _thing_promised(parsed, discourse, clause)
    by = discourse.subject_of(clause) or _house_of(parsed, discourse, clause)
    if _is_news(parsed, clause) and not (by is not None and by.is_us):
        return None
    if clause.lemma in parsed.language.terms_verbs or (clause.is_progressive and not (by is not None and by.is_us)):
        return None
    by = _speaker_aloud(discourse, clause) or by
    if by is None or _is_threat(parsed, clause, by):
        return _thing_promised(parsed, discourse, clause) if by is None else None
    if clause.lemma == "be" and not _is_being_there(parsed, clause):
        return None
    if clause.is_negated and (
        not _may_promise_not_to(parsed, clause, by) or parsed.tokens[clause.verb - 1].plain == "to"
    ):
        return None
    first = clause.verb
    if clause.is_negated:
        first = clause.first
    if clause.is_passive:
        return None
    return _Draft(by, first, _end_with_condition(parsed, clause), clause)


def _is_threat(parsed: Parsed, clause: Clause, by: Who) -> bool:
    sentence = parsed.sentences[clause.sentence]
    return not by.is_us and bool(parsed.language.threats.search(parsed.plain_of(sentence.first, sentence.last)))


def _is_news(parsed: Parsed, clause: Clause) -> bool:
    """What will happen on their side anyway: prices go up, somebody takes over, retires, leaves."""
    return bool(parsed.language.own_news.match(parsed.plain_of(clause.verb, clause.end)))


def _has_ready(parsed: Parsed, clause: Clause) -> bool:
    """ "I'll have something over to her": to have a thing somewhere by then is an act, to have a thing is none."""
    following = parsed.tokens[clause.verb + 1 : clause.verb + 3]
    if clause.lemma == "see":
        return bool(following) and following[0].plain == "to"
    if clause.lemma == "have" and any(t.plain in ("word", "look", "chat", "go") for t in following):
        return True
    return clause.lemma == "have" and bool(parsed.language.handed_over.search(parsed.plain_of(clause.verb, clause.end)))


def _received(parsed: Parsed, discourse: Discourse, clause: Clause) -> _Draft | None:
    """ "You will have the answers by 11 April", in their words: the giver is who says it."""
    speaker = discourse.speaker_of(clause.sentence)
    if speaker is None or clause.is_negated or clause.lemma not in ("have", "get", "receive", "find", "hear"):
        return None
    return _Draft(speaker, clause.subject.first, _end_with_condition(parsed, clause), clause)


def _house_of(parsed: Parsed, discourse: Discourse, clause: Clause) -> Who | None:
    """ "Management will pay", "our accounts will settle": their house speaks through its offices."""
    if clause.subject.kind != "thing" or parsed.tokens[clause.subject.last - 1].plain not in parsed.language.offices:
        return None
    speaker = discourse.speaker_of(clause.sentence) if clause.is_quoted else discourse.interlocutor(clause.first)
    return discourse.organisation_of(speaker) if speaker is not None else None


def _speaker_aloud(discourse: Discourse, clause: Clause) -> Who | None:
    """ "He texts back I'll pay Friday": the I is his."""
    parent = clause.parent
    if (
        parent is None
        or clause.subject.kind != "us"
        or clause.is_quoted
        or "s" not in parent.form
        or "b" in parent.form
    ):
        return None
    speaker = discourse.subject_of(parent)
    return speaker if speaker is not None and not speaker.is_us else None


def _is_told(parsed: Parsed, clause: Clause) -> bool:
    """ "Would" and "'d" promise only inside what somebody said."""
    parent = clause.parent
    if parent is not None:
        return parent.lemma in ("give", "have") or (
            parent.lemma in parsed.language.reporting and parent.lemma not in parsed.language.weak_reports
        )
    sentence = parsed.sentences[clause.sentence]
    before = parsed.plain_of(sentence.first, clause.left) if clause.left > sentence.first else ""
    return bool(parsed.language.word_given.search(before))


def _is_hoped(parsed: Parsed, discourse: Discourse, clause: Clause) -> bool:
    parent = clause.parent
    if parent is not None and parent.lemma in parsed.language.weak_reports:
        return True
    if parent is not None and parent.is_negated and parent.lemma in parsed.language.promising:
        return True
    text = parsed.plain_of(clause.left, min(clause.verb + 3, clause.end))
    return bool(parsed.language.hopes.search(text))


def _is_under_condition(parsed: Parsed, clause: Clause) -> bool:
    return clause.intro in parsed.language.conditions or clause.intro in (
        "whether",
        "when",
        "what",
        "how",
        "where",
        "why",
    )


def _is_being_there(parsed: Parsed, clause: Clause) -> bool:
    return bool(parsed.language.outward_be.search(parsed.plain_of(clause.verb, min(clause.end, clause.verb + 9))))


def _may_promise_not_to(parsed: Parsed, clause: Clause, by: Who) -> bool:
    return (clause.parent is not None and clause.parent.lemma in parsed.language.reporting) or by.is_us


def _thing_promised(parsed: Parsed, discourse: Discourse, clause: Clause) -> _Draft | None:
    """The thing is the subject: "PO will be raised today", said by Noel; then the subject is part of the words."""
    if clause.subject.kind not in ("thing", "it", "they") or clause.is_negated:
        return None
    by = _voice_of(parsed, discourse, clause)
    if by is None:
        return None
    is_assured = clause.parent is not None and clause.parent.lemma in parsed.language.promising
    if not (
        is_assured
        or clause.is_passive
        or _is_being_there(parsed, clause)
        or clause.lemma in ("come", "go", "arrive", "reach", "follow", "be", "leave", "ship", "sail", "depart", "start")
    ):
        return None
    if clause.lemma == "be" and not clause.is_passive and not _is_being_there(parsed, clause):
        return None
    has_day = bool(parsed.whens_in(clause.left, clause.end)) or clause.parent is not None
    if not has_day and not clause.is_quoted:
        return None
    first = clause.subject.first
    return _Draft(
        by,
        first,
        _end_with_condition(parsed, clause),
        clause,
        "unsure" if not parsed.whens_in(clause.left, clause.end) else "sure",
    )


def _voice_of(parsed: Parsed, discourse: Discourse, clause: Clause) -> Who | None:
    if clause.is_quoted:
        return discourse.speaker_of(clause.sentence)
    if clause.parent is not None:
        return discourse.subject_of(clause.parent)
    label = discourse.label_of(clause.sentence)
    if label is not None:
        return discourse.side_of(label)
    before = [
        c
        for c in parsed.clauses
        if c.sentence == clause.sentence and c.verb < clause.first and c.lemma in parsed.language.reporting
    ]
    return discourse.subject_of(before[-1]) if before and before[-1].lemma not in parsed.language.weak_reports else None


# Verbs of promising


def _verb_of_promising(parsed: Parsed, discourse: Discourse, clause: Clause) -> _Draft | None:
    """ "Promised to send", "agreed to cover", "committed to two sessions", "swears 400 stems by Wednesday"."""
    language = parsed.language
    takes_on = clause.lemma == "accept" and any(c.is_infinitive for c in clause.children)
    if (
        not (clause.lemma in language.promising or takes_on)
        or clause.is_question
        or clause.modal == "must"
        or (clause.modal == "may" and clause.lemma != "promise")
        or _is_under_condition(parsed, clause)
    ):
        return None
    if (
        (clause.is_passive and clause.lemma != "promise")
        or _is_infinitive_of_wish(clause)
        or _was_long_ago(parsed, clause)
    ):
        return None
    by = discourse.subject_of(clause)
    if by is None:
        return None
    if clause.is_negated:
        return None
    infinitive = next((c for c in clause.children if c.is_infinitive and _follows_at_once(parsed, clause, c)), None)
    if infinitive is not None:
        return _Draft(by, _with_denial(parsed, infinitive), _end_with_condition(parsed, infinitive), infinitive)
    if any(c for c in clause.children if not c.is_infinitive):
        return None
    return _object_promised(parsed, discourse, clause, by)


def _with_denial(parsed: Parsed, infinitive: Clause) -> int:
    """ "Promised never to tell": the denial is half of the promise."""
    at = infinitive.first
    return at - 1 if parsed.tokens[at - 1].plain in ("not", "never") else infinitive.verb


def _follows_at_once(parsed: Parsed, clause: Clause, infinitive: Clause) -> bool:
    """ "Promised me to send", but not "agreed 30 days to pay": only the one spoken to may stand between."""
    between = parsed.tokens[clause.verb + 1 : infinitive.first]
    named = {i for m in parsed.mentions for i in range(m.first, m.last)}
    start = clause.verb + 1
    return len(between) <= 4 and all(
        t.plain in parsed.language.object_pronouns
        or t.plain in parsed.language.adverbs
        or t.plain in ("not", "and", "with")
        or start + k in named
        for k, t in enumerate(between)
    )


def _is_infinitive_of_wish(clause: Clause) -> bool:
    return (
        clause.is_infinitive
        and clause.parent is not None
        and clause.parent.lemma in ("want", "ask", "refuse", "hope", "need", "like")
    )


def _was_long_ago(parsed: Parsed, clause: Clause) -> bool:
    """ "Last year he promised": told as a story, not as a promise that stands."""
    sentence = parsed.sentences[clause.sentence]
    return bool(
        parsed.language.long_ago.search(parsed.plain_of(max(sentence.first, clause.left - 12), clause.end))
    ) or any(c is not None and c.is_past and c.is_perfect for c in (clause, clause.parent))


def _object_promised(parsed: Parsed, discourse: Discourse, clause: Clause, by: Who) -> _Draft | None:
    first, last = clause.verb + 1, clause.own_end
    language = parsed.language
    named = parsed.mention_at(first)
    if named is not None and not named.is_genitive:
        first = named.last
    while first < last and parsed.tokens[first].plain in (language.object_pronouns | {"to", "that"}):
        first += 1
    if first >= last or (
        clause.lemma in ("agree", "assure", "offer", "consent") and not _commits_to_noun(parsed, clause)
    ):
        return None
    token = parsed.tokens[first]
    if token.plain in language.no_object or not (token.is_word or token.kind == "number"):
        return None
    return _Draft(by, first, _end_with_condition(parsed, clause), clause)


def _said_with_day(parsed: Parsed, discourse: Discourse, clause: Clause) -> _Draft | None:
    """ "Nadia says PO by Friday": a thing and a deadline after plain saying."""
    if clause.lemma != "say" or clause.children or clause.modal or clause.is_negated or clause.is_question:
        return None
    by = discourse.subject_of(clause)
    due = _due_in(parsed, clause.verb, clause.own_end, clause)
    if by is None or by.is_us or due is None or not due[0].is_deadline:
        return None
    return _object_promised(parsed, discourse, clause, by)


def _commits_to_noun(parsed: Parsed, clause: Clause) -> bool:
    """ "Offered a third round at no cost" is an act of ours; "agreed the price" is a term."""
    return clause.lemma == "offer" and bool(
        parsed.language.free_act.search(parsed.plain_of(clause.verb, clause.own_end))
    )


# Arrangements in the present


def _arranged(parsed: Parsed, discourse: Discourse, clause: Clause) -> _Draft | None:
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
        clause.intro == "that" and not _is_told(parsed, clause)
    )
    if _is_under_condition(parsed, clause) or is_aside or clause.subject.is_relative:
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
        and not _has_object_of_other_side(parsed, discourse, clause, by)
    ):
        return None
    following = parsed.tokens[clause.verb + 1] if clause.verb + 1 < len(parsed.tokens) else None
    if not by.is_us and clause.lemma in ("take", "buy") and following is not None and following.kind == "number":
        return None
    if _is_imperative(parsed, discourse, clause) or _is_hoped(parsed, discourse, clause):
        return None
    if clause.is_negated and not (by.is_us and clause.form.startswith("b")):
        return None
    return _arrangement(parsed, discourse, clause, by)


def _tells_of_something(parsed: Parsed, clause: Clause) -> bool:
    """ "Says he is late" tells; "confirms numbers by Friday" is to be done."""
    return (
        bool(clause.children)
        or _due_in(parsed, clause.left, clause.end, clause) is None
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


def _arrangement(parsed: Parsed, discourse: Discourse, clause: Clause, by: Who) -> _Draft | None:
    end = _end_with_condition(parsed, clause)
    text = parsed.plain_of(clause.left, end)
    ahead = _due_in(parsed, clause.left, end, clause)
    sentence = parsed.sentences[clause.sentence]
    before = parsed.plain_of(sentence.first, clause.verb)
    language = parsed.language
    if language.habit.search(text):
        return None
    if ahead is None:
        ahead = _ready_by(parsed, end, sentence.last)
    if ahead is None and clause.lemma in language.handing_over and clause.subject.kind == "name":
        ahead = _day_set_before(parsed, clause)
    is_conditional = any(c.intro in language.conditions for c in parsed.clauses_in(clause.verb + 1, end))
    is_exchange = bool(language.in_return.search(before))
    is_given = bool(language.word_given.search(parsed.plain_of(sentence.first, sentence.last)))
    gives = clause.lemma in language.handing_over and _has_object_of_other_side(parsed, discourse, clause, by)
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
        return _Draft(
            by, clause.verb if not clause.is_negated else clause.first, end, clause, "sure" if is_plain else "unsure"
        )
    return None


def _day_set_before(parsed: Parsed, clause: Clause) -> tuple[When, date] | None:
    """ "Workshop at theirs on the 23rd, Espen brings the prototype": for the day just set."""
    sentence = parsed.sentences[clause.sentence]
    before = [c for c in parsed.clauses_of(clause.sentence) if c.verb < clause.left]
    first = before[-1].verb if before else sentence.first
    return _due_in(parsed, first, clause.left, None) if first < clause.left else None


def _ready_by(parsed: Parsed, first: int, last: int) -> tuple[When, date] | None:
    """ "...; ready 3 Feb": the day of an arrangement told right after it, without a verb of its own."""
    if (
        first >= last
        or parsed.clauses_in(first, last)
        or not parsed.language.day_named_after.search(parsed.plain_of(first, last))
    ):
        return None
    return _due_in(parsed, first, last, None)


def _thing_arranged(parsed: Parsed, discourse: Discourse, clause: Clause) -> _Draft | None:
    """ "Revised offer goes to her tonight", "Amy said the check goes out Friday": a thing on its way by a day."""
    if (
        clause.subject.kind != "thing"
        or clause.lemma not in ("go", "come", "arrive", "reach", "follow", "leave", "ship")
        or clause.is_negated
    ):
        return None
    if _due_in(parsed, clause.verb, clause.end, clause) is None:
        return None
    if clause.is_quoted or (clause.parent is not None and clause.parent.lemma in parsed.language.reporting):
        by = _voice_of(parsed, discourse, clause)
        return _Draft(by, clause.subject.first, clause.end, clause, "unsure") if by is not None else None
    for i in range(clause.verb + 1, min(clause.end, clause.verb + 4)):
        word = parsed.tokens[i].plain
        if word in ("him", "her", "them"):
            return _Draft(US, clause.subject.first, clause.end, clause, "unsure", to=discourse.meant_by(i))
        if word in ("me", "us"):
            other = discourse.interlocutor(i)
            return _Draft(other, clause.subject.first, clause.end, clause, "unsure") if other is not None else None
    return None


def _has_object_of_other_side(parsed: Parsed, discourse: Discourse, clause: Clause, by: Who) -> bool:
    for i in range(clause.verb + 1, min(clause.own_end, clause.verb + 8)):
        word = parsed.tokens[i].plain
        if (by.is_us and word in ("him", "her", "them")) or (not by.is_us and word in ("me", "us")):
            return True
    return by.is_us and any(
        m.first == clause.verb + 1 and not m.who.is_colleague
        for m in parsed.mentions_in(clause.verb + 1, clause.own_end)
    )


# "Raj to deliver the tenant by 1/31"


def _assigned(parsed: Parsed, discourse: Discourse, clause: Clause) -> _Draft | None:
    if not clause.is_infinitive or clause.lemma in parsed.language.no_commitment or clause.is_negated:
        return None
    at = clause.first
    if at and parsed.tokens[at - 1].text == ")":
        at = next((k for k in range(at - 1, max(0, at - 8), -1) if parsed.tokens[k].text == "("), at)
    before = [m for m in parsed.mentions_in(max(0, at - 6), at) if m.last == at and not m.is_unnamed]
    if not before or (
        clause.parent is not None
        and clause.parent.sentence == clause.sentence
        and clause.parent.verb >= before[0].first - 6
        and _takes_infinitive(parsed, clause.parent, before[0].first)
    ):
        return None
    return _Draft(discourse.side_of(before[0].who), clause.verb, _end_with_condition(parsed, clause), clause)


def _takes_infinitive(parsed: Parsed, parent: Clause, mention_first: int) -> bool:
    """ "Ask Omar to call", "want Raj to come": a wish, unless another sentence ended between."""
    return not any(token.text in ".,;:-" for token in parsed.tokens[parent.verb + 1 : mention_first])


def _owed(parsed: Parsed, discourse: Discourse, clause: Clause) -> _Draft | None:
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
    return _Draft(by, first, clause.end, clause, "unsure") if by is not None else None


def _bound_by_word(parsed: Parsed, discourse: Discourse, clause: Clause) -> _Draft | None:
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
    return _Draft(by, clause.verb, clause.end, clause, "unsure")


def _let_me(parsed: Parsed, discourse: Discourse, clause: Clause) -> _Draft | None:
    """ "Let me come back to you by Thursday", in their words."""
    following = parsed.tokens[clause.verb + 1].plain if clause.verb + 1 < len(parsed.tokens) else ""
    if not clause.is_quoted or clause.lemma != "let" or clause.subject.kind != "none" or following not in ("me", "us"):
        return None
    speaker = discourse.speaker_of(clause.sentence)
    first = clause.verb + 2
    if speaker is None or first >= clause.end or parsed.tokens[first].plain == "know":
        return None
    return _Draft(speaker, first, clause.end, clause, "unsure")


def _received_by_them(parsed: Parsed, discourse: Discourse, clause: Clause) -> _Draft | None:
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
        or _is_under_condition(parsed, clause)
    ):
        return None
    if _due_in(parsed, clause.verb, clause.end, clause) is None:
        return None
    return _Draft(US, clause.verb + 1, clause.end, clause, "unsure", to=subject)


def _to_follow(parsed: Parsed, discourse: Discourse, clause: Clause) -> _Draft | None:
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
    return _Draft(US, first, clause.end, clause, "unsure") if first < clause.first else None


# Without a verb


def _under_a_label(parsed: Parsed, discourse: Discourse) -> Iterator[_Draft]:
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
        day = _due_in(parsed, first, sentence.last, None) if first < sentence.last else None
        if (
            day is None
            or parsed.clauses_in(first, sentence.last)
            or any(t.plain in parsed.language.channel_nouns for t in parsed.tokens[first : sentence.last])
        ):
            continue
        last = parsed.token_at(day[0].outer)
        if 0 < last - first <= 8:
            yield _Draft(discourse.side_of(label), first, last, None, "unsure", looks_for_due_in=(first, sentence.last))


def _said_yes_to(parsed: Parsed, discourse: Discourse) -> Iterator[_Draft]:
    """ "Told Nadia yes to Thursday's delivery", "back Thurs to fit it"."""
    for pattern in (parsed.language.yes_to, parsed.language.back_on):
        for match in pattern.finditer(parsed.plain):
            first = parsed.token_at(match.start("what"))
            sentence = parsed.sentences[parsed.sentence_of(first)]
            last = parsed.token_at(match.end("what") - 1) + 1
            if pattern is parsed.language.back_on:
                last = min(sentence.last, last + 8)
            other = discourse.interlocutor(first)
            if (
                other is not None
                and not sentence.is_question
                and not sentence.is_quoted
                and _due_in(parsed, first, last, None) is not None
            ):
                yield _Draft(US, first, last, None, "unsure", to=other, looks_for_due_in=(first, last))


def _without_verb(parsed: Parsed, discourse: Discourse) -> Iterator[_Draft]:
    """
    "Proofs to her by the 21st", "offer in her mailbox Wed", "replacement on his dock 10.12", "goods with them on 5
    Feb".
    """
    for match in parsed.language.due_to.finditer(parsed.plain):
        first, last = parsed.token_at(match.start("what")), parsed.token_at(match.end("what") - 1) + 1
        group = "owner" if match.group("owner") else "pronoun"
        pronoun = parsed.token_at(match.start(group))
        if parsed.clauses_in(first, last) or any(
            t.plain in parsed.language.channel_nouns for t in parsed.tokens[first:last]
        ):
            continue
        sentence = parsed.sentences[parsed.sentence_of(first)]
        when = _due_after(parsed, last, min(sentence.last, last + 8))
        if when is None or sentence.is_question or sentence.is_quoted:
            continue
        is_to_us = match.group(group) in ("me", "us", "my", "our")
        other = discourse.meant_by(pronoun) or discourse.interlocutor(pronoun)
        if other is None:
            continue
        by, to = (other, US) if is_to_us else (US, other)
        yield _Draft(by, first, last, None, "unsure", to=to, looks_for_due_in=(last, min(sentence.last, last + 8)))


def _due_after(parsed: Parsed, first: int, last: int) -> date | None:
    found = _due_in(parsed, first, last, None)
    return found[1] if found else None


def _in_hand(parsed: Parsed, discourse: Discourse) -> Iterator[_Draft]:
    """ "Bas on site tomorrow", "Rab's on it the 5th": one of ours with a day and no verb of doing."""
    for mention in parsed.mentions:
        match = parsed.language.in_hand.match(parsed.plain, mention.end)
        if not mention.who.is_colleague or match is None:
            continue
        sentence = parsed.sentences[parsed.sentence_of(mention.first)]
        last = min(sentence.last, mention.last + 10)
        due = _due_in(parsed, mention.first, last, None)
        other = discourse.interlocutor(mention.first) or discourse.interlocutor(sentence.last - 1)
        if due is not None and other is not None and not sentence.is_question:
            end = max(mention.last + 1, parsed.token_at(due[0].outer))
            yield _Draft(US, mention.first, end, None, "unsure", to=other, looks_for_due_in=(mention.first, last))


def _promised_behind(parsed: Parsed, discourse: Discourse) -> Iterator[_Draft]:
    """ "... if we deliver before the 14th. I have promised.": what was spoken of just before is promised."""
    for number, sentence in enumerate(parsed.sentences[1:], start=1):
        clauses = parsed.clauses_of(number)
        words = [t for t in parsed.tokens[sentence.first : sentence.last] if t.is_word]
        if (
            len(clauses) != 1
            or clauses[0].lemma not in ("promise", "agree", "swear")
            or len(words) > 5
            or clauses[0].is_negated
        ):
            continue
        by = discourse.subject_of(clauses[0])
        before = [
            c
            for c in parsed.clauses_of(number - 1)
            if not c.is_past and not c.is_infinitive and discourse.subject_of(c) == by
        ]
        if by is not None and before:
            yield _Draft(by, before[-1].verb, before[-1].end, before[-1], "unsure")


# Requests said yes to


def _accepted_requests(parsed: Parsed, discourse: Discourse) -> Iterator[_Draft]:
    """ "Wants quote by Fri - ok", "she wants Camila there from 9 June, and I said yes"."""
    for clause in parsed.clauses:
        if clause.is_question and clause.subject.kind == "you" and clause.modal in ("may", "will", "would"):
            yield from _asked_of_us(parsed, discourse, clause)
        if (
            clause.lemma not in ("want", "ask", "need", "request")
            or clause.modal
            or clause.is_negated
            or clause.is_quoted
        ):
            continue
        sentence = parsed.sentences[clause.sentence]
        match = parsed.language.acceptance.search(parsed.plain_of(clause.verb, min(sentence.last, clause.verb + 60)))
        if match is None:
            yield from _granted_next(parsed, discourse, clause)
        subject = discourse.subject_of(clause)
        if match is None or subject is None or subject.is_us:
            continue
        begin = parsed.tokens[clause.verb].start
        last = min(
            parsed.token_at(begin + match.start()), clause.end if clause.end > clause.verb + 1 else sentence.last
        )
        first = clause.verb + 1
        while first < last and parsed.tokens[first].plain in ("for", "if", "me", "us", "to"):
            first += 1
        if last - first >= 1 and not parsed.language.terms_only.search(parsed.plain_of(first, last)):
            yield _Draft(US, first, last, clause, "unsure", to=subject, looks_for_due_in=(clause.verb, last))


def _granted_next(parsed: Parsed, discourse: Discourse, clause: Clause) -> Iterator[_Draft]:
    """ "He asks if we can jump in. Yes, till 31.1": the answer opens the next sentence."""
    if clause.sentence + 1 >= len(parsed.sentences) or clause.lemma not in ("ask", "want", "request"):
        return
    following = parsed.sentences[clause.sentence + 1]
    subject = discourse.subject_of(clause)
    if (
        subject is None
        or subject.is_us
        or not parsed.language.wanted_words.match(parsed.plain_of(following.first, following.last))
    ):
        return
    asked = next((c for c in parsed.clauses_in(clause.verb + 1, clause.end) if c.subject.kind == "us"), None)
    first = asked.verb if asked is not None else clause.verb + 1
    while asked is None and first < clause.end and parsed.tokens[first].plain in ("for", "us", "me", "if", "to"):
        first += 1
    if first < clause.end and not parsed.language.terms_only.search(parsed.plain_of(first, clause.end)):
        last = min(following.last, following.first + 10)
        yield _Draft(US, first, clause.end, clause, "unsure", to=subject, looks_for_due_in=(first, last))


def _asked_of_us(parsed: Parsed, discourse: Discourse, clause: Clause) -> Iterator[_Draft]:
    """ "Can you bring the cards on Thursday?" - and we said yes."""
    sentence = parsed.sentences[clause.sentence]
    following = parsed.sentences[clause.sentence + 1] if clause.sentence + 1 < len(parsed.sentences) else sentence
    after = parsed.plain_of(clause.end, following.last) if clause.end < following.last else ""
    other = discourse.interlocutor(clause.first)
    if other is not None and parsed.language.said_yes.match(after):
        yield _Draft(US, clause.verb, clause.end, clause, "unsure", to=other)


# Finishing


def _split_after_day(parsed: Parsed, draft: _Draft) -> Iterator[_Draft]:
    """
    "Drop the posters Tuesday & bring her cake": a day between two acts belongs to the first, and they are two promises.
    """
    if draft.clause is not None:
        for clause in parsed.clauses_in(draft.first + 1, draft.last):
            is_joined = (
                clause.subject.kind == "none"
                and clause.intro in parsed.language.conjunctions
                and not clause.is_infinitive
            )
            if is_joined and not _is_coming(parsed, draft.clause) and _ends_with_day(parsed, draft.first, clause.left):
                yield replace(draft, last=clause.left)
                yield replace(draft, first=clause.verb, looks_for_due_in=(clause.verb, draft.last), sureness="unsure")
                return
    yield draft


def _is_coming(parsed: Parsed, clause: Clause) -> bool:
    """ "Come on Friday and measure" is one act; "drop the posters Tuesday" has a thing of its own."""
    following = parsed.tokens[clause.verb + 1].plain if clause.verb + 1 < len(parsed.tokens) else ""
    return clause.lemma in parsed.language.meeting_verbs and following not in parsed.language.determiners


def _ends_with_day(parsed: Parsed, first: int, last: int) -> bool:
    end = parsed.tokens[last - 1].end
    return any(when.end == end for when in parsed.whens_in(first, last))


def _end_with_condition(parsed: Parsed, clause: Clause) -> int:
    """To the end of the clause; a reason, an aside or another's deed is not part of what is promised."""
    end = clause.end
    for at in range(clause.verb + 2, end):
        if parsed.tokens[at].plain in ("because", "bc", "cos"):
            end = at
            break
    for following in parsed.clauses_in(clause.verb + 1, end):
        if following.intro in parsed.language.reasons or following.intro in ("who", "which"):
            return max(following.left, clause.verb + 1)
    return end


def _finished(parsed: Parsed, discourse: Discourse, draft: _Draft, encounters: list[Encounter]) -> Promise | None:
    where = draft.looks_for_due_in or (draft.clause.left if draft.clause else draft.first, draft.last)
    due = _due_in(parsed, *where, draft.clause) or _due_beyond(parsed, draft)
    if due is not None and due[1] < parsed.setting.written_at.date():
        return None
    first, last = spans.phrase(parsed, draft.first, draft.last)
    first = _with_condition_before(parsed, draft.clause, first)
    first = _with_object_before(parsed, draft.clause, first, last)
    to = draft.to or _receiver(parsed, discourse, draft, encounters)
    if to is None or to == draft.by or _is_empty(parsed, first, last) or _is_bare_doing(parsed, first, last):
        return None
    if draft.last < len(parsed.tokens) and parsed.language.joking.search(
        parsed.plain_of(draft.first, min(draft.last + 2, len(parsed.tokens)))
    ):
        return None
    what = parsed.span(first, last)
    second = discourse.second_guess(draft.clause.subject.last - 1) if draft.clause is not None else None
    sureness: Sureness = "unsure" if second is not None else draft.sureness
    other_day = _other_day(due[0], due[1]) if due is not None else None
    instead = Guess(who=second) if second is not None else Guess(on=other_day) if other_day is not None else None
    if other_day is not None:
        sureness = "unsure"
    marked = (what,) if due is None else (what, spans.of_when(due[0]))
    return Promise(
        by=draft.by, to=to, what=what, due_on=due[1] if due else None, due=spans.of_when(due[0]) if due else None,
        spans=marked, sureness=sureness, instead=instead,
    )  # fmt: skip


def _other_day(when: When, day: date) -> date | None:
    """ "Before the 12th" may mean the 11th; 3/4 may be the other way round; "next Friday" this one."""
    return day - timedelta(days=1) if when.lead == "before" and when.is_day and when.other is None else when.other


def _is_bare_doing(parsed: Parsed, first: int, last: int) -> bool:
    """ "Will do from January" says no more than yes."""
    after = parsed.tokens[first + 1].plain if first + 1 < last else ""
    return parsed.tokens[first].plain == "do" and after in ("", "from", "by", "on", "in", "so", "then", ",")


def _is_empty(parsed: Parsed, first: int, last: int) -> bool:
    words = [token.plain for token in parsed.tokens[first:last] if token.is_word or token.kind == "number"]
    return not words or all(word in parsed.language.empty_promises for word in words)


def _with_object_before(parsed: Parsed, clause: Clause | None, first: int, last: int) -> int:
    """
    "The offer for phase 2 I send her": where the verb has only a pronoun behind it, the thing before it belongs to it.
    """
    if clause is None or clause.subject.kind not in ("us", "he", "she", "they", "name") or first != clause.verb:
        return first
    if any(t.plain not in parsed.language.object_pronouns for t in parsed.tokens[first + 1 : last]):
        return first
    at = clause.subject.first
    sentence = parsed.sentences[clause.sentence]
    while (
        at > sentence.first
        and (parsed.tokens[at - 1].is_word or parsed.tokens[at - 1].kind == "number")
        and clause.subject.first - at < 8
    ):
        at -= 1
    is_thing = (
        clause.subject.first - at >= 2 and not parsed.clauses_in(at, clause.subject.first) and clause.parent is None
    )
    is_open = (
        is_thing
        and parsed.tokens[at].plain
        not in parsed.language.conjunctions | parsed.language.adverbs | parsed.language.subordinators
    )
    return at if is_open else first


def _with_condition_before(parsed: Parsed, clause: Clause | None, first: int) -> int:
    """ "If PO in by 4pm Jun flies in": a condition that adjoins belongs to the words."""
    if clause is None:
        return first
    sentence = parsed.sentences[clause.sentence]
    begin = max(sentence.first, clause.subject.first - 14)
    for i in range(clause.subject.first - 1, begin - 1, -1):
        token = parsed.tokens[i]
        if token.plain in parsed.language.conditions - {"until", "till", "til"} and (
            i == sentence.first or parsed.tokens[i - 1].text in ",;:-" or token.plain == "if"
        ):
            is_own = not any(
                c.subject.kind == "us" and c.left > i
                for c in parsed.clauses_in(i, clause.first)
                if c.lemma in parsed.language.reporting
            )
            return i if is_own else first
        if token.text in ".;:!?":
            break
    return first


def _due_in(parsed: Parsed, first: int, last: int, clause: Clause | None) -> tuple[When, date] | None:
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
        if any(c.left <= at < c.end for c in conditions):
            continue
        found.append((0 if when.is_deadline else 2 if when.lead == "from" else 1, when, day))
    if not found:
        return None
    best = min(found, key=lambda entry: (entry[0], entry[1].start))
    for _, when, day in found:
        # "Mon or Tues at the latest": the later one is what can be held to.
        between = parsed.plain[best[1].end : when.start].strip() if when.start > best[1].end else ""
        if between == "or":
            return when, day
    return best[1], best[2]


def _due_beyond(parsed: Parsed, draft: _Draft) -> tuple[When, date] | None:
    """A day just behind the words: "and named the first of August", "By Friday." as a sentence of its own."""
    sentence_number = parsed.sentence_of(draft.first)
    following = sentence_number + 1
    if following < len(parsed.sentences):
        sentence = parsed.sentences[following]
        words = [t for t in parsed.tokens[sentence.first : sentence.last] if t.is_word or t.kind == "number"]
        whens = parsed.whens_in(sentence.first, sentence.last)
        if whens and len(words) <= 4 and draft.last >= parsed.sentences[sentence_number].last - 2:
            return _due_in(parsed, sentence.first, sentence.last, None)
    sentence = parsed.sentences[sentence_number]
    rest = parsed.plain_of(draft.last, sentence.last) if draft.last < sentence.last else ""
    match = parsed.language.day_named_after.search(rest)
    if match is not None:
        return _due_in(parsed, draft.last, sentence.last, None)
    return None


def _receiver(parsed: Parsed, discourse: Discourse, draft: _Draft, encounters: list[Encounter]) -> Who | None:
    """The person spoken to: told before the words, meant in them, or the other side at that place."""
    if not draft.by.is_us:
        return US
    clause = draft.clause
    if clause is None:
        return discourse.interlocutor(draft.first) or discourse.interlocutor(draft.last - 1)
    return (
        _told(parsed, discourse, clause)
        or _meant_in(parsed, discourse, clause)
        or _several(parsed, discourse, encounters, clause)
        or discourse.interlocutor(clause.first)
        or discourse.interlocutor(parsed.sentences[clause.sentence].last - 1)
    )


def _meant_in(parsed: Parsed, discourse: Discourse, clause: Clause) -> Who | None:
    for i in range(clause.verb + 1, clause.end):
        word = parsed.tokens[i].plain
        meant = (
            discourse.meant_by(i)
            if word in ("him", "her") or (word == "them" and _is_receiver(parsed, clause, i))
            else None
        )
        if meant is not None and not meant.is_colleague:
            return meant
    return None


def _is_receiver(parsed: Parsed, clause: Clause, i: int) -> bool:
    """ "Bring them the cups" and "ring them", but in "bring them by Friday" they are the cups."""
    if parsed.tokens[i - 1].plain in ("to", "with", "for", "w/"):
        return True
    after = parsed.tokens[i + 1] if i + 1 < len(parsed.tokens) else None
    has_thing = after is not None and (after.plain in parsed.language.determiners or after.kind == "number")
    return i == clause.verb + 1 and (clause.lemma in parsed.language.told_verbs or has_thing)


def _told(parsed: Parsed, discourse: Discourse, clause: Clause) -> Who | None:
    """ "Told Piet we credit ...": Piet."""
    parent = clause.parent
    while parent is not None and parent.is_infinitive:
        parent = parent.parent
    if parent is None:
        return None
    for i in range(parent.verb + 1, min(parent.verb + 3, clause.first)):
        meant = discourse.meant_by(i)
        if meant is not None and not meant.is_colleague:
            return meant
        named = next((m.who for m in parsed.mentions if m.first == i), None)
        if named is not None and not named.is_colleague:
            return named
    return None


def _several(parsed: Parsed, discourse: Discourse, encounters: list[Encounter], clause: Clause) -> Who | None:
    """Said to several of one organisation at once: to the organisation."""
    start = parsed.tokens[clause.first].start
    before = [e for e in encounters if e.spans[0].start <= start and len(e.people) > 1]
    if not before:
        return None
    organisations = {discourse.organisation_of(who) for who in before[-1].people if not who.is_organisation}
    return organisations.pop() if len(organisations) == 1 else None


def _without_overlaps(drafts: list[_Draft]) -> list[_Draft]:
    kept: list[_Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.sureness != "sure", d.first)):
        if all(draft.last <= other.first or draft.first >= other.last for other in kept):
            kept.append(draft)
    return sorted(kept, key=lambda d: d.first)


def _joined_by_date(parsed: Parsed, promises: list[Promise]) -> list[Promise]:
    """ "She'll give us the sheets ... she said she'd have them to me by Friday": one promise, and that is its day."""
    kept: list[Promise] = []
    for promise in promises:
        words = [
            token.plain
            for token in parsed.tokens[parsed.token_at(promise.what.start) : parsed.token_at(promise.what.end - 1) + 1]
        ]
        earlier = next((k for k in reversed(kept) if k.by == promise.by and k.due_on in (None, promise.due_on)), None)
        is_again = len(words) <= 5 and bool({"it", "them", "that", "this"} & set(words[:3])) and earlier is not None
        if is_again and earlier is not None and promise.due_on is not None:
            kept[kept.index(earlier)] = replace(
                earlier, due_on=promise.due_on, due=promise.due, spans=(*earlier.spans, *promise.spans)
            )
        else:
            kept.append(promise)
    return kept
