"""Promises by a verb that promises: "promised to send", "committed to two sessions", "swears 400 stems"."""

from __future__ import annotations

import itertools

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.deadlines import due_in
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.drafts import (
    Draft,
    end_with_condition,
    giver_of_word,
    is_under_condition,
    voice_after,
    voice_of,
    was_long_ago,
)
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import US, Who


def verb_of_promising(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "Promised to send", "agreed to cover", "committed to two sessions", "swears 400 stems by Wednesday"."""
    language = parsed.language
    confirmed = _confirmed_to(parsed, discourse, clause)
    if confirmed is not None:
        return confirmed
    shakes_on = clause.lemma == "shake" and parsed.word(clause.verb + 1) == "on" and not clause.children
    gives_word = clause.lemma == "give" and bool(
        parsed.language.word_given.search(parsed.plain_of(clause.verb, clause.end))
    )
    binds = _is_scheduled(parsed, clause) or gives_word or clause.lemma == "accept" or _is_willing(parsed, clause)
    binds = binds or _binds_oneself(parsed, clause)
    takes_on = clause.lemma not in language.promising and binds and any(c.is_infinitive for c in clause.children)
    if (
        not (clause.lemma in language.promising or takes_on or shakes_on)
        or clause.is_question
        or clause.modal == "must"
        or (clause.modal == "may" and clause.lemma != "promise")
        or is_under_condition(parsed, clause)
    ):
        return None
    if clause.is_passive and clause.lemma == "promise" and clause.subject.kind == "thing":
        by_thing = (
            voice_of(parsed, discourse, clause)
            or voice_after(parsed, discourse, clause)
            or discourse.interlocutor(clause.first)
        )
        return Draft(by_thing, clause.subject.first, clause.end, clause, "unsure") if by_thing is not None else None
    if (
        (clause.is_passive and clause.lemma not in ("promise", "commit") and not _is_scheduled(parsed, clause))
        or _is_infinitive_of_wish(clause)
        or was_long_ago(parsed, clause)
    ):
        return None
    by = discourse.subject_of(clause)
    if by is None:
        return None
    if clause.is_negated:
        return None
    infinitive = next((c for c in clause.children if c.is_infinitive and _follows_at_once(parsed, clause, c)), None)
    if infinitive is not None and infinitive.lemma in language.terms_verbs:
        return None
    if infinitive is not None and clause.lemma in ("have", "get"):
        by = giver_of_word(parsed, discourse, clause, infinitive.first) or by
    if infinitive is not None:
        return Draft(by, _with_denial(parsed, infinitive), end_with_condition(parsed, infinitive), infinitive)
    told = [c for c in clause.children if not c.is_infinitive]
    if told and parsed.word(clause.verb + 1) == ":" and _is_done_thing(told[0]):
        return Draft(by, told[0].subject.first, end_with_condition(parsed, told[0]), told[0], "unsure")
    if takes_on or told:
        return None
    return _object_promised(parsed, discourse, clause, by)


def _confirmed_to(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "Delivery is confirmed to her for the 26th": ours; "confirmed to us": theirs."""
    if (
        not clause.is_passive
        or clause.subject.kind != "thing"
        or clause.lemma not in ("confirm", "guarantee", "promise")
    ):
        return None
    subject, where = clause.subject.first, (clause.left, clause.end)
    for i in range(clause.verb + 1, min(clause.verb + 4, clause.end - 1)):
        word = parsed.tokens[i + 1].plain
        if parsed.tokens[i].plain == "to" and word in ("him", "her", "them"):
            return Draft(US, subject, i, clause, to=discourse.meant_by(i + 1), looks_for_due_in=where)
        other = discourse.interlocutor(i) if parsed.tokens[i].plain == "to" and word in ("me", "us") else None
        if other is not None:
            return Draft(other, subject, i, clause, to=US, looks_for_due_in=where)
    return None


def _binds_oneself(parsed: Parsed, clause: Clause) -> bool:
    """ "Takes it on herself to", "compromises himself to", "made a commitment to", "I have her promise to"."""
    words = [t.plain for t in parsed.tokens[clause.verb + 1 : clause.verb + 6]]
    is_oneself = any(word.endswith(("self", "selves")) for word in words[:3])
    is_noun = clause.lemma in ("make", "take", "give", "have", "get") and bool(
        set(words[:4]) & parsed.language.promise_nouns
    )
    return is_noun or (is_oneself and clause.lemma in ("take", "compromise", "commit", "oblige", "bind", "engage"))


def _is_scheduled(parsed: Parsed, clause: Clause) -> bool:
    """ "Is booked to fit", "is due to send": set down for somebody to do."""
    if clause.is_past or clause.is_negated or clause.modal in ("may", "must", "would"):
        return False
    after = parsed.word(clause.verb + 1)
    is_set = clause.is_passive and clause.lemma in (
        "book",
        "schedule",
        "set",
        "slate",
        "line",
        "commission",
        "oblige",
        "bind",
    )
    return is_set or (
        clause.lemma == "be" and after in ("due", "set", "bound") and parsed.word(clause.verb + 2) == "to"
    )


def _is_willing(parsed: Parsed, clause: Clause) -> bool:
    """ "She is willing to pay before the bottling", and in their words "we'd be glad to host"."""
    after = [t.plain for t in parsed.tokens[clause.verb + 1 : clause.verb + 4]]
    is_stated = (not clause.modal and not clause.is_past) or (clause.modal in ("would", "will") and clause.is_quoted)
    is_so = any(word in parsed.language.willing and then == "to" for word, then in itertools.pairwise(after))
    is_pleased = clause.is_passive and parsed.word(clause.verb) in parsed.language.willing and after[:1] == ["to"]
    return is_stated and ((clause.lemma == "be" and is_so) or is_pleased)


def _with_denial(parsed: Parsed, infinitive: Clause) -> int:
    """ "Promised never to tell": the denial is half of the promise."""
    at = infinitive.first
    return at - 1 if parsed.tokens[at - 1].plain in ("not", "never") else infinitive.verb


def _follows_at_once(parsed: Parsed, clause: Clause, infinitive: Clause) -> bool:
    """ "Promised me to send", but not "agreed 30 days to pay": only the one spoken to may stand between."""
    between = parsed.tokens[clause.verb + 1 : infinitive.first]
    named = {i for m in parsed.mentions for i in range(m.first, m.last)}
    start = clause.verb + 1
    if len(between) >= 2 and between[0].plain == between[-1].plain == ",":
        # "Agreed, in writing, to pay"
        return len(between) <= 8
    return len(between) <= 4 and all(
        t.plain in parsed.language.object_pronouns
        or t.plain in parsed.language.adverbs
        or t.plain in parsed.language.willing
        or t.plain in ("due", "set", "down", "up")
        or t.plain
        in (
            "not",
            "never",
            "and",
            "with",
            "my",
            "her",
            "his",
            "their",
            "our",
            "word",
            "assurance",
            "hand",
            "it",
            "on",
            "upon",
            "from",
        )
        or t.plain in parsed.language.promise_nouns | parsed.language.determiners_only
        or start + k in named
        for k, t in enumerate(between)
    )


def _is_infinitive_of_wish(clause: Clause) -> bool:
    return (
        clause.is_infinitive
        and clause.parent is not None
        and clause.parent.lemma in ("want", "ask", "refuse", "hope", "need", "like")
    )


def _object_promised(parsed: Parsed, discourse: Discourse, clause: Clause, by: Who) -> Draft | None:
    first, last = clause.verb + 1, clause.own_end
    language = parsed.language
    named = parsed.mention_at(first)
    if named is not None and not named.is_genitive:
        first = named.last
    if first < last and parsed.tokens[first].text == ",":
        closing = next(
            (
                k
                for k in range(first + 1, min(first + 8, parsed.sentences[clause.sentence].last))
                if parsed.tokens[k].text == ","
            ),
            first,
        )
        first, last = closing + 1, max(last, clause.end)
    while first < last and parsed.tokens[first].plain in (
        language.object_pronouns | {"to", "that", ":"} | ({"on"} if clause.lemma == "shake" else set())
    ):
        first += 1
    if first >= last or (
        clause.lemma in ("agree", "assure", "offer", "consent")
        and not (parsed.word(clause.verb + 1) == ":" and clause.subject.kind != "none")
        and not _commits_to_noun(parsed, discourse, clause)
    ):
        return None
    token = parsed.tokens[first]
    is_sum = bool(parsed.sums_in(first, min(first + 3, last)))
    if token.plain in language.no_object or not (token.is_word or token.kind == "number" or is_sum):
        return None
    return Draft(by, first, end_with_condition(parsed, clause), clause)


def said_with_day(parsed: Parsed, discourse: Discourse, clause: Clause) -> Draft | None:
    """ "Nadia says PO by Friday", "I said right o, all six by Wednesday": a thing and a deadline after plain saying."""
    if clause.lemma != "say" or clause.children or clause.modal or clause.is_negated or clause.is_question:
        return None
    by = discourse.subject_of(clause)
    due = due_in(parsed, clause.verb, clause.own_end, clause)
    if by is None or due is None:
        return None
    reach = parsed.token_at(due[0].outer) - clause.verb
    is_doubted = parsed.language.hopes.search(parsed.plain_of(clause.verb, clause.own_end))
    is_near = 2 <= reach <= 5 and not by.is_us and not is_doubted
    if not (due[0].is_deadline or is_near):
        return None
    draft = _object_promised(parsed, discourse, clause, by)
    if draft is None:
        return None
    first = draft.first
    while first < draft.last - 1 and parsed.tokens[first].plain in parsed.language.fillers | {"o", "ok", ","}:
        first += 1
    return Draft(by, first, draft.last, clause, "unsure", looks_for_due_in=(clause.verb, clause.own_end))


def _is_done_thing(told: Clause) -> bool:
    """ "I agreed: the coop's name printed on our boxes": a thing and what is to be done to it."""
    return told.subject.kind == "thing" and "n" in told.form and not (told.modal or told.is_perfect or told.is_passive)


def _commits_to_noun(parsed: Parsed, discourse: Discourse, clause: Clause) -> bool:
    """ "Offered a third round at no cost" and "agreed to a delivery on the 18th" are acts; "agreed the price" is a term."""
    after = parsed.word(clause.verb + 1)
    if clause.lemma == "assure":
        return after not in parsed.language.object_pronouns and parsed.mention_at(clause.verb + 1) is None
    if clause.lemma == "offer" and after in ("him", "her", "them"):
        by = discourse.subject_of(clause)
        if by is None or not by.is_us:
            return False
    if clause.lemma == "agree" and after == "to":
        return due_in(parsed, clause.verb, clause.own_end, clause) is not None
    return clause.lemma == "offer" and bool(
        parsed.language.free_act.search(parsed.plain_of(clause.verb, clause.own_end))
    )
