"""Everybody a note speaks of, once each: by the first place that names them, with organisation and role."""

from __future__ import annotations

from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.folding import fold
from ampersand.notebook.reader.names import Mention
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Guess, Person, Span, Tie, Who


def people_of(parsed: Parsed, discourse: Discourse, ties: list[Tie], involved: set[str]) -> list[Person]:
    """
    `involved` are the parties of all other pieces: those without a name are listed only when they bear on something.
    """
    by_party: dict[str, list[Mention]] = {}
    for mention in parsed.mentions:
        if mention.is_unnamed and mention.who.name not in involved:
            continue
        if not mention.who.is_us or mention.who.is_colleague:
            by_party.setdefault(mention.who.name, []).append(mention)
    return [_person(parsed, discourse, mentions, ties) for mentions in by_party.values()]


def _person(parsed: Parsed, discourse: Discourse, mentions: list[Mention], ties: list[Tie]) -> Person:
    first = mentions[0]
    spans = tuple(Span(m.start, m.end) for m in mentions)
    second = (
        next((m.others[0] for m in mentions if m.others), None)
        if all(m.others or m.fit < 4 for m in mentions)
        else None
    )
    return Person(
        who=first.who,
        organisation=_organisation(first.who, ties),
        role=_role(parsed, mentions),
        mentions=spans,
        spans=(spans[0],),
        sureness="unsure" if second is not None or first.fit < 3 else "sure",
        instead=Guess(who=second) if second is not None else None,
    )


def _organisation(who: Who, ties: list[Tie]) -> str | None:
    if who.known is not None and who.known.organisation:
        return who.known.organisation
    if who.is_colleague or who.is_organisation:
        return None
    return next((tie.to.name for tie in ties if tie.kind == "works_at" and tie.from_.name == who.name), None)


def _role(parsed: Parsed, mentions: list[Mention]) -> str | None:
    language = parsed.language
    for mention in mentions:
        if mention.role and not mention.is_unnamed:
            return mention.role
        if mention.is_unnamed and mention.role and fold(mention.role) in language.roles:
            return mention.role
        title = next(
            (t.plain for t in parsed.tokens[mention.first : mention.last] if t.plain in language.title_roles), None
        )
        if title is not None:
            return str(language.title_roles[title])
        role = _role_beside(parsed, mention)
        if role is not None:
            return role
    return None


def _role_beside(parsed: Parsed, mention: Mention) -> str | None:
    """ "Sietske (plant mgr, ...", "Ibrahim Garba, Head Admin", "her GM Ibrahim"."""
    language = parsed.language
    before = parsed.tokens[mention.first - 1] if mention.first else None
    if (
        before is not None
        and before.plain in language.roles
        and before.plain not in language.vague_people | language.kin
    ):
        return before.text
    at = mention.last
    if at + 1 < len(parsed.tokens) and parsed.tokens[at].text in ",(":
        words = []
        for token in parsed.tokens[at + 1 : at + 5]:
            if not token.is_word or token.plain in language.possessives or token.plain in ("the", "a", "an", "and"):
                break
            words.append(token)
        if words and any(t.plain in language.roles - language.vague_people for t in words):
            return parsed.words[words[0].start : words[-1].end]
    return None
