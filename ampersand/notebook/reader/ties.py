"""Ties between the parties of a note: who works where, decides, reports, is family, supplies, introduced, competes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from ampersand.notebook.reader.clauses import Clause
from ampersand.notebook.reader.discourse import Discourse, Parsed
from ampersand.notebook.reader.folding import fold
from ampersand.notebook.reader.names import Mention
from ampersand.notebook.reader.pieces import Sureness, Tie, Who


def ties_of(parsed: Parsed, discourse: Discourse) -> list[Tie]:
    found: dict[tuple[str, str, str], Tie] = {}
    stages = (
        _works_at,
        _newcomers_employer,
        _family,
        _reports_to,
        _decides_for,
        _introduced,
        _supplies,
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
    return bool(between & {"at", "from", "of", "@", "with", "("}) and organisation.first - person.last <= 3


def _stand_together(parsed: Parsed, person: Mention, organisation: Mention) -> bool:
    if parsed.sentence_of(person.first) != parsed.sentence_of(organisation.first) or (
        organisation.is_genitive and organisation.first > person.first
    ):
        return False
    if person.last <= organisation.first:
        between = parsed.tokens[person.last : organisation.first]
        return len(between) <= 4 and all(
            t.plain in parsed.language.works_at_connectors or t.text in ".)'" for t in between
        )
    return _is_heading(parsed, organisation, person)


def _is_heading(parsed: Parsed, organisation: Mention, person: Mention) -> bool:
    """
    "Paloverde - onsite, Denise + Beto": the organisation heads the line and no verb but meeting comes before the
    person.
    """
    sentence = parsed.sentences[parsed.sentence_of(person.first)]
    between = parsed.tokens[organisation.last : person.first]
    if organisation.first - sentence.first > 5 or len(between) > 8 or any(t.text in ":!?" for t in between):
        return False
    verbs = list(parsed.clauses_in(organisation.first, person.first + 1))
    return all(c.lemma in ("meet", "see", "visit", "call", "phone", "speak") for c in verbs) and (
        len(between) <= 4 or any(t.text in ",-(/" or t.plain == "w/" for t in between)
    )


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
            if organisation.is_organisation:
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


# Family


def _family(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    """ "His wife Luz", "Federico, his nephew", "Kaylee is her niece", "her son ..., his name is Daichi"."""
    language = parsed.language
    for i, token in enumerate(parsed.tokens):
        if token.plain not in language.kin:
            continue
        owner = _owner_before(parsed, discourse, i)
        named = _named_at(parsed, i)
        if owner is not None and named is not None and not owner.is_us and not named.is_us:
            yield _tie(parsed, "family_of", named, owner, max(0, i - 1), i + 1)
            if _is_also(parsed, i, "partner"):
                yield _tie(parsed, "partner_of", named, owner, max(0, i - 1), i + 1, "unsure")


def _owner_before(parsed: Parsed, discourse: Discourse, i: int) -> Who | None:
    for at in range(i - 1, max(-1, i - 4), -1):
        token = parsed.tokens[at]
        if token.plain in parsed.language.possessives:
            return (
                None if token.plain in ("my", "our", "your") else discourse.meant_by(at) or discourse.interlocutor(at)
            )
        if token.plain == "'s":
            return next((m.who for m in parsed.mentions if m.last == at), None)
        if token.text in ".;:!?":
            return None
    return None


def _named_at(parsed: Parsed, i: int) -> Who | None:
    """The one the kin word names: just after it, or just before it with a comma or "is" between."""
    for mention in parsed.mentions_in(max(0, i - 12), i + 12):
        if mention.is_unnamed or mention.who.is_organisation:
            continue
        gap = [t.plain for t in parsed.tokens[i + 1 : mention.first]]
        if 0 <= mention.first - i - 1 <= 4 and all(
            w in ("and", "business", "partner", ",", "(", "called", "named", "is", "young", "-") for w in gap
        ):
            return mention.who
        back = [t.plain for t in parsed.tokens[mention.last : i]]
        if (
            0 < i - mention.last <= 4
            and (back[0] in (",", "(", "is", "'s", "-"))
            and any(w in parsed.language.possessives for w in back)
        ):
            return mention.who
    for mention in parsed.mentions_in(i, i + 20):
        before = [t.plain for t in parsed.tokens[max(0, mention.first - 3) : mention.first]]
        if mention.is_new and 0 < mention.first - i <= 14 and "name" in before:
            return mention.who
    return None


def _is_also(parsed: Parsed, i: int, word: str) -> bool:
    return any(token.plain == word for token in parsed.tokens[max(0, i - 4) : i + 4])


# Who reports to whom, who decides


def _reports_to(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    for clause in parsed.clauses:
        if (
            clause.lemma == "report"
            and clause.verb + 1 < len(parsed.tokens)
            and parsed.tokens[clause.verb + 1].plain == "to"
            and not clause.is_negated
        ):
            after = (
                clause.verb
                + 2
                + (parsed.tokens[min(clause.verb + 2, len(parsed.tokens) - 1)].plain in ("a", "an", "the"))
            )
            who, boss = discourse.subject_of(clause), _party_at(parsed, discourse, after)
            if who is not None and boss is not None:
                yield _tie(parsed, "reports_to", who, boss, clause.first, clause.verb + 3)
    yield from _bosses(parsed, discourse)


def _party_at(parsed: Parsed, discourse: Discourse, at: int) -> Who | None:
    named = next((m.who for m in parsed.mentions if m.first <= at < m.last or m.first == at), None)
    return named or discourse.meant_by(at)


def _bosses(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    """ "His boss Lic. Fuentes", "Sietske (plant mgr, his boss)", "her GM Ibrahim", "dealt w/ his #2, Trey"."""
    language = parsed.language
    for i, token in enumerate(parsed.tokens):
        is_boss, is_deputy = token.plain in language.bosses, token.plain in language.deputies
        if not (is_boss or is_deputy) or _is_former(parsed, i):
            continue
        owner = _owner_before(parsed, discourse, i)
        named = _named_at(parsed, i) or _named_near(parsed, i)
        if owner is None or named is None or owner.is_us or owner.is_organisation or named == owner:
            continue
        from_, to = (owner, named) if is_boss else (named, owner)
        yield _tie(parsed, "reports_to", from_, to, i, i + 1)


def _named_near(parsed: Parsed, i: int) -> Who | None:
    for mention in parsed.mentions:
        if not mention.is_unnamed and not mention.who.is_organisation and 0 < mention.first - i <= 6:
            between = parsed.tokens[i + 1 : mention.first]
            if all(
                t.plain
                in (",", "a", "an", "guy", "man", "woman", "lady", "named", "called", "and", "the", "(", "new", "-")
                for t in between
            ):
                return mention.who
    return None


def _is_former(parsed: Parsed, i: int) -> bool:
    return any(token.plain in ("former", "ex", "old", "used", "ex-boss") for token in parsed.tokens[max(0, i - 5) : i])


def _decides_for(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    language = parsed.language
    for clause in parsed.clauses:
        if clause.lemma not in language.decision_verbs or clause.is_negated or clause.is_question:
            continue
        yield from _decider(parsed, discourse, clause)
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
    is_standing = (
        not clause.is_past
        and not clause.is_perfect
        and clause.lemma in ("decide", "sign", "approve", "authorise", "authorize")
    )
    if not unnamed and not (is_standing and not clause.modal):
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
    organisation = discourse.organisation_of(who)
    if not organisation.is_organisation or organisation == who:
        other = discourse.interlocutor(first)
        organisation = discourse.organisation_of(other) if other is not None else organisation
    if organisation.is_organisation and organisation != who:
        yield _tie(parsed, "decides_for", who, organisation, first, last)


# Between organisations, and from hand to hand


def _introduced(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    """ "She intro'd me to Dee", "he introduced Mme Karam", "it was Matteo who sent her to us"."""
    for clause in parsed.clauses:
        if clause.lemma == "introduce":
            who = discourse.subject_of(clause)
            named = [
                m.who
                for m in parsed.mentions_in(clause.verb + 1, clause.end)
                if not (m.who.is_colleague or m.who.is_us)
            ]
            if who is not None and named and not clause.modal and not clause.is_negated:
                yield _tie(parsed, "introduced", who, named[0], clause.first, clause.verb + 1)
        elif clause.lemma in ("send", "refer", "recommend") and _ends_with_us(parsed, clause):
            who = discourse.subject_of(clause)
            met = discourse.meant_by(clause.verb + 1) or next(
                (m.who for m in parsed.mentions if m.first == clause.verb + 1), None
            )
            if who is not None and met is not None:
                yield _tie(parsed, "introduced", who, met, clause.first, clause.verb + 1)


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
    for match in parsed.language.worked_together.finditer(parsed.plain):
        at, last = parsed.token_at(match.start()), parsed.token_at(match.end() - 1) + 1
        sentence = parsed.sentences[parsed.sentence_of(at)]
        before = [m.who for m in parsed.mentions_in(sentence.first, at) if not m.who.is_organisation]
        after = [m.who for m in parsed.mentions_in(last, sentence.last) if not m.who.is_organisation]
        who = _subject_at(parsed, discourse, at)
        left = who if who is not None and not who.is_organisation and not who.is_us else discourse.interlocutor(at)
        right = next((w for w in [*after, *reversed(before)] if w != left), None)
        if left is not None and right is not None:
            yield _tie(parsed, "former_colleague_of", left, right, at, last)


def _advises(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    for match in parsed.language.advising.finditer(parsed.plain):
        at, last = parsed.token_at(match.start()), parsed.token_at(match.end() - 1) + 1
        who = _subject_at(parsed, discourse, at)
        named = next((m.who for m in parsed.mentions if last <= m.first <= last + 3), None)
        to = named or next(
            (
                discourse.meant_by(i)
                for i in range(last - 1, min(last + 2, len(parsed.tokens)))
                if discourse.meant_by(i)
            ),
            None,
        )
        if who is not None and to is not None and not who.is_us:
            yield _tie(
                parsed,
                "advises",
                who,
                discourse.organisation_of(to) if to.is_organisation or to.known else to,
                at,
                last,
            )
    for mention in parsed.mentions:
        if mention.is_unnamed and mention.role and mention.role.lower() in parsed.language.advisers:
            other = discourse.speaker_of(parsed.sentence_of(mention.first)) or discourse.interlocutor(mention.first)
            if other is not None:
                yield _tie(
                    parsed,
                    "advises",
                    mention.who,
                    discourse.organisation_of(other),
                    mention.first,
                    mention.last,
                    "unsure",
                )


def _influences(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    """ "They all listen to Auntie Mansa", "has the owner's ear"."""
    for clause in parsed.clauses:
        if (
            clause.lemma == "listen"
            and parsed.tokens[min(clause.verb + 1, len(parsed.tokens) - 1)].plain == "to"
            and not clause.is_negated
        ):
            by, on = _party_at(parsed, discourse, clause.verb + 2), discourse.subject_of(clause)
            if by is not None and on is not None and not by.is_us:
                yield _tie(parsed, "influences", by, on, clause.first, clause.verb + 2)
