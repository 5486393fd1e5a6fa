"""What whoever is signed out may make the house do: very little."""

from __future__ import annotations

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
