"""Contact agreed for a day to come: "next call 25/3", "she comes on Friday", "video is set for the 14th"."""

from __future__ import annotations

import re
from datetime import date

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.cues import Cue, clause_around, is_ahead, met_by_pronoun, people_of, window_around
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Encounter, Plan, Promise, Who
from ampersand.notebook.reader.when import When


def plans_of(
    parsed: Parsed, discourse: Discourse, cues: list[Cue], encounters: list[Encounter], promised: list[Promise]
) -> list[Plan]:
    found = [p for cue in cues if (p := _from_cue(parsed, discourse, cue, encounters)) is not None]
    found += [p for clause in parsed.clauses if (p := _being_there(parsed, discourse, clause, encounters)) is not None]
    found += [p for clause in parsed.clauses if (p := _from_clause(parsed, discourse, clause, encounters)) is not None]
    found += _next_times(parsed, discourse, cues, encounters)
    found += [p for promise in promised if (p := _from_promise(parsed, promise)) is not None]
    kept: list[Plan] = []
    for plan in found:
        if not any(k.on == plan.on and (k.channel == plan.channel or plan.on is not None) for k in kept):
            kept.append(plan)
    return kept


def _next_times(parsed: Parsed, discourse: Discourse, cues: list[Cue], encounters: list[Encounter]) -> list[Plan]:
    """ "Next: 13 March 9h, our office", "next time 4/11": the kind of this meeting, unless a place is named."""
    found = []
    for number, sentence in enumerate(parsed.sentences):
        opener = next((t.plain for t in parsed.tokens[sentence.first : sentence.last] if t.is_word), "")
        has_cue = any(cue.sentence == number for cue in cues)
        if opener not in ("next", "nxt") or has_cue or parsed.clauses_of(number) or sentence.is_quoted:
            continue
        day = _day_ahead(parsed, sentence.first, sentence.last)
        if day is None:
            continue
        words = {t.plain for t in parsed.tokens[sentence.first : sentence.last]}
        is_at_place = bool(
            words & {"office", "theirs", "ours", "here", "there", "site", "onsite", "hers", "place", "plant"}
        )
        channel = "visit" if is_at_place or not encounters else encounters[-1].channel
        if channel in ("email", "message", "letter", "event"):
            channel = "visit"
        people = _company(parsed, discourse, encounters, sentence.first)
        span = parsed.span(sentence.first, sentence.last)
        found.append(Plan(channel=channel, on=day[1], people=tuple(people), spans=(span,), sureness="unsure"))
    return found


def _from_promise(parsed: Parsed, promise: Promise) -> Plan | None:
    """A deed promised for a day that takes one of us to their place, or one of them to ours, is a meeting agreed."""
    if promise.due_on is None or promise.due is None:
        return None
    lead = parsed.plain[promise.due.start : promise.due.end].split(" ")[0]
    first, last = parsed.token_at(promise.what.start), parsed.token_at(promise.what.end - 1) + 1
    other = promise.to if promise.by.is_us else promise.by
    if (
        lead in ("by", "until", "till", "before", "within", "bis")
        or other.is_us
        or not _takes_there(parsed, promise, first, last)
    ):
        return None
    return Plan(channel="visit", on=promise.due_on, people=(other,), spans=(promise.what,), sureness="unsure")


def _takes_there(parsed: Parsed, promise: Promise, first: int, last: int) -> bool:
    language = parsed.language
    words = [t.plain for t in parsed.tokens[first:last]]
    lemmas = [language.verbs[word][0] for word in words[:2] if word in language.verbs]
    lemma = lemmas[0] if lemmas else ""
    if not promise.by.is_us:
        return lemma in ("come", "visit", "drop", "pop", "swing", "collect", "pick")
    is_theirs = bool({"him", "her", "them", "there"} & set(words))
    to_them = is_theirs or any(word in ("to", "over", "out", "in", "up", "round") for word in words)
    is_there = bool(re.match(r"(?:\w+ ){1,3}(?:there|on[- ]?site|at theirs|back)\b", " ".join(words)))
    goes_for = (
        lemma in ("go", "be")
        and len(words) > 1
        and words[1] in ("to", "for", "there", "over", "out", "by", "round", "back")
    )
    does_there = lemma in ("do", "have", "give", "hold") and is_theirs
    carries = lemma in language.carried and to_them
    return lemma in language.going_there or carries or goes_for or does_there or (is_there and not lemma)


