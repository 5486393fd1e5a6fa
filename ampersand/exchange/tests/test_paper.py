"""An offer on paper, read back as a reader of PDF reads it."""

from __future__ import annotations

import io
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from pypdf import PdfReader

from ampersand.exchange.negotiating import paper
from ampersand.exchange.negotiating.actions import Line
from ampersand.exchange.negotiating.sheet import Sheet
from tests.cast import NOW

BEANS = Line("Beans, washed", Decimal("10.5"), "kg", Decimal("19.9"), Decimal(5), Decimal(20))


def sheet(**more: Any) -> Sheet:
    told: dict[str, Any] = {
        "house": "Harbour & Finch Ltd", "to": "Jane Okafor", "about": "Beans for breakfast", "version": 3,
        "on": date(2026, 10, 9), "at": NOW, "lines": (BEANS,), "currency": "GBP",
    }  # fmt: skip
    return Sheet(**(told | more))


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def words_of(pdf: bytes) -> str:
    text = "\n".join(page.extract_text() for page in read(pdf).pages)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def test_it_says_what_the_version_says() -> None:
    words = words_of(
        paper.draw(sheet(valid_until=date(2026, 11, 1), answers=[("Term", "24 months")], words="As we said."))
    )

    for said in (
        "Harbour & Finch Ltd", "Jane Okafor", "Beans for breakfast", "9 October 2026", "1 November 2026", "10.5 kg", "19.90",
        "5 %", "20 %", "£198.50", "£39.70", "£238.20", "Term", "24 months", "As we said.", "Page 1 of 1",
    ):  # fmt: skip
        assert (
            said in words
            or said.replace("9 October 2026", "October 9, 2026").replace("1 November 2026", "November 1, 2026") in words
        )


@pytest.mark.parametrize(
    "name",
    [
        "Γιώργος Παπαδόπουλος",
        "Ирина Щербакова",
        "Nguyễn Thị Thương",
        "Łukasz Żółć",
        "Şükrü Ğöksu",
        "Đorđe Čačić",
        "Ἀριστοτέλης",
    ],
)
def test_names_of_many_scripts_come_out(name: str) -> None:
    assert name in words_of(paper.draw(sheet(to=name)))


def test_it_speaks_the_language_of_the_reader() -> None:
    with translation.override("de"):
        words = words_of(paper.draw(sheet()))

    assert "9. Oktober 2026" in words
    assert "10,5 kg" in words
    assert "238,20 £" in words


def test_every_font_is_embedded_and_none_more_than_is_needed() -> None:
    plain, greek = (read(paper.draw(sheet(to=to))) for to in ("Jane", "Γιώργος"))

    assert all("/FontFile2" in one["/FontDescriptor"] for one in fonts_of(plain))
    assert len(fonts_of(greek)) > len(fonts_of(plain))


def fonts_of(pdf: PdfReader) -> list[Any]:
    found: dict[str, Any] = {}
    for page in pdf.pages:
        for name, font in page["/Resources"]["/Font"].items():  # type: ignore[index]
            found[name] = font.get_object()["/DescendantFonts"][0].get_object()
    return list(found.values())


def test_the_same_offer_is_the_same_file() -> None:
    assert paper.draw(sheet()) == paper.draw(sheet())


def test_many_lines_run_over_several_pages_and_none_is_lost() -> None:
    lines = [Line(f"Thing number {number}.", Decimal(1), "", Decimal(number)) for number in range(200)]

    pdf = paper.draw(sheet(lines=lines))

    words = words_of(pdf)
    assert len(read(pdf).pages) > 3
    assert all(f"Thing number {number}." in words for number in range(200))


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        "x" * 4_000,
        "a\x00b\x1b[31m",
        "<b>no</b> **no**",
        "\u202egnp.exe",
        "名前 اسم 🫘",
        "\n" * 300,
        "{nb}",
        "(Tj) endstream",
    ],
)
def test_whatever_is_written_makes_a_paper(hostile: str) -> None:
    line = Line(hostile, Decimal(0), hostile[:40], Decimal(-1), Decimal(100), Decimal(0))

    pdf = paper.draw(sheet(to=hostile, about=hostile, words=hostile, lines=(line,), answers=[(hostile, hostile)]))

    assert len(read(pdf).pages) >= 1
    assert "Harbour & Finch Ltd" in words_of(pdf)
