"""Chats that WhatsApp exports: a text, a message a line, in the dialect of the phone and of its language.

All lines of one file are of one dialect, so that words which look like a line of another phone stay words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import phonenumbers

from ampersand.channels import encodings
from ampersand.channels.chats import stamps, words
from ampersand.channels.chats.said import WHATSAPP, Chat, LeftOut, Line, Said, Speaker
from ampersand.channels.chats.stamps import Stamp
from ampersand.channels.outcomes import Place, Reason, Rejected, plain
from ampersand.channels.outcomes import mark as _

BY_THE_PROGRAM = _("WhatsApp wrote this line itself: nobody in the chat said it.")
DELETED = _("It was deleted by whoever wrote it.")
NOT_TAKEN = _("A call that nobody took.")
NOTHING_SAID = _("There is nothing in this message that the export could show.")
NO_SUCH_DAY = _("There is no such day and time: %(told)s. Export the chat again.")
BEFORE_ALL = _("It stands before the first message, so nobody is told to have written it.")

SAMPLE_BYTES = 64_000
_ENOUGH_LINES = 200
_SPLIT = re.compile(r"(?P<name>[^\n]{1,150}?)[ \u00a0\u202f]?:(?: |(?=[\u200e\u200f\n])|$)(?P<words>.*)", re.DOTALL)
_QUOTES = (('"', '"'), ("“", "”"), ("«", "»"), ("„", "“"), ("「", "」"), ("‘", "’"))
_NUMBER = re.compile(r"\+?[\d\s().\u00a0\u202f\-\u2010-\u2015]{6,25}")
_LONGEST_NAME_WORDS = 7


@dataclass(slots=True)
class _Entry:
    line: int
    stamp: Stamp
    rest: str
    is_bracketed: bool


def is_chat(path: Path) -> bool:
    """Whether a text is a chat, by how its first lines begin."""
    with path.open("rb") as stream:
        sample = stream.read(SAMPLE_BYTES)
    text = sample.decode(encodings.guess(sample), errors="replace")
    lines = [line for line in _lines(text)[:_ENOUGH_LINES] if words.bare(line).strip()]
    if not lines:
        return False
    found = [match for pattern in stamps.LINES if (match := pattern.match(lines[0]))]
    # A log of a program has its seconds too, and is no chat of anybody.
    return any(match["bracket"] or not match["at_second"] for match in found) and any(
        _SPLIT.match(match["rest"]) or len(lines) > 1 for match in found
    )


def read(path: Path, *, name: str, title: str, present: datetime, order: str = "", default: str = stamps.DMY) -> Chat:
    """The chat in this file. `order` is that of day and month as somebody told it; else it is found in the whole file."""
    content = path.read_bytes()
    encoding = encodings.guess(content)
    text = plain(content.decode(encoding, errors="replace"))
    before, entries = _entries(_lines(text))
    found = stamps.find_order([entry.stamp for entry in entries], present=present, default=default)
    taken = order or found.order
    split = [_split(entry) for entry in entries]
    senders = _senders(entries, split)
    lines: list[Line] = [Rejected(Place(name, line), Reason(BEFORE_ALL), what) for line, what in before]
    for entry, (sender, said) in zip(entries, split, strict=True):
        lines.append(_line(entry, sender if sender in senders else "", said, name=name, order=taken))
    lines = _one_after_another(lines)
    lines = _to_whom_it_is_called_by(lines, title)
    is_group = _is_group(lines, title)
    others = () if order else found.others
    return Chat(WHATSAPP, title, lines, is_group, order=taken, other_orders=others)


def files_named(path: Path) -> set[str]:
    """The names of the files that any message of a chat encloses."""
    content = path.read_bytes()
    text = content.decode(encodings.guess(content), errors="replace")
    return {file for line in _lines(text) if "." in line for file in _files_in_line(line)}


def _files_in_line(line: str) -> Sequence[str]:
    for pattern in stamps.LINES:
        if (found := pattern.match(line)) and (said := _SPLIT.match(found["rest"])):
            return words.files_in(said["words"])
    return words.files_in(line)


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")


def _entries(lines: Sequence[str]) -> tuple[list[tuple[int, str]], list[_Entry]]:
    """The lines before the first message, and each message with the lines that go on with it."""
    dialect = _dialect(lines)
    before: list[tuple[int, str]] = []
    entries: list[_Entry] = []
    for number, line in enumerate(lines, start=1):
        found = dialect.match(line) if dialect else None
        if found and not (entries and _is_quoted(entries[-1], stamps.stamp_of(found), line)):
            entries.append(_Entry(number, stamps.stamp_of(found), found["rest"], bool(found["bracket"])))
        elif entries:
            entries[-1].rest += "\n" + line
        elif words.bare(line).strip():
            before.append((number, line[:200]))
    return before, entries


def _dialect(lines: Sequence[str]) -> re.Pattern[str] | None:
    """The one way in which the lines of this file begin: the most frequent, of several alike that of the first line."""
    counted: Counter[re.Pattern[str]] = Counter()
    for line in lines[:20_000]:
        pattern = next((one for one in stamps.LINES if one.match(line)), None)
        if pattern:
            counted[pattern] += 1
    return max(counted, key=lambda one: counted[one]) if counted else None


def _is_quoted(last: _Entry, stamp: Stamp, line: str) -> bool:
    """Whether a line is one of several that somebody copied out of a chat: the message it stands in begins with another,
    and both are told to be older than that message.
    """
    quoted = stamps.LINES[0].match(_words_of(last.rest)) if last.is_bracketed else None
    if not quoted:
        return False
    earlier = stamps.stamp_of(quoted)
    return _as_number(earlier) <= _as_number(stamp) < _as_number(last.stamp) and line.lstrip().startswith("[")


def _words_of(rest: str) -> str:
    said = _SPLIT.match(rest)
    return said["words"].lstrip() if said else ""


def _as_number(stamp: Stamp) -> tuple[int, ...]:
    """Stamps in an order that is right for one day, whatever the order of its numbers."""
    first, second, third = stamp.numbers
    return (third, second, first, stamp.hour, stamp.minute, stamp.second or 0)


def _split(entry: _Entry) -> tuple[str, str]:
    """Who is named before the colon, if anybody, and the words."""
    found = _SPLIT.match(entry.rest)
    if not found or not _may_be_name(found["name"]):
        return "", entry.rest
    return " ".join(words.bare(found["name"]).split()), found["words"].lstrip(" ")


def _may_be_name(told: str) -> bool:
    """What stands before a colon is a name, unless a quotation has begun in it that does not end: a new name of the group."""
    name = words.bare(told).strip()
    if not name:
        return False
    return not any(
        name.count(opens) % 2 if opens == closes else name.count(opens) > name.count(closes)
        for opens, closes in _QUOTES
        if opens != "‘"
    )


def _senders(entries: Sequence[_Entry], split: Sequence[tuple[str, str]]) -> set[str]:
    """Those before a colon who are somebody: a long sentence that stands once is WhatsApp's own."""
    counted = Counter(sender for sender, _said in split if sender)
    return {
        name
        for name, number in counted.items()
        if number > 2 or len(name.split()) <= _LONGEST_NAME_WORDS or any(entry.is_bracketed for entry in entries[:1])
    }


