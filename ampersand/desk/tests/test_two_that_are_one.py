"""Pages read several parties that are taken for one as one, and as they were when they are two again."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ampersand.desk import standing
from ampersand.desk.models import Standing
from ampersand.members.models import Member
from ampersand.parties import actions as parties
from ampersand.parties import merging
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party, Relationship, StandsFor
from ampersand.readings import actions as readings
from ampersand.readings.models import Reading
from tests.cast import Cast, concession, line, moment, note, order, organisation, person, promise

pytestmark = pytest.mark.django_db


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def shown(member: Member, view: str, *args: object) -> str:
    answer = signed_in(member).get(reverse(f"desk:{view}", args=args), follow=True)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def untold(page: str) -> list[str]:
    """What was told of the double and does not stand on a page."""
    return [words for words in TOLD if words not in page.lower()]


@pytest.fixture
def double(cast: Cast) -> Party:
    """Jane as a second address book has her, tended by Tom, with something told in every place."""
    other = person("J. Okafor", tended_by=cast.tom, email="j@alder.example")
    moment(other, by=cast.tom, words="asked about the decaf", at=timezone.now() - timedelta(days=2))
    promise(cast.tom.party, other, words="bring the decaf", told_by=cast.tom)
    promise(other, cast.tom.party, words="taste it", told_by=cast.tom)
    line(other, words="decaf that tastes", told_by=cast.tom)
    concession(cast.tom.party, other, words="a free bag", told_by=cast.tom)
    note(cast.tom, "She takes oat milk.", about=other.relationship)
    return other


def merge(one: Party, into: Party, by: Member) -> StandsFor:
    return merging.merge(one, into, reason="one person", by=by, at=timezone.now())


TOLD = ["asked about the decaf", "bring the decaf", "taste it", "decaf that tastes"]


def test_the_page_of_the_one_holds_what_was_told_of_both(cast: Cast, double: Party) -> None:
    page = reverse("desk:relationship", args=[cast.with_jane.pk])
    before = shown(cast.tom, "relationship", cast.with_jane.pk)
    link = merge(double, cast.jane, cast.maya)
    one = shown(cast.tom, "relationship", cast.with_jane.pk)
    led = signed_in(cast.tom).get(reverse("desk:relationship", args=[double.relationship.pk]))
    merging.unmerge(link, by=cast.maya, at=timezone.now())
    after = shown(cast.tom, "relationship", cast.with_jane.pk)

    assert (untold(before), untold(one), untold(after)) == (TOLD, [], TOLD)
    assert "Maya Lindqvist and Tom Akerman tend it." in one
    assert "J. Okafor" not in one
    assert "She takes oat milk." in one
    assert led.headers["Location"] == page


def test_one_that_has_no_double_is_asked_one_question_more_at_most(cast: Cast, double: Party) -> None:
    client = signed_in(cast.maya)
    page = reverse("desk:relationship", args=[cast.with_jane.pk])
    client.get(page)
    with CaptureQueriesContext(connection) as alone:
        client.get(page)
    merge(double, cast.jane, cast.maya)
    with CaptureQueriesContext(connection) as as_one:
        client.get(page)

    assert len(as_one) <= len(alone) + 4


def test_who_tends_the_double_finds_the_one_on_today(cast: Cast, double: Party) -> None:
    merge(double, cast.jane, cast.maya)

    today = shown(cast.tom, "today")

    assert "Jane Okafor" in today
    assert "J. Okafor" not in today


def test_their_promises_are_those_of_the_one(cast: Cast, double: Party) -> None:
    promise(cast.maya.party, cast.jane, words="send the menu", told_by=cast.maya)
    merge(double, cast.jane, cast.maya)

    ledger = shown(cast.tom, "promises")

    assert "J. Okafor" not in ledger
    assert "send the menu" in ledger.lower()
    assert "bring the decaf" in ledger.lower()


def test_readings_are_of_the_one_and_of_both_again_afterwards(cast: Cast, double: Party) -> None:
    for days in range(3, 80, 9):
        moment(cast.jane if days % 2 else double, by=cast.maya, at=timezone.now() - timedelta(days=days))
    at = timezone.now()
    both = [cast.with_jane.pk, double.relationship.pk]
    readings.read_some(both, at=at)
    before = read()
    link = merge(double, cast.jane, cast.maya)

    readings.read_some([double.relationship.pk], at=at)
    as_one = read()
    merging.unmerge(link, by=cast.maya, at=at)
    readings.read_some(both, at=at)

    assert {of for of, *_ in before} == set(both)
    assert {of for of, *_ in as_one} == {cast.with_jane.pk}
    assert sum(count for *_, count in as_one) > max(count for *_, count in before)
    assert read() == before


def read() -> list[tuple[Any, ...]]:
    return sorted(Reading.objects.values_list("relationship_id", "measure", "says", "since_on", "count"))


def test_the_moments_of_an_organisation_are_those_of_whomever_its_people_are_taken_for(cast: Cast) -> None:
    elsewhere = person("Okafor, Jane")
    for days in (3, 5, 9):
        moment(elsewhere, by=cast.maya, at=timezone.now() - timedelta(days=days))
    merge(cast.jane, elsewhere, cast.maya)

    readings.read_some([cast.alder.relationship.pk], at=timezone.now())

    quiet = Reading.objects.get(relationship__party=cast.alder, measure="quiet")
    assert quiet.count == 2
    assert "Okafor, Jane" in shown(cast.maya, "relationship", cast.alder.relationship.pk)


def test_the_list_has_the_one_with_what_both_have(cast: Cast, double: Party) -> None:
    order(double, told_by=cast.tom, amount="300")
    link = merge(double, cast.jane, cast.maya)

    standing.gather(at=timezone.now())
    one = Standing.objects.get(relationship=cast.with_jane)
    merging.unmerge(link, by=cast.maya, at=timezone.now())
    standing.gather(at=timezone.now())

    assert (one.open_ours, one.open_theirs) == (1, 1)
    assert f"tended:{cast.tom.pk}" in one.facets
    assert f"tended:{cast.maya.pk}" in one.facets
    assert one.last_on == timezone.localdate() - timedelta(days=2)
    assert Standing.objects.get(relationship=cast.with_jane).open_ours == 0
    assert Standing.objects.get(relationship=double.relationship).open_ours == 1


def test_whom_one_closed_relationship_hides_is_hidden_under_every_name(cast: Cast) -> None:
    double = person("L. Marsh")
    link = merge(double, cast.leona, cast.maya)
    while_one = Party.objects.visible_to(cast.tom).filter(pk__in=[double.pk, cast.leona.pk]).count()
    merging.unmerge(link, by=cast.maya, at=timezone.now())
    other_way = merge(cast.leona, double, cast.maya)

    assert while_one == 0
    assert not Party.objects.visible_to(cast.tom).filter(pk__in=[double.pk, cast.leona.pk]).exists()
    assert not Relationship.objects.visible_to(cast.tom).filter(party=double).exists()
    assert Relationship.objects.visible_to(cast.maya).filter(party=double).exists()
    merging.unmerge(other_way, by=cast.maya, at=timezone.now())
    assert Party.objects.visible_to(cast.tom).filter(pk=double.pk).exists()


def test_a_closed_one_keeps_its_own_moments_when_it_is_taken_for_an_open_one(cast: Cast) -> None:
    closed, double = person("Ines Roy"), person("I. Roy")
    moment(closed, by=cast.maya, at=timezone.now() - timedelta(days=4))
    parties.close(closed.relationship, by=cast.maya, at=timezone.now())
    merge(closed, double, cast.maya)
    of = Relationship.objects.get(party=double)

    readings.read_some([of.pk], at=timezone.now())
    standing.gather(at=timezone.now())

    assert "Only Maya Lindqvist see this." in shown(cast.maya, "relationship", of.pk)
    assert Reading.objects.filter(relationship=of).exists()
    assert Standing.objects.get(relationship=of).last_on == timezone.localdate() - timedelta(days=4)


def test_two_employers_that_are_one_are_one(cast: Cast) -> None:
    short = organisation("Alder")
    parties.works_at(person("Sam Reed"), short, teller=Teller(at=timezone.now()))
    merge(short, cast.alder, cast.maya)

    page = shown(cast.maya, "relationship", cast.alder.relationship.pk)

    assert "Sam Reed" in page
    assert "Jane Okafor" in page


def test_two_are_said_to_be_one_on_a_page_and_two_again_on_another(cast: Cast, double: Party) -> None:
    tom = signed_in(cast.tom)
    choose = reverse("desk:same", args=[double.pk])
    found = tom.get(choose, {"words": "jane"}).content.decode()
    compared = tom.get(choose, {"other": str(cast.jane.pk)}).content.decode()
    merged = tom.post(choose, {"other": str(cast.jane.pk), "called": str(cast.jane.pk), "reason": "she told me"})
    link = StandsFor.objects.get()
    shown_as_one = shown(cast.tom, "party", double.pk)
    apart = tom.get(reverse("desk:two_after_all", args=[link.pk])).content.decode()
    parted = tom.post(reverse("desk:two_after_all", args=[link.pk]))

    assert f"{choose}?other={cast.jane.pk}" in found
    assert all(words in compared for words in ("j@alder.example", "Alder Hotels", "2 open promises", "1 moment"))
    assert merged.headers["Location"] == f"{reverse('desk:party', args=[cast.jane.pk])}?one={link.pk}"
    assert (link.party, link.same_as, link.reason, link.told_by) == (double, cast.jane, "she told me", cast.tom)
    assert "J. Okafor Tom Akerman, she told me" in shown_as_one
    assert "j@alder.example" in shown_as_one
    assert "Tom Akerman said today that they are one. she told me" in apart
    assert parted.headers["Location"] == reverse("desk:party", args=[double.pk])
    assert StandsFor.objects.standing().count() == 0


def test_whoever_is_named_first_may_give_the_name(cast: Cast, double: Party) -> None:
    signed_in(cast.tom).post(
        reverse("desk:same", args=[cast.jane.pk]), {"other": str(double.pk), "called": str(cast.jane.pk)}
    )

    assert Party.objects.get(pk=double.pk).now == cast.jane


def test_what_cannot_be_one_is_refused_on_the_page_that_shows_both(cast: Cast) -> None:
    answer = signed_in(cast.tom).post(reverse("desk:same", args=[cast.jane.pk]), {"other": str(cast.alder.pk)})

    assert answer.status_code == 422
    assert "The one is told as person, the other as organisation." in answer.content.decode()
    assert not StandsFor.objects.exists()


@pytest.mark.parametrize("other", ["nonsense", "\x00", "01a203c0-7c4f-7c39-b79d-ddfb7c997137"])
def test_who_is_not_there_or_closed_is_not_found(cast: Cast, other: str) -> None:
    tom, page = signed_in(cast.tom), reverse("desk:same", args=[cast.jane.pk])

    assert tom.get(page, {"other": other}).status_code == 404
    assert tom.get(page, {"other": str(cast.leona.pk)}).status_code == 404
    assert tom.post(page, {"other": str(cast.leona.pk)}).status_code == 404


def test_before_a_closed_one_is_taken_for_an_open_one_the_page_says_who_will_see_them(cast: Cast) -> None:
    double = person("L. Marsh")

    page = signed_in(cast.maya).get(reverse("desk:same", args=[double.pk]), {"other": str(cast.leona.pk)})

    assert "both are seen only by those who see both" in page.content.decode()


def test_a_link_that_was_taken_back_is_taken_back_once(cast: Cast, double: Party) -> None:
    link = merge(double, cast.jane, cast.maya)
    tom, page = signed_in(cast.tom), reverse("desk:two_after_all", args=[link.pk])

    assert [tom.post(page).status_code, tom.post(page).status_code] == [302, 403]


def test_right_after_two_were_said_to_be_one_it_is_undone_with_one_key(cast: Cast) -> None:
    double = person("Jane Okafor")
    client = signed_in(cast.maya)
    page = client.post(f"/parties/{double.pk}/same/", {"other": str(cast.jane.pk)}, follow=True).content.decode()
    (link,) = StandsFor.objects.filter(withdrawn_at=None)
    undo = BeautifulSoup(page, "html.parser").find("form", action=f"/parties/same/{link.pk}/two/")

    answer = client.post(f"/parties/same/{link.pk}/two/", headers={"HX-Request": "true"})

    assert undo is not None
    assert "The two are one now." in page
    assert answer.headers["HX-Redirect"] == f"/parties/{double.pk}/"
    assert not StandsFor.objects.filter(withdrawn_at=None).exists()


@pytest.mark.parametrize("told", ["", "nothing", "00000000-0000-0000-0000-000000000000"])
def test_a_page_says_so_of_nobody_else(cast: Cast, told: str) -> None:
    page = signed_in(cast.maya).get(f"/parties/{cast.jane.pk}/?one={told}").content.decode()

    assert "The two are one now." not in page
