"""Notes that tell of several meetings: "AM: ... PM: ...", "a) ... b) ...", "two visits ..."."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ampersand.notebook.reader.cues import Cue, is_ahead, is_header, joined_run, may_be_met
from ampersand.notebook.reader.names import Mention
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Encounter

if TYPE_CHECKING:
    from ampersand.notebook.reader.discourse import Discourse


def in_sections(parsed: Parsed, discourse: Discourse, cues: list[Cue], found: list[Encounter]) -> list[Encounter]:
    """
    A day with several meetings: "Two calls today. First Wagner: ... Second call Débora", "AM: ... PM: ...", "a) ... b)
    ...".
    """
    sections = sections_of(parsed)
    if len(sections) < 2:
        return _one_for_each_house(parsed, discourse, cues, found)
    header = next((cue for cue in cues if cue.first < sections[0][0] and not is_ahead(parsed, cue, discourse)), None)
    channel = header.channel if header is not None else "visit"
    for first, last in sections:
        start, end = parsed.tokens[first].start, parsed.tokens[last - 1].end
        if any(start <= e.spans[0].start < end for e in found):
            continue
        people = _opening_people(parsed, first)
        if people:
            span = parsed.span(people[0].first, people[-1].last)
            found = [
                *found,
                Encounter(
                    channel=channel,
                    on=parsed.setting.written_at.date(),
                    people=tuple(m.who for m in people),
                    spans=(span,),
                ),
            ]
    return [e for e in found if e.people or header is None]


def _one_for_each_house(
    parsed: Parsed, discourse: Discourse, cues: list[Cue], found: list[Encounter]
) -> list[Encounter]:
    """ "Two visits. Serrano in the morning ... afternoon Santa Quirina ...": told in one stretch, one meeting a house."""
    header = next((cue for cue in cues if cue.sentence == 0 and is_header(parsed, cue)), None)
    if header is None or not parsed.language.several.search(parsed.plain_of(0, header.last)):
        return found
    by_house: dict[str, list[Mention]] = {}
    for mention in parsed.mentions:
        if may_be_met(mention) and mention.who.known is not None and mention.who.known.organisation:
            by_house.setdefault(mention.who.known.organisation, []).append(mention)
    told = [e for e in found if e.spans[0].start >= parsed.tokens[parsed.sentences[0].last - 1].end]
    met = {who.name for e in told for who in e.people}
    for mentions in by_house.values():
        if not met & {m.who.name for m in mentions}:
            first = mentions[0]
            span = parsed.span(first.first, first.last)
            told.append(
                Encounter(
                    channel=header.channel,
                    on=parsed.setting.written_at.date(),
                    people=(first.who,),
                    spans=(span,),
                    sureness="unsure",
                )
            )
    return told


def sections_of(parsed: Parsed) -> list[tuple[int, int]]:
    """Token ranges of the parts of a note that tell one meeting each, where it is written in such parts."""
    firsts = [s.first for s in parsed.sentences if _opens_section(parsed, s.first)]
    ends = [*firsts[1:], len(parsed.tokens)]
    return list(zip(firsts, ends, strict=True)) if firsts else []


def _opens_section(parsed: Parsed, first: int) -> bool:
    """A number, an hour or "AM:" at its head; "first" and "second" only before a name or a kind of contact."""
    match = parsed.language.section_mark.match(parsed.plain, parsed.tokens[first].start)
    if match is None:
        return False
    following = parsed.token_at(match.end())
    is_named = any(m.first == following for m in parsed.mentions)
    is_somewhere = parsed.tokens[following].plain in ("in", "at", "with", "w/") and first == 0
    return (
        bool(match.group("sign"))
        or is_named
        or is_somewhere
        or parsed.tokens[following].plain in parsed.language.channel_nouns
    )


def _opening_people(parsed: Parsed, first: int) -> list[Mention]:
    people = [
        m
        for m in parsed.mentions_in(first, min(len(parsed.tokens), first + 14))
        if may_be_met(m) and not m.who.is_organisation
    ]
    return joined_run(people, people[0].first, parsed) if people else []
