"""Meetings no word of the note calls one: dealings face to face, work on the spot, a heading with a name."""

from __future__ import annotations

from datetime import date, timedelta

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.company import day_of_contact, those_met
from ampersand.notebook.reader.cues import Cue, clause_around, may_be_met
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.names import Mention
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Encounter, Guess, Span, Who


def spoken_with(parsed: Parsed, discourse: Discourse) -> list[Encounter]:
    """ "Spoke to Jo, all well", and no word on how: a call, unless the note tells of work on the spot."""
    if (
        _is_field_work(parsed)
        or _in_the_heading(parsed)[1] is not None
        or parsed.language.no_contact.search(parsed.plain)
    ):
        return []
    for clause in parsed.clauses:
        gets_hold = clause.lemma == "get" and parsed.plain_of(clause.verb, clause.own_end).startswith("got hold")
        if (clause.lemma in parsed.language.speaking_with or gets_hold) and not (
            clause.modal or clause.is_negated or clause.is_infinitive or clause.is_quoted
        ):
            headed = parsed.mentions[0] if parsed.mentions else None
            at_theirs = (
                headed is not None and headed.first <= 1 and headed.who.is_organisation and clause.lemma == "talk"
            )
            cue = Cue("visit" if at_theirs else "call", clause.verb, clause.verb + 1, clause.sentence, clause)
            people = those_met(parsed, discourse, cue) if clause.is_past or clause.is_perfect else []
            if people:
                return [
                    Encounter(
                        channel=cue.channel,
                        on=day_of_contact(parsed, cue) or parsed.setting.written_at.date(),
                        people=tuple(people),
                        spans=(parsed.span(clause.verb, clause.verb + 1),),
                        sureness="unsure",
                        instead=Guess(kind="visit" if cue.channel == "call" else "call"),
                    )
                ]
    return []


def field_words(parsed: Parsed) -> int:
    return len(set(parsed.language.field_work.findall(parsed.plain)))


def _is_field_work(parsed: Parsed) -> bool:
    return field_words(parsed) >= 1


def without_cue(parsed: Parsed, discourse: Discourse) -> list[Encounter]:
    """A note of give and take with somebody, and no word on how: they met."""
    people: list[Who] = []
    first_span: Span | None = None
    count = 0
    for clause in parsed.clauses:
        who = _dealt_with(parsed, discourse, clause)
        if who is None or clause.is_quoted or not (clause.is_past or clause.is_perfect or "d" in clause.form):
            continue
        if clause.is_past and clause.is_perfect:
            # "Had told me in September": an older story.
            continue
        count += 2 if _is_face_to_face(parsed, clause) else 1
        first_span = first_span or parsed.span(clause.verb, clause.verb + 1)
        if who not in people:
            people.append(who)
    headed, heading_span = _in_the_heading(parsed)
    if heading_span is not None:
        is_dealt_with = bool(people) and not _names_people(parsed)
        people, first_span, count = (
            people if is_dealt_with else headed,
            heading_span,
            count + 2 * bool(headed or people),
        )
    if not people and _is_field_work(parsed):
        named = [m for m in parsed.mentions if may_be_met(m) and not m.who.is_organisation] or [
            m
            for m in parsed.mentions
            if m.is_genitive and not (m.who.is_organisation or m.who.is_colleague or m.who.is_us)
        ]
        people, first_span = [m.who for m in named[:1]], parsed.span(named[0].first, named[0].last) if named else None
    if (
        first_span is None
        or not people
        or not (_is_field_work(parsed) or count >= 2)
        or (parsed.language.no_contact.search(parsed.plain) and count < 4)
    ):
        return []
    on = _day_of_story(parsed)
    instead = Guess(kind="call")
    return [
        Encounter(
            channel="visit", on=on, people=tuple(people[:3]), spans=(first_span,), sureness="unsure", instead=instead
        )
    ]


