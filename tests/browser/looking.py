"""Looking at a page as a person would: pictures, words that are clipped or lie over each other, and what axe finds.

Works on any Playwright page: of the gallery, or of a running Ampersand.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
MEASURE = Path(__file__).with_name("measure.js")
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = (
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

Theme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class View:
    """A window as somebody has it."""

    name: str
    width: int
    height: int
    is_touch: bool = False


DESK = View("desk", 1440, 1000)
PHONE = View("phone", 390, 844, is_touch=True)
NARROWEST = View("narrowest", 320, 640, is_touch=True)


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium of the system where there is one, else the one Playwright brought."""
    with sync_playwright() as playwright:
        found = launch(playwright)
        try:
            yield found
        finally:
            found.close()


def launch(playwright: Playwright) -> Browser:
    system = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    return playwright.chromium.launch(executable_path=system, args=[*CHROMIUM_FLAGS, *sandbox])


def open_page(
    browser: Browser, view: View = DESK, theme: Theme = "light", *, language: str = "en", **more: Any
) -> Page:
    """A fresh page without motion; `complaints` tells what went wrong on it."""
    context = browser.new_context(
        viewport={"width": view.width, "height": view.height},
        color_scheme=theme,
        reduced_motion="reduce",
        has_touch=view.is_touch,
        is_mobile=view.is_touch,
        locale={"en": "en-GB", "de": "de-DE"}[language],
        timezone_id="UTC",
        **more,
    )
    page = context.new_page()
    heard = _heard.setdefault(page, [])
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return page


_heard: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()


def complaints(page: Page) -> list[str]:
    """What the browser complained of since this was last asked: errors of scripts, and what the policy refused."""
    heard = _heard[page]
    told, heard[:] = list(heard), []
    return told


def take(page: Page, path: Path, *, is_whole: bool = False) -> Path:
    """A picture, once fonts and islands have settled."""
    settle(page)
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=is_whole)
    return path


def settle(page: Page) -> None:
    page.evaluate(
        "document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))"
    )


def overlaps(page: Page) -> list[str]:
    """Words that are cut off, or that lie over other words; each a sentence. Empty is what we want.

    Every line of every text that is drawn is measured. Left out: what is hidden for the eye on purpose, what scrolls
    inside a box made for it, a mirror under its text field, and the fixed bar that text scrolls under.
    """
    settle(page)
    found: list[str] = page.evaluate(MEASURE.read_text())
    return found


def axe(page: Page, *, worst: tuple[str, ...] = ("serious", "critical")) -> list[str]:
    """What axe finds of the given impacts: rule, how often, and where first."""
    # Evaluated, not added as a script: our policy refuses inline scripts.
    page.evaluate(AXE.read_text())
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']} ({rule['impact']}): {len(rule['nodes'])} times, first at {json.dumps(rule['nodes'][0]['target'])}: "
        f"{rule['nodes'][0]['failureSummary']}"
        for rule in result["violations"]
        if rule["impact"] in worst
    ]
