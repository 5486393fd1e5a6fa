"""Which files are chats, of which program, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path, PurePath

from ampersand.channels.chats import google_chat, linkedin, stamps, whatsapp, words
from ampersand.channels.chats.said import WHATSAPP, Chat
from ampersand.channels.outcomes import too_large

_MESSAGES = "messages.csv"


def is_chat(path: Path, name: str = "") -> bool:
    """Whether a file that came under this name is a chat, or tells who has a part in one."""
    ending = PurePath((name or path.name).lower().removesuffix(".gz")).suffix
    if ending == ".txt":
        return whatsapp.is_chat(path)
    if ending == ".csv":
        return linkedin.is_messages(path)
    if ending == ".json":
        return google_chat.is_messages(path) or google_chat.is_about_chats(path)
    return False


def read(
    path: Path,
    *,
    name: str,
    present: datetime,
    around: str = "",
    orders: Mapping[str, str] | None = None,
    default: str = stamps.DMY,
) -> list[Chat]:
    """The chats in a file. `around` is what the archive is called that it lies in; `orders` says by its name in which order
    its days stand, where somebody was asked.
    """
    if refused := too_large(path, name=name):
        return [Chat(WHATSAPP, "", [refused])]
    ending = PurePath(name.lower()).suffix
    if ending == ".csv":
        return linkedin.read(path, name=name)
    if ending == ".json":
        return [google_chat.read(path, name=name)] if google_chat.is_messages(path) else []
    title, order = title_of(name) or words.title_in(around), (orders or {}).get(name, "")
    return [whatsapp.read(path, name=name, title=title, present=present, order=order, default=default)]


def title_of(name: str) -> str:
    """What a chat is called: by the name of its file, or of the archive or folder it lies in."""
    parts = PurePath(name).parts
    return next((title for part in reversed(parts) if (title := words.title_in(part))), "")


def enclosed(path: Path) -> Iterator[Path]:
    """The files beside a chat that its messages enclose."""
    ending = path.suffix.lower()
    named: set[str] = set()
    if ending == ".txt":
        named = whatsapp.files_named(path)
    elif ending == ".json" and google_chat.is_messages(path):
        named = google_chat.files_named(path)
    for name in sorted(named):
        if found := beside(path, name):
            yield found


def beside(path: Path, name: str) -> Path | None:
    """The file of this name in the folder of a chat, and nowhere else."""
    if not name or name != PurePath(name).name or name in {".", ".."}:
        return None
    found = path.with_name(name)
    return found if found.is_file() and not found.is_symlink() else None
