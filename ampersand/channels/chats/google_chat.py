"""Chats that Google hands out in Takeout: a folder a conversation, its messages as JSON with the addresses of who wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ampersand.channels.chats.said import GOOGLE, Chat, LeftOut, Line, Said, Speaker
from ampersand.channels.outcomes import Place, Reason, Rejected, plain
from ampersand.channels.outcomes import mark as _
from ampersand.parties.identifiers import normalised
from ampersand.parties.models import IdentifierKind

DELETED = _("It was deleted by whoever wrote it.")
MACHINE = _("A program wrote it, and nobody else.")
NOTHING_SAID = _("There is nothing in this message that the export could show.")
NO_DAY = _("This is no day and time: %(told)s.")
NOBODY = _("It does not say who wrote it.")
UNREADABLE = _("This is no export of a chat: it cannot be read as JSON.")
ABOUT_CHATS = _("It tells who has a part in a chat; what was said stands in the messages beside it.")

_INFO = {"group_info.json", "user_info.json"}
_SAMPLE_BYTES = 4096
_DATED = re.compile(r"[^,]+, (?P<rest>\w+ \d{1,2}, \d{4} at \d{1,2}:\d{2}:\d{2}\s?[AP]M)(?: UTC)?")


def is_messages(path: Path) -> bool:
    """Whether this is the messages of a conversation, by how the file begins."""
    start = _start(path)
    return start.startswith("{") and '"messages"' in start and '"creator"' in start


def is_about_chats(path: Path) -> bool:
    """Whether this is one of the files that tell who has a part."""
    return path.name in _INFO and '"user' in _start(path) + '"'


def read(path: Path, *, name: str) -> Chat:
    """The conversation in this file, with who stands in the files beside it."""
    told = _json(path)
    messages = told.get("messages")
    if not isinstance(messages, list):
        return Chat(GOOGLE, "", [Rejected(Place(name, 1), Reason(UNREADABLE), name)])
    info = _json(path.with_name("group_info.json"))
    me = owner(path)
    members = [one for one in info.get("members", []) if isinstance(one, dict)] if isinstance(info, dict) else []
    speaking = [one for member in members if (one := _speaker(member))]
    lines = [_line(one, Place(name, number), speaking) for number, one in enumerate(messages, start=1)]
    lines = [_with_owner(line, me) if me and isinstance(line, Said) else line for line in lines]
    title = str(info.get("name") or "")
    is_group = path.parent.name.startswith("Space") or len({one.key for one in speaking}) > 2
    chat = Chat(GOOGLE, plain(title)[:300], lines, is_group, number=path.parent.name)
    chat.is_group = is_group or len(chat.speakers) > 2
    return chat


def owner(path: Path) -> str:
    """The address of whose chats these are, where the export beside tells it."""
    for above in path.parents[:5]:
        users = above / "Users"
        if users.is_dir():
            for one in sorted(users.glob("*/user_info.json"))[:5]:
                user = _json(one).get("user")
                if isinstance(user, dict) and user.get("email"):
                    return normalised(IdentifierKind.EMAIL, str(user["email"]))
    return ""


def files_named(path: Path) -> set[str]:
    """The names of the files beside it that a message encloses."""
    messages = _json(path).get("messages")
    return (
        {file for one in messages if isinstance(one, dict) for file in _files(one)}
        if isinstance(messages, list)
        else set()
    )


def _line(told: Any, place: Place, members: list[Speaker]) -> Line:
    if not isinstance(told, dict):
        return Rejected(place, Reason(NOBODY))
    text = plain(str(told.get("text") or "")).strip()
    what = text[:80]
    if "DELETED" in str(told.get("message_state", "")):
        return LeftOut(place, Reason(DELETED), what)
    creator = told.get("creator")
    speaker = _speaker(creator) if isinstance(creator, dict) else None
    if isinstance(creator, dict) and str(creator.get("user_type", "Human")).casefold() == "bot":
        return LeftOut(place, Reason(MACHINE), what)
    if speaker is None:
        return Rejected(place, Reason(NOBODY), what)
    at = _instant(str(told.get("created_date", "")))
    if at is None:
        return Rejected(place, Reason(NO_DAY, {"told": str(told.get("created_date", ""))[:60]}), what)
    files = _files(told)
    if not text and not files:
        return LeftOut(place, Reason(NOTHING_SAID), what)
    named = ", ".join(_names(told))
    number = plain(str(told.get("message_id") or ""))
    to = tuple(one for one in members if one.key != speaker.key)
    return Said(place, speaker, at, "\n".join(filter(None, (text, named))), text or named, number, files=files, to=to)


def _speaker(told: Mapping[str, Any]) -> Speaker | None:
    email = normalised(IdentifierKind.EMAIL, str(told.get("email") or ""))
    name = " ".join(plain(str(told.get("name") or "")).split())[:300]
    return Speaker(GOOGLE, name or email, email=email) if name or email else None


def _instant(told: str) -> datetime | None:
    """An instant as Takeout writes it: "Tuesday, March 5, 2024 at 8:01:12 AM UTC", or by ISO 8601."""
    told = re.sub(r"[\u202f\u00a0]", " ", told).strip()
    if found := _DATED.fullmatch(told):
        try:
            return datetime.strptime(found["rest"], "%B %d, %Y at %I:%M:%S %p").replace(tzinfo=UTC)
        except ValueError:
            return None
    try:
        at = datetime.fromisoformat(told)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _attached(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = told.get("attached_files")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _files(told: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(one["export_name"]) for one in _attached(told) if one.get("export_name"))


def _names(told: Mapping[str, Any]) -> list[str]:
    return [plain(str(one.get("original_name") or one.get("export_name") or "")) for one in _attached(told)]


def _with_owner(said: Said, me: str) -> Said:
    def owned(who: Speaker) -> Speaker:
        return replace(who, is_me=True) if who.email == me else who

    return replace(said, speaker=owned(said.speaker), to=tuple(map(owned, said.to)))


def _start(path: Path) -> str:
    with path.open("rb") as stream:
        return stream.read(_SAMPLE_BYTES).decode("utf-8", errors="replace").lstrip("\ufeff \r\n\t")


def _json(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
