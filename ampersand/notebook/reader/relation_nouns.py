"""Ties told by a noun: "her boss Samir", "Samir is Nadia's cousin", "the competitor of Alder", "his wife Luz"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Tie, Who


@dataclass(frozen=True, slots=True)
class _Relation:
    """Token `at` names what `bearer` is to `owner`."""

    at: int
    owner: Who
    bearer: Who


def ties_by_noun(parsed: Parsed, discourse: Discourse) -> Iterator[Tie]:
    kinds = parsed.language.relation_kinds
    for i, token in enumerate(parsed.tokens):
        kind = kinds.get(token.plain)
        if kind is None or _is_former(parsed, i) or _is_verb(parsed, i):
            continue
        relation = _relation(parsed, discourse, i)
        if relation is not None:
            yield from _ties(parsed, discourse, kind, relation)


def _ties(parsed: Parsed, discourse: Discourse, kind: str, relation: _Relation) -> Iterator[Tie]:
    owner, bearer = relation.owner, relation.bearer
    spans = (parsed.span(max(0, relation.at - 1), relation.at + 1),)
    if kind == "boss":
        yield Tie(kind="reports_to", from_=owner, to=bearer, spans=spans)
    elif kind == "deputy":
        yield Tie(kind="reports_to", from_=bearer, to=owner, spans=spans)
    elif kind == "family_of":
        yield Tie(kind=kind, from_=bearer, to=owner, spans=spans)
        if any(t.plain == "partner" for t in parsed.tokens[max(0, relation.at - 3) : relation.at + 4]):
            yield Tie(kind="partner_of", from_=bearer, to=owner, spans=spans, sureness="unsure")
    elif kind in ("supplies", "competes_with", "advises") or (kind == "partner_of" and bearer.is_organisation):
        house = discourse.organisation_of(owner)
        yield Tie(kind=kind, from_=bearer, to=house if house.is_organisation else owner, spans=spans)
    else:
        yield Tie(kind=kind, from_=bearer, to=owner, spans=spans)


def _relation(parsed: Parsed, discourse: Discourse, i: int) -> _Relation | None:
    """Who is what to whom around the noun, or None where one of the two is not said."""
    owner, begin = _owner_before(parsed, discourse, i)
    end = i + 1
    if owner is None:
        owner, end = _owner_after(parsed, discourse, i)
        begin = _start_of_phrase(parsed, i)
    if owner is None or owner.is_us or owner.is_colleague:
        return None
    bearer = _bearer_after(parsed, end) or _bearer_before(parsed, discourse, begin) or _bearer_by_name(parsed, i)
    return (
        None
        if bearer is None or bearer == owner or bearer.is_us or bearer.is_colleague
        else _Relation(i, owner, bearer)
    )


def _owner_before(parsed: Parsed, discourse: Discourse, i: int) -> tuple[Who | None, int]:
    """ "Her (new, business) partner", "Nadia's boss": whose, and where the phrase begins."""
    for at in range(i - 1, max(-1, i - 5), -1):
        token = parsed.tokens[at]
        if token.plain in parsed.language.possessives:
            if token.plain in ("my", "our", "your"):
                return None, at
            return discourse.meant_by(at) or discourse.interlocutor(at), at
        if token.plain == "'s":
            named = next((m for m in parsed.mentions_in(max(0, at - 5), at) if m.last == at), None)
            return (named.who, named.first) if named is not None else (None, at)
        if not token.is_word or token.plain in parsed.language.prepositions or token.plain in parsed.language.be_forms:
            break
    return None, i


def _owner_after(parsed: Parsed, discourse: Discourse, i: int) -> tuple[Who | None, int]:
    """ "An old colleague of Nadia", "assistant to her"."""
    if i + 2 >= len(parsed.tokens) or parsed.tokens[i + 1].plain not in ("of", "to", "for"):
        return None, i + 1
    named = parsed.mention_at(i + 2)
    if named is not None:
        return named.who, named.last
    return discourse.meant_by(i + 2), i + 3


def _start_of_phrase(parsed: Parsed, i: int) -> int:
    at = i
    while (
        at > 0
        and parsed.tokens[at - 1].is_word
        and parsed.tokens[at - 1].plain not in parsed.language.be_forms
        and i - at < 4
    ):
        if parsed.tokens[at - 1].plain in ("a", "an", "the"):
            return at - 1
        at -= 1
    return at


def _bearer_after(parsed: Parsed, end: int) -> Who | None:
    """ "Her brother Samir", "his deputy, a guy named Trey", "her supplier is Meridian"."""
    for mention in parsed.mentions_in(end, end + 8):
        if mention.is_unnamed:
            continue
        between = parsed.tokens[end : mention.first]
        is_joined = len(between) <= 6 and all(t.plain in parsed.language.before_bearer for t in between)
        return mention.who if is_joined else None
    return None


def _bearer_before(parsed: Parsed, discourse: Discourse, begin: int) -> Who | None:
    """ "Samir is Nadia's cousin", "Federico, his nephew", "Sietske (plant mgr, his boss)", "Kaylee, is her niece"."""
    at = begin
    linked = False
    while at > 0 and begin - at < 8:
        word = parsed.tokens[at - 1].plain
        if at in {m.last for m in parsed.mentions_in(max(0, at - 6), at)}:
            break
        if word in (",", "(", "is", "was", "'s", "-"):
            linked = True
        elif word not in parsed.language.inside_apposition:
            return _pronoun_before(parsed, discourse, at) if linked else None
        at -= 1
    mention = next((m for m in parsed.mentions_in(max(0, at - 6), at) if m.last == at), None)
    return (
        mention.who if mention is not None and linked and not mention.is_unnamed and not mention.is_genitive else None
    )


def _pronoun_before(parsed: Parsed, discourse: Discourse, at: int) -> Who | None:
    return discourse.meant_by(at - 1) if parsed.tokens[at - 1].plain in ("he", "she") else None


def _bearer_by_name(parsed: Parsed, i: int) -> Who | None:
    """ "Her son takes over, his name is Daichi"."""
    for mention in parsed.mentions_in(i, i + 20):
        before = [t.plain for t in parsed.tokens[max(0, mention.first - 3) : mention.first]]
        if mention.is_new and "name" in before:
            return mention.who
    return None


def _is_verb(parsed: Parsed, i: int) -> bool:
    return any(c.verb == i for c in parsed.clauses_in(i, i + 1))


def _is_former(parsed: Parsed, i: int) -> bool:
    return any(token.plain in ("former", "ex", "used", "ex-boss") for token in parsed.tokens[max(0, i - 5) : i])
