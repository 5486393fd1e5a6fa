"""Who works where, reports to whom, decides for whom."""

from __future__ import annotations

from collections.abc import Iterator

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.folding import fold
from ampersand.notebook.reader.names import Mention
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Tie, Who
from ampersand.notebook.reader.tie_parts import party_at, subject_at, tie_of
from ampersand.notebook.reader.tokens import Token


def works_at(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    """
    The organisation beside the person: "Pete NQL", "Sandra at Weka", "Claire, Institut Ferrand", "Tanjara, video w/
    Des".
    """
    organisations = [m for m in parsed.mentions if m.who.is_organisation]
    for person in parsed.mentions:
        if person.who.is_organisation or person.who.is_colleague or person.is_unnamed or person.is_genitive:
            continue
        for organisation in organisations:
            if _stand_together(parsed, person, organisation) and _may_work_at(person, organisation, parsed):
                first, last = min(person.first, organisation.first), max(person.last, organisation.last)
                yield tie_of(parsed, "works_at", person.who, organisation.who, first, last)


def _may_work_at(person: Mention, organisation: Mention, parsed: Parsed) -> bool:
    known = person.who.known
    if known is not None and known.organisation:
        return fold(known.organisation) == fold(organisation.who.name)
    between = {t.plain for t in parsed.tokens[person.last : organisation.first]}
    return bool(between & {"at", "from", "of", "@", "with", "(", "/"}) and 0 <= organisation.first - person.last <= 6


def _stand_together(parsed: Parsed, person: Mention, organisation: Mention) -> bool:
    if parsed.sentence_of(person.first) != parsed.sentence_of(organisation.first):
        return False
    if person.last > organisation.first:
        return _is_heading(parsed, organisation, person)
    if organisation.is_genitive:
        return False
    between = parsed.tokens[person.last : organisation.first]
    connectors = parsed.language.works_at_connectors
    if len(between) <= 4 and all(t.plain in connectors or t.text in ".)'" for t in between):
        return True
    # "Ben Carver, buyer at Quay Street", "the system Tunde has at Obalende"
    leads_in = bool(between) and between[-1].plain in ("at", "from", "@", "of", "for")
    is_plain = all(t.is_word or t.text in ",(" for t in between)
    return (
        leads_in
        and len(between) <= 5
        and is_plain
        and not any(
            m.first >= person.last and m.last <= organisation.first
            for m in parsed.mentions_in(person.last, organisation.first)
        )
    )


def _is_heading(parsed: Parsed, organisation: Mention, person: Mention) -> bool:
    """ "Paloverde - onsite, Denise + Beto": the organisation heads the line, and only meeting stands between."""
    sentence = parsed.sentences[parsed.sentence_of(person.first)]
    between = parsed.tokens[organisation.last : person.first]
    if [t.plain for t in between] in (["and"], ["&"], ["+"]):
        return False
    if organisation.first - sentence.first > 5 or len(between) > 8 or any(t.text in "!?" for t in between):
        return False
    if any(t.text == ":" for t in between) and not _is_list_of_people(parsed, between, person):
        return False
    verbs = parsed.clauses_in(organisation.first, person.first + 1)
    only_meeting = all(c.lemma in ("meet", "see", "visit", "call", "phone", "speak") for c in verbs)
    return only_meeting and (len(between) <= 4 or any(t.text in ",-(/:" or t.plain == "w/" for t in between))


def _is_list_of_people(parsed: Parsed, between: list[Token], person: Mention) -> bool:
    """After a colon the people come at once: "Alder: Jane, Sami", and the line says no more of them than their names."""
    following = parsed.tokens[person.last] if person.last < len(parsed.tokens) else None
    if following is not None and following.is_word and following.plain not in parsed.language.conjunctions:
        return False
    colon = next(k for k, token in enumerate(between) if token.text == ":")
    named = {i for m in parsed.mentions_in(person.first - len(between), person.last) for i in range(m.first, m.last)}
    start = person.first - len(between)
    return all(
        t.text in ":,&+" or t.plain in ("and", "w/", "with") or start + colon + k in named
        for k, t in enumerate(between[colon:])
    )


def works_for(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    """ "Works at", "joined", "runs HR at", "is now with": said of somebody and an organisation."""
    for clause in parsed.clauses:
        if (
            clause.lemma not in parsed.language.working
            or clause.modal
            or clause.is_negated
            or clause.is_question
            or clause.is_infinitive
            or (clause.is_past and clause.lemma != "join")
        ):
            continue
        who = discourse.subject_of(clause)
        for organisation in parsed.mentions_in(clause.verb + 1, min(clause.end, clause.verb + 8)):
            lead = parsed.tokens[organisation.first - 1].plain
            is_employer = lead in ("at", "for", "@", "with") or (
                clause.lemma == "join" and organisation.first == clause.verb + 1
            )
            if (
                organisation.who.is_organisation
                and is_employer
                and who is not None
                and not who.is_organisation
                and not who.is_us
            ):
                if clause.lemma != "be" or lead in ("at", "@", "with"):
                    yield tie_of(parsed, "works_at", who, organisation.who, clause.first, organisation.last)
                break


def newcomers_employer(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    """
    A newcomer brought in by a role ("his boss Lic. Fuentes", "Dee Hartsfield, their mktg VP") works where that one
    does.
    """
    seen: set[str] = set()
    for mention in parsed.mentions:
        if not mention.is_new or mention.is_unnamed or mention.who.is_organisation or mention.who.name in seen:
            continue
        owner = _owner_of_role(parsed, discourse, mention)
        if owner is not None and not owner.is_us:
            seen.add(mention.who.name)
            organisation = discourse.organisation_of(owner)
            if organisation.is_organisation and any(m.who.name == organisation.name for m in parsed.mentions):
                yield tie_of(parsed, "works_at", mention.who, organisation, mention.first, mention.last, "unsure")


def _owner_of_role(parsed: Parsed, discourse: Discourse, mention: Mention) -> Who | None:
    language = parsed.language
    window = [
        *range(max(0, mention.first - 6), mention.first),
        *range(mention.last, min(len(parsed.tokens), mention.last + 4)),
    ]
    roles = [
        i for i in window if parsed.tokens[i].plain in language.roles and parsed.tokens[i].plain not in language.kin
    ]
    if not roles and mention.role is None:
        return None
    for i in window:
        if parsed.tokens[i].plain in language.possessives and parsed.tokens[i].plain not in ("my", "our"):
            return discourse.meant_by(i) or discourse.interlocutor(mention.first)
        if parsed.tokens[i].plain in ("the", "a", "new") and roles:
            return discourse.interlocutor(max(0, mention.first - 1))
    return None


def reports_to(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    """ "Reports to", "answers to", "works for", "works under"."""
    for clause in parsed.clauses:
        after = parsed.tokens[clause.verb + 1].plain if clause.verb + 1 < len(parsed.tokens) else ""
        if (clause.lemma, after) not in parsed.language.serving or clause.is_negated or clause.is_question:
            continue
        at = clause.verb + 2
        at += (
            at < len(parsed.tokens) and parsed.tokens[at].plain in ("a", "an", "the") and parsed.mention_at(at) is None
        )
        who, boss = discourse.subject_of(clause), party_at(parsed, discourse, at)
        if who is not None and boss is not None and (clause.lemma in ("report", "answer") or not boss.is_organisation):
            yield tie_of(parsed, "reports_to", who, boss, clause.first, clause.verb + 3)


def decides_for(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    language = parsed.language
    for clause in parsed.clauses:
        if clause.lemma not in language.decision_verbs or clause.is_negated or clause.is_question:
            continue
        yield from _decider(parsed, discourse, clause)
    boards: set[str] = set()
    for mention in parsed.mentions:
        role = fold(mention.role or "")
        if (
            mention.is_unnamed
            and role in language.boards
            and role not in boards
            and parsed.tokens[mention.first - 1].plain != "'s"
        ):
            boards.add(role)
            yield from _decides(parsed, discourse, mention.who, mention.first, mention.last)
    for match in language.decision_phrases.finditer(parsed.plain):
        at = parsed.token_at(match.start())
        last = parsed.token_at(match.end() - 1) + 1
        who = next((m.who for m in parsed.mentions if 0 <= m.first - last <= 1), None) or subject_at(
            parsed, discourse, at
        )
        yield from _decides(parsed, discourse, who, at, last)


def _decider(parsed: Parsed, discourse: Discourse, clause: Clause) -> Iterator[Tie]:
    """Deciding as one's part ("she decides now", "CFO signs"), not one decision about something of one's own."""
    unnamed = [m for m in clause.subject.mentions if m.is_unnamed]
    is_standing = not (clause.is_past or clause.is_perfect or clause.is_infinitive or clause.modal)
    after = parsed.tokens[clause.verb + 1].plain if clause.verb + 1 < len(parsed.tokens) else ""
    decides = clause.lemma in ("decide", "approve", "authorise", "authorize") or (
        clause.lemma == "sign" and after == "off"
    )
    if parsed.sentences[clause.sentence].is_question or (not unnamed and not (is_standing and decides)):
        return
    who = unnamed[0].who if unnamed else discourse.subject_of(clause)
    if who is None and clause.subject.is_relative:
        who = next((m.who for m in parsed.mentions if m.last == clause.subject.first), None)
        before = [c for c in parsed.clauses_of(clause.sentence) if c.verb < clause.first and c.lemma == "be"]
        who = who or (discourse.subject_of(before[-1]) if before and clause.first - before[-1].verb <= 5 else None)
    yield from _decides(parsed, discourse, who, clause.first, clause.verb + 1)


def _decides(parsed: Parsed, discourse: Discourse, who: Who | None, first: int, last: int) -> Iterator[Tie]:
    if who is None or who.is_us or who.is_colleague:
        return
    other = discourse.interlocutor(first)
    theirs = discourse.organisation_of(other) if other is not None else None
    own = discourse.organisation_of(who)
    organisation = theirs if who.known is None and theirs is not None and theirs.is_organisation else own
    if (not organisation.is_organisation or organisation == who) and theirs is not None:
        organisation = theirs
    if organisation.is_organisation and organisation != who:
        yield tie_of(parsed, "decides_for", who, organisation, first, last)
