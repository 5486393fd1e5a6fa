"""The docs are true: what is made from the code is fresh, every setting and model has its entry, every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs import reference
from tests.laws.looking import our_models

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
APPS = ("core", "members", "parties", "timeline", "promises", "exchange", "notebook", "channels", "readings", "desk")


@pytest.mark.parametrize("name", ["glossary.md", "commands.md", "measures.md"])
def test_a_page_made_from_the_code_is_fresh(name: str) -> None:
    assert (DOCS / name).read_text() == reference.pages()[name], "Run bin/docs, and commit what it writes."


def test_every_model_has_its_word_in_the_glossary() -> None:
    in_glossary = [model for noun in reference.nouns() for model in noun["models"]]

    assert sorted(in_glossary) == sorted(model.__name__ for model in our_models())


def test_every_noun_says_what_it_is_and_its_german_word() -> None:
    for noun in reference.nouns():
        assert all(noun[part].strip() for part in ("name", "means", "field", "german")), noun["name"]
        assert noun["means"].endswith("."), noun["name"]


def test_every_variable_of_the_environment_is_in_the_settings_page_and_no_other() -> None:
    told = set(re.findall(r"^\| `([A-Z_]+)` \|", (DOCS / "settings.md").read_text(), re.MULTILINE))

    assert told == reference.environment_variables()


def test_every_measure_says_its_unit_and_its_source() -> None:
    for words in (words for name, words in reference.told_measures().items() if name not in ("two_way", "encounters")):
        assert "Unit" in words
        assert "Source" in words


@pytest.mark.parametrize("app", APPS)
def test_every_app_says_in_a_few_lines_what_it_is_for(app: str) -> None:
    lines = (ROOT / "ampersand" / app / "README.md").read_text().splitlines()

    assert lines[0] == f"# {app}"
    assert len(lines) <= 20


def test_the_readme_is_short_and_its_picture_is_there() -> None:
    lines = (ROOT / "README.md").read_text().splitlines()

    assert len(lines) <= 60
    assert (DOCS / "pictures" / "today.png").stat().st_size > 50_000


def pages() -> list[Path]:
    return [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *ROOT.glob("ampersand/*/README.md")]


def test_every_link_leads_somewhere() -> None:
    gone = [
        f"{page.name}: {target}"
        for page in pages()
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text())
        if "://" not in target and not (page.parent / target).exists()
    ]

    assert gone == []
    assert len(pages()) > 30


def test_every_command_the_pages_name_is_there() -> None:
    from ampersand.cli import COMMANDS

    words = " ".join(page.read_text() for page in pages())

    assert set(re.findall(r"(?:bin/|`)ampersand ([a-z-]+)", words)) <= {*COMMANDS}


def test_every_target_of_make_that_the_pages_name_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    words = " ".join(page.read_text() for page in pages())

    assert set(re.findall(r"(?:`| {4})make ([a-z-]+)", words)) <= targets


def test_every_file_of_ours_that_the_pages_name_is_there() -> None:
    words = " ".join(page.read_text() for page in pages())
    named = set(re.findall(r"`((?:ampersand|bin|docs|tests)/[\w./-]+)`", words))

    assert [path for path in named if not (ROOT / path).exists() and path != "bin/ampersand"] == []


def test_every_decision_says_its_status_its_context_the_decision_and_what_follows() -> None:
    for page in (DOCS / "decisions").glob("*.md"):
        words = page.read_text()
        for part in ("Status: ", "## Context", "## Decision", "## Consequences"):
            assert part in words, page.name
        assert words.startswith(f"# {int(page.name[:4])}. "), page.name
