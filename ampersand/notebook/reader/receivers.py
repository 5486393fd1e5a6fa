"""To whom a promise is made."""

from __future__ import annotations

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.drafts import Draft
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import US, Encounter, Who


def receiver_of(parsed: Parsed, discourse: Discourse, draft: Draft, encounters: list[Encounter]) -> Who | None:
    """The person spoken to: told before the words, meant in them, or the other side at that place."""
    clause = draft.clause
    if not draft.by.is_us:
        third = told_before(parsed, discourse, clause) if clause is not None else None
        if third is None and clause is not None:
            third = _served(parsed, discourse, clause)
        return third if third is not None and third != draft.by and not third.is_organisation else US
    if clause is None:
        return discourse.interlocutor(draft.first) or discourse.interlocutor(draft.last - 1)
    return (
        _told_behind(parsed, discourse, clause)
        or told_before(parsed, discourse, clause)
        or _meant_in(parsed, discourse, clause)
        or _several(parsed, discourse, encounters, clause)
        or discourse.interlocutor(clause.first)
        or discourse.interlocutor(parsed.sentences[clause.sentence].last - 1)
        or discourse.interlocutor(len(parsed.tokens) - 1)
    )


def _told_behind(parsed: Parsed, discourse: Discourse, clause: Clause) -> Who | None:
    """ "Sami fits it on the 11th, told them": their house, as several were told."""
    rest = parsed.plain_of(clause.verb, parsed.sentences[clause.sentence].last)
    other = discourse.interlocutor(clause.first)
    is_said = clause.parent is None and not clause.is_quoted and bool(parsed.language.told_them.search(rest))
    return discourse.organisation_of(other) if is_said and other is not None else None


def _served(parsed: Parsed, discourse: Discourse, clause: Clause) -> Who | None:
    """ "Patti gets her a rate": whom a third does it for, where it is told of and not said by her."""
    at = clause.verb + 1
    if at >= clause.end or clause.parent is not None or clause.is_quoted or clause.subject.kind != "name":
        return None
    meant = None
    if parsed.word(at) in ("him", "her") and clause.lemma in parsed.language.handing_over:
        meant = discourse.meant_by(at)
    elif parsed.word(clause.end - 2) == "for" and parsed.word(clause.end - 1) in ("him", "her"):
        meant = discourse.meant_by(clause.end - 1)
    return meant if meant is not None and not meant.is_colleague else None


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


def told_before(parsed: Parsed, discourse: Discourse, clause: Clause) -> Who | None:
    """ "Told Piet we credit ...", "promised her to deliver": Piet, her."""
    parent = clause.parent if clause.lemma not in parsed.language.promising else clause
    if parent is not None and parent.lemma in ("have", "get"):
        owner = discourse.subject_of(parent)
        if owner is not None and not owner.is_us:
            return owner
    while parent is not None and parent.is_infinitive and parent.lemma not in parsed.language.reporting:
        parent = parent.parent
    if parent is None:
        return None
    last = clause.first if parent is not clause else min(parent.verb + 3, len(parsed.tokens))
    for i in range(parent.verb + 1, min(parent.verb + 3, last)):
        word = parsed.tokens[i].plain
        if word in ("that", "if") or (word == "her" and _is_owner(parsed, i)):
            return None
        meant = discourse.meant_by(i) if word in ("him", "her", "them") else None
        named = parsed.mention_at(i)
        if meant is not None and not meant.is_colleague:
            return meant
        if named is not None and not (named.who.is_colleague or named.who.is_us or named.is_genitive):
            return named.who
    return None


def _is_owner(parsed: Parsed, i: int) -> bool:
    """ "Her people": the word behind is a thing of hers."""
    after = parsed.tokens[i + 1] if i + 1 < len(parsed.tokens) else None
    language = parsed.language
    return (
        after is not None
        and after.is_word
        and after.plain not in language.closed
        and after.plain not in language.subject_pronouns
        and not any(m.first == i + 1 for m in parsed.mentions_in(i + 1, i + 3))
    )


def _several(parsed: Parsed, discourse: Discourse, encounters: list[Encounter], clause: Clause) -> Who | None:
    """Said to several of one organisation at once: to the organisation."""
    start = parsed.tokens[clause.first].start
    before = [e for e in encounters if e.spans[0].start <= start and len(e.people) > 1]
    if not before:
        return None
    organisations = {discourse.organisation_of(who) for who in before[-1].people if not who.is_organisation}
    return organisations.pop() if len(organisations) == 1 else None
