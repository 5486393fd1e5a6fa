"""Ties between the parties of a note: who works where, decides, reports, is family, supplies, introduced, competes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from ampersand.notebook.reader.clauses import Clause
from ampersand.notebook.reader.discourse import Discourse, Parsed
from ampersand.notebook.reader.folding import fold
from ampersand.notebook.reader.names import Mention
from ampersand.notebook.reader.pieces import Sureness, Tie, Who
from ampersand.notebook.reader.relation_nouns import ties_by_noun
from ampersand.notebook.reader.tokens import Token


def ties_of(parsed: Parsed, discourse: Discourse) -> list[Tie]:
    found: dict[tuple[str, str, str], Tie] = {}
    stages = (
        _works_at,
        _newcomers_employer,
        ties_by_noun,
        _works_for,
        _reports_to,
        _decides_for,
        _introduced,
        _supplies,
        _delivers,
        _competes,
        _worked_together,
        _advises,
        _influences,
    )
    for stage in stages:
        for tie in stage(parsed, discourse):
            is_ours = (
                any(who.is_us or who.is_colleague for who in (tie.from_, tie.to)) and tie.kind != "former_colleague_of"
            )
            if tie.from_ != tie.to and not is_ours and not (tie.from_.is_us or tie.to.is_us):
                found.setdefault((tie.kind, tie.from_.name, tie.to.name), tie)
    return list(found.values())


def _tie(parsed: Parsed, kind: str, from_: Who, to: Who, first: int, last: int, sureness: Sureness = "sure") -> Tie:
    return Tie(kind=kind, from_=from_, to=to, spans=(parsed.span(first, last),), sureness=sureness)


# works_at


def _works_at(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
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
                yield _tie(parsed, "works_at", person.who, organisation.who, first, last)


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


def _works_for(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
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
                    yield _tie(parsed, "works_at", who, organisation.who, clause.first, organisation.last)
                break


def _newcomers_employer(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
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
                yield _tie(parsed, "works_at", mention.who, organisation, mention.first, mention.last, "unsure")


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


# Who reports to whom, who decides


def _reports_to(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    """ "Reports to", "answers to", "works for", "works under"."""
    for clause in parsed.clauses:
        after = parsed.tokens[clause.verb + 1].plain if clause.verb + 1 < len(parsed.tokens) else ""
        if (clause.lemma, after) not in parsed.language.serving or clause.is_negated or clause.is_question:
            continue
        at = clause.verb + 2
        at += (
            at < len(parsed.tokens) and parsed.tokens[at].plain in ("a", "an", "the") and parsed.mention_at(at) is None
        )
        who, boss = discourse.subject_of(clause), _party_at(parsed, discourse, at)
        if who is not None and boss is not None and (clause.lemma in ("report", "answer") or not boss.is_organisation):
            yield _tie(parsed, "reports_to", who, boss, clause.first, clause.verb + 3)


def _party_at(parsed: Parsed, discourse: Discourse, at: int) -> Who | None:
    named = next((m.who for m in parsed.mentions if m.first <= at < m.last or m.first == at), None)
    return named or discourse.meant_by(at)


def _decides_for(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
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
        who = next((m.who for m in parsed.mentions if 0 <= m.first - last <= 1), None) or _subject_at(
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


def _subject_at(parsed: Parsed, discourse: Discourse, at: int) -> Who | None:
    around = [c for c in parsed.clauses if c.left <= at < max(c.end, c.verb + 1)]
    if around:
        return discourse.subject_of(around[-1])
    before = [m.who for m in parsed.mentions if at - 8 <= m.last <= at]
    return before[-1] if before else None


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
        yield _tie(parsed, "decides_for", who, organisation, first, last)


# Between organisations, and from hand to hand


def _introduced(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    """ "She intro'd me to Dee", "put me in touch with Ben", "brought Ben along", "it was Matteo who sent her to us"."""
    for clause in parsed.clauses:
        who = discourse.subject_of(clause)
        if who is None or clause.modal or clause.is_negated:
            continue
        if clause.lemma == "introduce" or _brings_together(parsed, clause):
            named = [
                m.who
                for m in parsed.mentions_in(clause.verb + 1, clause.end)
                if not (m.who.is_colleague or m.who.is_us or m.who.is_organisation)
            ]
            if named:
                yield _tie(parsed, "introduced", who, named[0], clause.first, clause.verb + 1)
        elif clause.lemma in ("send", "refer", "recommend") and _ends_with_us(parsed, clause):
            named_after = parsed.mention_at(clause.verb + 1)
            met = discourse.meant_by(clause.verb + 1) or (named_after.who if named_after is not None else None)
            if met is not None:
                yield _tie(parsed, "introduced", who, met, clause.first, clause.verb + 1)
    yield from _met_through(parsed)


def _brings_together(parsed: Parsed, clause: Clause) -> bool:
    words = parsed.plain_of(clause.verb, clause.end)
    if clause.lemma in ("put", "recommend"):
        return (
            " in touch" in words
            or " in contact" in words
            or words.startswith(("recommended us to", "recommended me to"))
        )
    newcomers = [m for m in parsed.mentions_in(clause.verb + 1, clause.verb + 5) if m.is_new and not m.is_unnamed]
    return clause.lemma == "bring" and bool(newcomers)


def _met_through(parsed: Parsed) -> Iterator[Tie]:
    """ "Met Ben Carver via Nadia", "Ben came through Nadia"."""
    for mention in parsed.mentions:
        before = parsed.tokens[mention.first - 1].plain if mention.first else ""
        if before not in ("via", "through", "durch") or mention.who.is_organisation or mention.who.is_us:
            continue
        newcomers = [
            m for m in parsed.mentions_in(max(0, mention.first - 6), mention.first) if m.is_new and not m.is_unnamed
        ]
        if newcomers:
            yield _tie(parsed, "introduced", mention.who, newcomers[-1].who, newcomers[-1].first, mention.last)


def _ends_with_us(parsed: Parsed, clause: Clause) -> bool:
    following = [t.plain for t in parsed.tokens[clause.verb + 2 : clause.verb + 6]]
    return (
        any(a in ("to", "our") and b in ("us", "me", "way") for a, b in itertools.pairwise(following))
        and clause.form != "b"
    )


def _supplies(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    """A named third firm things come from, or "the cocoa supplier" of the other side."""
    for mention in parsed.mentions:
        is_supplier = mention.is_unnamed and (mention.role or "").lower() in parsed.language.suppliers
        if not is_supplier and not (
            mention.who.is_organisation and not mention.is_unnamed and _is_source(parsed, mention)
        ):
            continue
        customer = _customer(parsed, discourse, mention)
        if customer is not None and customer != mention.who:
            yield _tie(parsed, "supplies", mention.who, customer, mention.first, mention.last, "unsure")


def _delivers(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    """ "Mirko Kralj supplies her the beans"."""
    for clause in parsed.clauses:
        if clause.lemma != "supply" or clause.is_negated or clause.modal or clause.is_question:
            continue
        who, to = discourse.subject_of(clause), _party_at(parsed, discourse, clause.verb + 1)
        if who is not None and to is not None and not who.is_us:
            giver, taker = discourse.organisation_of(who), discourse.organisation_of(to)
            yield _tie(parsed, "supplies", giver, taker, clause.first, clause.verb + 1)


def _customer(parsed: Parsed, discourse: Discourse, mention: Mention) -> Who | None:
    for who in dict.fromkeys(m.who for m in parsed.mentions if not m.is_unnamed):
        if who != mention.who and not who.is_colleague and not who.is_us:
            organisation = discourse.organisation_of(who)
            if organisation.is_organisation and organisation != mention.who and not _acts_for(who, mention.who):
                return organisation
    return None


def _acts_for(who: Who, organisation: Who) -> bool:
    return bool(who.known and who.known.organisation and fold(who.known.organisation) == fold(organisation.name))


def _is_source(parsed: Parsed, mention: Mention) -> bool:
    """
    "Ink from Inkline", "line stops with Plexifold", "bought by Wattlecrane": not where somebody named works or where we
    were.
    """
    if any(_acts_for(m.who, mention.who) for m in parsed.mentions):
        return False
    before = parsed.tokens[mention.first - 1].plain if mention.first else ""
    named_before = any(m.last == mention.first - 1 for m in parsed.mentions)
    sentence = parsed.sentences[parsed.sentence_of(mention.first)]
    around = parsed.plain_of(max(sentence.first, mention.first - 8), min(sentence.last, mention.last + 8))
    is_led_in = before in ("from", "w/", "with") and mention.first - sentence.first > 3 and not named_before
    return is_led_in or bool(parsed.language.supplying.search(around))


def _competes(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    organisations = [m for m in parsed.mentions if m.who.is_organisation and not m.is_unnamed]
    for _number, sentence in enumerate(parsed.sentences):
        match = parsed.language.competing.search(parsed.plain_of(sentence.first, sentence.last))
        if match is None:
            continue
        named = list(dict.fromkeys(m.who for m in organisations if sentence.first <= m.first < sentence.last))
        if len(named) >= 2:
            yield _tie(parsed, "competes_with", named[0], named[1], sentence.first, sentence.last)
        elif len(named) == 1 and parsed.language.their_rival.search(parsed.plain_of(sentence.first, sentence.last)):
            other = discourse.interlocutor(sentence.first)
            organisation = discourse.organisation_of(other) if other is not None else None
            if organisation is not None and organisation != named[0]:
                yield _tie(parsed, "competes_with", named[0], organisation, sentence.first, sentence.last, "unsure")


def _worked_together(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    """ "They worked together years back", "used to be Mick's boss": the one spoken of, and the other one named there."""
    for match in parsed.language.worked_together.finditer(parsed.plain):
        at, last = parsed.token_at(match.start()), parsed.token_at(match.end() - 1) + 1
        sentence = parsed.sentences[parsed.sentence_of(at)]
        before = [m.who for m in parsed.mentions_in(sentence.first, at) if not m.who.is_organisation]
        beside = [m.who for m in parsed.mentions_in(at, min(sentence.last, last + 8)) if not m.who.is_organisation]
        subject = next((discourse.subject_of(c) for c in parsed.clauses_in(at, last) if c.subject.kind != "none"), None)
        is_one = subject is not None and not subject.is_organisation and not subject.is_us
        left = subject if is_one else before[-1] if before else discourse.interlocutor(at)
        right = next(
            (w for w in [*beside, *reversed(before), discourse.interlocutor(at)] if w is not None and w != left), None
        )
        if left is not None and right is not None:
            yield _tie(parsed, "former_colleague_of", left, right, at, last)


def _advises(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    """ "Dev advises them on tax", "he consults for Mick", "our lawyer says" in their words."""
    for match in parsed.language.advising.finditer(parsed.plain):
        at, last = parsed.token_at(match.start()), parsed.token_at(match.end() - 1) + 1
        who = _subject_at(parsed, discourse, at)
        to = _party_at(parsed, discourse, last) if last < len(parsed.tokens) else None
        if who is None or who.is_us:
            continue
        if to is None or discourse.organisation_of(to) == discourse.organisation_of(who):
            other = discourse.interlocutor(max(0, parsed.sentences[parsed.sentence_of(at)].first - 1))
            to = discourse.organisation_of(other) if other is not None else None
        if to is not None and to != who:
            yield _tie(parsed, "advises", who, to, at, last)
    for mention in parsed.mentions:
        if mention.is_unnamed and fold(mention.role or "") in parsed.language.advisers:
            other = discourse.speaker_of(parsed.sentence_of(mention.first)) or discourse.interlocutor(mention.first)
            if other is not None:
                house = discourse.organisation_of(other)
                yield _tie(parsed, "advises", mention.who, house, mention.first, mention.last, "unsure")


def _influences(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    """ "They all listen to Auntie Mansa", "Dev has Nadia's ear", "she does what Dev says"."""
    for clause in parsed.clauses:
        after = parsed.tokens[min(clause.verb + 1, len(parsed.tokens) - 1)].plain
        if clause.lemma == "listen" and after == "to" and not clause.is_negated:
            by, on = _party_at(parsed, discourse, clause.verb + 2), discourse.subject_of(clause)
            if by is not None and on is not None and not by.is_us:
                yield _tie(parsed, "influences", by, on, clause.first, clause.verb + 2)
        elif clause.lemma == "have" and parsed.plain_of(clause.verb, clause.end).rstrip(".,! ").endswith(" ear"):
            who, owner = (
                discourse.subject_of(clause),
                next((m for m in parsed.mentions_in(clause.verb, clause.end)), None),
            )
            if who is not None and owner is not None:
                yield _tie(parsed, "influences", who, owner.who, clause.first, clause.verb + 1)