def _is_face_to_face(parsed: Parsed, clause: Clause) -> bool:
    """One deed between the two sides is enough: "told her", "showed me", "delivered the cups to her"."""
    after = [t.plain for t in parsed.tokens[clause.verb + 1 : clause.verb + 3]]
    is_between = (
        any(word in ("me", "us", "him", "her", "them") for word in after)
        or parsed.mention_at(clause.verb + 1) is not None
    )
    return clause.lemma in ("deliver", "collect") or (
        is_between and clause.lemma in ("tell", "show", "hand", "hug", "shake", "give", "bring", "ask", "offer")
    )


def _in_the_heading(parsed: Parsed) -> tuple[list[Who], Span | None]:
    """ "Jobsite w/ Bob", "JV yard, Nomsa", "Zarabora again.": a heading without a verb that says where or with whom."""
    if len(parsed.sentences) < 2 or parsed.sentences[0].is_question or parsed.sentences[0].is_quoted:
        return [], None
    sentence = parsed.sentences[0]
    named = [m for m in parsed.mentions_in(sentence.first, sentence.last) if may_be_met(m)]
    is_bare = not parsed.clauses_of(0) and sentence.last - sentence.first <= 16
    is_label = any(t.text == ":" for t in parsed.tokens[sentence.first : sentence.last])
    if not named or not is_bare or is_label or named[0].first - sentence.first > 8:
        return [], None
    people = [m for m in named if not m.who.is_organisation]
    if people:
        return list(dict.fromkeys(m.who for m in people)), parsed.span(people[0].first, people[-1].last)
    return _its_people(parsed, named[0]), parsed.span(named[0].first, named[0].last)


def _names_people(parsed: Parsed) -> bool:
    sentence = parsed.sentences[0]
    return any(may_be_met(m) and not m.who.is_organisation for m in parsed.mentions_in(sentence.first, sentence.last))


def _its_people(parsed: Parsed, heading: Mention) -> list[Who]:
    """The first of an organisation's people whom the note goes on to speak of."""
    for mention in parsed.mentions:
        known = mention.who.known
        if (
            mention.first > heading.first
            and known is not None
            and known.is_person
            and known.organisation == heading.who.name
        ):
            return [mention.who]
    return []


def _day_of_story(parsed: Parsed) -> date:
    """A note that begins with an earlier day tells of that day."""
    today = parsed.setting.written_at.date()
    opening = parsed.sentences[min(1, len(parsed.sentences) - 1)].last
    for when in parsed.whens_in(0, opening):
        around = clause_around(parsed, parsed.token_at(when.start))
        if around is not None and not (around.is_past or around.is_perfect or "d" in around.form):
            continue
        day = when.on("past", today)
        is_certain = when.past == when.future or (parsed.token_at(when.start) < 12 and when.is_weekday)
        if (
            day is not None
            and is_certain
            and today - timedelta(days=8) <= day < today
            and not when.is_open
            and not when.is_deadline
        ):
            return day
    return today


def _dealt_with(parsed: Parsed, discourse: Discourse, clause: Clause) -> Who | None:
    """Whom a clause of dealings is with: "I told her", "Dr Cora signed", "cert left with Anjali"."""
    is_done_to_us = any(t.plain in ("me", "us") for t in parsed.tokens[clause.verb + 1 : clause.verb + 3])
    if (
        clause.modal
        or clause.is_infinitive
        or clause.is_negated
        or (clause.lemma not in parsed.language.contact_lemmas and not is_done_to_us)
    ):
        return None
    subject = discourse.subject_of(clause)
    if subject is not None and not subject.is_us and not subject.is_organisation:
        return subject
    if subject is None:
        return None
    for i in range(clause.verb + 1, min(clause.own_end, clause.verb + 7)):
        meant = discourse.meant_by(i)
        if meant is not None and not meant.is_colleague and not meant.is_organisation:
            return meant
    inside = [m for m in parsed.mentions_in(clause.verb, clause.own_end) if may_be_met(m) and not m.who.is_organisation]
    return inside[0].who if inside else None
