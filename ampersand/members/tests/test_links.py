"""Links that let one in: once, in time, by pressing a button, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ampersand.members import actions, links
from ampersand.members.models import House, Invitation, Member, SignInLink
from tests.cast import Cast


def sign_in_address(member: Member | None, *, at: datetime | None = None) -> str:
    return reverse("sign_in_link", args=[actions.make_sign_in_link(member, at=at or timezone.now())])


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.django_db
def test_looking_at_a_link_signs_nobody_in(client: Client, cast: Cast) -> None:
    address = sign_in_address(cast.maya)

    for _ in range(3):
        response = client.get(address)

    assert response.status_code == 200
    assert "Welcome, Maya Lindqvist" in response.content.decode()
    assert not is_signed_in(client)
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_pressing_its_button_signs_in(client: Client, cast: Cast) -> None:
    response = client.post(sign_in_address(cast.maya))

    assert response.headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(cast.maya.pk)
    assert client.session["account_authentication_methods"][0]["method"] == "one-time-link"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_used_before_says_so(client: Client, cast: Cast, method: str) -> None:
    address = sign_in_address(cast.maya)
    client.post(address)
    stranger = Client()

    response = getattr(stranger, method)(address)

    assert response.status_code == 410
    assert "used before" in response.content.decode()
    assert not is_signed_in(stranger)


@pytest.mark.django_db
def test_a_link_lapses_after_a_day(client: Client, cast: Cast) -> None:
    address = sign_in_address(cast.maya, at=timezone.now() - links.SIGN_IN_LIFE)

    response = client.post(address)

    assert response.status_code == 410
    assert "works no longer" in response.content.decode()
    assert not is_signed_in(client)


@pytest.mark.django_db
@pytest.mark.parametrize("used", [0, 1])
def test_links_of_one_member_work_beside_each_other_until_one_is_used(cast: Cast, used: int) -> None:
    addresses = [sign_in_address(cast.maya), sign_in_address(cast.maya)]
    of_another = sign_in_address(cast.tom)

    assert Client().post(addresses[used]).status_code == 302

    assert Client().post(addresses[1 - used]).status_code == 410
    assert Client().post(of_another).status_code == 302


@pytest.mark.django_db
def test_the_link_of_one_who_left_lets_nobody_in(client: Client, cast: Cast) -> None:
    address = sign_in_address(cast.tom)
    actions.leave(cast.tom, by=cast.ruth, at=timezone.now())

    assert client.post(address).status_code in (404, 410)
    assert not is_signed_in(client)


@pytest.mark.django_db
@pytest.mark.parametrize("secret", ["x", "%00", "..%2F..%2Fetc", "' OR 1=1 --", "a" * 5000, "ünïcøde", "%FF%FE"])
def test_what_is_no_link_is_not_there(client: Client, cast: Cast, secret: str) -> None:
    for name in ("sign-in/link", "begin", "invitation"):
        assert client.get(f"/{name}/{secret}/").status_code == 404
        assert client.post(f"/{name}/{secret}/").status_code == 404


@pytest.mark.django_db
def test_only_digests_of_secrets_are_kept(cast: Cast) -> None:
    secret = actions.make_sign_in_link(cast.maya, at=timezone.now())
    _, invited = actions.invite("ida@mill.example", by=cast.ruth, at=timezone.now())

    assert SignInLink.objects.get().secret_digest == links.digest_of(secret)
    assert Invitation.objects.get().secret_digest == links.digest_of(invited)


@pytest.mark.django_db
def test_an_empty_house_is_founded_by_its_first_link(client: Client) -> None:
    address = sign_in_address(None)
    page = client.get(address, follow=True)
    founding = page.redirect_chain[-1][0]

    response = client.post(founding, {"member_name": "Ana", "name": "The Mill", "domains": "mill.example"})

    assert response.status_code == 302
    assert House.objects.get().name == "The Mill"
    assert client.session["_auth_user_id"] == str(Member.objects.get().pk)
    assert Client().post(founding, {"member_name": "Eve"}).status_code == 410


@pytest.mark.django_db
def test_founding_asks_for_a_name_and_keeps_what_was_typed(client: Client) -> None:
    founding = client.get(sign_in_address(None)).headers["Location"]

    response = client.post(founding, {"member_name": "", "name": "The Mill", "domains": "not a domain"})

    words = response.content.decode()
    assert response.status_code == 422
    assert "Write your name; nothing else is needed." in words
    assert "Write a mail domain such as mill.example" in words
    assert "The Mill" in words
    assert not House.objects.exists()


@pytest.mark.django_db
def test_a_domain_where_anybody_has_an_address_is_refused(client: Client) -> None:
    founding = client.get(sign_in_address(None)).headers["Location"]

    response = client.post(founding, {"member_name": "Ana", "domains": "gmail.com"})

    assert "Anybody may have an address at gmail.com." in response.content.decode()


@pytest.mark.django_db
def test_a_members_link_founds_nothing(client: Client, cast: Cast) -> None:
    secret = actions.make_sign_in_link(cast.tom, at=timezone.now())

    assert client.post(reverse("desk:found", args=[secret]), {"member_name": "Eve"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_at_once_one_comes_in(cast: Cast) -> None:
    assert pressed_at_once(sign_in_address(cast.maya), {}) == [302, 410]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_comes_in(cast: Cast) -> None:
    _, secret = actions.invite("ida@mill.example", by=cast.ruth, at=timezone.now())

    answers = pressed_at_once(reverse("desk:invitation", args=[secret]), {"name": "Ida"})

    assert answers == [302, 410]
    assert Member.objects.filter(email="ida@mill.example").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_found_at_once_one_does() -> None:
    founding = Client().get(sign_in_address(None)).headers["Location"]

    assert pressed_at_once(founding, {"member_name": "Ana"}) == [302, 410]
    assert Member.objects.count() == 1


def pressed_at_once(address: str, told: dict[str, Any]) -> list[int]:
    """The answers to two posts sent at the same moment, lowest first."""
    start, answers = Barrier(2), []

    def press() -> None:
        start.wait()
        try:
            answers.append(Client().post(address, told).status_code)
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(answers)


@pytest.mark.django_db
def test_whoever_is_invited_names_themselves_and_needs_no_password(client: Client, cast: Cast) -> None:
    _, secret = actions.invite("Ida@Mill.example", by=cast.ruth, at=timezone.now())
    address = reverse("desk:invitation", args=[secret])
    assert "Ruth Feld invites you" in client.get(address).content.decode()

    client.post(address, {"name": "Ida Wren"})

    ida = Member.objects.get(email="ida@mill.example")
    assert (ida.name, ida.is_steward, ida.has_usable_password()) == ("Ida Wren", False, False)
    assert is_signed_in(client)


@pytest.mark.django_db
def test_a_weak_password_is_said_beside_its_field(client: Client, cast: Cast) -> None:
    _, secret = actions.invite("ida@mill.example", by=cast.ruth, at=timezone.now())

    response = client.post(reverse("desk:invitation", args=[secret]), {"name": "Ida", "password": "password"})

    assert response.status_code == 422
    assert not Member.objects.filter(email="ida@mill.example").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["lapsed", "withdrawn", "invited again", "accepted"])
def test_an_invitation_that_is_over_lets_nobody_in(client: Client, cast: Cast, how: str) -> None:
    at = timezone.now() - timedelta(days=1)
    invitation, secret = actions.invite("ida@mill.example", by=cast.ruth, at=at)
    ends: dict[str, Callable[[], object]] = {
        "lapsed": lambda: Invitation.objects.update(lapses_at=at),
        "withdrawn": lambda: actions.withdraw_invitation(invitation, by=cast.ruth, at=at),
        "invited again": lambda: actions.invite("ida@mill.example", by=cast.ruth, at=at),
        "accepted": lambda: actions.use_invitation(secret, at=at),
    }
    ends[how]()

    response = client.post(reverse("desk:invitation", args=[secret]), {"name": "Ida"})

    assert response.status_code == 410
    assert not Member.objects.filter(email="ida@mill.example").exists()


@pytest.mark.django_db
def test_nobody_is_invited_who_is_here(cast: Cast) -> None:
    with pytest.raises(actions.HereAlready):
        actions.invite("MAYA@harbourfinch.example", by=cast.ruth, at=timezone.now())
