"""The chats of an import as they lie in its files: each opened, and its lines told one from another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ampersand.channels.chats import parse, stamps
from ampersand.channels.chats.said import Chat, Line, Speaker
from ampersand.channels.material import Part
from ampersand.channels.models import Import
from ampersand.members.models import House

MONTH_FIRST = {"US", "PH", "FM", "MH", "PW"}


@dataclass(frozen=True, slots=True)
class Opened:
    """A chat with the file it stands in."""

    chat: Chat
    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who has a part in a chat, and when they first did."""

    speaker: Speaker
    at: datetime


@dataclass(frozen=True, slots=True)
class Written:
    """One line of a chat; of several alike in one minute `nth` says which."""

    opened: Opened
    line: Line
    nth: int = 1


def open_chats(part: Part, import_: Import, house: House, *, orders: dict[str, str]) -> Iterator[Opened]:
    """The chats of a part, in the order of its files."""
    default = stamps.MDY if house.country in MONTH_FIRST else stamps.DMY
    # What the archive is called may say who is in the chat, where its file does not.
    around = part.name if len(import_.paths) != 1 else str(import_.source)
    for path in part.paths:
        name = part.name_of(path)
        found = parse.read(path, name=name, around=around, present=import_.began_at, orders=orders, default=default)
        yield from (Opened(chat, path, name) for chat in found)


def read_again(opened: Opened, order: str) -> Chat:
    """The same chat with its days in another order."""
    present = datetime.max.replace(tzinfo=UTC) - timedelta(days=3)
    return parse.read(opened.path, name=opened.name, present=present, orders={opened.name: order})[0]
