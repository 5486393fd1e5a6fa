from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ampersand.desk.before import before_page
from ampersand.desk.pages.before import BeforePage
from ampersand.exchange import conceding
from ampersand.exchange.models import Concession
from ampersand.members.models import Member
from ampersand.parties import actions as parties
from ampersand.parties import sides
from ampersand.parties.actions import Teller
from ampersand.parties.models import LineKind
from ampersand.promises import actions as promises
from ampersand.timeline.models import Moment
from tests.cast import NOW, Cast, concession, line, moment, promise, says

pytestmark = pytest.mark.django_db


def before(cast: Cast, *, by: Member | None = None, meeting: Moment | None = None) -> BeforePage:
    return before_page(cast.with_jane, member=by or cast.maya, at=NOW, meeting_id=meeting.pk if meeting else None)


def test_it_says_who_will_be_there_and_when_of_the_next_meeting_or_the_one_that_is_named(cast: Cast) -> None:
    soon = moment(cast.jane, cast.maya.party, by=cast.maya, at=NOW + timedelta(days=2), subject="grinders")
    later = moment(cast.jane, cast.tom.party, by=cast.maya, at=NOW + timedelta(days=9), subject="tasting")
    first, named = before(cast).meeting, before(cast, meeting=later).meeting
    assert first
    assert named
    assert (first.about, first.theirs, first.ours) == ("grinders", ("Jane Okafor",), ("Maya Lindqvist",))
    assert (named.about, named.ours) == ("tasting", ("Tom Akerman", "Maya Lindqvist"))
    assert soon.pk != later.pk


def test_without_a_meeting_it_says_so_and_stands_all_the_same(cast: Cast, client: Client) -> None:
    client.force_login(cast.maya)
    address = f"/relationships/{cast.with_jane.pk}/before/"
    for query in ("", f"?meeting={uuid4()}", "?meeting=nonsense"):
        page = client.get(address + query)
        assert page.status_code == 200
        assert "No meeting is arranged yet." in page.content.decode()


def test_it_gives_back_what_was_said_when_they_last_met_and_what_each_wrote_last(cast: Cast) -> None:
    moment(cast.jane, by=cast.maya, at=NOW - timedelta(days=9), words="She spoke of June.")
    for began, days, words in (("them", 3, "Where are they?"), ("us", 2, "On Friday.")):
        wrote = moment(cast.jane, by=cast.maya, at=NOW - timedelta(days=days), mode="mail", words=words)
        Moment.objects.filter(pk=wrote.pk).update(began=began)
    said = {row.who: row.words for row in before(cast).said}
    assert said == {"When you last met": "She spoke of June.", "Jane": "Where are they?", "We": "On Friday."}


def test_promises_both_ways_are_open_or_were_settled_lately(cast: Cast) -> None:
    promise(cast.maya.party, cast.jane, words="send the dates", told_by=cast.maya)
    promise(cast.jane, cast.maya.party, words="bring Helen", told_by=cast.maya)
    old = promise(cast.maya.party, cast.jane, words="long ago", told_by=cast.maya)
    promises.say_done(old, speaker=says(cast.maya, at=NOW - timedelta(days=91)))
    page = before(cast)
    assert [row.what for row in page.ours][:1] == ["send the dates"]
    assert [row.what for row in page.theirs] == ["bring Helen"]


def test_only_what_was_given_and_not_answered_stands_there(cast: Cast) -> None:
    concession(cast.maya.party, cast.jane, words="free calls", told_by=cast.maya)
    theirs = concession(cast.jane, cast.maya.party, words="two deliveries", told_by=cast.maya)
    gift = concession(cast.maya.party, cast.jane, words="a cake", told_by=cast.maya)
    Concession.objects.filter(pk=gift.pk).update(is_gift=True)
    assert (before(cast).our_giving, before(cast).their_giving) == (("free calls",), ("two deliveries",))

    Concession.objects.filter(words="free calls").update(in_return_for=theirs)
    assert before(cast).their_giving == ()

    conceding.switch_off(cast.with_jane, speaker=says(cast.maya))
    assert before(cast).our_giving == ()


def test_it_shows_both_sides_and_what_is_wondered_but_nothing_to_press(cast: Cast, client: Client) -> None:
    line(cast.jane, words="quiet at breakfast", told_by=cast.maya)
    line(cast.jane, words="Who signs?", told_by=cast.maya, kind=LineKind.WONDER)
    sides.tell(cast.with_jane, kind=LineKind.HOPE, words="two more years", speaker=says(cast.maya))
    client.force_login(cast.maya)
    page = client.get(f"/relationships/{cast.with_jane.pk}/before/").content.decode()
    for words in ("quiet at breakfast", "Who signs?", "two more years"):
        assert words in page
    assert "<button" not in page
    assert "<form" not in page


def test_it_names_who_else_it_touches_and_nobody_closed(cast: Cast) -> None:
    teller = Teller(at=NOW, by=cast.maya)
    parties.tell_tie(kind="advises", from_party=cast.leona, to_party=cast.jane, teller=teller, role="hush")
    parties.tell_tie(kind="works_at", from_party=cast.jane, to_party=cast.alder, teller=teller, role="buyer")
    parties.close(cast.with_leona, by=cast.maya, at=NOW)
    assert [name for name, _tie in before(cast, by=cast.tom).touched] == ["Alder Hotels"]
    assert {name for name, _tie in before(cast).touched} == {"Alder Hotels", "Leona Marsh"}


def test_it_asks_the_same_few_questions_for_much_as_for_little(cast: Cast) -> None:
    def fill(times: int) -> None:
        for place in range(times):
            promise(cast.maya.party, cast.jane, words=f"thing {place}", told_by=cast.maya)
            line(cast.jane, words=f"line {place}", told_by=cast.maya)
            concession(cast.maya.party, cast.jane, words=f"gave {place}", told_by=cast.maya)
            moment(cast.jane, by=cast.maya, at=NOW - timedelta(days=place + 1), words=f"said {place}")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            before(cast)
        return len(queries)

    fill(1)
    few = asked()
    fill(9)
    assert asked() == few
    assert few <= 40
