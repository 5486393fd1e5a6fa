"""Who supplies whom, who competes with whom."""

from __future__ import annotations

from collections.abc import Iterator

from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.folding import fold
from ampersand.notebook.reader.names import Mention
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Tie, Who
from ampersand.notebook.reader.tie_parts import party_at, tie_of


def supplies(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    """A named third firm things come from, or "the cocoa supplier" of the other side."""
    for mention in parsed.mentions:
        is_supplier = mention.is_unnamed and (mention.role or "").lower() in parsed.language.suppliers
        if not is_supplier and not (
            mention.who.is_organisation and not mention.is_unnamed and _is_source(parsed, mention)
        ):
            continue
        customer = _customer(parsed, discourse, mention)
        if customer is not None and customer != mention.who:
            yield tie_of(parsed, "supplies", mention.who, customer, mention.first, mention.last, "unsure")


def delivers(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    """ "Mirko Kralj supplies her the beans"."""
    for clause in parsed.clauses:
        if clause.lemma != "supply" or clause.is_negated or clause.modal or clause.is_question:
            continue
        who, to = discourse.subject_of(clause), party_at(parsed, discourse, clause.verb + 1)
        if who is not None and to is not None and not who.is_us:
            giver, taker = discourse.organisation_of(who), discourse.organisation_of(to)
            yield tie_of(parsed, "supplies", giver, taker, clause.first, clause.verb + 1)


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


def competes(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    organisations = [m for m in parsed.mentions if m.who.is_organisation and not m.is_unnamed]
    for _number, sentence in enumerate(parsed.sentences):
        match = parsed.language.competing.search(parsed.plain_of(sentence.first, sentence.last))
        if match is None:
            continue
        named = list(dict.fromkeys(m.who for m in organisations if sentence.first <= m.first < sentence.last))
        if len(named) >= 2:
            yield tie_of(parsed, "competes_with", named[0], named[1], sentence.first, sentence.last)
        elif len(named) == 1 and parsed.language.their_rival.search(parsed.plain_of(sentence.first, sentence.last)):
            other = discourse.interlocutor(sentence.first)
            organisation = discourse.organisation_of(other) if other is not None else None
            if organisation is not None and organisation != named[0]:
                yield tie_of(parsed, "competes_with", named[0], organisation, sentence.first, sentence.last, "unsure")
