"""Pages of messages: one that is written, one that the gate holds, what is missing, the outbox, and those a change touches."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.stops import Stop, path_of


def stops_of_messages(page: Page, address: str) -> dict[str, Stop]:
    page.goto(f"{address}/search/?words=Jane Okafor")
    jane = page.locator("main a[href*='/relationships/']", has_text="Jane Okafor").first.get_attribute("href") or ""
    page.goto(f"{address}/messages/snippets/")
    page.locator("main input[name=name]").fill("Thanks for the order")
    page.locator("main textarea[name=words]").fill("Thank you for the order. It goes out on Tuesday.")
    page.locator("main .form button.btn--main").click()
    draft = _written(page, f"{address}{jane}write/", act="look")
    held = _written(page, f"{address}{jane}write/", act="send", purpose="plan")
    return {
        "message-new": Stop(f"{jane}write/"),
        "message-draft": Stop(draft),
        "message-held": Stop(held),
        "message-without-a-subject": Stop(f"{jane}write/", lambda page: page.locator("button[value=send]").click()),
        "messages": Stop("/messages/"),
        "snippets": Stop("/messages/snippets/"),
        "tell-those-it-touches": Stop(f"{jane}tell/", _tell_without_a_reason),
    }


def _written(page: Page, address: str, *, act: str, purpose: str = "work") -> str:
    page.goto(address)
    page.locator("input[name=subject]").fill("The price list for November")
    page.locator("textarea[name=words]").fill("Dear Jane,\n\nhere is the list we spoke of.\n\nMaya")
    page.locator("select[name=purpose]").select_option(purpose)
    page.locator(f"button[value={act}]").click()
    page.wait_for_load_state()
    return path_of(page.url)


def _tell_without_a_reason(page: Page) -> None:
    page.locator("input[name=subject]").fill("Milk comes on Tuesdays")
    page.locator("textarea[name=words]").fill("From November on it comes on Tuesdays.")
    page.locator("input[name=who]").first.check()
    page.locator("button[value=send]").click()
