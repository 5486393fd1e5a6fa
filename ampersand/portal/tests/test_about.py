"""What is read about her and what she says of it, whom she brings in, and who has read her page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from ampersand.between import bringing
from ampersand.between.naming import Named
from ampersand.between.objecting import Objection
from ampersand.between.readers import ReadOn, let_go, note
from ampersand.parties.models import Party, Tie
from ampersand.portal.tests.everything import readings
from ampersand.portal.tests.visitors import Visitor, visitor
from ampersand.terms.messages.models import Message
from ampersand.timeline.models import Moment
from tests import cast as people
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "outside"])


@pytest.fixture
def jane(cast: Cast) -> Visitor:
    return visitor(cast, cast.jane)


def post(who: Visitor, url: str, /, *args: Any, **told: Any) -> Any:
    return who.client().post(reverse(f"portal:{url}", args=args), {"entry": str(uuid4()), **told})


def shown(who: Visitor) -> str:
    return str(who.client().get(reverse("portal:page")).content.decode())


def test_a_reading_stands_there_with_what_it_rests_on_where_she_sees_all_of_that(cast: Cast, jane: Visitor) -> None:
    readings(cast, cast.jane, "Jane")

    page = shown(jane)

    assert "You asked on 1 September 2026, and Harbour &amp; Finch has not answered yet." in page
    assert "Seen with Jane" in page
    assert "Hidden talk" not in page
    assert "too early" not in page


def test_what_she_says_of_a_reading_stands_beside_it_on_both_sides_and_is_asked_of_us(
    cast: Cast, jane: Visitor
) -> None:
    readings(cast, cast.jane, "Jane")

    post(jane, "not_right", "whose_move", words="You answered by telephone")

    said = Objection.objects.get()
    assert (said.by, said.measure, said.words) == (cast.jane, "whose_move", "You answered by telephone")
    assert "You answered by telephone" in shown(jane)
    asked = Moment.objects.get(words="You answered by telephone")
    assert (asked.room, asked.asks_answer) == ("between", True)
    reading = cast.with_jane.readings.get(measure="whose_move")
    assert "You answered by telephone" in people.page_of(cast.maya, reverse("desk:why", args=[reading.pk]))


def test_of_what_she_does_not_see_nothing_can_be_said(cast: Cast, jane: Visitor) -> None:
    readings(cast, cast.jane, "Jane")

    for measure in ("quiet", "nothing", "x" * 200):
        assert post(jane, "not_right", measure, words="No").status_code == 404
    assert post(jane, "not_right", "whose_move", words=" ").status_code == 422
    assert not Objection.objects.exists()


def test_whom_she_names_waits_for_a_member_and_nothing_is_sent(cast: Cast, jane: Visitor) -> None:
    before = Party.objects.count()

    post(jane, "bring", name="Ines Roy", address="ines@roy.example", why="She runs the bar")

    named = Named.objects.get()
    assert (named.by, named.name, named.settled_at) == (cast.jane, "Ines Roy", None)
    assert Party.objects.count() == before
    assert not Message.objects.exists()
    assert "Ines Roy" in shown(jane)
    assert "Ines Roy" in people.page_of(cast.maya, reverse("desk:today"))
    assert "Ines Roy" not in people.page_of(cast.tom, reverse("desk:today"))


def named(cast: Cast, **told: str) -> Named:
    of = {"name": "Ines Roy", "address": "ines@roy.example", "why": "She runs the bar"} | told
    return bringing.name(cast.with_jane, by=cast.jane, at=NOW, **of)


def test_a_member_makes_her_known_with_who_introduced_her_once(cast: Cast) -> None:
    told = named(cast)

    made = {bringing.make_known(told, by=cast.maya, at=NOW).pk for _time in range(2)}

    party = Party.objects.get(pk=made.pop())
    assert not made
    assert party.relationship.because == "people"
    assert party.identifiers.get().value == "ines@roy.example"
    tie = Tie.objects.get(kind="introduced")
    assert (tie.from_party, tie.to_party) == (cast.jane, party)
    bringing.leave(told, by=cast.maya, at=NOW)
    told.refresh_from_db()
    assert told.became == party


def test_whoever_is_known_by_another_name_is_not_told_to_her_by_their_address(cast: Cast, jane: Visitor) -> None:
    people.person("Secret Name", tended_by=cast.maya, email="ines@roy.example")

    bringing.make_known(named(cast), by=cast.maya, at=NOW)

    assert "Secret Name" not in shown(jane)
    assert Party.objects.filter(name="Ines Roy").count() == 1


def test_whoever_is_known_by_the_same_name_and_address_is_that_one(cast: Cast) -> None:
    known = people.person("Ines Roy", tended_by=cast.maya, email="ines@roy.example")

    assert bringing.make_known(named(cast, name="INES ROY"), by=cast.maya, at=NOW) == known


@pytest.mark.parametrize("address", ["", "not an address", "x" * 320, "<script>"])
def test_an_address_that_is_none_is_left_aside(cast: Cast, address: str) -> None:
    party = bringing.make_known(named(cast, address=address), by=cast.maya, at=NOW)

    assert not party.identifiers.exists()


def test_she_sees_by_role_and_day_who_has_read_her_page(cast: Cast, jane: Visitor) -> None:
    for member in (cast.maya, cast.tom, cast.maya):
        people.page_of(member, reverse("desk:relationship", args=[cast.with_jane.pk]))

    page = shown(jane)

    assert {(one.role, one.on) for one in ReadOn.objects.all()} == {
        ("tends", timezone.localdate()),
        ("house", timezone.localdate()),
    }
    assert "Somebody who tends you" in page
    assert "Somebody of the house" in page
    assert "Tom" not in page


def test_who_read_is_kept_for_a_year(cast: Cast) -> None:
    today = timezone.localdate()
    for days in (0, 365, 366):
        note(cast.with_jane.pk, by=cast.maya, on=today - timedelta(days=days))

    assert let_go(on=today) == 1
    assert ReadOn.objects.count() == 2
