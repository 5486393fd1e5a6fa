"""The German catalogue is whole: every sentence of the code and the templates is there, with its places to be filled in."""

from __future__ import annotations

import importlib.util
import io
from gettext import GNUTranslations
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.mofile import write_mo

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    """The program bin/messages."""
    loader = SourceFileLoader("messages", str(ROOT / "bin" / "messages"))
    spec = importlib.util.spec_from_loader("messages", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_every_sentence_was_gathered_and_none_is_there_in_vain(messages: ModuleType) -> None:
    known, fresh = messages.read("de"), messages.gathered()

    assert messages.not_gathered(known, fresh) == [], "Run make messages."
    assert messages.not_gathered(fresh, known) == [], "Run make messages."
    assert len(fresh) > 800


def test_every_sentence_is_in_german_with_its_places_to_be_filled(messages: ModuleType) -> None:
    assert messages.faults_of(messages.read("de")) == []


def test_missing_and_wrong_translations_are_told(messages: ModuleType) -> None:
    catalogue = messages.Catalog(locale="de")
    catalogue.add("Kept.")
    catalogue.add("%(who)s left.", "%(wer)s ist gegangen.")
    catalogue.add(("%(days)d day", "%(days)d days"), ("ein Tag", "%(days)d Tage"))

    faults = messages.faults_of(catalogue)

    assert faults == ["missing: Kept.", "placeholders differ (%(wer)s, %(who)s): %(who)s left."]


def test_space_at_the_ends_of_a_sentence_is_kept(messages: ModuleType) -> None:
    for message in messages.read("de"):
        said = message.string if isinstance(message.string, str) else message.string[0]
        meant = message.id if isinstance(message.id, str) else message.id[0]
        if meant:
            assert (meant[0].isspace(), meant[-1].isspace()) == (said[0].isspace(), said[-1].isspace()), meant


def test_german_is_spoken_by_what_is_compiled_of_it(messages: ModuleType) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, messages.read("de"))
    german = GNUTranslations(io.BytesIO(compiled.getvalue()))

    assert german.gettext("That is enough.") == "Das ist genug."
    assert german.ngettext("%(days)d day", "%(days)d days", 3) % {"days": 3} == "3 Tage"
