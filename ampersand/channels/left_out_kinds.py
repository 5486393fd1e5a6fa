"""By their names: files that are nothing to bring in, and why."""

from __future__ import annotations

from pathlib import PurePath

from ampersand.channels.outcomes import mark as _

PAGE = _("A page to look at, which tells of nobody by itself.")
PICTURE = _("A picture, sound or film that no message and no card encloses.")
DOCUMENT = _("A document by itself: it tells of nothing that happened between people.")
DATA = _("A service keeps this for itself: no people, mail, meetings or chats stand in it.")
_PAGES = {".html", ".htm", ".css", ".js", ".svg"}
_SEEN_OR_HEARD = {
    ".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".bmp", ".tif", ".tiff", ".mp4", ".mov", ".avi", ".mkv", ".3gp",
    ".webm", ".mp3", ".m4a", ".aac", ".ogg", ".opus", ".wav", ".amr",
}  # fmt: skip
_DOCUMENTS = {".pdf", ".doc", ".docx", ".ppt", ".pptx", ".odt", ".odp", ".rtf", ".pages", ".key"}
_DATA = {".json", ".xml", ".kml", ".gpx", ".log", ".db", ".sqlite", ".md", ".yml", ".yaml", ".ini"}
ENDINGS = frozenset(_PAGES | _SEEN_OR_HEARD | _DOCUMENTS | _DATA)


def why(name: str) -> str:
    """Why a file of this name is left out."""
    ending = PurePath(name.lower()).suffix
    if ending in _PAGES:
        return PAGE
    if ending in _SEEN_OR_HEARD:
        return PICTURE
    return DOCUMENT if ending in _DOCUMENTS else DATA
