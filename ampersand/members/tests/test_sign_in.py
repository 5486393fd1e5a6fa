"""Signing in and out: by password, by a code, from nowhere else; and what ends a session."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from ampersand.core.history import past_of
from ampersand.core.models import Event
from ampersand.desk import ours
from ampersand.members import actions
from ampersand.members.models import Member
from ampersand.parties.models import Identifier
from tests.cast import Cast
from tests.proven import prove

pytestmark = pytest.mark.django_db
PASSWORD = "forty bags of beans"
LOGIN = "/sign-in/"


def is_signed_in(client: Client) -> bool:
    """Whether a page that needs a member lets them in."""
    return client.get("/own/sign-out-everywhere/").status_code == 405


def with_password(member: Member) -> Member:
    member.set_password(PASSWORD)
    member.save(update_fields=["password"])
    return member


def test_a_member_signs_in_with_their_password(client: Client, cast: Cast) -> None:
    with_password(cast.maya)

    response = client.post(LOGIN, {"login": "MAYA@harbourfinch.example", "password": PASSWORD})

    assert response.headers["Location"] == "/"
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("address", "password"),
    [
        ("maya@harbourfinch.example", "wrong"),
        ("maya@harbourfinch.example", ""),
        ("nobody@harbourfinch.example", PASSWORD),
        ("' OR 1=1 --", PASSWORD),
        ("tom@harbourfinch.example", "!"),
    ],
)
def test_a_wrong_pair_lets_nobody_in(client: Client, cast: Cast, address: str, password: str) -> None:
    with_password(cast.maya)

    client.post(LOGIN, {"login": address, "password": password})

    assert not is_signed_in(client)


def test_the_words_at_the_door_do_not_tell_who_is_a_member(client: Client, cast: Cast) -> None:
    with_password(cast.maya)

    answers = {
        client.post(LOGIN, {"login": address, "password": "wrong"}).content.decode().count("do not belong together")
        for address in ("maya@harbourfinch.example", "nobody@harbourfinch.example")
    }

    assert answers == {1}


def test_too_many_attempts_are_stopped_for_all_processes_together(client: Client, cast: Cast) -> None:
    with_password(cast.maya)
    for _ in range(5):
        client.post(LOGIN, {"login": cast.maya.email, "password": "wrong"})

    response = Client().post(LOGIN, {"login": cast.maya.email, "password": PASSWORD})

    assert "too often" in response.content.decode()


def test_nobody_signs_up(client: Client, cast: Cast) -> None:
    told = {"email": "eve@evil.example", "password1": PASSWORD}

    response = client.post("/sign-up/", told)

    assert "By invitation" in response.content.decode()
    assert not Member.objects.filter(email="eve@evil.example").exists()


def test_a_code_by_mail_signs_in(client: Client, cast: Cast) -> None:
    client.post("/sign-in/code/", {"email": cast.maya.email})
    letter = mail.outbox[0]
    code = re.search(r"^[A-Z0-9-]{6,12}$", str(letter.body), re.MULTILINE)

    client.post("/sign-in/code/confirm/", {"code": code.group() if code else "", "action": "verify"})

    assert letter.to == [cast.maya.email]
    assert is_signed_in(client)


def test_a_strangers_address_gets_no_letter_and_the_page_says_the_same(client: Client, cast: Cast) -> None:
    response = client.post("/sign-in/code/", {"email": "stranger@elsewhere.example"}, follow=True)

    assert mail.outbox == []
    assert "If a member has the address stranger@elsewhere.example" in response.content.decode()


def test_a_wrong_code_lets_nobody_in(client: Client, cast: Cast) -> None:
    client.post("/sign-in/code/", {"email": cast.maya.email})

    for _ in range(4):
        client.post("/sign-in/code/confirm/", {"code": "AAAAAA", "action": "verify"})

    assert not is_signed_in(client)


def test_without_a_mail_server_letters_lie_in_the_outbox_and_the_page_says_so(
    client: Client, cast: Cast, tmp_path: Path
) -> None:
    with override_settings(EMAIL_BACKEND="ampersand.members.outbox.Outbox", DATA_FOLDER=tmp_path):
        response = client.post("/sign-in/code/", {"email": cast.maya.email}, follow=True)

    (letter,) = (tmp_path / "outbox").glob("*.eml")
    assert message_from_bytes(letter.read_bytes())["To"] == cast.maya.email
    assert (letter.stat().st_mode & 0o077, (tmp_path / "outbox").stat().st_mode & 0o077) == (0, 0)
    assert "has no mail server yet" in response.content.decode()


def test_signing_out_takes_a_press(client: Client, cast: Cast) -> None:
    client.force_login(cast.maya)

    client.get("/sign-out/")
    assert is_signed_in(client)

    client.post("/sign-out/")
    assert not is_signed_in(client)


def test_signing_out_takes_the_drafts_of_the_one_whose_box_it_is(client: Client, cast: Cast) -> None:
    client.force_login(cast.maya, backend="django.contrib.auth.backends.ModelBackend")

    whose = [re.findall(rf'<{tag}[^>]* member="([^"]+)"', client.get(address).content.decode())
             for tag, address in (("sign-out", "/sign-out/"), ("note-box", "/"))]  # fmt: skip

    assert whose == [[str(cast.maya.pk)], [str(cast.maya.pk)]]


@pytest.mark.parametrize("address", ["/", "/house/", "/search/?words=jane"])
def test_what_a_member_reads_stays_in_no_browser(client: Client, cast: Cast, address: str) -> None:
    client.force_login(cast.maya, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(address).headers["Cache-Control"] == "private, no-store"


def test_the_sessions_of_one_who_leaves_end_at_once(client: Client, cast: Cast) -> None:
    client.force_login(cast.tom)

    ours.leave(cast.tom, by=cast.ruth, at=timezone.now())

    assert not is_signed_in(client)


def test_a_session_does_not_come_back_with_its_member(client: Client, cast: Cast) -> None:
    client.force_login(cast.tom)
    ours.leave(cast.tom, by=cast.ruth, at=timezone.now())

    ours.join_house(name="Tom", email=cast.tom.email, at=timezone.now())

    assert not is_signed_in(client)


def test_one_who_left_signs_in_by_no_way(client: Client, cast: Cast) -> None:
    with_password(cast.tom)
    ours.leave(cast.tom, by=cast.ruth, at=timezone.now())

    client.post(LOGIN, {"login": cast.tom.email, "password": PASSWORD})
    client.post("/sign-in/code/", {"email": cast.tom.email})

    assert mail.outbox == []
    assert not is_signed_in(client)


def test_signing_out_everywhere_leaves_this_session_alone(client: Client, cast: Cast) -> None:
    elsewhere = Client()
    for one in (client, elsewhere):
        one.force_login(cast.maya)

    client.post("/own/sign-out-everywhere/")

    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)


def test_a_new_address_counts_only_once_it_is_proven(client: Client, cast: Cast) -> None:
    client.force_login(cast.maya)
    prove(client, cast.maya)
    client.post("/own/email/", {"email": "maya@new.example", "action_add": ""})
    assert Member.objects.get(pk=cast.maya.pk).email == "maya@harbourfinch.example"

    link = re.search(r"/own/email/\S+", str(mail.outbox[0].body))
    address = link.group() if link else ""
    client.get(address)
    assert Member.objects.get(pk=cast.maya.pk).email == "maya@harbourfinch.example"
    client.post(address)

    assert Member.objects.get(pk=cast.maya.pk).email == "maya@new.example"
    assert Identifier.objects.filter(party=cast.maya.party, value="maya@new.example").exists()


def test_nobody_takes_a_colleagues_address(client: Client, cast: Cast) -> None:
    client.force_login(cast.tom)
    prove(client, cast.tom)

    response = client.post("/own/email/", {"email": cast.maya.email, "action_add": ""})

    assert mail.outbox == []
    assert "A member has this address already" in response.content.decode()


def test_when_a_member_signed_in_is_written_nowhere_but_in_their_own_row(client: Client, cast: Cast) -> None:
    with_password(cast.maya)

    client.post(LOGIN, {"login": cast.maya.email, "password": PASSWORD})

    assert not past_of(Member)._default_manager.filter(pgh_obj_id=cast.maya.pk).exists()
    assert not Event.objects.filter(name__contains="sign").exists()


def test_a_part_of_a_page_asked_for_signed_out_sends_to_the_door_whole(client: Client, cast: Cast) -> None:
    response = client.get(
        reverse("desk:who_sees", args=[cast.with_jane.pk]),
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/relationships/?kind=person"},
    )

    assert response.headers["HX-Redirect"] == "/sign-in/?next=/relationships/%3Fkind%3Dperson"
    assert response.content == b""


def test_the_door_leads_to_no_other_site(client: Client, cast: Cast) -> None:
    with_password(cast.maya)

    response = client.post(f"{LOGIN}?next=https://evil.example/", {"login": cast.maya.email, "password": PASSWORD})

    assert response.headers["Location"] == "/"


def test_two_stewards_who_let_each_other_go_leave_one(cast: Cast) -> None:
    actions.change_role(cast.tom, "steward", by=cast.ruth, at=timezone.now())

    ours.leave(cast.tom, by=cast.ruth, at=timezone.now())

    with pytest.raises(actions.LastSteward):
        ours.leave(cast.ruth, by=cast.tom, at=timezone.now() + timedelta(seconds=1))
