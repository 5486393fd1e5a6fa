"""Asked once more who one is, before what cannot be taken back."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from ampersand.members.models import Member
from tests.cast import Cast
from tests.proven import prove

pytestmark = pytest.mark.django_db
PASSWORD = "forty bags of beans"


@pytest.fixture
def erasing(cast: Cast) -> str:
    return reverse("desk:erase_party", args=[cast.jane.pk])


@pytest.fixture
def ruth(client: Client, cast: Cast) -> Member:
    cast.ruth.set_password(PASSWORD)
    cast.ruth.save(update_fields=["password"])
    client.force_login(cast.ruth, backend="django.contrib.auth.backends.ModelBackend")
    return cast.ruth


def asks(response: HttpResponseBase) -> bool:
    return response.headers.get("Location", "").startswith("/own/prove/")


def test_before_erasing_one_is_asked_and_led_back(client: Client, ruth: Member, erasing: str) -> None:
    asked = client.get(erasing)
    assert asked.headers["Location"] == f"/own/prove/?next={erasing.replace('/', '%2F')}"

    proven = client.post("/own/prove/password/", {"password": PASSWORD, "next": erasing})

    assert proven.headers["Location"] == erasing
    assert client.get(erasing).status_code == 200


@pytest.mark.parametrize("seconds_ago", [15 * 60, 3 * 24 * 3600, -3600])
def test_a_proof_lasts_a_quarter_of_an_hour(client: Client, ruth: Member, erasing: str, seconds_ago: float) -> None:
    prove(client, ruth, seconds_ago=seconds_ago)

    assert asks(client.get(erasing))


def test_signing_in_shows_it_too(client: Client, ruth: Member, erasing: str) -> None:
    client.logout()
    client.post("/sign-in/", {"login": ruth.email, "password": PASSWORD})

    assert client.get(erasing).status_code == 200


def test_being_let_in_by_a_service_outside_does_not_show_it(client: Client, ruth: Member, erasing: str) -> None:
    prove(client, ruth, method="socialaccount")

    assert asks(client.get(erasing))


def test_the_proof_of_one_member_serves_no_other(client: Client, ruth: Member, cast: Cast, erasing: str) -> None:
    prove(client, cast.tom)

    assert asks(client.get(erasing))


def test_nothing_is_erased_by_a_form_sent_too_late(client: Client, ruth: Member, cast: Cast, erasing: str) -> None:
    response = client.post(erasing, {"word": "erase"}, headers={"Referer": f"http://testserver{erasing}"})

    cast.jane.refresh_from_db()
    assert cast.jane.erased_at is None
    assert response.headers["Location"] == f"/own/prove/?next={erasing.replace('/', '%2F')}"


def test_a_part_of_a_page_is_sent_there_whole(client: Client, ruth: Member, erasing: str) -> None:
    response = client.get(erasing, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/house/"})

    assert response.headers["HX-Redirect"] == "/own/prove/?next=%2Fhouse%2F"


@pytest.mark.parametrize("told", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_it_leads_to_no_other_site(client: Client, ruth: Member, told: str) -> None:
    response = client.post("/own/prove/password/", {"password": PASSWORD, "next": told})

    assert response.headers["Location"] == "/own/"


@pytest.mark.parametrize("told", [{"password": "wrong"}, {"password": ""}, {}, {"password": "x" * 5000}])
def test_a_wrong_password_shows_nothing(client: Client, ruth: Member, erasing: str, told: dict[str, str]) -> None:
    response = client.post("/own/prove/password/", told)

    assert response.status_code == 422
    assert "That is not your password." in response.content.decode()
    assert asks(client.get(erasing))


def test_who_tries_too_often_waits_though_they_begin_anew(client: Client, ruth: Member) -> None:
    for _ in range(5):
        client.post("/own/prove/password/", {"password": "wrong"})
    elsewhere = Client()
    elsewhere.force_login(ruth)

    response = elsewhere.post("/own/prove/password/", {"password": PASSWORD})

    assert response.status_code == 422
    assert "too often" in response.content.decode()


def letter_code() -> str:
    found = re.search(r"^[A-Z0-9-]{6,12}$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found.group()


def test_who_has_nothing_else_gets_a_letter(client: Client, cast: Cast, erasing: str) -> None:
    client.force_login(cast.ruth)
    client.post("/own/prove/letter/", {"next": erasing})

    response = client.post("/own/prove/letter/code/", {"code": letter_code(), "next": erasing})

    assert mail.outbox[0].to == [cast.ruth.email]
    assert response.headers["Location"] == erasing
    assert client.get(erasing).status_code == 200


def test_a_code_by_letter_works_once_and_only_the_newest(client: Client, cast: Cast) -> None:
    client.force_login(cast.ruth)
    client.post("/own/prove/letter/")
    older = letter_code()
    client.post("/own/prove/letter/")
    newest = letter_code()

    answers = [client.post("/own/prove/letter/code/", {"code": code}).status_code for code in (older, newest, newest)]

    assert answers == [422, 302, 422]


def test_the_code_itself_does_not_stand_in_the_session(client: Client, cast: Cast) -> None:
    client.force_login(cast.ruth)

    client.post("/own/prove/letter/")

    assert letter_code() not in str(dict(client.session))
    assert letter_code().replace("-", "") not in str(dict(client.session))


def test_who_has_a_password_gets_no_letter(client: Client, ruth: Member) -> None:
    client.post("/own/prove/letter/")

    assert mail.outbox == []


def test_who_has_nothing_to_show_is_told_what_to_do(client: Client, cast: Cast) -> None:
    cast.ruth.email = "ruth.1@no-address.invalid"
    cast.ruth.save(update_fields=["email"])
    client.force_login(cast.ruth)

    assert "Set a password first." in client.get("/own/prove/").content.decode()
