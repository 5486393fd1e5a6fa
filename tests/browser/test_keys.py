"""The keyboard map, the palette, and the two strips."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, expect

from ampersand.desk.models import SetAside
from tests.browser import looking

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    opened = looking.open_page(chromium)
    yield opened
    opened.context.close()


@pytest.fixture
def today(page: Page, gallery_address: str) -> Page:
    return with_its_keys(page, f"{gallery_address}/today-plain.html")


@pytest.fixture
def relationship(page: Page, gallery_address: str) -> Page:
    return with_its_keys(page, f"{gallery_address}/relationship.html")


def with_its_keys(page: Page, address: str) -> Page:
    """The page once it listens: a key pressed before that is lost."""
    page.goto(address)
    page.evaluate("customElements.whenDefined('key-map').then(() => true)")
    page.wait_for_function("window.htmx !== undefined")
    return page


def test_n_goes_to_the_notebook_and_escape_leaves_it(today: Page) -> None:
    today.keyboard.press("n")
    expect(today.get_by_role("textbox")).to_be_focused()

    today.keyboard.press("Escape")

    expect(today.get_by_role("textbox")).not_to_be_focused()


def test_letters_typed_in_the_notebook_are_words(today: Page) -> None:
    today.keyboard.press("n")

    today.keyboard.type("jkt?")

    expect(today.get_by_role("textbox")).to_have_value("jkt?")


def test_j_takes_the_next_row_in_hand_and_enter_opens_it(today: Page) -> None:
    today.keyboard.press("j")
    expect(today.locator("[aria-current=true]")).to_contain_text("Ines Carvalho")

    today.keyboard.press("Enter")

    today.wait_for_url("**/relationship.html")


def test_an_act_belongs_to_the_row_in_hand(today: Page) -> None:
    today.route("**/not-now", lambda route: route.fulfill(body=""))
    today.keyboard.press("j")
    expect(today.locator("[aria-current=true]")).to_contain_text("Ines Carvalho")

    with today.expect_request("**/not-now") as asked:
        today.keyboard.press("s")

    expect(today.locator(".tend", has_text="Ines Carvalho")).to_have_count(0)
    expect(today.locator(".tend", has_text="Leona Marsh")).to_have_count(1)
    assert asked.value.method == "POST"
    assert asked.value.headers["x-csrftoken"] == "sample"


@pytest.mark.parametrize("view", [looking.DESK, looking.PHONE], ids=lambda view: view.name)
def test_what_was_set_aside_says_so_over_the_width_of_its_row(today: Page, view: looking.View) -> None:
    aside = render_to_string("desk/_set_aside.html", {"act": SetAside(kind="not_now"), "name": "Ines Carvalho"})
    today.route("**/not-now", lambda route: route.fulfill(body=aside))
    today.set_viewport_size({"width": view.width, "height": view.height})
    today.keyboard.press("j")

    today.keyboard.press("s")

    sentence = today.get_by_text("Ines Carvalho comes back")
    expect(sentence).to_be_visible()
    row = today.locator(".tend--aside").bounding_box()
    box = sentence.bounding_box()
    assert row is not None
    assert box is not None
    assert box["width"] > row["width"] / 2


def test_g_and_a_letter_go_to_a_page(today: Page) -> None:
    today.keyboard.press("g")
    today.keyboard.press("r")

    today.wait_for_url("**/relationships.html")


def test_a_question_mark_shows_all_keys(today: Page) -> None:
    today.keyboard.press("?")

    expect(today.get_by_role("dialog", name="Keys")).to_be_visible()


def test_single_keys_can_be_turned_off(today: Page) -> None:
    today.evaluate("document.documentElement.dataset.keys = 'off'")

    today.keyboard.press("n")

    expect(today.get_by_role("textbox")).not_to_be_focused()


def test_the_palette_finds_while_one_types_and_arrows_walk(today: Page) -> None:
    today.route("**/search.html?*", lambda route: route.continue_(url=route.request.url.split("/search")[0] + "/found"))
    today.keyboard.press("/")
    expect(today.get_by_role("dialog", name="Find")).to_be_visible()
    expect(today.locator(".found__hit").first).to_be_visible()

    today.keyboard.press("ArrowDown")
    today.keyboard.press("Enter")

    today.wait_for_url("**/relationship.html")


def test_the_drawing_turns_into_a_list_and_back(relationship: Page) -> None:
    expect(relationship.get_by_role("img", name="Three years with Jane Okafor")).to_be_visible()

    relationship.keyboard.press("l")
    expect(relationship.get_by_role("cell", name="She opens the door to Bath")).to_be_visible()
    expect(relationship.get_by_role("img", name="Three years with Jane Okafor")).not_to_be_visible()

    relationship.keyboard.press("l")
    expect(relationship.get_by_role("img", name="Three years with Jane Okafor")).to_be_visible()


def test_the_drawing_is_drawn_again_to_its_width(relationship: Page) -> None:
    drawing = relationship.locator("two-strips svg.drawing")
    expect(drawing).to_have_attribute("width", "1152")

    relationship.set_viewport_size({"width": 1300, "height": 900})

    expect(drawing).to_have_attribute("width", "1012")
    assert looking.overlaps(relationship) == []


def test_the_drawing_opens_at_the_present_on_a_phone(chromium: Browser, gallery_address: str) -> None:
    page = looking.open_page(chromium, looking.PHONE)
    page.goto(f"{gallery_address}/relationship.html")
    expect(page.locator("two-strips svg.drawing")).to_be_visible()

    expect(page.locator("two-strips svg text", has_text="now").first).to_be_in_viewport(ratio=0)
    assert page.evaluate("document.querySelector('.strips__scroll').scrollLeft") > 400
    page.context.close()


@pytest.mark.parametrize("left", [0, 90, 180, 270, 360, 450, 540])
def test_no_name_in_the_drawing_is_cut_wherever_it_is_scrolled(
    left: int, chromium: Browser, gallery_address: str
) -> None:
    page = looking.open_page(chromium, looking.PHONE)
    page.goto(f"{gallery_address}/relationship.html")
    strip = page.locator(".strips__scroll")
    expect(strip.locator("svg.drawing")).to_be_visible()

    strip.evaluate("(box, left) => box.scrollTo(left, 0)", left)

    looking.settle(page)
    assert looking.overlaps(page) == []
    assert strip.locator("text:not(.drawing__cut)").count() > 3
    page.context.close()
