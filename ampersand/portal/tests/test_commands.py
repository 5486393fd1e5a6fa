"""A link to somebody's own page, from the command line, and the code it asks for."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.test import Client

from ampersand.members.commands import show_outbox
from ampersand.parties.models import Identifier, IdentifierKind
from ampersand.portal.commands import page_link
from ampersand.portal.models import PageLink
from tests.cast import NOW, Cast


def said(*arguments: str) -> Result:
    return CliRunner().invoke(page_link, arguments, prog_name="bin/ampersand")


@pytest.fixture
def no_mail_server(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND, settings.DATA_FOLDER = "ampersand.members.outbox.Outbox", tmp_path


@pytest.fixture
def address(cast: Cast) -> str:
    told = {"kind": IdentifierKind.EMAIL, "value": "jane@alder.example", "as_told": "jane@alder.example"}
    return Identifier.objects.create(party=cast.jane, told_at=NOW, **told).value


@pytest.mark.django_db
@pytest.mark.usefixtures("no_mail_server")
def test_the_code_that_a_link_asks_for_is_read_from_the_outbox(client: Client, address: str) -> None:
    link = json.loads(said(address.upper(), "--json").output)["link"].removeprefix("http://localhost:8000")

    asked = client.post(f"{link}send/", follow=True)
    letter = CliRunner().invoke(show_outbox).output
    code = re.search(r"^\d{6}$", letter, re.MULTILINE)
    opened = client.post(asked.redirect_chain[-1][0], {"code": code[0] if code else ""})

    assert "Letters are written into the folder outbox" in asked.content.decode()
    assert opened.status_code == 302
    assert PageLink.objects.get().address == address


@pytest.mark.django_db
@pytest.mark.usefixtures("no_mail_server")
def test_it_says_how_the_code_is_read(address: str) -> None:
    assert "read the code with: bin/ampersand outbox" in said(address).output


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["nobody@mill.example", "", "\x00", "jane" * 200])
def test_an_address_that_nobody_has_gives_no_link(cast: Cast, email: str) -> None:
    answer = said(email)

    assert (answer.exit_code, "Nobody here has the address" in answer.output) == (1, True)
    assert not PageLink.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("no_mail_server")
def test_an_outbox_without_a_letter_says_so() -> None:
    assert "No letter is in the outbox" in CliRunner().invoke(show_outbox).output
