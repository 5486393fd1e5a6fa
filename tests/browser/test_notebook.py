"""The notebook as one writes in it: underlines, putting right, drafts, keeping with and without a connection."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import looking, samples

pytestmark = pytest.mark.browser


class House:
    """Stands in for the server of the gallery's notebook and remembers what was posted to it."""

    def __init__(self, page: Page, address: str) -> None:
        self.posted: list[tuple[str, dict[str, str]]] = []
        self.is_away = False
        self.address = address
        for name in ("understood", "keep"):
            page.route(f"{address}/{name}", self._answer)

    def _answer(self, route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[1]
        if self.is_away:
            route.abort("internetdisconnected")
            return
        self.posted.append((name, _fields(route.request.post_data or "")))
        file = "kept" if name == "keep" else name
        route.continue_(url=f"{self.address}/{file}", method="GET")

    def last(self, name: str) -> dict[str, str]:
        return [fields for what, fields in self.posted if what == name][-1]

    def count(self, name: str) -> int:
        return sum(what == name for what, _ in self.posted)


def _fields(body: str) -> dict[str, str]:
    """The fields of a multipart body."""
    return dict(re.findall(r'name="(\w+)"\r\n\r\n(.*?)\r\n--', body, re.DOTALL)) or {
        key: unquote_plus(value) for key, _, value in (pair.partition("=") for pair in body.split("&"))
    }


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    opened = looking.open_page(chromium)
    yield opened
    opened.context.close()


@pytest.fixture
def house(page: Page, gallery_address: str) -> House:
    house = House(page, gallery_address)
    page.goto(f"{gallery_address}/today-plain.html")
    return house


def write(page: Page, words: str = samples.NOTE) -> None:
    page.get_by_role("textbox", name="What happened between you?").fill(words)


def test_what_was_understood_appears_and_is_underlined(page: Page, house: House) -> None:
    write(page)

    expect(page.get_by_text("We promise Sami")).to_be_visible()
    expect(page.locator(".capture__mirror .mark--unsure")).to_have_text("Sami")
    assert house.last("understood")["words"] == samples.NOTE


def test_the_server_is_asked_after_a_pause_and_not_for_each_letter(page: Page, house: House) -> None:
    page.get_by_role("textbox").press_sequentially("Saw Jane", delay=10)
    expect(page.get_by_text("We promise Sami")).to_be_visible()

    assert house.count("understood") == 1


def test_the_underlines_lie_under_their_words(page: Page, house: House) -> None:
    write(page)
    expect(page.locator(".capture__mirror .mark--unsure")).to_be_visible()

    mirror = page.locator(".capture__mirror").bounding_box()
    words = page.locator(".capture__words").bounding_box()

    assert mirror == words


def test_enter_on_an_unsure_piece_takes_the_other_guess(page: Page, house: House) -> None:
    write(page)
    page.get_by_role("button", name="Sami Haddad").focus()

    with page.expect_response("**/understood"):
        page.keyboard.press("Enter")

    assert json.loads(house.last("understood")["corrections"]) == {"k4": "samir"}


def test_backspace_leaves_a_row_out(page: Page, house: House) -> None:
    write(page)
    page.get_by_role("button", name="October’s pallet charge").focus()

    with page.expect_response("**/understood"):
        page.keyboard.press("Backspace")

    assert json.loads(house.last("understood")["corrections"]) == {"r4": ""}


def test_tab_walks_from_the_words_into_the_pieces(page: Page, house: House) -> None:
    write(page)
    expect(page.get_by_text("We promise Sami")).to_be_visible()
    page.get_by_role("textbox", name="What happened between you?").focus()

    page.keyboard.press("Tab")

    expect(page.get_by_role("button", name="Visit")).to_be_focused()


def test_a_piece_opens_its_choices_and_takes_one(page: Page, house: House) -> None:
    write(page)
    page.get_by_role("button", name="Visit").click()

    with page.expect_response("**/understood"):
        page.get_by_role("button", name="Call", exact=True).click()

    assert json.loads(house.last("understood")["corrections"]) == {"k1": "call"}


def test_something_else_may_be_typed(page: Page, house: House) -> None:
    write(page)
    page.get_by_role("button", name="the autumn volumes").click()
    page.locator(":popover-open input").fill("the winter volumes")

    with page.expect_response("**/understood"):
        page.keyboard.press("Enter")

    assert json.loads(house.last("understood")["corrections"]) == {"k7": "the winter volumes"}


def test_keeping_empties_the_box_and_offers_undo(page: Page, house: House) -> None:
    write(page)

    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_value("")
    assert house.last("keep")["words"] == samples.NOTE
    assert house.last("keep")["written_at"].endswith("Z")


def test_keeping_brings_the_rest_of_the_page_up_to_date(page: Page, house: House) -> None:
    opening = page.locator("[data-fresh=opening]")
    says = opening.inner_text()
    opening.evaluate("element => { element.textContent = 'as it was before' }")
    write(page, "Saw Jane")

    page.keyboard.press("Control+Enter")

    expect(opening).to_have_text(says)
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def test_undo_brings_the_rest_of_the_page_up_to_date(page: Page, house: House) -> None:
    page.route(f"{house.address}/undo", lambda route: route.fulfill(body='<div class="kept">Undone.</div>'))
    opening = page.locator("[data-fresh=opening]")
    says = opening.inner_text()
    write(page, "Saw Jane")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Undo").wait_for()
    page.wait_for_load_state("networkidle")
    opening.evaluate("element => { element.textContent = 'as it was before' }")

    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_text("Undone.")).to_be_visible()
    expect(opening).to_have_text(says)


