"""What every template and style sheet keeps to: the policy of the page, the layers, and contrast that can be read."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = sorted((ROOT / "ampersand").rglob("templates/**/*.html"))
SHEETS = sorted((ROOT / "assets" / "css").glob("*.css"))

# What lies on what, and the least contrast that it needs (WCAG AA; ink is meant to be read all day).
GROUNDS = [
    ("ink", "paper leaf well moss-wash indigo-wash ochre-wash", 7.0),
    ("ink-2", "paper leaf well moss-wash indigo-wash ochre-wash", 4.5),
    ("ink-3", "paper leaf well", 4.5),
    ("moss", "paper leaf well moss-wash", 4.5),
    ("indigo", "paper leaf well indigo-wash", 4.5),
    ("ochre", "paper leaf well ochre-wash", 4.5),
    ("maple", "paper leaf well", 4.5),
    ("on-moss", "moss", 4.5),
    ("edge", "paper leaf", 3.0),
    ("moss-mid", "paper leaf", 3.0),
    ("indigo-mid", "paper leaf", 3.0),
]
PAIRS = [(front, ground, need) for front, grounds, need in GROUNDS for ground in grounds.split()]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_style_and_no_script_of_its_own(template: Path) -> None:
    html = template.read_text()

    assert not re.search(r"\sstyle=", html)
    assert not re.search(r"\son\w+=|hx-on:|javascript:", html)
    assert not re.search(r"<script(?![^>]*\b(?:src=|type=\"application/json\"))", html)
    assert "|safe" not in html.replace("field.help_text|safe", "")


@pytest.mark.parametrize("template", [t for t in TEMPLATES if t.name.startswith("_")], ids=lambda path: path.name)
def test_a_fragment_says_first_what_it_takes(template: Path) -> None:
    assert template.read_text().startswith("{# ")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_lies_wholly_in_a_layer(sheet: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    depth = 0
    outside = ""
    for letter in css:
        depth -= letter == "}"
        if depth == 0:
            outside += letter
        depth += letter == "{"

    assert depth == 0
    assert re.fullmatch(r"(?:\s|\}|@layer [\w, ]+;|@layer \w+ \{)*", outside)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_names_no_id_and_forces_nothing(sheet: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)

    assert "!important" not in css
    assert not re.search(r"(?m)^\s*[^{}:;]*#[a-z][\w-]*[^;{}]*\{", css)


@pytest.mark.parametrize(("front", "ground", "need"), PAIRS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_ink_can_be_read_on_its_ground(front: str, ground: str, need: float, theme: str) -> None:
    assert contrast(tokens()[front][theme], tokens()[ground][theme]) >= need


Colour = tuple[float, float, float]


def tokens() -> dict[str, dict[str, Colour]]:
    css = (ROOT / "assets" / "css" / "_tokens.css").read_text()
    pattern = re.compile(r"--([\w-]+): light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\)")
    return {m[1]: {"light": _numbers(m[2]), "dark": _numbers(m[3])} for m in pattern.finditer(css)}


def _numbers(words: str) -> Colour:
    lightness, chroma, hue = map(float, words.split())
    return lightness, chroma, hue


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of WCAG 2, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Colour) -> float:
    """Relative luminance of an OKLCH colour, rounded to the 8 bits a screen has.

    Source: Björn Ottosson, A perceptual color space for image processing (2020), for OKLab; WCAG 2.2 for luminance.
    """
    lightness, chroma, hue = colour
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    red, green, blue = (_as_shown(channel) for channel in linear)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _as_shown(channel: float) -> float:
    clipped = min(1.0, max(0.0, channel))
    encoded = 12.92 * clipped if clipped <= 0.0031308 else 1.055 * clipped ** (1 / 2.4) - 0.055
    stepped = round(255 * encoded) / 255
    return stepped / 12.92 if stepped <= 0.04045 else ((stepped + 0.055) / 1.055) ** 2.4
