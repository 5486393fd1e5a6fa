"""Mail pasted into a note: contact by itself, and contact it thanks for."""

from __future__ import annotations

from datetime import date, timedelta

from ampersand.notebook.reader.cues import cues_of, day_beside
from ampersand.notebook.reader.discourse import Discourse
from ampersand.notebook.reader.parsed import Parsed
from ampersand.notebook.reader.pieces import Encounter


def quoted_mails(parsed: Parsed, discourse: Discourse, found: list[Encounter]) -> list[Encounter]:
    """Pasted words of somebody are a mail from them, unless the note says it came another way."""
    mails: list[Encounter] = []
    seen: set[str] = set()
    for number, sentence in enumerate(parsed.sentences):
        speaker = discourse.speaker_of(number)
        if not sentence.is_quoted or speaker is None or speaker.name in seen or not _is_pasted(parsed, number):
            continue
        seen.add(speaker.name)
        if _is_automatic(parsed, number):
            continue
        day = _day_before_quote(parsed, number)
        if not any(
            e.channel in ("email", "letter") and e.on == day and speaker in e.people for e in found
        ) and not _came_as_message(parsed, number):
            mails.append(
                Encounter(
                    channel="email", on=day, people=(speaker,), spans=(parsed.span(sentence.first, sentence.last),)
                )
            )
    return mails


def _is_automatic(parsed: Parsed, number: int) -> bool:
    """ "I am out of the office until 8 December": nobody wrote that."""
    last = number
    while last + 1 < len(parsed.sentences) and parsed.sentences[last + 1].is_quoted:
        last += 1
    return bool(
        parsed.language.automatic.search(parsed.plain_of(parsed.sentences[number].first, parsed.sentences[last].last))
    )


def _came_as_message(parsed: Parsed, number: int) -> bool:
    first = parsed.sentences[number].first
    return any(cue.channel in ("message", "call") for cue in cues_of(parsed) if first - 14 <= cue.first < first)


def thanked_for(parsed: Parsed, discourse: Discourse) -> list[Encounter]:
    """ "Thank you for your visit on Monday", in their own words: that was contact too."""
    found = []
    for cue in cues_of(parsed):
        sentence = parsed.sentences[cue.sentence]
        speaker = discourse.speaker_of(cue.sentence)
        before = parsed.plain_of(max(sentence.first, cue.first - 6), cue.first) if cue.first > sentence.first else ""
        if sentence.is_quoted and speaker is not None and parsed.language.thanks_for.search(before):
            day = day_beside(parsed, cue)
            past = next(
                (w.past for w in parsed.whens_in(cue.last, min(sentence.last, cue.last + 6)) if w.past is not None), day
            )
            if past is not None and past <= parsed.setting.written_at.date():
                found.append(
                    Encounter(
                        channel=cue.channel, on=past, people=(speaker,), spans=(parsed.span(cue.first, cue.last),)
                    )
                )
    return found


def _is_pasted(parsed: Parsed, number: int) -> bool:
    """
    A whole pasted text rather than a sentence somebody said aloud: it begins a line, or takes two sentences and more.
    """
    sentence = parsed.sentences[number]
    is_run = number + 1 < len(parsed.sentences) and parsed.sentences[number + 1].is_quoted
    is_dated = sentence.last - sentence.first >= 8 and bool(parsed.whens_in(max(0, sentence.first - 8), sentence.first))
    return is_run or is_dated or sentence.starts_line or sentence.last - sentence.first > 25


def _day_before_quote(parsed: Parsed, number: int) -> date:
    today = parsed.setting.written_at.date()
    first = parsed.sentences[number].first
    for when in reversed(parsed.whens_in(max(0, first - 16), first)):
        day = when.on("past", today)
        if day is not None and today - timedelta(days=40) <= day <= today:
            return day
    return today
