"""Contact that took place, and contact agreed for a day to come: channel, day, with whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ampersand.notebook.reader.clauses import Clause
from ampersand.notebook.reader.discourse import Discourse, Parsed
from ampersand.notebook.reader.names import Mention
from ampersand.notebook.reader.pieces import Encounter, Span, Who

REACH = 9  # tokens between a cue and those it is about
SPECIFICITY = {"video": 5, "event": 4, "message": 4, "email": 4, "letter": 4, "call": 3, "visit": 1}


@dataclass(frozen=True, slots=True)
class Cue:
    """Tokens [first, last) that say how people were in touch; `clause` when its verb is the cue."""

    channel: str
    first: int
    last: int
    sentence: int
    clause: Clause | None = None

    @property
    def is_noun(self) -> bool:
        return self.clause is None


def cues_of(parsed: Parsed) -> list[Cue]:
    """Every sign of a channel, the most telling first where several lie on one another ("video call")."""
    found = [*_phrase_cues(parsed), *_noun_cues(parsed), *_verb_cues(parsed)]
    found.sort(key=lambda cue: (-SPECIFICITY[cue.channel], cue.first - cue.last))
    kept: list[Cue] = []
    for cue in found:
        if all(cue.last <= other.first or cue.first >= other.last for other in kept):
            kept.append(cue)
    return sorted(kept, key=lambda cue: cue.first)


def _phrase_cues(parsed: Parsed) -> Iterator[Cue]:
    for number, sentence in enumerate(parsed.sentences):
        text = parsed.plain_of(sentence.first, sentence.last)
        begin = parsed.tokens[sentence.first].start
        for pattern, channel in parsed.language.channel_phrases:
            for match in pattern.finditer(text):
                if match.end() > match.start():
                    first, last = parsed.token_at(begin + match.start()), parsed.token_at(begin + match.end() - 1) + 1
                    yield Cue(channel, first, last, number)


def _noun_cues(parsed: Parsed) -> Iterator[Cue]:
    verbs = {c.verb for c in parsed.clauses}
    named = {i for m in parsed.mentions for i in range(m.first, m.last)}
    for i, token in enumerate(parsed.tokens):
        channel = parsed.language.channel_nouns.get(token.plain)
        if channel and i not in verbs and i not in named and not _is_modifier(parsed, i) and not _is_aside(parsed, i):
            yield Cue(channel, i, i + 1, parsed.sentence_of(i))


def _is_modifier(parsed: Parsed, i: int) -> bool:
    """ "The coffee machine", "a call centre": the noun only describes another."""
    following = parsed.tokens[i + 1] if i + 1 < len(parsed.tokens) else None
    token = parsed.tokens[i]
    if token.plain == "pm" and following is not None and following.text == ":":
        return True
    if (
        following is None
        or not following.is_word
        or token.plain in ("video", "tel", "ph", "phone", "telefonat", "mail", "call", "mtg", "pm")
    ):
        return False
    language = parsed.language
    if following.plain in language.channel_nouns:
        return True
    known = (
        language.prepositions | language.conjunctions | language.be_forms | language.verbs.keys() | language.ordinary
    )
    closed = following.plain in known or following.plain in language.weekdays or following.plain in language.adverbs
    return not (closed or following.is_capital or any(m.first == i + 1 for m in parsed.mentions))


def _is_aside(parsed: Parsed, i: int) -> bool:
    """
    Words that are a channel only at the head of something ("text", "letter", "demo", "audit" as things spoken of).
    """
    word = parsed.tokens[i].plain
    if word not in parsed.language.weak_channel_nouns:
        return False
    sentence = parsed.sentences[parsed.sentence_of(i)]
    return i - sentence.first > 3 and not parsed.whens_in(max(sentence.first, i - 6), min(sentence.last, i + 7))


def _verb_cues(parsed: Parsed) -> Iterator[Cue]:
    for clause in parsed.clauses:
        channel = parsed.language.channel_verbs.get(clause.lemma)
        is_ours = clause.subject.kind in ("us", "none") or any(m.who.is_colleague for m in clause.subject.mentions)
        if clause.lemma in parsed.language.going_verbs and is_ours and _goes_to_somebody(parsed, clause):
            yield Cue("visit", clause.verb, clause.verb + 1, clause.sentence, clause)
        if channel is None or clause.is_passive:
            continue
        if clause.lemma in ("see", "receive", "host", "greet") and not _has_person_object(parsed, clause):
            continue
        if clause.lemma in ("call", "ring", "write", "mail", "email") and not _is_contact_verb(parsed, clause):
            continue
        yield Cue(channel, clause.verb, clause.verb + 1, clause.sentence, clause)


def _goes_to_somebody(parsed: Parsed, clause: Clause) -> bool:
    """ "Ali went to Oakridge", "drove over to Jane's"."""
    after = [t.plain for t in parsed.tokens[clause.verb + 1 : clause.verb + 4]]
    at = clause.verb + 1 + next((k + 1 for k, word in enumerate(after) if word == "to"), 99)
    return parsed.mention_at(at) is not None or (parsed.mention_at(at + 1) is not None and at < len(parsed.tokens))


def _has_person_object(parsed: Parsed, clause: Clause) -> bool:
    after = clause.verb + 1
    if any(m.first == after and not m.who.is_organisation for m in parsed.mentions):
        return True
    word = parsed.tokens[after].plain if after < len(parsed.tokens) else ""
    return word in ("him", "her", "them", "me", "us") and parsed.tokens[
        min(after + 1, len(parsed.tokens) - 1)
    ].plain in ("", ".", ",", "at", "and", "in", "today", "again", "on", ":")


def _is_contact_verb(parsed: Parsed, clause: Clause) -> bool:
    """ "Called Jo", "she rang": not "a bloke called Trey", "calls him a thief", "called in at the shop"."""
    tokens = parsed.tokens
    after = tokens[clause.verb + 1].plain if clause.verb + 1 < len(tokens) else ""
    then = tokens[clause.verb + 2].plain if clause.verb + 2 < len(tokens) else ""
    if clause.lemma == "call":
        names = clause.subject.kind == "thing" and tokens[clause.subject.first].plain in (
            "a",
            "an",
            "the",
            "some",
            "this",
            "one",
            "his",
            "her",
        )
        if (
            (names
            and parsed.mention_at(clause.verb + 1) is not None)
            or then in ("'", '"')
            or after in ("in", "on", "out", "round", "by", "over", "into")
        ):
            return False
    is_sent_on = after == "it" and then == "to"
    return after not in ("off", "down", "it", "for", "a") or clause.lemma == "ring" or is_sent_on


def partners_of(parsed: Parsed, cues: list[Cue]) -> list[Who]:
    """The people contact was with, before any pronoun is known."""
    partners: list[Who] = []
    for cue in cues:
        if _is_ahead(parsed, cue, None) or _is_denied(parsed, cue):
            continue
        for mention in _people_of(parsed, cue):
            if mention.who not in partners:
                partners.append(mention.who)
    return partners


def _people_of(parsed: Parsed, cue: Cue) -> list[Mention]:
    """Those named with the cue: joined after it, else the subject before it, else the nearest in the sentence."""
    sentence = parsed.sentences[cue.sentence]
    inside = [
        m
        for m in parsed.mentions_in(sentence.first, sentence.last)
        if _may_be_met(m)
        or (m.is_genitive and m.last + 1 == cue.first and not (m.who.is_colleague or m.who.is_us or m.is_unnamed))
    ]
    after = _joined_run([m for m in inside if cue.last <= m.first <= cue.last + REACH], cue.last, parsed)
    before = [m for m in inside if cue.first - REACH <= m.first and m.last <= cue.first]
    if cue.clause is not None and cue.clause.subject.mentions:
        named = [m for m in cue.clause.subject.mentions if _may_be_met(m)]
        return named or after
    if before and (
        (before[-1].last == cue.first and not before[-1].who.is_organisation) or _is_behind_colon(parsed, cue, after)
    ):
        return before[-1:]
    return after or before[-1:]


def _is_behind_colon(parsed: Parsed, cue: Cue, after: list[Mention]) -> bool:
    """In "Birgit again, lunch on me: Havgaard cuts ..." what follows the colon is what was said."""
    return bool(after) and any(t.text == ":" for t in parsed.tokens[cue.last : after[0].first])


def _joined_run(after: list[Mention], at: int, parsed: Parsed) -> list[Mention]:
    run: list[Mention] = []
    for mention in after:
        between = parsed.tokens[(run[-1].last if run else at) : mention.first]
        words = [token.plain for token in between]
        is_joined = all(
            word in parsed.language.joining or (not word.isalnum() and word not in (".", ";", "!", "?", "\n"))
            for word in words
        )
        if run and not is_joined:
            break
        if not run and len(words) > 5 and not is_joined:
            break
        run.append(mention)
    return run


def _may_be_met(mention: Mention) -> bool:
    return not (mention.who.is_colleague or mention.who.is_us or mention.is_unnamed or mention.is_genitive)


def _clause_around(parsed: Parsed, token: int) -> Clause | None:
    around = [c for c in parsed.clauses if c.left <= token < max(c.own_end, c.verb + 1)]
    return around[-1] if around else None


def _is_ahead(parsed: Parsed, cue: Cue, discourse: Discourse | None) -> bool:
    """Contact to come: future, a wish, a duty, or a noun with "next" or a later day beside it."""
    clause = cue.clause or _clause_around(parsed, cue.first)
    if cue.clause is None:
        before = {
            token.plain for token in parsed.tokens[max(parsed.sentences[cue.sentence].first, cue.first - 3) : cue.first]
        }
        if before & {"next", "nxt", "another", "future"}:
            return True
        ahead = _day_beside(parsed, cue)
        if ahead is not None:
            return ahead > parsed.setting.written_at.date()
    if clause is None:
        return False
    if cue.is_noun:
        return clause.first < cue.first and (bool(clause.modal) or clause.is_infinitive)
    if not clause.is_past and not clause.is_perfect and "d" not in clause.form and _has_day_ahead(parsed, clause):
        return True
    is_bare = (
        not clause.is_past
        and not clause.is_perfect
        and clause.form in ("b", "bn")
        and clause.subject.kind in ("none", "us", "you")
    )
    return bool(clause.modal) or clause.is_infinitive or (is_bare and not _is_header(parsed, cue))


def _has_day_ahead(parsed: Parsed, clause: Clause) -> bool:
    today = parsed.setting.written_at.date()
    days = [w.on("future", today) for w in parsed.whens_in(clause.left, clause.end) if not w.is_open]
    return any(day is not None and day >= today for day in days)


def _day_beside(parsed: Parsed, cue: Cue) -> date | None:
    """The day that belongs to a noun of contact: in the same breath, with no verb and no colon between."""
    today = parsed.setting.written_at.date()
    for when in parsed.whens_in(*_window(parsed, cue)):
        first, last = parsed.token_at(when.outer), parsed.token_at(when.end - 1) + 1
        low, high = (cue.last, first) if first >= cue.last else (last, cue.first)
        between = parsed.tokens[low:high]
        is_marked_off = any(t.text in ":;!?-–" or t.kind == "newline" for t in between)
        is_apart = is_marked_off or any(c.lemma not in parsed.language.settling for c in parsed.clauses_in(low, high))
        if not is_apart and not when.is_deadline and not when.is_open:
            return when.on("unknown", today)
    return None


def _is_header(parsed: Parsed, cue: Cue) -> bool:
    return cue.first - parsed.sentences[cue.sentence].first <= 1


def _window(parsed: Parsed, cue: Cue) -> tuple[int, int]:
    sentence = parsed.sentences[cue.sentence]
    return max(sentence.first, cue.first - 5), min(sentence.last, cue.last + 10)


def _is_denied(parsed: Parsed, cue: Cue) -> bool:
    sentence = parsed.sentences[cue.sentence]
    first, last = max(sentence.first, cue.first - 8), min(sentence.last, cue.last + 6)
    if parsed.language.no_contact.search(parsed.plain_of(first, last)):
        return True
    return cue.clause is not None and cue.clause.is_negated


def encounters_of(parsed: Parsed, discourse: Discourse, cues: list[Cue]) -> list[Encounter]:
    found = [e for cue in cues if (e := _encounter(parsed, discourse, cue)) is not None]
    found += _thanked_for(parsed, discourse)
    found += _quoted_mails(parsed, discourse, found)
    found = _in_sections(parsed, discourse, cues, found)
    found = found or _spoken_with(parsed, discourse)
    if not found or (
        not any(e.channel in ("visit", "event", "call", "video") for e in found) and _field_words(parsed) >= 2
    ):
        found += _without_cue(parsed, discourse)
    return sorted(_without_shadows(_at_the_event(parsed, _merged(found))), key=lambda e: e.spans[0].start)


def _spoken_with(parsed: Parsed, discourse: Discourse) -> list[Encounter]:
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
            cue = Cue("call", clause.verb, clause.verb + 1, clause.sentence, clause)
            people = _met(parsed, discourse, cue) if clause.is_past or clause.is_perfect else []
            if people:
                return [
                    Encounter(
                        channel="call",
                        on=_day(parsed, cue) or parsed.setting.written_at.date(),
                        people=tuple(people),
                        spans=(parsed.span(clause.verb, clause.verb + 1),),
                        sureness="unsure",
                    )
                ]
    return []


def _in_sections(parsed: Parsed, discourse: Discourse, cues: list[Cue], found: list[Encounter]) -> list[Encounter]:
    """
    A day with several meetings: "Two calls today. First Wagner: ... Second call Débora", "AM: ... PM: ...", "a) ... b)
    ...".
    """
    sections = sections_of(parsed)
    if len(sections) < 2:
        return _one_for_each_house(parsed, discourse, cues, found)
    header = next((cue for cue in cues if cue.first < sections[0][0] and not _is_ahead(parsed, cue, discourse)), None)
    channel = header.channel if header is not None else "visit"
    for first, last in sections:
        start, end = parsed.tokens[first].start, parsed.tokens[last - 1].end
        if any(start <= e.spans[0].start < end for e in found):
            continue
        people = _opening_people(parsed, first)
        if people:
            span = parsed.span(people[0].first, people[-1].last)
            found = [
                *found,
                Encounter(
                    channel=channel,
                    on=parsed.setting.written_at.date(),
                    people=tuple(m.who for m in people),
                    spans=(span,),
                ),
            ]
    return [e for e in found if e.people or header is None]


def _one_for_each_house(
    parsed: Parsed, discourse: Discourse, cues: list[Cue], found: list[Encounter]
) -> list[Encounter]:
    """ "Two visits. Serrano in the morning ... afternoon Santa Quirina ...": told in one stretch, one meeting a house."""
    header = next((cue for cue in cues if cue.sentence == 0 and _is_header(parsed, cue)), None)
    if header is None or not parsed.language.several.search(parsed.plain_of(0, header.last)):
        return found
    by_house: dict[str, list[Mention]] = {}
    for mention in parsed.mentions:
        if _may_be_met(mention) and mention.who.known is not None and mention.who.known.organisation:
            by_house.setdefault(mention.who.known.organisation, []).append(mention)
    told = [e for e in found if e.spans[0].start >= parsed.tokens[parsed.sentences[0].last - 1].end]
    met = {who.name for e in told for who in e.people}
    for mentions in by_house.values():
        if not met & {m.who.name for m in mentions}:
            first = mentions[0]
            span = parsed.span(first.first, first.last)
            told.append(
                Encounter(
                    channel=header.channel,
                    on=parsed.setting.written_at.date(),
                    people=(first.who,),
                    spans=(span,),
                    sureness="unsure",
                )
            )
    return told


def sections_of(parsed: Parsed) -> list[tuple[int, int]]:
    """Token ranges of the parts of a note that tell one meeting each, where it is written in such parts."""
    firsts = [s.first for s in parsed.sentences if _opens_section(parsed, s.first)]
    ends = [*firsts[1:], len(parsed.tokens)]
    return list(zip(firsts, ends, strict=True)) if firsts else []


def _opens_section(parsed: Parsed, first: int) -> bool:
    """A number, an hour or "AM:" at its head; "first" and "second" only before a name or a kind of contact."""
    match = parsed.language.section_mark.match(parsed.plain, parsed.tokens[first].start)
    if match is None:
        return False
    following = parsed.token_at(match.end())
    is_named = any(m.first == following for m in parsed.mentions)
    return bool(match.group("sign")) or is_named or parsed.tokens[following].plain in parsed.language.channel_nouns


def _opening_people(parsed: Parsed, first: int) -> list[Mention]:
    people = [
        m
        for m in parsed.mentions_in(first, min(len(parsed.tokens), first + 14))
        if _may_be_met(m) and not m.who.is_organisation
    ]
    return _joined_run(people, people[0].first, parsed) if people else []


def _at_the_event(parsed: Parsed, found: list[Encounter]) -> list[Encounter]:
    """Who came by at a fair was met at the fair."""
    event = next((e for e in found if e.channel == "event" and e.spans[0].start < 60), None)
    visits = [e for e in found if event is not None and e.channel == "visit" and e.on == event.on]
    if event is None or not visits:
        return found
    people = _unique([who for e in (event, *visits) for who in e.people])
    persons = [who for who in people if not who.is_organisation] or people
    kept = [e for e in found if e not in visits]
    kept[kept.index(event)] = replace(event, people=tuple(persons))
    return kept


def _field_words(parsed: Parsed) -> int:
    return len(set(parsed.language.field_work.findall(parsed.plain)))


def _is_field_work(parsed: Parsed) -> bool:
    return _field_words(parsed) >= 1


def _encounter(parsed: Parsed, discourse: Discourse, cue: Cue) -> Encounter | None:
    sentence = parsed.sentences[cue.sentence]
    if (
        _is_ahead(parsed, cue, discourse)
        or _is_denied(parsed, cue)
        or sentence.is_quoted
        or _is_only_asked(parsed, cue)
    ):
        return None
    if cue.clause is not None and (
        not _involves_us(parsed, discourse, cue.clause) or cue.clause.intro in parsed.language.conditions
    ):
        return None
    if cue.is_noun and not _noun_happened(parsed, discourse, cue):
        return None
    people = _met(parsed, discourse, cue)
    if not people and not _is_header(parsed, cue) and cue.is_noun and cue.channel != "event":
        return None
    on = _day(parsed, cue)
    if on is None:
        return None
    channel = "event" if cue.channel == "visit" and _is_at_event(parsed, cue) else cue.channel
    return Encounter(channel=channel, on=on, people=tuple(people), spans=(parsed.span(cue.first, cue.last),))


def _is_at_event(parsed: Parsed, cue: Cue) -> bool:
    """ "Met her at the coffee festival"."""
    sentence = parsed.sentences[cue.sentence]
    after = range(cue.last, min(sentence.last, cue.last + 9))
    return any(
        parsed.language.channel_nouns.get(parsed.tokens[i].plain) == "event"
        and any(t.plain in ("at", "on", "during") for t in parsed.tokens[max(cue.last, i - 4) : i])
        for i in after
    )


def _is_only_asked(parsed: Parsed, cue: Cue) -> bool:
    sentence = parsed.sentences[cue.sentence]
    return sentence.is_question and (
        not _is_header(parsed, cue)
        or bool(parsed.language.nobody_yet.search(parsed.plain_of(sentence.first, sentence.last)))
    )


def _involves_us(parsed: Parsed, discourse: Discourse, clause: Clause) -> bool:
    """One end of it is ours: "Jess texted Ray" is nothing between them and us."""
    subject = discourse.subject_of(clause)
    if subject is None or subject.is_us:
        return True
    objects = [m for m in parsed.mentions_in(clause.verb + 1, clause.own_end) if m.first == clause.verb + 1]
    return not any(not (m.who.is_colleague or m.who.is_us) for m in objects)


def _names_us(parsed: Parsed, clause: Clause) -> bool:
    return any(token.plain in ("me", "us", "my", "our", "i", "we") for token in parsed.tokens[clause.left : clause.end])


def _noun_happened(parsed: Parsed, discourse: Discourse, cue: Cue) -> bool:
    clause = _clause_around(parsed, cue.first)
    if _is_header(parsed, cue) or clause is None or cue.first < clause.first:
        return True
    if any(t.plain in ",:;" for t in parsed.tokens[clause.verb : cue.first]):
        return True
    if clause.subject.kind == "thing":
        return False
    if (
        clause.lemma in parsed.language.weak_reports
        or clause.intro in parsed.language.conditions
        or not _is_where_it_was(parsed, clause, cue)
    ):
        return False
    is_meeting = clause.lemma in parsed.language.meeting_verbs
    if not _involves_us(parsed, discourse, clause) and not _names_us(parsed, clause) and not is_meeting:
        return False
    is_told = clause.is_past or clause.is_perfect or "d" in clause.form or clause.lemma in ("be", "have")
    return is_told and not (clause.modal or clause.is_negated)


def _is_where_it_was(parsed: Parsed, clause: Clause, cue: Cue) -> bool:
    """ "Had a coffee", "told me over lunch"; not "thanked us for the dinner", "signed by mail"."""
    if clause.lemma in parsed.language.meeting_verbs | parsed.language.holding_verbs:
        return True
    if clause.subject.kind == "thing":
        return False
    first = cue.first
    while first > clause.verb + 1 and parsed.tokens[first - 1].plain in parsed.language.determiners | {
        "long",
        "short",
        "quick",
        "good",
    }:
        first -= 1
    lead = parsed.tokens[first - 1].plain if first > clause.verb else ""
    is_phrase = cue.last - cue.first > 1
    return is_phrase or lead in ("at", "over", "after", "during", "on", "by", "via", "in", "from", "per")


def _met(parsed: Parsed, discourse: Discourse, cue: Cue) -> list[Who]:
    people = [*met_by_pronoun(parsed, discourse, cue), *(m.who for m in _people_of(parsed, cue))]
    if not any(not who.is_organisation for who in people) and _is_header(parsed, cue):
        people = [m.who for m in _in_next_line(parsed, cue)] or people
    if not people:
        people = _meant_near(parsed, discourse, cue)
    if not people and cue.channel != "event":
        other = discourse.interlocutor(min(cue.last + 6, parsed.sentences[cue.sentence].last - 1))
        people = [other] if other is not None else []
    persons = [who for who in people if not who.is_organisation]
    return _unique(persons or _people_of_organisation(parsed, discourse, people))


def met_by_pronoun(parsed: Parsed, discourse: Discourse, cue: Cue) -> list[Who]:
    """ "Meeting him and his partner Dana": the one meant right behind the cue."""
    at = cue.last
    while at < len(parsed.tokens) and parsed.tokens[at].plain in ("with", "w/", "to", "from"):
        at += 1
    word = parsed.tokens[at].plain if at < len(parsed.tokens) else ""
    after = parsed.tokens[at + 1].plain if at + 1 < len(parsed.tokens) else ""
    who = discourse.meant_by(at) if word == "him" or (word == "her" and after in ("and", "&", "+", ",")) else None
    return [who] if who is not None and not who.is_colleague else []


def _in_next_line(parsed: Parsed, cue: Cue) -> list[Mention]:
    """ "B&B, tasting at ours / * Teo + Lana B.": a line that only lists who was there."""
    if cue.sentence + 1 >= len(parsed.sentences):
        return []
    sentence = parsed.sentences[cue.sentence + 1]
    people = [
        m for m in parsed.mentions_in(sentence.first, sentence.last) if _may_be_met(m) and not m.who.is_organisation
    ]
    listed = sum(m.last - m.first for m in people) + sum(
        t.plain in parsed.language.joining or not t.is_word for t in parsed.tokens[sentence.first : sentence.last]
    )
    return people if people and listed >= sentence.last - sentence.first - 2 else []


def _meant_near(parsed: Parsed, discourse: Discourse, cue: Cue) -> list[Who]:
    sentence = parsed.sentences[cue.sentence]
    for i in [
        *range(cue.last, min(sentence.last, cue.last + 4)),
        *range(cue.first - 1, max(sentence.first, cue.first - 5) - 1, -1),
    ]:
        word = parsed.tokens[i].plain
        who = discourse.meant_by(i) if word in ("him", "her", "them", "he", "she", "they", "both") else None
        if who is not None and not who.is_colleague:
            return discourse.partners if word in ("them", "both", "they") and len(discourse.partners) > 1 else [who]
    return []


def _spoken_to(parsed: Parsed, discourse: Discourse, clause: Clause) -> Who | None:
    if clause.lemma not in parsed.language.speaking_with:
        return None
    named = parsed.mention_at(clause.verb + 2)
    return named.who if named is not None else discourse.meant_by(clause.verb + 2)


def _people_of_organisation(parsed: Parsed, discourse: Discourse, organisations: list[Who]) -> list[Who]:
    """ "MVP stop: Glenn back", "left the Tillotson place talked to Vern": the first of its people whom the note deals with."""
    names = {who.name for who in organisations}
    spoken_to = (_spoken_to(parsed, discourse, clause) for clause in parsed.clauses)
    doing = (
        discourse.subject_of(clause)
        for clause in parsed.clauses
        if clause.lemma in parsed.language.contact_lemmas and not clause.modal
    )
    for who in (*spoken_to, *doing):
        if who is not None and who.known is not None and not who.is_organisation and who.known.organisation in names:
            return [who]
    return organisations


def _day(parsed: Parsed, cue: Cue) -> date | None:
    today = parsed.setting.written_at.date()
    clause = cue.clause or _clause_around(parsed, cue.first)
    first, last = _breath(parsed, cue, clause)
    whens = parsed.whens_in(first, last)
    for when in sorted(whens, key=lambda w: abs(w.start - parsed.tokens[cue.first].start)):
        if when.is_deadline or when.is_open:
            continue
        day = when.on("past", today)
        if day is not None and day <= today and (today - day).days < 120:
            return day
    return today


def _breath(parsed: Parsed, cue: Cue, clause: Clause | None) -> tuple[int, int]:
    """
    The stretch a day must stand in to be the day of this contact: up to a colon, or the end of the clause the cue is
    in.
    """
    sentence = parsed.sentences[cue.sentence]
    first, last = max(sentence.first, cue.first - 12), min(sentence.last, cue.last + 14)
    for at in range(cue.last, last):
        if parsed.tokens[at].text in ":;":
            last = at
            break
    if clause is not None and clause.first <= cue.first:
        last = min(last, max(clause.own_end, cue.last))
    return first, last


def _quoted_mails(parsed: Parsed, discourse: Discourse, found: list[Encounter]) -> list[Encounter]:
    """Pasted words of somebody are a mail from them, unless the note says it came another way."""
    mails: list[Encounter] = []
    seen: set[str] = set()
    for number, sentence in enumerate(parsed.sentences):
        speaker = discourse.speaker_of(number)
        if not sentence.is_quoted or speaker is None or speaker.name in seen or not _is_pasted(parsed, number):
            continue
        seen.add(speaker.name)
        day = _day_before_quote(parsed, number)
        if not any(
            e.channel in ("email", "letter") and e.on == day and speaker in e.people for e in found
        ) and not _came_as_message(parsed, number):
            mails.append(
                Encounter(
                    channel="email", on=day, people=(speaker,), spans=(parsed.span(sentence.first, sentence.last),)
                )
            )
    return mails


def _came_as_message(parsed: Parsed, number: int) -> bool:
    first = parsed.sentences[number].first
    return any(cue.channel in ("message", "call") for cue in cues_of(parsed) if first - 14 <= cue.first < first)


def _thanked_for(parsed: Parsed, discourse: Discourse) -> list[Encounter]:
    """ "Thank you for your visit on Monday", in their own words: that was contact too."""
    found = []
    for cue in cues_of(parsed):
        sentence = parsed.sentences[cue.sentence]
        speaker = discourse.speaker_of(cue.sentence)
        before = parsed.plain_of(max(sentence.first, cue.first - 6), cue.first) if cue.first > sentence.first else ""
        if sentence.is_quoted and speaker is not None and parsed.language.thanks_for.search(before):
            day = _day_beside(parsed, cue)
            past = next(
                (w.past for w in parsed.whens_in(cue.last, min(sentence.last, cue.last + 6)) if w.past is not None), day
            )
            if past is not None and past <= parsed.setting.written_at.date():
                found.append(
                    Encounter(
                        channel=cue.channel, on=past, people=(speaker,), spans=(parsed.span(cue.first, cue.last),)
                    )
                )
    return found


def _is_pasted(parsed: Parsed, number: int) -> bool:
    """
    A whole pasted text rather than a sentence somebody said aloud: it begins a line, or takes two sentences and more.
    """
    sentence = parsed.sentences[number]
    is_run = number + 1 < len(parsed.sentences) and parsed.sentences[number + 1].is_quoted
    is_dated = sentence.last - sentence.first >= 8 and bool(parsed.whens_in(max(0, sentence.first - 8), sentence.first))
    return is_run or is_dated or sentence.starts_line or sentence.last - sentence.first > 25


def _day_before_quote(parsed: Parsed, number: int) -> date:
    today = parsed.setting.written_at.date()
    first = parsed.sentences[number].first
    for when in reversed(parsed.whens_in(max(0, first - 16), first)):
        day = when.on("past", today)
        if day is not None and today - timedelta(days=40) <= day <= today:
            return day
    return today


def _without_cue(parsed: Parsed, discourse: Discourse) -> list[Encounter]:
    """A note of give and take with somebody, and no word on how: they met."""
    people: list[Who] = []
    first_span: Span | None = None
    count = 0
    for clause in parsed.clauses:
        who = _dealt_with(parsed, discourse, clause)
        if who is None or clause.is_quoted or not (clause.is_past or clause.is_perfect or "d" in clause.form):
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
        named = [m for m in parsed.mentions if _may_be_met(m) and not m.who.is_organisation]
        people, first_span = [m.who for m in named[:1]], parsed.span(named[0].first, named[0].last) if named else None
    if (
        first_span is None
        or not people
        or not (_is_field_work(parsed) or count >= 2)
        or (parsed.language.no_contact.search(parsed.plain) and count < 4)
    ):
        return []
    on = _day_of_story(parsed)
    return [Encounter(channel="visit", on=on, people=tuple(people[:3]), spans=(first_span,), sureness="unsure")]


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
    named = [m for m in parsed.mentions_in(sentence.first, sentence.last) if _may_be_met(m)]
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
    return any(_may_be_met(m) and not m.who.is_organisation for m in parsed.mentions_in(sentence.first, sentence.last))


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
    inside = [
        m for m in parsed.mentions_in(clause.verb, clause.own_end) if _may_be_met(m) and not m.who.is_organisation
    ]
    return inside[0].who if inside else None


def _merged(found: list[Encounter]) -> list[Encounter]:
    kept: list[Encounter] = []
    for encounter in found:
        same = next(
            (k for k in kept if k.channel == encounter.channel and k.on == encounter.on and _are_same(k, encounter)),
            None,
        )
        if same is None:
            kept.append(encounter)
        elif len(encounter.people) > len(same.people):
            kept[kept.index(same)] = encounter
    return kept


def _are_same(left: Encounter, right: Encounter) -> bool:
    return not left.people or not right.people or bool(set(left.people) & set(right.people))


def _without_shadows(found: list[Encounter]) -> list[Encounter]:
    """One meeting told in two ways: a visit without anybody beside another that names them is the same."""
    return [
        e for e in found
        if e.people or not any(other is not e and other.on == e.on for other in found)
    ]  # fmt: skip


def _unique(people: list[Who]) -> list[Who]:
    return list(dict.fromkeys(people))
