"""Every page of the gallery, looked at: nothing is cut off or lies over another, axe and the policy are content."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import gallery, looking

pytestmark = pytest.mark.browser
NAMES = [*gallery.pages(), *gallery.parts()]
VIEWS: list[tuple[looking.View, looking.Theme]] = [(looking.DESK, "light"), (looking.PHONE, "dark")]


@pytest.fixture(scope="module", params=VIEWS, ids=["desk-light", "phone-dark"])
def window(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    page = looking.open_page(chromium, *request.param)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def narrow_window(chromium: Browser) -> Iterator[Page]:
    page = looking.open_page(chromium, looking.NARROWEST)
    yield page
    page.context.close()


@pytest.fixture
def blank(chromium: Browser) -> Iterator[Page]:
    page = looking.open_page(chromium)
    yield page
    page.context.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_whole_and_open_to_everybody(name: str, window: Page, gallery_address: str) -> None:
    window.goto(f"{gallery_address}/{name}.html")

    assert looking.overlaps(window) == []
    assert looking.axe(window) == []
    assert looking.complaints(window) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_page_holds_at_320_pixels(name: str, narrow_window: Page, gallery_address: str) -> None:
    narrow_window.goto(f"{gallery_address}/{name}.html")

    assert looking.overlaps(narrow_window) == []


@pytest.mark.parametrize("name", ["today", "relationship", "relationships"])
def test_a_page_is_whole_without_script(name: str, blank: Page, gallery_address: str) -> None:
    blank.route("**/*.js", lambda route: route.abort())
    blank.goto(f"{gallery_address}/{name}.html")

    assert looking.overlaps(blank) == []


@pytest.mark.parametrize("name", ["today", "relationship", "relationships"])
def test_a_page_holds_with_text_twice_as_large(name: str, blank: Page, gallery_address: str) -> None:
    blank.goto(f"{gallery_address}/{name}.html")
    blank.evaluate("document.documentElement.style.setProperty('font-size', '32px')")

    assert looking.overlaps(blank) == []


def test_words_that_lie_over_others_are_found(blank: Page) -> None:
    blank.set_content(
        "<style>p { position: absolute; top: 0 }</style><p>The first</p><p style='top: 4px'>The second</p>"
    )

    assert looking.overlaps(blank) == ["“The first” lies over “The second”."]


def test_words_that_are_cut_off_are_found(blank: Page) -> None:
    blank.set_content("<p style='width: 60px; overflow: hidden; white-space: nowrap'>Much longer than its box</p>")

    assert looking.overlaps(blank) == ["“Much longer than its box” is cut off by its box."]


def test_words_that_run_out_of_the_page_are_found(blank: Page) -> None:
    blank.set_content("<p style='margin-left: 1400px; white-space: nowrap'>Out of the page</p>")

    assert looking.overlaps(blank) == ["“Out of the page” runs out of the page on the right."]
