"""The link in the foot: looking changes nothing, and what is said by POST is the receiver's own word."""

from __future__ import annotations

import time
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from ampersand.core import erasure
from ampersand.parties.erasing import erase_party
from ampersand.parties.speaking import Voice
from ampersand.terms.gate import Roster
from ampersand.terms.messages import reached
from ampersand.terms.models import Left, Terms
from ampersand.terms.tests.writing import JANE, draft, jane_is_reachable, send, sent_off, states
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(cast: Cast) -> str:
    jane_is_reachable(cast)
    return reverse("desk:reached", args=[reached.token(draft(cast).receivers.get())])


@pytest.fixture
def anybody() -> Client:
    return Client(enforce_csrf_checks=True)


def last_said(cast: Cast) -> Terms:
    return Terms.objects.filter(party=cast.jane).latest("version")


def test_looking_changes_nothing(cast: Cast, link: str, anybody: Client) -> None:
    before = Terms.objects.count()

    looked = [anybody.get(link).status_code, anybody.head(link).status_code, anybody.options(link).status_code]

    assert (looked[0], Terms.objects.count(), Left.objects.count()) == (200, before, 0)


def test_the_page_names_neither_the_receiver_nor_their_address(cast: Cast, link: str, anybody: Client) -> None:
    page = anybody.get(link).content.decode()

    assert "Harbour &amp; Finch" in page
    assert "Jane" not in page
    assert JANE not in page


def test_what_is_said_is_their_own_word_by_their_own_hand(cast: Cast, link: str, anybody: Client) -> None:
    answer = anybody.post(link, {"wish": "answer"})

    said = last_said(cast)
    assert (answer.status_code, said.roster, said.voice, said.told_by) == (200, Roster.ANSWER, Voice.OWN, None)


def test_one_click_of_a_mail_program_is_rest(cast: Cast, link: str, anybody: Client) -> None:
    anybody.post(link, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")

    assert last_said(cast).roster == Roster.REST


def test_said_twice_it_stands_once(cast: Cast, link: str, anybody: Client) -> None:
    anybody.post(link, {"wish": "rest"})
    before = Terms.objects.count()

    anybody.post(link, {"wish": "rest"})

    assert Terms.objects.count() == before


def test_left_alone_for_good_seals_the_address(cast: Cast, link: str, anybody: Client) -> None:
    anybody.post(link, {"wish": "leave"})

    assert Left.objects.filter(sealed=erasure.sealed(JANE)).exists()
    assert last_said(cast).roster == Roster.REST


def test_what_waits_is_held_from_then_on(cast: Cast, link: str, anybody: Client) -> None:
    message = sent_off(cast)

    anybody.post(link, {"wish": "leave"})
    send()

    assert states(message) == {JANE: "held"}


@pytest.mark.parametrize("told", [{}, {"wish": "everything"}, {"wish": ""}, {"List-Unsubscribe": "yes"}])
def test_what_says_nothing_changes_nothing(cast: Cast, link: str, anybody: Client, told: dict[str, str]) -> None:
    before = Terms.objects.count()

    answer = anybody.post(link, told)

    assert (answer.status_code, Terms.objects.count()) == (422, before)


@pytest.mark.parametrize("token", ["x", "a:b:c", "..", "%00", "é" * 40, "x" * 5_000])
def test_a_link_of_nobody_says_nothing(db: None, anybody: Client, token: str) -> None:
    assert anybody.post(reverse("desk:reached", args=[token]), {"wish": "rest"}).status_code == 410


def test_another_s_signature_is_no_right_here(cast: Cast, link: str, anybody: Client) -> None:
    elsewhere = signing.dumps(cast.jane.pk.hex, salt="elsewhere")

    assert anybody.get(reverse("desk:reached", args=[elsewhere])).status_code == 410


def test_after_a_year_it_is_spent(cast: Cast, anybody: Client) -> None:
    jane_is_reachable(cast)
    long_ago = time.time() - timedelta(days=366).total_seconds()
    with patch("django.core.signing.time.time", return_value=long_ago):
        old = reverse("desk:reached", args=[reached.token(draft(cast).receivers.get())])

    assert anybody.post(old, {"wish": "rest"}).status_code == 410


def test_after_an_erasure_it_is_spent(cast: Cast, link: str, anybody: Client) -> None:
    erase_party(cast.jane, by=cast.ruth, at=NOW)

    assert (anybody.get(link).status_code, anybody.post(link, {"wish": "rest"}).status_code) == (410, 410)
