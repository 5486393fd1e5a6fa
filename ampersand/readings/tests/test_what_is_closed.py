"""A reading is one for everybody who sees its relationship, so it rests on nothing that only some of them may see."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ampersand.core.models import Event
from ampersand.members import actions as members
from ampersand.members.models import Member
from ampersand.parties import actions as parties
from ampersand.parties.models import Relationship
from ampersand.readings import actions as readings
from ampersand.readings.models import Reading
from tests.cast import NOW, Cast, member, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def months(cast: Cast) -> Cast:
    """Maya met Jane and Leona each by herself every month, and at last the two together."""
    for number in range(2, 9):
        moment(cast.jane, by=cast.maya, at=NOW - timedelta(days=30 * number))
        moment(cast.leona, by=cast.maya, at=NOW - timedelta(days=30 * number))
    moment(cast.jane, cast.leona, by=cast.maya, at=NOW - timedelta(days=3))
    return cast


def rests_on(relationship: Relationship, *, whole_book: bool = False) -> int:
    """How many gaps and days its rhythm was read from; both engines read the same."""
    if whole_book:
        readings.read_all(at=NOW)
    else:
        readings.read_one(relationship.pk, at=NOW)
    reading = Reading.objects.filter(relationship=relationship, measure="quiet").first()
    return reading.count if reading else 0


@pytest.mark.parametrize("whole_book", [False, True])
def test_a_reading_of_what_is_open_rests_on_no_meeting_with_one_who_is_closed(months: Cast, whole_book: bool) -> None:
    assert rests_on(months.with_jane, whole_book=whole_book) == 6
    assert rests_on(months.alder.relationship, whole_book=whole_book) == 6

    parties.reopen(months.with_leona, by=months.maya, at=NOW)
    parties.reopen(months.severn.relationship, by=months.maya, at=NOW)

    assert rests_on(months.with_jane, whole_book=whole_book) == 7
    assert rests_on(months.alder.relationship, whole_book=whole_book) == 7


def test_a_house_whose_person_is_closed_is_read_without_them(months: Cast) -> None:
    parties.close(months.with_jane, by=months.maya, at=NOW)

    assert rests_on(months.alder.relationship) == 0


@pytest.mark.parametrize("whole_book", [False, True])
def test_closed_to_the_same_members_a_person_counts_for_their_house(months: Cast, whole_book: bool) -> None:
    assert rests_on(months.severn.relationship, whole_book=whole_book) == 7
    assert rests_on(months.with_leona, whole_book=whole_book) == 7


def test_closed_to_more_members_a_house_is_read_without_who_is_closed_to_some(months: Cast) -> None:
    parties.close(months.severn.relationship, members=[months.tom], by=months.maya, at=NOW)

    assert rests_on(months.severn.relationship) == 0
    assert rests_on(months.with_leona) == 7


def test_closing_and_opening_reads_anew_where_they_work(months: Cast) -> None:
    def asked_for() -> set[object]:
        return set(Event.objects.order_by("-id").values_list("relationship_id", flat=True)[:2])

    parties.close(months.with_jane, by=months.maya, at=NOW)
    assert asked_for() == {months.with_jane.pk, months.alder.relationship.pk}

    parties.reopen(months.with_jane, by=months.maya, at=NOW)
    assert asked_for() == {months.with_jane.pk, months.alder.relationship.pk}


def test_a_team_counts_as_those_it_names(months: Cast) -> None:
    team = members.name_team("Hospitals", by=months.ruth, at=NOW)
    inside: list[Member] = [months.maya, member("Ida Ford")]
    members.set_team_members(team, inside, by=months.ruth, at=NOW)
    for relationship in (months.severn.relationship, months.with_leona):
        parties.close(relationship, teams=[team], by=months.maya, at=NOW)

    assert rests_on(months.severn.relationship) == 7
