"""The page before a meeting, on paper: one side of A5."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from tests.browser import looking

pytestmark = pytest.mark.browser

A5_POINTS = (419.5, 595.3)


def test_it_is_printed_on_one_side_of_a5(chromium: Browser, gallery_address: str) -> None:
    page = looking.open_page(chromium)
    page.goto(f"{gallery_address}/before.html")

    paper = page.pdf(prefer_css_page_size=True)
    page.context.close()

    sizes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", paper)
    assert len(sizes) == 1
    assert [float(side) for side in sizes[0]] == pytest.approx(A5_POINTS, abs=1.5)
