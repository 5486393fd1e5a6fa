"""Messages that LinkedIn exports: a table, a message a row, with who wrote to whom and the pages of their profiles."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from ampersand.channels.chats.said import LINKEDIN, Chat, LeftOut, Line, Said, Speaker
from ampersand.channels.mail import html_text
from ampersand.channels.outcomes import Place, Reason, Rejected, plain
from ampersand.channels.outcomes import mark as _
from ampersand.channels.tables import layout
from ampersand.channels.tables.layout import Layout
from ampersand.channels.tables.unpacking import open_bytes
from ampersand.channels.tables.words import plain as plain_heading
from ampersand.parties.identifiers import normalised
from ampersand.parties.models import IdentifierKind

SHORT_ROW = _("The row ends before its day and words.")
NO_DAY = _("This is no day and time: %(told)s.")
NOBODY = _("It does not say who wrote it.")
NO_WORDS = _("There are no words in it.")
DRAFT = _("A draft that was never sent.")
SPAM = _("It lay among the unwanted messages.")
UNREADABLE = _("The row cannot be taken apart: a quotation mark in it has no end.")

_START_BYTES = 4096
_NEEDED = {"from", "to", "date", "content"}
_KNOWN_BY = {"conversation id", "sender profile url", "recipient profile urls", "folder", "direction"}
_FORMATS = ("%Y-%m-%d %H:%M:%S UTC", "%Y-%m-%d %H:%M:%S", "%m/%d/%y, %I:%M %p", "%m/%d/%Y, %I:%M %p")
_TAG = re.compile(r"</?(?:p|br|div|span|a|ul|li|b|i|strong|em)\b[^>]*>", re.IGNORECASE)
_MANY = re.compile(r"[;,]")


def is_messages(path: Path) -> bool:
    """Whether a table is LinkedIn's messages, by its headings; of most tables the first of them tells that they are not."""
    with open_bytes(path) as file:
        start = file.read(_START_BYTES).lower()
    return all(word in start for word in (b"from", b"date", b"content")) and _is_one(layout.sniff(path))


def _is_one(sniffed: Layout) -> bool:
    told = {plain_heading(header) for header in sniffed.headers}
    return sniffed.has_header and told >= _NEEDED and len(_KNOWN_BY & told) >= 2


def read(path: Path, *, name: str) -> list[Chat]:
    """The conversations in a file of messages, in the order they appear; its rows without one are in the first."""
    sniffed = layout.sniff(path)
    headings = [plain_heading(header) for header in sniffed.headers]
    chats: dict[str, Chat] = {}
    for number, cells in layout.read_rows(path, sniffed):
        told = {} if isinstance(cells, csv.Error) else dict(zip(headings, map(str.strip, cells), strict=False))
        number_of_chat = told.get("conversation id", "") if "date" in told else next(iter(chats), "")
        line = Rejected(Place(name, number), Reason(UNREADABLE)) if isinstance(cells, csv.Error) else None
        chat = chats.setdefault(
            number_of_chat, Chat(LINKEDIN, told.get("conversation title", ""), [], number=number_of_chat)
        )
        chat.lines.append(line or _line(told, Place(name, number)))
    me = _whose(list(chats.values()))
    for chat in chats.values():
        chat.lines = [_with_owner(line, me) if me and isinstance(line, Said) else line for line in chat.lines]
        chat.is_group = len({who.key for one in chat.said for who in (one.speaker, *one.to)}) > 2
    return list(chats.values())


def _line(told: Mapping[str, str], place: Place) -> Line:
    what = " ".join(filter(None, (told.get("from", ""), told.get("date", ""))))[:80]
    if why := _why_none(told):
        return LeftOut(place, Reason(why), what)
    if "date" not in told or "content" not in told:
        return Rejected(place, Reason(SHORT_ROW), " ".join(told.values())[:80])
    at = _instant(told["date"])
    if at is None:
        return Rejected(place, Reason(NO_DAY, {"told": told["date"][:60]}), what)
    speaker = _speaker(told.get("from", ""), told.get("sender profile url", ""))
    if speaker is None:
        return Rejected(place, Reason(NOBODY), what)
    words = plain(_words(told["content"]))
    subject = plain(told.get("subject", ""))[:300]
    if not words and not subject:
        return LeftOut(place, Reason(NO_WORDS), what)
    return Said(place, speaker, at, words, words or subject, subject=subject, to=tuple(_receivers(told)))


def _why_none(told: Mapping[str, str]) -> str:
    if told.get("is message draft", "").casefold() in {"yes", "true"}:
        return DRAFT
    return SPAM if told.get("folder", "").upper() == "SPAM" else ""


def _instant(told: str) -> datetime | None:
    """An instant; where no zone is told it is UTC, as LinkedIn writes it."""
    for form in _FORMATS:
        try:
            return datetime.strptime(told.replace("\u202f", " "), form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _words(content: str) -> str:
    return html_text.to_text(content).strip() if _TAG.search(content) else content.strip()


def _speaker(name: str, url: str) -> Speaker | None:
    clean = normalised(IdentifierKind.URL, url.split("?")[0]) if url else ""
    name = " ".join(plain(name).split())[:300]
    return Speaker(LINKEDIN, name or clean, url=plain(clean)) if name or clean else None


def _receivers(told: Mapping[str, str]) -> Iterator[Speaker]:
    """Several stand with a sign between, and their pages in the same order."""
    urls = [url for url in _MANY.split(told.get("recipient profile urls", "")) if url.strip()]
    whole = told.get("to", "")
    names = [whole] if len(urls) == 1 else [one for one in _MANY.split(whole) if one.strip()]
    for place, name in enumerate(names):
        url = urls[place].strip() if len(urls) == len(names) else ""
        if speaker := _speaker(name.strip(), url):
            yield speaker


def _whose(chats: list[Chat]) -> str:
    """Whose messages these are: the one who has a part in every conversation, of at least two with different people."""
    parts = [{who.key for one in chat.said for who in (one.speaker, *one.to)} for chat in chats if chat.said]
    counted = Counter(key for part in parts for key in part)
    always = [key for key, number in counted.items() if number == len(parts)]
    return always[0] if len(always) == 1 and len(counted) > 2 else ""


def _with_owner(said: Said, me: str) -> Said:
    def owned(who: Speaker) -> Speaker:
        return replace(who, is_me=True) if who.key == me else who

    return replace(said, speaker=owned(said.speaker), to=tuple(map(owned, said.to)))
