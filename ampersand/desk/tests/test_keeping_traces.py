"""Whoever keeps a trace in the book tends them, and may take the tap back while nothing was written upon it."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from ampersand.core.history import past_of
from ampersand.core.models import Event
from ampersand.desk import keeping
from ampersand.members.models import Member
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.models import Because, Party, Relationship, Tending
from tests import cast as told
from tests.cast import NOW, Cast
from tests.laws.looking import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def trace(cast: Cast) -> Party:
    return parties.name_party("Ole Berg", teller=Teller(at=NOW))


def test_who_keeps_a_trace_tends_them_and_is_told_so(cast: Cast, trace: Party) -> None:
    page = kept_by(cast.tom, trace)

    assert tending(trace) == {cast.tom}
    assert "Kept in the book. You tend the relationship now." in page
    assert "I tend it no longer" in page


def test_a_second_tap_on_a_page_that_is_old_changes_nothing(cast: Cast, trace: Party) -> None:
    kept_by(cast.tom, trace)

    page = kept_by(cast.maya, trace)

    assert tending(trace) == {cast.tom}
    assert "Kept in the book" not in page


def test_the_tap_is_taken_back_whole(cast: Cast, trace: Party) -> None:
    url = undo_in(kept_by(cast.tom, trace))

    page = client_of(cast.tom).post(url, follow=True).content.decode()

    assert "Only a trace so far" in page
    assert trace in Party.objects.traces()
    assert not Tending.objects.filter(member=cast.tom).exists()
    assert not past_of(Tending)._default_manager.filter(member=cast.tom).exists()
    assert not past_of(Relationship)._default_manager.filter(party=trace).exists()
    assert Event.objects.filter(name="relationship.taken_back", by_id=cast.tom.pk, subject_id=trace.pk).exists()


def test_a_page_with_script_is_sent_on(cast: Cast, trace: Party) -> None:
    url = undo_in(kept_by(cast.tom, trace))

    answer = client_of(cast.tom).post(url, headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == f"/parties/{trace.pk}/"


def test_they_stay_once_something_was_written_about_them(cast: Cast, trace: Party) -> None:
    url = undo_in(kept_by(cast.tom, trace))
    told.promise(trace, cast.maya.party, told_by=cast.maya)

    page = client_of(cast.tom).post(url, follow=True).content.decode()

    assert "Something was written about them since, so they stay." in page
    assert tending(trace) == set()
    assert trace in Party.objects.known()


def test_they_stay_while_a_colleague_tends_them(cast: Cast, trace: Party) -> None:
    url = undo_in(kept_by(cast.tom, trace))
    client_of(cast.maya).post(f"/relationships/{trace.relationship.pk}/tend/")

    client_of(cast.tom).post(url)

    assert tending(trace) == {cast.maya}


def test_nobody_takes_back_a_colleagues_tap(cast: Cast, trace: Party) -> None:
    url = undo_in(kept_by(cast.tom, trace))

    assert client_of(cast.maya).post(url).status_code == 403
    assert tending(trace) == {cast.tom}


def test_who_is_known_otherwise_is_not_taken_back_by_it(cast: Cast) -> None:
    ole = told.person("Ole Berg", tended_by=cast.tom)

    assert ole.relationship.because == Because.TYPED
    assert not keeping.may_take_back(ole.relationship, cast.tom)


def kept_by(member: Member, trace: Party) -> str:
    return client_of(member).post(f"/parties/{trace.pk}/keep/", follow=True).content.decode()


def undo_in(page: str) -> str:
    form = BeautifulSoup(page, "html.parser").find("form", action=re.compile("take-back-keeping"))
    assert form is not None
    return str(form["action"])


def tending(party: Party) -> set[Member]:
    return {one.member for one in Tending.objects.filter(relationship__party=party, until_on=None)}
