"""Contact that took place, and contact agreed for a day to come: channel, day, with whom."""

from __future__ import annotations

from dataclasses import replace

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.company import day_of_contact, each_once, those_met
from ampersand.notebook.reader.cues import Cue, clause_around, is_ahead, is_denied, is_header
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pasted_mail import quoted_mails, thanked_for
from ampersand.notebook.reader.pieces import Encounter
from ampersand.notebook.reader.sections import in_sections
from ampersand.notebook.reader.untold_meetings import field_words, spoken_with, without_cue


def encounters_of(parsed: Parsed, discourse: Discourse, cues: list[Cue]) -> list[Encounter]:
    found = [e for cue in cues if (e := _encounter(parsed, discourse, cue)) is not None]
    found += thanked_for(parsed, discourse)
    found += quoted_mails(parsed, discourse, found)
    found = in_sections(parsed, discourse, cues, found)
    found = found or spoken_with(parsed, discourse)
    if not found or (
        not any(e.channel in ("visit", "event", "call", "video") for e in found) and field_words(parsed) >= 2
    ):
        found += without_cue(parsed, discourse)
    return sorted(_without_shadows(_at_the_event(parsed, _merged(found))), key=lambda e: e.spans[0].start)


def _at_the_event(parsed: Parsed, found: list[Encounter]) -> list[Encounter]:
    """Who came by at a fair was met at the fair."""
    event = next((e for e in found if e.channel == "event" and e.spans[0].start < 60), None)
    visits = [e for e in found if event is not None and e.channel == "visit" and e.on == event.on]
    if event is None or not visits:
        return found
    people = each_once([who for e in (event, *visits) for who in e.people])
    persons = [who for who in people if not who.is_organisation] or people
    kept = [e for e in found if e not in visits]
    kept[kept.index(event)] = replace(event, people=tuple(persons))
    return kept


def _encounter(parsed: Parsed, discourse: Discourse, cue: Cue) -> Encounter | None:
    sentence = parsed.sentences[cue.sentence]
    if is_ahead(parsed, cue, discourse) or is_denied(parsed, cue) or sentence.is_quoted or _is_only_asked(parsed, cue):
        return None
    if cue.clause is not None and (
        not _involves_us(parsed, discourse, cue.clause) or cue.clause.intro in parsed.language.conditions
    ):
        return None
    if cue.is_noun and not _noun_happened(parsed, discourse, cue):
        return None
    if cue.clause is not None and _is_among_ourselves(parsed, discourse, cue.clause):
        return None
    people = those_met(parsed, discourse, cue)
    if not people and not is_header(parsed, cue) and cue.is_noun and cue.channel != "event":
        return None
    on = day_of_contact(parsed, cue)
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
        not is_header(parsed, cue)
        or bool(parsed.language.nobody_yet.search(parsed.plain_of(sentence.first, sentence.last)))
    )


def _involves_us(parsed: Parsed, discourse: Discourse, clause: Clause) -> bool:
    """One end of it is ours: "Jess texted Ray" is nothing between them and us."""
    subject = discourse.subject_of(clause)
    if subject is None and clause.subject.kind == "thing" and clause.lemma in ("meet", "see", "visit"):
        return False
    if subject is None or subject.is_us:
        return True
    objects = [m for m in parsed.mentions_in(clause.verb + 1, clause.own_end) if m.first == clause.verb + 1]
    if subject.is_organisation and objects and discourse.organisation_of(objects[0].who) == subject:
        # "Quay Street rang Nadia", as one dictates: the place, then what one did.
        return True
    after = parsed.word(clause.verb + 1)
    if after in ("him", "them") or (after == "her" and not parsed.word(clause.verb + 2)[:1].isalpha()):
        return False
    return not any(not (m.who.is_colleague or m.who.is_us) for m in objects)


def _is_among_ourselves(parsed: Parsed, discourse: Discourse, clause: Clause) -> bool:
    """ "Tom texts that the check came": a colleague to us."""
    ours = clause.subject.mentions and all(m.who.is_colleague or m.who.is_us for m in clause.subject.mentions)
    if not ours:
        return False
    after = parsed.word(clause.verb + 1)
    return after in ("that", "me", "us", ":", "to", "in", "from", "just") and not parsed.mentions_in(
        clause.verb + 1, min(clause.own_end, clause.verb + 4)
    )


def _names_us(parsed: Parsed, clause: Clause) -> bool:
    return any(token.plain in ("me", "us", "my", "our", "i", "we") for token in parsed.tokens[clause.left : clause.end])


def _noun_happened(parsed: Parsed, discourse: Discourse, cue: Cue) -> bool:
    clause = clause_around(parsed, cue.first)
    if clause is not None and clause.subject.kind == "thing" and cue.first <= clause.verb < cue.last:
        # "The balance came by transfer"
        return False
    if is_header(parsed, cue) or clause is None or cue.first < clause.first:
        return True
    if any(t.plain in ",:;" for t in parsed.tokens[clause.verb : cue.first]):
        return True
    if parsed.plain_of(cue.first, cue.last).startswith("off the"):
        return True
    if clause.lemma == "have" and clause.is_past and not clause.is_negated and clause.subject.kind in ("thing", "none"):
        # "Pulled over at the bend just had the call with Jo", as one dictates.
        return True
    if clause.subject.kind == "thing":
        return cue.channel in ("letter", "email", "message") and _brings(clause)
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


def _brings(clause: Clause) -> bool:
    """ "The post brought a letter from her"."""
    is_past = clause.is_past or clause.is_perfect or "d" in clause.form
    return is_past and clause.lemma in ("bring", "come", "arrive", "land", "reach", "contain") and not clause.modal


def _is_where_it_was(parsed: Parsed, clause: Clause, cue: Cue) -> bool:
    """ "Had a coffee", "told me over lunch"; not "thanked us for the dinner", "signed by mail"."""
    if clause.lemma in parsed.language.meeting_verbs | parsed.language.holding_verbs:
        return True
    if clause.lemma in ("invite", "treat") and parsed.word(cue.first - 1) == "to":
        return True
    if clause.lemma in ("send", "drop", "receive", "forward") and cue.channel in ("email", "message", "letter"):
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
