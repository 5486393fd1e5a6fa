"""Whoever keeps a trace in the book tends them, and may take the tap back while nothing was written upon it."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from ampersand.core.history import past_of
from ampersand.core.ids import new_id
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


# many at once


@pytest.fixture
def traces(cast: Cast) -> list[Party]:
    return [parties.name_party(name, teller=Teller(at=NOW)) for name in ("Ole Berg", "Pia Berg", "Rut Berg")]


def keep_many(member: Member, *rows: object) -> str:
    answer = client_of(member).post("/traces/keep/", {"row": [str(row) for row in rows]}, follow=True)
    return answer.content.decode()


def undo_of_many(page: str) -> str:
    form = BeautifulSoup(page, "html.parser").find("form", action=re.compile("/relationships/edit/"))
    assert form is not None
    return str(form["action"])


def test_many_are_kept_at_once_with_one_way_back(cast: Cast, traces: list[Party]) -> None:
    page = keep_many(cast.tom, *(party.pk for party in traces[:2]))
    kept = {party.name for party in traces if tending(party) == {cast.tom}}

    again = client_of(cast.tom).post(undo_of_many(page), follow=True).content.decode()

    assert "2 more are in the book. You tend them now." in page
    assert kept == {"Ole Berg", "Pia Berg"}
    assert "Undone. All is as it was before." in again
    assert set(traces) <= set(Party.objects.traces())
    assert not past_of(Relationship)._default_manager.filter(party__in=traces).exists()


def test_who_cannot_be_kept_is_told_as_a_number(cast: Cast, traces: list[Party]) -> None:
    strange = ["nobody", "00000000-0000-0000-0000-000000000000", str(cast.jane.pk)]

    page = keep_many(cast.tom, traces[0].pk, traces[0].pk, *strange)

    assert "2 of them are in the book already, or are not yours to keep." in page
    assert tending(traces[0]) == {cast.tom}


def test_many_fade_again_but_for_those_something_holds(cast: Cast, traces: list[Party]) -> None:
    keep_many(cast.tom, *(party.pk for party in traces))
    told.promise(traces[0], cast.maya.party, told_by=cast.maya)
    client_of(cast.maya).post(f"/relationships/{traces[1].relationship.pk}/tend/")
    picked = [*(party.relationship.pk for party in traces), cast.jane.relationship.pk]

    page = client_of(cast.tom).post("/relationships/edit/", {"what": "fade", "row": picked}, follow=True)

    assert "One is a trace again." in page.content.decode()
    assert "3 stay: somebody else tends them" in page.content.decode()
    assert [party in Party.objects.traces() for party in traces] == [False, False, True]
    assert tending(traces[0]) == {cast.tom}

    client_of(cast.tom).post(undo_of_many(page.content.decode()))

    assert tending(Party.objects.get(pk=traces[2].pk)) == {cast.tom}


def test_nobody_has_a_colleagues_traces_fade(cast: Cast, traces: list[Party]) -> None:
    keep_many(cast.tom, traces[0].pk)
    picked = [traces[0].relationship.pk]

    page = client_of(cast.maya).post("/relationships/edit/", {"what": "fade", "row": picked}, follow=True)

    assert "Nobody fades; all of them stay." in page.content.decode()
    assert tending(traces[0]) == {cast.tom}


def test_undone_after_something_was_written_those_stay(cast: Cast, traces: list[Party]) -> None:
    page = keep_many(cast.tom, traces[0].pk, traces[1].pk)
    told.promise(traces[0], cast.maya.party, told_by=cast.maya)

    again = client_of(cast.tom).post(undo_of_many(page), follow=True).content.decode()

    assert "Undone, but for one that somebody changed since." in again
    assert traces[0] in Party.objects.known()
    assert traces[1] in Party.objects.traces()


@pytest.mark.parametrize("number", [0, 501])
def test_none_and_too_many_are_said_so(cast: Cast, number: int) -> None:
    page = keep_many(cast.tom, *(new_id() for _ in range(number)))

    assert ("Pick somebody first" in page) or ("The list finds more than 500." in page)
    assert "/relationships/edit/" not in page
