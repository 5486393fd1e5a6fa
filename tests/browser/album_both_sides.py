"""Pages of both sides: promises, negotiations, give and take, messages that went, and the page that is the other side's own."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page

from tests.browser import looking
from tests.browser.stops import Session, Stop, path_of

JANE = "jane.okafor@alderhotels.example"
_CODE = re.compile(r"^\d{6}$", re.MULTILINE)
# What the demo house tells of both sides, by the words that stand on its pages.
_PROMISES = {
    "promise-that-leans": "New beans on every ward",
    "promise-late": "Waste figures for the Clifton kitchen",
    "promise-in-the-houses-name": "six weeks before it holds, the card too",
}
_NEGOTIATIONS = {
    "negotiation": "One coffee and one price",
    "negotiation-accepted": "Coffee and machines for the new wing",
    "negotiation-theirs": "What Meridian takes",
    "negotiation-without-an-offer": "Bags of 250 g",
}
_MESSAGES = {
    "message-sent": "Cupping notes, Huila lot",
    "message-waiting": "The machines in the museum café",
    "message-held-by-a-line": "What is new this winter",
    "message-being-written": "Cards for the counter",
}


def stops_of_both_sides(page: Page, address: str) -> dict[str, Stop]:
    """What a member of the demo house sees of promises, negotiations, give and take, and messages."""
    page.goto(f"{address}/search/?words=Jane Okafor")
    jane = page.locator("main a[href*='/relationships/']", has_text="Jane Okafor").first.get_attribute("href") or ""
    promises = _found(page, f"{address}/promises/", "/promises/", _PROMISES)
    asked = _found(page, address, "/promises/", {"promise-asked-of-you": "Photographs of the tasting"})
    negotiations = _found(page, f"{address}/negotiations/", "/negotiations/", _NEGOTIATIONS)
    messages = _found(page, f"{address}/messages/", "/messages/", _MESSAGES)
    return {
        **promises,
        **asked,
        "promise-late-say-so": Stop(f"{promises['promise-late'].path}late/"),
        "promise-something": Stop(f"/promises/new/?relationship={jane.strip('/').rpartition('/')[2]}"),
        "ask-a-colleague": Stop("/promises/ask/"),
        "advertised": Stop("/promises/public/"),
        "away": Stop("/away/"),
        "negotiations": Stop("/negotiations/"),
        **negotiations,
        "negotiation-weighed": Stop(negotiations["negotiation"].path, open_everything),
        "offer-new": Stop(f"{negotiations['negotiation'].path}offer/"),
        "offer-refused": Stop(f"{negotiations['negotiation'].path}offer/", _price_nobody_reads),
        "negotiate": Stop(f"{jane}negotiate/"),
        "give-and-take": Stop(f"{jane}give-and-take/"),
        **messages,
        "their-page": Stop(f"{jane}their-page/"),
        "more-above-the-thumb": Stop("/", _open_more, is_whole=False),
    }


def stops_of_their_page() -> dict[str, Stop]:
    """The other side's own page, for who has opened it."""
    return {
        "own-page": Stop("/between/"),
        "own-page-unfolded": Stop("/between/", open_everything),
        "own-page-forget": Stop("/between/forget/"),
    }


def stops_at_their_door(link: str) -> dict[str, Stop]:
    return {
        "own-page-link": Stop(path_of(link)),
        "own-page-code": Stop(f"{path_of(link)}code/"),
        "own-page-without-a-link": Stop("/between/link/x/", status=404),
    }


def open_their_page(browser: Browser, link: str, newest_letter: Callable[[], str]) -> Session:
    """Come in by a link and the code that was sent, as its holder does."""
    page = looking.open_page(browser)
    page.goto(link)
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    code = _CODE.search(newest_letter())
    page.locator("input[name=code]").fill(code[0] if code else "")
    page.locator("main form.form button.btn--main").click()
    page.wait_for_url("**/between/")
    session: Session = dict(page.context.storage_state())
    page.context.close()
    return session


def open_everything(page: Page) -> None:
    """What folds away: forms, and what stood before."""
    page.locator("main details").evaluate_all("folds => folds.forEach((fold) => (fold.open = true))")


def _found(page: Page, address: str, below: str, named: dict[str, str]) -> dict[str, Stop]:
    """The pages that these words lead to."""
    page.goto(address)
    found = {}
    for name, words in named.items():
        link = page.locator(f"main a[href^='{below}']", has_text=words).first
        found[name] = Stop(link.get_attribute("href") or "")
    return found


def _price_nobody_reads(page: Page) -> None:
    page.locator("input[name$=unit_price]").first.fill("a good one")
    page.locator("main form button.btn--main").last.click()
    page.wait_for_load_state()


def _open_more(page: Page) -> None:
    more = page.locator(".bar__more summary")
    if more.is_visible():
        more.click()