def test_undo_names_its_key_only_where_the_key_is_no_letter(page: Page, house: House) -> None:
    write(page, "Saw Jane")
    page.keyboard.press("Control+Enter")
    key = page.locator(".kept kbd")
    expect(key).to_be_hidden()

    page.keyboard.press("Escape")

    expect(key).to_be_visible()


def test_a_draft_is_there_again_after_the_tab_was_closed(page: Page, house: House) -> None:
    write(page, "Saw Jane")
    first = page.evaluate("JSON.parse(localStorage.getItem('ampersand.draft.maya.today')).id")

    page.reload()

    expect(page.get_by_role("textbox")).to_have_value("Saw Jane")
    page.keyboard.press("n")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert house.last("keep")["note_id"] == first


def test_signing_out_takes_drafts_off_the_device(page: Page, house: House) -> None:
    write(page, "Saw Jane")
    page.evaluate(
        """() => {
            document.body.innerHTML = '<sign-out member="maya"><form action="/kept"><button>Sign out</button></form></sign-out>'
        }"""
    )

    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{house.address}/today-plain.html")

    expect(page.get_by_role("textbox")).to_have_value("")
    assert page.evaluate("localStorage.length") == 0


def test_without_a_connection_a_note_waits_and_then_goes_out_once(page: Page, house: House) -> None:
    house.is_away = True
    write(page, "Saw Jane")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Kept here, not yet with the others.")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_value("")
    waiting = page.evaluate("JSON.parse(localStorage.getItem('ampersand.unsent.maya'))[0].id")

    house.is_away = False
    page.evaluate("window.dispatchEvent(new Event('online'))")

    expect(page.get_by_text("Kept here, not yet with the others.")).not_to_be_visible()
    page.reload()
    assert house.count("keep") == 1
    assert house.last("keep")["note_id"] == waiting
    assert house.last("keep")["words"] == "Saw Jane"


def test_a_note_that_arrives_late_does_not_wipe_the_next_one(page: Page, house: House) -> None:
    house.is_away = True
    write(page, "Saw Jane")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Kept here, not yet with the others.")).to_be_visible()
    house.is_away = False
    write(page, "And then Sami")

    page.evaluate("window.dispatchEvent(new Event('online'))")

    expect(page.get_by_text("Kept here, not yet with the others.")).not_to_be_visible()
    expect(page.get_by_role("textbox")).to_have_value("And then Sami")


def test_a_refusal_keeps_the_words_and_says_what_to_do(page: Page, house: House, gallery_address: str) -> None:
    page.route(f"{gallery_address}/keep", lambda route: route.fulfill(status=500, body=""))
    write(page, "Saw Jane")

    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("This could not be kept.")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_value("Saw Jane")


def test_undo_gives_the_words_back(page: Page, house: House) -> None:
    write(page, "Saw Jane")
    page.keyboard.press("Control+Enter")

    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_role("textbox")).to_have_value("Saw Jane")
