"""Who was met, and on which day."""

from __future__ import annotations

from datetime import date

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.cues import Cue, clause_around, is_header, may_be_met, met_by_pronoun, people_of
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.names import Mention
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Who


def those_met(parsed: Parsed, discourse: Discourse, cue: Cue) -> list[Who]:
    people = [*met_by_pronoun(parsed, discourse, cue), *(m.who for m in people_of(parsed, cue))]
    if not any(not who.is_organisation for who in people) and is_header(parsed, cue):
        people = [m.who for m in _in_next_line(parsed, cue)] or people
    if not people:
        people = _meant_near(parsed, discourse, cue)
    if not people and cue.channel == "event":
        people = _seen_there(parsed, discourse, cue)
    if not people and cue.channel != "event":
        other = discourse.interlocutor(min(cue.last + 6, parsed.sentences[cue.sentence].last - 1))
        people = [other] if other is not None else []
    persons = [who for who in people if not who.is_organisation]
    return each_once(persons or _people_of_organisation(parsed, discourse, people))


def _seen_there(parsed: Parsed, discourse: Discourse, cue: Cue) -> list[Who]:
    """ "Congress, day 2. Nadia gave a talk": who is told of as having done something there, the first three."""
    at_start = cue.sentence == 0
    owner = next((m.who for m in parsed.mentions_in(cue.first, cue.last) if m.is_genitive), None)
    if owner is not None and not (owner.is_us or owner.is_colleague):
        return [owner]
    spoken = [who for c in parsed.clauses if at_start and (who := _spoken_to(parsed, discourse, c)) is not None]
    if spoken:
        return each_once(spoken)[:3]
    doing = (
        discourse.subject_of(c)
        for c in parsed.clauses
        if at_start and c.subject.kind == "name" and not c.is_quoted and not c.modal and (c.is_past or "d" in c.form)
    )
    people = each_once([who for who in doing if who is not None and not (who.is_us or who.is_organisation)])
    return people[:3]


def _in_next_line(parsed: Parsed, cue: Cue) -> list[Mention]:
    """ "B&B, tasting at ours / * Teo + Lana B.": a line that only lists who was there."""
    if cue.sentence + 1 >= len(parsed.sentences):
        return []
    sentence = parsed.sentences[cue.sentence + 1]
    people = [
        m for m in parsed.mentions_in(sentence.first, sentence.last) if may_be_met(m) and not m.who.is_organisation
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
    acting = (
        discourse.subject_of(clause)
        for clause in parsed.clauses
        if (clause.is_past or "d" in clause.form) and clause.subject.kind == "name" and not clause.is_quoted
    )
    for who in (*spoken_to, *doing, *acting):
        if who is not None and who.known is not None and not who.is_organisation and who.known.organisation in names:
            return [who]
    return organisations


def day_of_contact(parsed: Parsed, cue: Cue) -> date | None:
    today = parsed.setting.written_at.date()
    clause = cue.clause or clause_around(parsed, cue.first)
    first, last = _breath(parsed, cue, clause)
    whens = parsed.whens_in(first, last)
    for when in sorted(whens, key=lambda w: abs(w.start - parsed.tokens[cue.first].start)):
        if when.is_deadline or when.is_open or _is_told_as_ahead(parsed, cue, parsed.token_at(when.start)):
            continue
        day = when.on("past", today)
        if day is not None and day <= today and (today - day).days < 120:
            # "Met him once in June" names no day.
            return day if when.is_day or (today - day).days < 10 else None
    return today


def _is_told_as_ahead(parsed: Parsed, cue: Cue, at: int) -> bool:
    """ "Lunch with Jo, she pays Monday": the day of another clause that is not in the past."""
    clause = clause_around(parsed, at)
    if clause is None or clause is cue.clause or clause.first <= cue.first < clause.end or at < clause.first:
        return False
    return not (clause.is_past or clause.is_perfect or "d" in clause.form or clause.is_passive)


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


def each_once(people: list[Who]) -> list[Who]:
    return list(dict.fromkeys(people))
