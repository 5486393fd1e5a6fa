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

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
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


def open_page(browser: Browser, view: View = DESK, theme: Theme = "light", **more: Any) -> Page:
    """A fresh page without motion, whose own errors are gathered in `page.complaints` (a list)."""
    context = browser.new_context(
        viewport={"width": view.width, "height": view.height},
        color_scheme=theme,
        reduced_motion="reduce",
        has_touch=view.is_touch,
        is_mobile=view.is_touch,
        locale="en-GB",
        timezone_id="UTC",
        **more,
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.complaints = complaints  # type: ignore[attr-defined]
    return page


def take(page: Page, path: Path, *, is_whole: bool = False) -> Path:
    """A picture, once fonts and islands have settled."""
    settle(page)
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=is_whole)
    return path


def settle(page: Page) -> None:
    page.evaluate("document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))")


def overlaps(page: Page) -> list[str]:
    """Words that are cut off, or that lie over other words; each a sentence. Empty is what we want.

    Every line of every text that is drawn is measured. Left out: what is hidden for the eye on purpose, what scrolls
    inside a box made for it, a mirror under its text field, and the fixed bar that text scrolls under.
    """
    settle(page)
    found: list[str] = page.evaluate(_MEASURE)
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


_MEASURE = """
() => {
  const found = [];
  const lines = [];
  const say = (node) => '“' + node.textContent.trim().replace(/\\s+/g, ' ').slice(0, 60) + '”';
  const leftOut = '.hidden-visually, .capture__mirror, .skip, .bar, script, style, option, [popover]:not(:popover-open), dialog:not([open])';
  const sideways = (el) => { for (let at = el; at; at = at.parentElement) if (['auto', 'scroll'].includes(getComputedStyle(at).overflowX)) return at; return null; };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const el = node.parentElement;
    if (!node.textContent.trim() || el.closest(leftOut) || !el.checkVisibility({checkOpacity: true, checkVisibilityCSS: true})) continue;
    if ([...function* () { for (let at = el; at; at = at.parentElement) yield at; }()].some(at => getComputedStyle(at).clipPath !== 'none')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const scroller = sideways(el);
    for (const box of range.getClientRects()) {
      if (box.width < 1 || box.height < 1) continue;
      lines.push({node, el, box});
      if (!scroller && box.right > document.documentElement.clientWidth + 1) found.push(say(node) + ' runs out of the page on the right.');
      if (!scroller && box.left < -1) found.push(say(node) + ' runs out of the page on the left.');
      for (let at = el; at && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        const edge = at.getBoundingClientRect();
        if (['hidden', 'clip'].includes(style.overflowX) && (box.right > edge.right + 1 || box.left < edge.left - 1)) found.push(say(node) + ' is cut off by its box.');
        if (['hidden', 'clip'].includes(style.overflowY) && (box.bottom > edge.bottom + 2 || box.top < edge.top - 2)) found.push(say(node) + ' is cut off by its box.');
        if (style.overflowX !== 'visible') break;
      }
    }
  }
  for (const field of document.querySelectorAll('textarea, input:not([type=hidden])')) {
    if (!field.checkVisibility() || field.closest('dialog:not([open]), [popover]:not(:popover-open)')) continue;
    if (field.scrollHeight > field.clientHeight + 2) found.push('The words in “' + (field.ariaLabel || field.name) + '” are cut off.');
  }
  for (const svg of document.querySelectorAll('svg.drawing')) {
    const frame = svg.getBoundingClientRect();
    for (const words of svg.querySelectorAll('text')) {
      const box = words.getBoundingClientRect();
      if (box.height < 9) found.push(say(words) + ' is drawn too small to read.');
      if (box.left < frame.left - 2 || box.right > frame.right + 2 || box.top < frame.top - 3 || box.bottom > frame.bottom + 3) found.push(say(words) + ' runs out of its drawing.');
    }
  }
  // Letters fill about the middle of their line box: only that part must not meet another's.
  const core = (box) => ({left: box.left + 0.5, right: box.right - 0.5, top: box.top + box.height * 0.22, bottom: box.bottom - box.height * 0.22});
  const cores = lines.map(line => ({...line, core: core(line.box)})).sort((a, b) => a.core.top - b.core.top);
  for (let i = 0; i < cores.length; i++) {
    for (let j = i + 1; j < cores.length && cores[j].core.top < cores[i].core.bottom; j++) {
      const a = cores[i], b = cores[j];
      if (a.node === b.node) continue;
      if (a.core.left < b.core.right && b.core.left < a.core.right && a.core.top < b.core.bottom && b.core.top < a.core.bottom) found.push(say(a.node) + ' lies over ' + say(b.node) + '.');
    }
  }
  return [...new Set(found)];
}
"""
