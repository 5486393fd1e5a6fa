"""What whoever is signed out may make the house do: very little."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from ampersand.core.models import File
from ampersand.desk import ours
from ampersand.members import middleware
from ampersand.members.models import Invitation, Member
from tests.cast import Cast
from tests.test_access import TABLE, Making, taken_back

pytestmark = pytest.mark.django_db

TOO_LARGE = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)


class Unread:
    """The body of a request that fails who reads it."""

    def read(self, *_size: object) -> bytes:
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.parametrize("name", ["account_login", "desk:start_import", "account_request_login_code"])
def test_nothing_large_is_taken_from_whoever_is_signed_out(name: str, client: Client, cast: Cast) -> None:
    answer = client.post(reverse(name), {"login": TOO_LARGE})

    assert answer.status_code == 413
    assert File.objects.count() == 0


def test_what_is_refused_at_the_door_is_not_even_read(cast: Cast) -> None:
    """The forgery check reads a form to find its token, so the door stands before it."""
    asking = Client(enforce_csrf_checks=True)
    asking.get(reverse("account_login"))

    unread: Any = {"wsgi.input": Unread(), "CONTENT_LENGTH": "1000"}
    answer = asking.generic(
        "POST", reverse("desk:start_import"), content_type="multipart/form-data; boundary=x", **unread
    )

    assert answer.status_code == 302


def test_a_member_may_bring_large_things(cast: Cast) -> None:
    request: Any = RequestFactory().post("/", {"words": TOO_LARGE})
    request.user = cast.maya
    door = middleware.SignInRequired(lambda _request: None)  # type: ignore[arg-type]

    assert door.process_view(request, lambda _request: None, (), {}) is None


def invited(client: Client, email: str) -> str:
    return client.post(reverse("desk:invite"), {"email": email, "role": "member"}).content.decode()


def test_who_invites_somebody_new_is_shown_their_link(client: Client, cast: Cast) -> None:
    client.force_login(cast.ruth)

    assert "/invitation/" in invited(client, "ida@mill.example")


def test_who_invites_one_who_was_here_is_not_shown_the_link_that_opens_their_notebook(
    client: Client, cast: Cast
) -> None:
    """Back in, they find what they wrote for themselves. Whoever runs the house must not come in as them."""
    ours.leave(cast.tom, by=cast.ruth, at=timezone.now())
    client.force_login(cast.ruth)

    page = invited(client, cast.tom.email.upper())

    assert "/invitation/" not in page
    assert Invitation.objects.get().email == cast.tom.email
    assert [letter.to for letter in mail.outbox] == [[cast.tom.email]]
    assert "/invitation/" in str(mail.outbox[0].body)
    assert Member.objects.get(pk=cast.tom.pk).left_at is not None


def test_a_form_of_another_site_does_nothing(cast: Cast) -> None:
    """With the cookie of a member who is signed in, but without the token of our own pages."""
    asking = Client(enforce_csrf_checks=True)
    asking.force_login(cast.maya)

    # The link in the foot of a message carries its one right by itself, and mail programs press it (RFC 8058).
    for row in (row for row in TABLE if row.method == "post" and row.name != "desk:reached"):
        with taken_back():
            making = Making(cast, cast.jane, cast.maya)
            assert asking.post(row.address(making), row.told).status_code == 403, row.name


def test_signing_in_needs_our_own_form_too(cast: Cast) -> None:
    """Else another site could sign somebody in as somebody else, and read what they then write."""
    asking = Client(enforce_csrf_checks=True)

    assert asking.post(reverse("account_login"), {"login": cast.tom.email, "password": "x"}).status_code == 403


def code_of(letter: object) -> str:
    found = re.search(r"^[A-Z0-9-]{6,12}$", str(letter), re.MULTILINE)
    assert found is not None
    return found.group()


def test_after_three_wrong_codes_the_right_one_lets_nobody_in(client: Client, cast: Cast) -> None:
    client.post(reverse("account_request_login_code"), {"email": cast.maya.email})
    code = code_of(mail.outbox[0].body)

    for told in ("AAAA-AAAA", "BBBB-BBBB", "CCCC-CCCC", code):
        client.post(reverse("account_confirm_login_code"), {"code": told, "action": "verify"})

    assert "_auth_user_id" not in client.session


def test_nobody_is_flooded_with_letters_and_no_code_is_asked_for_often(cast: Cast) -> None:
    for _ in range(6):
        Client().post(reverse("account_request_login_code"), {"email": cast.maya.email})

    assert len(mail.outbox) == 3


def test_a_code_opens_only_the_browser_it_was_asked_in(client: Client, cast: Cast) -> None:
    client.post(reverse("account_request_login_code"), {"email": cast.maya.email})
    elsewhere = Client()

    elsewhere.post(reverse("account_confirm_login_code"), {"code": code_of(mail.outbox[0].body), "action": "verify"})

    assert "_auth_user_id" not in elsewhere.session


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:evil.example"]
)
def test_the_door_leads_nowhere_else(to: str, client: Client, cast: Cast) -> None:
    cast.maya.set_password("forty bags of beans")
    cast.maya.save(update_fields=["password"])

    answer = client.post(
        reverse("account_login"), {"login": cast.maya.email, "password": "forty bags of beans", "next": to}
    )

    assert answer.headers["Location"] == "/"
