"""The door from the command line, and where letters go."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone

from ampersand.desk.commands import today
from ampersand.members import commands, links, smtp
from ampersand.members.models import Member
from ampersand.notebook.commands import note
from tests.cast import Cast


def said(command: click.Command, *arguments: str) -> str:
    result = CliRunner().invoke(command, arguments)
    return result.output


@pytest.mark.django_db
def test_a_link_made_here_signs_in(client: Client, cast: Cast) -> None:
    told = json.loads(said(commands.sign_in_link, "MAYA@harbourfinch.example", "--json"))

    client.post(told["link"].removeprefix("http://localhost:8000"))

    assert told["member"] == "Maya Lindqvist"
    assert client.session["_auth_user_id"] == str(cast.maya.pk)


@pytest.mark.django_db
def test_an_empty_house_gets_the_link_that_founds_it() -> None:
    assert "no members yet" in said(commands.sign_in_link)


@pytest.mark.django_db
def test_without_an_address_the_only_steward_is_meant(cast: Cast) -> None:
    assert "Sign in as Ruth Feld" in said(commands.sign_in_link)


@pytest.mark.django_db
@pytest.mark.parametrize("command", [today, note])
def test_in_a_house_without_members_nobody_acts(command: click.Command) -> None:
    told = CliRunner().invoke(command, [] if command is today else ["Saw Jane."])

    assert told.exit_code == 1
    assert "The house has no member yet. Found it first" in told.output


@pytest.mark.django_db
def test_with_several_stewards_one_must_be_named(cast: Cast) -> None:
    Member.objects.filter(pk=cast.tom.pk).update(role="steward")

    assert "Say whose link it shall be" in said(commands.sign_in_link)


@pytest.mark.django_db
def test_a_first_link_is_made_only_while_nobody_has_signed_in(cast: Cast) -> None:
    assert "Sign in as" in said(commands.sign_in_link, "--if-first")

    Member.objects.filter(pk=cast.tom.pk).update(last_login=timezone.now())

    assert said(commands.sign_in_link, "--if-first") == ""
    assert json.loads(said(commands.sign_in_link, "--if-first", "--json")) == {"member": None, "link": None}


@pytest.mark.django_db
@pytest.mark.parametrize(("email", "words"), [("nobody@mill.example", "Nobody here has"), ("x", "Nobody here has")])
def test_nobody_gets_no_link(cast: Cast, email: str, words: str) -> None:
    assert words in said(commands.sign_in_link, email)


@pytest.mark.django_db
def test_somebody_is_invited_by_the_first_steward(cast: Cast) -> None:
    told = json.loads(said(commands.invite, "ida@mill.example", "--json"))

    assert told["link"] in str(mail.outbox[0].body)
    assert "Ruth Feld invites you" in mail.outbox[0].subject


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("email", "words"), [("maya@harbourfinch.example", "is a member already"), ("no address", "is no e-mail address")]
)
def test_an_invitation_that_cannot_be_made_says_why(cast: Cast, email: str, words: str) -> None:
    assert words in said(commands.invite, email)
    assert mail.outbox == []


def test_a_link_leads_to_where_the_server_said_it_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AMPERSAND_URL", raising=False)
    (tmp_path / "serve.lock").write_text("http://127.0.0.1:27431\n")

    with override_settings(DATA_FOLDER=tmp_path):
        assert links.sign_in_link("x") == "http://localhost:27431/sign-in/link/x/"


def test_without_an_address_of_a_server_letters_go_to_the_outbox() -> None:
    letters = smtp.letters("", own_host="mill.example")

    assert (letters.backend, letters.sender) == ("ampersand.members.outbox.Outbox", "ampersand@mill.example")


@pytest.mark.parametrize(
    ("url", "host", "port", "is_tls", "is_starttls", "sender"),
    [
        ("smtp://localhost:25", "localhost", 25, False, False, "ampersand@mill.example"),
        ("smtps://ana%40mill.example:p%2Fw@post.example", "post.example", 465, True, False, "ana@mill.example"),
        ("smtp://ana:pw@post.example?from=house@mill.example", "post.example", 587, False, True, "house@mill.example"),
    ],
)
def test_the_address_of_a_mail_server_is_read(
    *, url: str, host: str, port: int, is_tls: bool, is_starttls: bool, sender: str
) -> None:
    letters = smtp.letters(url, own_host="mill.example")

    assert (letters.host, letters.port, letters.sender) == (host, port, sender)
    assert (letters.is_tls, letters.is_starttls) == (is_tls, is_starttls)


@pytest.mark.parametrize("url", ["post.example", "http://post.example", "smtp://"])
def test_what_is_no_address_of_a_mail_server_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(smtp.SmtpAddressUnusable, match="must begin with smtp:// or smtps://"):
        smtp.letters(url, own_host="mill.example")
