"""Who introduced whom, worked with whom, advises or sways whom."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from ampersand.notebook.reader.clause import Clause
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.folding import fold
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Tie
from ampersand.notebook.reader.tie_parts import party_at, subject_at, tie_of


def introduced(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
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
                yield tie_of(parsed, "introduced", who, named[0], clause.first, clause.verb + 1)
        elif clause.lemma in ("send", "refer", "recommend") and _ends_with_us(parsed, clause):
            named_after = parsed.mention_at(clause.verb + 1)
            met = discourse.meant_by(clause.verb + 1) or (named_after.who if named_after is not None else None)
            if met is not None:
                yield tie_of(parsed, "introduced", who, met, clause.first, clause.verb + 1)
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
            yield tie_of(parsed, "introduced", mention.who, newcomers[-1].who, newcomers[-1].first, mention.last)


def _ends_with_us(parsed: Parsed, clause: Clause) -> bool:
    following = [t.plain for t in parsed.tokens[clause.verb + 2 : clause.verb + 6]]
    return (
        any(a in ("to", "our") and b in ("us", "me", "way") for a, b in itertools.pairwise(following))
        and clause.form != "b"
    )


def worked_together(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
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
            yield tie_of(parsed, "former_colleague_of", left, right, at, last)


def advises(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    """ "Dev advises them on tax", "he consults for Mick", "our lawyer says" in their words."""
    for match in parsed.language.advising.finditer(parsed.plain):
        at, last = parsed.token_at(match.start()), parsed.token_at(match.end() - 1) + 1
        who = subject_at(parsed, discourse, at)
        to = party_at(parsed, discourse, last) if last < len(parsed.tokens) else None
        if who is None or who.is_us:
            continue
        if to is None or discourse.organisation_of(to) == discourse.organisation_of(who):
            other = discourse.interlocutor(max(0, parsed.sentences[parsed.sentence_of(at)].first - 1))
            to = discourse.organisation_of(other) if other is not None else None
        if to is not None and to != who:
            yield tie_of(parsed, "advises", who, to, at, last)
    for mention in parsed.mentions:
        if mention.is_unnamed and fold(mention.role or "") in parsed.language.advisers:
            other = discourse.speaker_of(parsed.sentence_of(mention.first)) or discourse.interlocutor(mention.first)
            if other is not None:
                house = discourse.organisation_of(other)
                yield tie_of(parsed, "advises", mention.who, house, mention.first, mention.last, "unsure")


def influences(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    """ "They all listen to Auntie Mansa", "Dev has Nadia's ear", "she does what Dev says"."""
    for clause in parsed.clauses:
        after = parsed.tokens[min(clause.verb + 1, len(parsed.tokens) - 1)].plain
        if clause.lemma == "listen" and after == "to" and not clause.is_negated:
            by, on = party_at(parsed, discourse, clause.verb + 2), discourse.subject_of(clause)
            if by is not None and on is not None and not by.is_us:
                yield tie_of(parsed, "influences", by, on, clause.first, clause.verb + 2)
        elif clause.lemma == "have" and parsed.plain_of(clause.verb, clause.end).rstrip(".,! ").endswith(" ear"):
            who, owner = (
                discourse.subject_of(clause),
                next((m for m in parsed.mentions_in(clause.verb, clause.end)), None),
            )
            if who is not None and owner is not None:
                yield tie_of(parsed, "influences", who, owner.who, clause.first, clause.verb + 1)
