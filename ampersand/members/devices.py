"""What a browser says of itself, as few words as let its owner know it again."""

from __future__ import annotations

import re
from dataclasses import dataclass

# The first that stands in what a browser says; those that call themselves by another's name too come before it. What
# follows is the version.
_BROWSERS = tuple(
    (re.compile(f"{mark}([0-9]{{0,4}})"), name)
    for mark, name in (
        ("Edg(?:A|iOS)?/", "Edge"),
        ("(?:OPR|OPT|Opera)/", "Opera"),
        ("Vivaldi/", "Vivaldi"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("(?:DuckDuckGo|Ddg)/", "DuckDuckGo"),
        ("Epiphany/", "GNOME Web"),
        ("(?:Firefox|FxiOS)/", "Firefox"),
        ("Chromium/", "Chromium"),
        ("(?:Chrome|CriOS)/", "Chrome"),
        ("Version/(?=.*Safari/)", "Safari"),
        ("Safari(?=/)", "Safari"),
    )
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


# What a browser says is short; of the rest nothing is read.
_LETTERS_READ = 400


@dataclass(frozen=True, slots=True)
class Device:
    """Names of products, the browser's with its version; empty where it does not say."""

    browser: str = ""
    system: str = ""


def device_of(user_agent: str) -> Device:
    """Which browser on which system. Of the system no version is told: most say an old one for ever.

    >>> device_of("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1")
    Device(browser='Safari 18', system='iPhone')
    """
    said = user_agent[:_LETTERS_READ]
    return Device(_browser(said), next((name for mark, name in _SYSTEMS if mark in said), ""))


def _browser(said: str) -> str:
    for mark, name in _BROWSERS:
        if found := mark.search(said):
            return f"{name} {found[1]}".strip()
    return ""
