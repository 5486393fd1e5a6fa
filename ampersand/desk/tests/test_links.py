"""Where the links of a page lead: somewhere, and to the same place while the book is read anew."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from ampersand.parties.models import LineKind
from ampersand.readings import actions as readings
from tests import cast as told
from tests.cast import Cast
from tests.proven import prove

pytestmark = pytest.mark.django_db


@pytest.fixture
def maya(cast: Cast) -> Client:
    """Maya at her desk, with something of everything in the book."""
    for number in range(9):
        told.moment(
            cast.jane, by=cast.maya, at=timezone.now() - timedelta(days=60 + number), words="Talked about mugs."
        )
    told.promise(cast.maya.party, cast.jane, told_by=cast.maya, due_on=timezone.localdate() - timedelta(days=2))
    told.promise(cast.jane, cast.maya.party, told_by=cast.maya, due_on=timezone.localdate())
    told.line(cast.jane, told_by=cast.maya, kind=LineKind.WONDER, words="who signs in Bath")
    told.concession(cast.jane, cast.maya.party, told_by=cast.maya)
    told.note(cast.maya, "She hums while she reads.", about=cast.with_jane)
    readings.read_all(at=timezone.now())
    client = Client()
    client.force_login(cast.maya, backend="django.contrib.auth.backends.ModelBackend")
    prove(client, cast.maya)
    return client


def links(html: str) -> set[str]:
    return {
        unescape(link) for link in re.findall(r'(?:href|hx-get)="(/[^"#]*)', html) if not link.startswith("/static/")
    }


def test_no_link_of_a_page_leads_nowhere(maya: Client, cast: Cast) -> None:
    jane = f"/relationships/{cast.with_jane.pk}/"
    pages = ["/", jane, f"{jane}moments/", f"/parties/{cast.jane.pk}/", "/relationships/", "/promises/", "/house/",
             "/import/", "/traces/", "/own/", "/search/?words=ja", "/nothing-here/"]  # fmt: skip

    found = {link for page in pages for link in links(maya.get(page).content.decode())}

    assert len(found) > 20
    assert {link: maya.get(link).status_code for link in found if maya.get(link).status_code != 200} == {}


def test_a_page_that_is_open_goes_on_opening_its_evidence_when_the_book_is_read_again(maya: Client, cast: Cast) -> None:
    page = maya.get(f"/relationships/{cast.with_jane.pk}/").content.decode()
    opened = {link for link in links(page) if link.startswith("/readings/")}

    readings.read_one(cast.with_jane.pk, at=timezone.now())
    readings.read_all(at=timezone.now())

    assert opened
    assert {maya.get(link).status_code for link in opened} == {200}


def test_a_promise_on_today_opens_who_said_it_and_what_was_said_since(maya: Client, cast: Cast) -> None:
    link = next(link for link in links(maya.get("/").content.decode()) if link.endswith("/why/") and "promises" in link)

    evidence = maya.get(link, headers={"HX-Request": "true"}).content.decode()

    assert "Maya Lindqvist said it to Jane Okafor." in evidence
    assert "Only a promise can be late" in evidence


def test_an_open_question_is_answered_from_its_relationship(maya: Client, cast: Cast) -> None:
    jane = f"/relationships/{cast.with_jane.pk}/"
    page = maya.get(jane).content.decode()
    act = re.search(r'formaction="(/questions/[^"]+)"', page)
    assert act

    after = maya.post(act[1], {"words": "Helen does."}, follow=True).content.decode()

    assert "who signs in Bath" in page
    assert "Helen does." in after
    assert act[1] not in after
