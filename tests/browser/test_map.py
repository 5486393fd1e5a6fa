"""The map: one after the other by the keyboard, a point by the pointer, and the list."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import looking
from tests.browser.test_keys import with_its_keys

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium: Browser, gallery_address: str) -> Iterator[Page]:
    opened = looking.open_page(chromium)
    yield with_its_keys(opened, f"{gallery_address}/map.html")
    opened.context.close()


def test_j_shows_the_next_beside_the_map_and_on_it(page: Page) -> None:
    expect(page.locator("[data-chosen=wide] text")).to_have_text("Jane Okafor")

    page.keyboard.press("j")

    expect(page.locator("#map-chosen h2")).to_have_text("Gareth Pugh")
    expect(page.locator("[data-chosen=wide] text")).to_have_text("Gareth Pugh")
    assert looking.overlaps(page) == []


def test_the_focus_stays_where_it_was_when_the_next_is_shown(page: Page) -> None:
    page.locator("#map-next").focus()

    page.keyboard.press("Enter")

    expect(page.locator("#map-chosen h2")).to_have_text("Gareth Pugh")
    expect(page.locator("#map-next")).to_be_focused()


def test_enter_opens_the_one_that_is_shown(page: Page) -> None:
    page.keyboard.press("Enter")

    page.wait_for_url("**/relationship.html")


def test_a_point_that_is_clicked_is_shown(page: Page) -> None:
    page.route("**/map.html", lambda route: route.continue_(url=route.request.url.replace("map.html", "map-next")))

    page.locator("svg.map__drawing--wide a[data-point='1'] circle").last.click()

    expect(page.locator("#map-chosen h2")).to_have_text("Gareth Pugh")


def test_l_goes_to_the_list_and_back_to_the_drawing(page: Page) -> None:
    page.keyboard.press("l")
    page.wait_for_url("**/map-list.html")
    expect(page.locator(".map__list table")).to_be_visible()

    page.keyboard.press("l")

    page.wait_for_url("**/map-drawing.html")


def test_the_list_appears_when_the_keyboard_comes_to_it(page: Page) -> None:
    page.locator(".map__list a").first.focus()

    box = page.locator(".map__list table").bounding_box()
    assert box is not None
    assert box["width"] > 400
    assert looking.overlaps(page) == []


def test_a_phone_has_the_list_first_and_the_drawing_by_a_press(chromium: Browser, gallery_address: str) -> None:
    phone = looking.open_page(chromium, looking.PHONE)
    phone.goto(f"{gallery_address}/map.html")
    expect(phone.locator(".map__list table")).to_be_visible()
    expect(phone.locator("svg.map__drawing--narrow")).not_to_be_visible()

    phone.get_by_role("link", name="As a drawing").click()

    expect(phone.locator("svg.map__drawing--narrow")).to_be_visible()
    phone.context.close()
