"""A passkey, from being added to signing in, with Chromium's own virtual authenticator against the running house."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from ampersand.members.models import Member
from tests.browser import looking
from tests.browser.answering import requests_counted
from tests.cast import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Playwright keeps a loop running in this thread, which Django takes for a program that is asynchronous itself.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
PASSWORD = "forty bags of beans"


@pytest.fixture
def maya(transactional_db: None) -> Member:
    maya = enter().maya
    maya.set_password(PASSWORD)
    maya.save(update_fields=["password"])
    return maya


@pytest.fixture(params=[looking.DESK, looking.PHONE], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    theme: looking.Theme = "dark" if request.param is looking.PHONE else "light"
    # A passkey belongs to a name.
    with requests_counted() as under_way:
        page = looking.open_page(
            chromium, request.param, theme, base_url=live_server.url.replace("127.0.0.1", "localhost")
        )
        yield page
        page.context.close()
        under_way.wait_until_none()


def with_authenticator(page: Page, *, knows_its_owner: bool = True) -> None:
    """A device that keeps passkeys, and asks its owner for a finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": knows_its_owner,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in_by_password(page: Page, maya: Member) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(maya.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page: Page) -> None:
    page.goto("/own/ways-in/passkeys/add/")
    page.get_by_label("What you call it").fill("Laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Spare codes")).to_be_visible()


def looks_right(page: Page) -> None:
    assert looking.overlaps(page) == []
    assert looking.axe(page) == []
    assert looking.complaints(page) == []


def test_a_passkey_is_added_and_signs_in_by_itself(page: Page, maya: Member) -> None:
    with_authenticator(page)
    sign_in_by_password(page, maya)
    add_passkey(page)
    looks_right(page)
    page.goto("/own/ways-in/")
    expect(page.get_by_text("Laptop", exact=True)).to_be_visible()
    looks_right(page)
    page.context.clear_cookies()

    page.goto("/sign-in/")
    looks_right(page)
    page.get_by_role("button", name="Sign in with a passkey").press("Enter")

    expect(page.get_by_role("heading", name="Enough for today")).to_be_visible()
    page.goto("/own/ways-in/")
    expect(page.get_by_role("heading", name="Your ways in")).to_be_visible()


def test_with_a_passkey_a_password_alone_lets_nobody_in(page: Page, maya: Member) -> None:
    with_authenticator(page)
    sign_in_by_password(page, maya)
    add_passkey(page)
    page.context.clear_cookies()
    sign_in_by_password(page, maya)
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    looks_right(page)

    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("heading", name="One more step")).not_to_be_visible()
    page.goto("/own/ways-in/")
    expect(page.get_by_role("heading", name="Your ways in")).to_be_visible()


def test_a_passkey_shows_once_more_that_it_is_you(page: Page, maya: Member) -> None:
    with_authenticator(page)
    sign_in_by_password(page, maya)
    add_passkey(page)
    page.goto("/own/prove/?next=/own/ways-in/")
    looks_right(page)

    page.get_by_role("button", name="Use a passkey").click()

    page.wait_for_url("**/own/ways-in/")


def test_a_device_that_does_not_know_its_owner_opens_nothing(page: Page, maya: Member) -> None:
    with_authenticator(page, knows_its_owner=False)
    sign_in_by_password(page, maya)
    page.goto("/own/ways-in/passkeys/add/")

    page.get_by_role("button", name="Add a passkey").click()

    expect(page.get_by_text("The device gave no passkey.")).to_be_visible()
    assert Client().get("/sign-in/").status_code == 200


@pytest.mark.parametrize("path", ["/own/ways-in/app/", "/own/ways-in/passkeys/add/", "/own/prove/", "/own/ways-in/"])
def test_the_pages_are_whole_and_open_to_everybody(page: Page, maya: Member, path: str) -> None:
    sign_in_by_password(page, maya)

    page.goto(path)

    looks_right(page)