def _line(entry: _Entry, sender: str, said: str, *, name: str, order: str) -> Line:
    place = Place(name, entry.line)
    at = entry.stamp.at(order)
    what = words.bare(entry.rest)[:80]
    if at is None:
        told = "/".join(map(str, entry.stamp.numbers))
        return Rejected(place, Reason(NO_SUCH_DAY, {"told": told}), what)
    if not sender:
        return LeftOut(place, Reason(BY_THE_PROGRAM), what)
    if why := _why_none(said, is_bracketed=entry.is_bracketed):
        return LeftOut(place, Reason(why), what)
    seconds = words.call_seconds(said)
    told_words = words.bare(words.without_edited(said)).strip()
    return Said(
        place,
        _speaker(sender),
        at,
        told_words,
        words.same_words(told_words),
        files=words.files_in(said),
        lasted=timedelta(seconds=seconds) if seconds is not None else None,
    )


def _why_none(said: str, *, is_bracketed: bool) -> str:
    if words.is_deleted(said):
        return DELETED
    if words.is_call_not_taken(said):
        return NOT_TAKEN
    if words.is_nothing(said):
        return NOTHING_SAID
    is_marked = is_bracketed and said.startswith("\u200e")
    return BY_THE_PROGRAM if is_marked and not _is_somebodys(said) else ""


def _is_somebodys(said: str) -> bool:
    """Of what an iPhone marks as not typed: a file, a call, a place, a poll or a card is somebody's all the same."""
    text = words.bare(said)
    is_shown = words.is_omitted(text.split("\n", 1)[0]) or bool(words.files_in(said))
    return is_shown or words.call_seconds(said) is not None or "://" in text or "\n" in text.strip()


def _speaker(name: str) -> Speaker:
    """Somebody who is not in the phone's address book has their number for a name, or a name of their own with a sign."""
    if _NUMBER.fullmatch(name) and sum(letter.isdigit() for letter in name) >= 6:
        return Speaker(WHATSAPP, name, phone=_as_one(name))
    return Speaker(WHATSAPP, name.removeprefix("~").strip() or name)


def _as_one(number: str) -> str:
    try:
        told = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return re.sub(r"[^\d+]", "", number)
    return phonenumbers.format_number(told, phonenumbers.PhoneNumberFormat.E164)


def _one_after_another(lines: list[Line]) -> list[Line]:
    """Those of one minute a little apart, so that they stay in the order in which they stand."""
    apart: list[Line] = []
    told: Counter[datetime] = Counter()
    for line in lines:
        if isinstance(line, Said):
            apart.append(replace(line, at=line.at + timedelta(microseconds=told[line.at])))
            told[line.at] += 1
        else:
            apart.append(line)
    return apart


def _to_whom_it_is_called_by(lines: list[Line], title: str) -> list[Line]:
    """Where one alone wrote, the other one is whom the chat is called by."""
    speaking = {line.speaker.key: line.speaker for line in lines if isinstance(line, Said)}
    if not title or len(speaking) != 1 or _may_be_one_of(title, speaking):
        return lines
    other = (_speaker(title),)
    return [replace(line, to=other) if isinstance(line, Said) else line for line in lines]


def _is_group(lines: Sequence[Line], title: str) -> bool:
    """Whether more than two may have a part: more than two wrote, or it is called by none of their names."""
    speaking = {line.speaker.key: line.speaker for line in lines if isinstance(line, Said)}
    if len(speaking) > 2:
        return True
    called = _speaker(title).key if title else ""
    return bool(called) and called not in speaking and len(speaking) == 2 and not _may_be_one_of(title, speaking)


def _may_be_one_of(title: str, speaking: dict[str, Speaker]) -> bool:
    """The title may leave out signs that a file must not have in its name."""
    return any(_letters(one.name) == _letters(title) for one in speaking.values())


def _letters(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
