"""What the laws look with: every page a member can open, what stands on it to be read, and what the models say."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import URLPattern, reverse
from django.urls.converters import IntConverter

from ampersand.desk import pages
from ampersand.desk import urls as desk_urls
from ampersand.members.models import Member
from ampersand.parties.models import Relationship, SideLine
from tests.proven import prove

ROOT = Path(__file__).resolve().parents[2]
# Words that speak of the machine the house runs on, and not of anybody.
_OF_THE_MACHINE = "ampersand/core/"
# Rows whose name in an address is not the name of their model.
_CALLED = {"line_id": SideLine}


def client_of(member: Member) -> Client:
    """A browser in which this member has just signed in."""
    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    return prove(client, member)


def every_page(member: Member, *, query: str = "") -> Iterator[tuple[str, str]]:
    """The address and the whole markup of every page of the desk as this member gets it, whatever its rows are.

    Each address is filled with the latest row of its kind, of whomever it is. What is refused to them is passed over, as
    are the bytes of a file, which is saved and no page.
    """
    client = client_of(member)
    for address in addresses():
        answer = client.get(address, {"q": query, "words": query} if query else {})
        if answer.status_code == 200 and not answer.streaming:
            yield address, answer.content.decode()


def addresses() -> list[str]:
    """Every address of the desk, filled with rows that are there."""
    return [reverse(f"desk:{one.name}", kwargs=_filled(one)) for one in desk_urls.urlpatterns]


def page_of(member: Member, name: str, *args: object) -> str:
    """The markup of one page of the desk."""
    answer = client_of(member).get(reverse(f"desk:{name}", args=args))
    assert answer.status_code == 200, f"{name}: {answer.status_code}"
    return answer.content.decode()


def relationship_page(member: Member, relationship: Relationship) -> str:
    return page_of(member, "relationship", relationship.pk)


def read(markup: str) -> str:
    """What a reader meets on a page: its text, and what is read aloud of its drawings. White space is folded."""
    soup = BeautifulSoup(markup, "html.parser")
    for unseen in soup(["script", "style", "head"]):
        unseen.decompose()
    aloud = [str(tag.get(name, "")) for tag in soup.find_all(True) for name in ("aria-label", "label", "title", "alt")]
    return " ".join([*soup.get_text(" ").split(), *(words for words in aloud if words)])


def part(markup: str, selector: str) -> str:
    """The markup of the one element this selector finds."""
    return str(BeautifulSoup(markup, "html.parser").select_one(selector) or "")


def acts_on(markup: str) -> set[str]:
    """Where the links and forms of the page itself lead."""
    main = BeautifulSoup(markup, "html.parser").find("main")
    tags = main.find_all(["a", "form", "button"]) if main else []
    told = [str(tag.get(name, "")) for tag in tags for name in ("href", "action", "formaction", "hx-post", "hx-get")]
    return {address for address in told if address.startswith("/")}


def post_acts(markup: str) -> set[str]:
    """What the forms of the page itself would do."""
    main = BeautifulSoup(markup, "html.parser").find("main")
    forms = main.select("form[method=post]") if main else []
    told = [
        str(tag.get(name, ""))
        for form in forms
        for tag in (form, *form.find_all("button"))
        for name in ("action", "formaction")
    ]
    return {address for address in told if address.startswith("/")}


def sentences() -> list[str]:
    """Every sentence the product may say to people, in each of its languages, whether a test draws its page or not."""
    catalogue = read_po((ROOT / "ampersand/locale/de/LC_MESSAGES/django.po").read_bytes().splitlines(keepends=True))
    about_us = [
        one
        for one in catalogue
        if one.id and any(not file.startswith(_OF_THE_MACHINE) for file, _line in one.locations)
    ]
    told = [text for one in about_us for text in (one.id, one.string) if text]
    return [words for text in told for words in ([text] if isinstance(text, str) else text)]


def our_models() -> list[type[models.Model]]:
    """Every model of ours as it stands now; the tables of what rows were before repeat them."""
    ours = [config for config in apps.get_app_configs() if config.name.startswith("ampersand.")]
    found = [model for config in ours for model in config.get_models()]
    return [model for model in found if not model.__name__.endswith("Past")]


def page_fields() -> Iterator[tuple[str, str, Any]]:
    """Class, name and type of every field of what pages show."""
    for module in pkgutil.iter_modules(pages.__path__, f"{pages.__name__}."):
        for kind in vars(import_module(module.name)).values():
            if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module.name:
                for one in fields(kind):
                    yield kind.__name__, one.name, one.type


def words_in(name: str) -> set[str]:
    """The words a name is made of.

    >>> sorted(words_in("kept_share")), sorted(words_in("lastOn"))
    (['kept', 'share'], ['last', 'on'])
    """
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", name)}


def _filled(pattern: URLPattern) -> dict[str, object]:
    return {
        name: _row_called(name, by_number=type(one) is IntConverter) for name, one in pattern.pattern.converters.items()
    }


def _row_called(name: str, *, by_number: bool) -> object:
    if not name.endswith("_id"):
        return "a-secret-nobody-knows"
    called = name.removesuffix("_id").replace("_", "")
    model = _CALLED.get(name) or next((one for one in our_models() if one._meta.model_name == called), None)
    row = model._base_manager.order_by("-pk").first() if model else None
    return row.pk if row else 1 if by_number else uuid4()
