"""What one said of a promise is said in its row, and can be taken back there."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from ampersand.promises import actions
from ampersand.promises.models import EventKind, Promise, State
from tests import cast as told
from tests.cast import Cast
from tests.laws.looking import client_of

HTMX = {"HX-Request": "true"}
pytestmark = pytest.mark.django_db

WORDS = {
    "kept": "You called it kept.",
    "partly": "You called it partly kept.",
    "not-kept": "You called it not kept.",
    "release": "You let it go.",
    "done": "You said it is done.",
    "ask-release": "You asked to be let go.",
}


@pytest.mark.parametrize("act", WORDS)
def test_after_an_act_its_row_says_what_was_said_and_offers_undo(cast: Cast, act: str) -> None:
    promise = ours(cast) if act in ("done", "ask-release") else theirs(cast)
    client = client_of(cast.maya)

    row = client.post(f"/promises/{promise.pk}/{act}/", headers=HTMX).content.decode()
    undone = client.post(undo_url(promise), headers=HTMX).content.decode()

    assert WORDS[act] in row
    assert undo_url(promise) in row
    assert 'data-key="u"' in row
    assert "Taken back. It stands as before." in undone
    assert fresh(promise).said() == []
    assert promise.events.count() == 2


def test_a_day_just_agreed_on_is_undone_from_the_page_of_the_relationship(cast: Cast) -> None:
    day = timezone.localdate()
    promise = told.promise(cast.maya.party, cast.jane, told_by=cast.maya, due_on=day)
    at = timezone.now()
    actions.propose_move(promise, due_on=day.replace(year=day.year + 1), speaker=told.says(cast.maya, at=at))
    actions.agree_move(promise, speaker=told.tells(cast.maya, cast.jane, at=at))
    client = client_of(cast.maya)
    page = client.get(f"/relationships/{cast.with_jane.pk}/").content.decode()

    answer = client.post(undo_url(promise), headers={"Referer": "http://testserver/promises/"})

    assert "You told their word: moved." in page
    assert (answer.status_code, answer.headers["Location"]) == (302, "/promises/")
    assert fresh(promise).due_on == day


def test_a_colleague_sees_no_undo_and_cannot_take_it_back(cast: Cast) -> None:
    promise = theirs(cast)
    actions.call(promise, EventKind.KEPT, speaker=told.says(cast.maya, at=timezone.now()))
    client = client_of(cast.tom)

    page = client.get(f"/relationships/{cast.with_jane.pk}/").content.decode()
    refused = client.post(undo_url(promise))

    assert "You called it kept." not in page
    assert undo_url(promise) not in page
    assert refused.status_code == 403


def test_what_was_built_upon_since_stays_and_the_row_says_so(cast: Cast) -> None:
    promise = ours(cast)
    asked = actions.ask_release(promise, speaker=told.says(cast.maya, at=timezone.now()))
    actions.say_done(promise, speaker=told.says(cast.tom, at=timezone.now()))

    row = client_of(cast.maya).post(f"/promises/said/{asked.pk}/take-back/", headers=HTMX).content.decode()

    assert "Something was said since, so it stays." in row
    assert fresh(promise).state(on=timezone.localdate()) is State.UNCONFIRMED


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example/", ""])
def test_an_act_never_leads_to_another_house(cast: Cast, elsewhere: str) -> None:
    client: Client = client_of(cast.maya)

    answer = client.post(f"/promises/{ours(cast).pk}/done/", {"back": elsewhere})

    assert answer.headers["Location"] == f"/relationships/{cast.with_jane.pk}/"


def ours(cast: Cast) -> Promise:
    return told.promise(cast.maya.party, cast.jane, told_by=cast.maya)


def theirs(cast: Cast) -> Promise:
    return told.promise(cast.jane, cast.maya.party, told_by=cast.maya)


def fresh(promise: Promise) -> Promise:
    return Promise.objects.get(pk=promise.pk)


def undo_url(promise: Promise) -> str:
    last: UUID = promise.events.exclude(kind="taken_back").order_by("-at", "-id").values_list("pk", flat=True)[0]
    return f"/promises/said/{last}/take-back/"