def _from_cue(parsed: Parsed, discourse: Discourse, cue: Cue, encounters: list[Encounter]) -> Plan | None:
    sentence = parsed.sentences[cue.sentence]
    if cue.channel in ("email", "message", "letter"):
        # What will be written is a promise and no meeting.
        return None
    if sentence.is_quoted or sentence.is_question or not is_ahead(parsed, cue, discourse):
        return None
    window = window_around(parsed, cue)
    if parsed.language.nobody_yet.search(parsed.plain_of(*window)):
        return None
    when = _day_ahead(parsed, *window)
    if when is None:
        return None
    clause = cue.clause or clause_around(parsed, cue.first)
    if cue.is_noun and clause is not None and any(t.plain == "," for t in parsed.tokens[clause.verb : cue.first]):
        clause = None
    if clause is not None and (
        clause.is_negated or clause.modal == "may" or (clause.is_past and not clause.modal and not _is_settled(clause))
    ):
        return None
    named = [m.who for m in people_of(parsed, cue)]
    people = [*met_by_pronoun(parsed, discourse, cue), *named] or _company(parsed, discourse, encounters, cue.first)
    return Plan(channel=cue.channel, on=when[1], people=tuple(people), spans=(parsed.span(cue.first, cue.last),))


def _is_settled(clause: Clause) -> bool:
    return clause.lemma in (
        "agree",
        "fix",
        "set",
        "book",
        "plan",
        "arrange",
        "schedule",
        "invite",
        "promise",
        "confirm",
        "want",
        "tell",
        "say",
    )


def _day_ahead(parsed: Parsed, first: int, last: int) -> tuple[When, date] | None:
    today = parsed.setting.written_at.date()
    for when in parsed.whens_in(first, last):
        day = when.on("future", today)
        if day is not None and day >= today and not when.is_deadline and (not when.is_open or when.lead == "from"):
            return when, day
    return None


def _being_there(parsed: Parsed, discourse: Discourse, clause: Clause, encounters: list[Encounter]) -> Plan | None:
    """ "I'm there on the 24th", "I go there on Thursday", "they want me back on the 3rd"."""
    text = parsed.plain_of(clause.left, clause.end)
    sentence = parsed.sentences[clause.sentence]
    if clause.is_past or clause.is_perfect or clause.is_negated or sentence.is_question or sentence.is_quoted:
        return None
    found = _day_ahead(parsed, clause.verb, clause.end) if parsed.language.being_there.search(text) else None
    if found is None:
        return None
    people = _company(parsed, discourse, encounters, clause.verb)
    span = parsed.span(clause.verb, clause.end)
    return Plan(channel="visit", on=found[1], people=tuple(people), spans=(span,), sureness="unsure")


def _from_clause(parsed: Parsed, discourse: Discourse, clause: Clause, encounters: list[Encounter]) -> Plan | None:
    """Somebody of ours or theirs comes or rings on a day."""
    language = parsed.language
    channel = "visit" if clause.lemma in language.visit_verbs else "call" if clause.lemma in language.call_verbs else ""
    sentence = parsed.sentences[clause.sentence]
    if (
        not channel
        or clause.is_negated
        or clause.is_passive
        or clause.modal in ("may", "must")
        or sentence.is_question
        or sentence.is_quoted
    ):
        return None
    if clause.is_past or clause.is_perfect or clause.tense == "past" or clause.intro in parsed.language.conditions:
        return None
    subject = discourse.subject_of(clause)
    is_task = (
        clause.subject.kind == "none" and clause.inherited_from is None and clause.parent is None and not clause.modal
    )
    if is_task and "b" in clause.form:
        return None
    if clause.lemma in ("speak", "talk") and parsed.tokens[min(clause.verb + 1, len(parsed.tokens) - 1)].plain == "at":
        return None
    if subject is None or (
        clause.modal == "" and parsed.language.nobody_yet.search(parsed.plain_of(clause.left, clause.end))
    ):
        return None
    if clause.lemma in language.weak_visit_verbs and not (subject.is_us and _is_at_theirs(parsed, clause)):
        return None
    found = _day_ahead(parsed, clause.left, clause.end)
    if found is None:
        return None
    people = _others(parsed, discourse, clause, subject) or _company(parsed, discourse, encounters, clause.verb)
    return Plan(channel=channel, on=found[1], people=tuple(people), spans=(parsed.span(clause.verb, clause.end),))


def _is_at_theirs(parsed: Parsed, clause: Clause) -> bool:
    return (
        parsed.tokens[min(clause.verb + 1, len(parsed.tokens) - 1)].plain not in ("me", "us", "back")
        or clause.lemma == "do"
    )


def _others(parsed: Parsed, discourse: Discourse, clause: Clause, subject: Who) -> list[Who]:
    if not subject.is_us:
        return [subject]
    for i in range(clause.verb + 1, min(clause.verb + 3, clause.end)):
        meant = discourse.meant_by(i) if parsed.tokens[i].plain in ("him", "her") else None
        if meant is not None and not meant.is_colleague:
            return [meant]
    return [
        m.who
        for m in parsed.mentions_in(clause.verb, clause.own_end)
        if not (m.who.is_colleague or m.is_genitive or m.is_unnamed)
    ][:2]


def _company(parsed: Parsed, discourse: Discourse, encounters: list[Encounter], token: int) -> list[Who]:
    """No names given: the same people as at this meeting."""
    before = [e for e in encounters if e.spans[0].start <= parsed.tokens[token].start and e.people]
    if before:
        return list(before[-1].people)
    other = discourse.interlocutor(token)
    return [other] if other is not None else []
