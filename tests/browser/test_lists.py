"""Picking rows of the list by keyboard, taking chips off, and what asks how it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import looking

pytestmark = pytest.mark.browser


@pytest.fixture
def relationships(chromium: Browser, gallery_address: str) -> Iterator[Page]:
    page = looking.open_page(chromium)
    page.goto(f"{gallery_address}/relationships.html")
    yield page
    page.context.close()


def picked(page: Page) -> list[str]:
    told: list[str] = page.locator("input[name=row]:checked").evaluate_all("boxes => boxes.map(box => box.value)")
    return told


def test_x_picks_the_row_in_hand_and_shift_all_up_to_another(relationships: Page) -> None:
    bar = relationships.get_by_role("form", name="With those you picked")
    expect(bar).to_be_hidden()

    for key in ("j", "x", "j", "j", "Shift+X"):
        relationships.keyboard.press(key)

    assert picked(relationships) == ["Amara Nwosu", "Dev Anand", "Gareth Pugh"]
    expect(bar).to_be_visible()
    expect(bar.get_by_role("status")).to_have_text("3")

    relationships.keyboard.press("x")
    assert picked(relationships) == ["Amara Nwosu", "Dev Anand"]

    relationships.keyboard.press("Escape")
    assert picked(relationships) == []
    expect(bar).to_be_hidden()


def test_letters_typed_into_the_bar_pick_nothing(relationships: Page) -> None:
    relationships.keyboard.press("j")
    relationships.keyboard.press("x")
    relationships.locator("#edit input[name=word]").click()

    relationships.keyboard.type("xX fair")

    assert picked(relationships) == ["Amara Nwosu"]


def test_shift_with_a_click_picks_all_between_and_the_box_above_all(relationships: Page) -> None:
    boxes = relationships.locator("input[name=row]")
    boxes.nth(1).click()
    boxes.nth(4).click(modifiers=["Shift"])
    assert len(picked(relationships)) == 4

    relationships.get_by_role("checkbox", name="Pick all on this page").check()
    assert len(picked(relationships)) == boxes.count()


def test_backspace_takes_a_chip_off(relationships: Page) -> None:
    chip = relationships.locator("[data-chip]").first
    chip.evaluate("chip => chip.addEventListener('click', () => (document.title = 'taken off'))")
    chip.focus()

    relationships.keyboard.press("Backspace")

    expect(relationships).to_have_title("taken off")
