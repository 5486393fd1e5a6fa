"""The queue of likely doubles: two at a time, one key each, and never a number that ranks anybody."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from ampersand.core.models import Source
from ampersand.parties import actions as parties
from ampersand.parties.doubles import actions
from ampersand.parties.doubles.models import Answer, Double
from ampersand.parties.models import Detail, Identifier, IdentifierKind, Party
from tests.cast import NOW, Cast, person

pytestmark = pytest.mark.django_db


def proposed(one: Party, other: Party, probability: float = 0.9) -> Double:
    pair = (min(one.pk, other.pk), max(one.pk, other.pk))
    there = [
        actions.Found((double.party_id, double.other_id), double.probability, (("family", "same"),))
        for double in Double.objects.all()
    ]
    actions.propose([*there, actions.Found(pair, probability, (("phones", "shares"), ("family", "near")))], at=NOW)
    return Double.objects.get(party=pair[0], other=pair[1])


def signed_in(cast: Cast, client: Client) -> Client:
    client.force_login(cast.maya, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(client: Client) -> BeautifulSoup:
    return BeautifulSoup(client.get(reverse("desk:doubles")).content, "html.parser")


def test_the_two_stand_side_by_side_with_why_and_without_a_number(cast: Cast, client: Client) -> None:
    proposed(cast.jane, person("Jane Okafer"), 0.87)

    page = page_of(signed_in(cast, client))

    assert [heading.text for heading in page.select(".spread h2")] == ["Jane Okafor", "Jane Okafer"]
    assert "The same telephone number, last names one letter apart." in page.text
    assert "87" not in page.text
    assert [button["data-key"] for button in page.select("main [data-key]")] == ["s", "t", "r"]


@pytest.mark.parametrize(("way", "answer"), [("two", Answer.TWO), ("later", Answer.LATER), ("same", Answer.SAME)])
def test_an_answer_is_kept_and_the_next_two_are_shown(cast: Cast, client: Client, way: str, answer: str) -> None:
    double = proposed(cast.jane, person("Jane Okafer"))
    proposed(person("Ole Lunde"), person("Ole Lunda"), 0.6)

    done = signed_in(cast, client).post(reverse(f"desk:double_{way}", args=[double.pk]), follow=True)

    double.refresh_from_db()
    assert double.answer == answer
    assert "Ole Lunde" in done.content.decode()


def test_two_that_cannot_be_one_stay_on_the_page_with_the_reason(cast: Cast, client: Client) -> None:
    other = person("Jane Okafer")
    double = proposed(cast.jane, other)
    parties.tell_tie(kind="reports_to", from_party=other, to_party=cast.jane, teller=parties.Teller(at=NOW))

    done = signed_in(cast, client).post(reverse("desk:double_same", args=[double.pk]))

    double.refresh_from_db()
    assert done.status_code == 422
    assert "tied to each other" in done.content.decode()
    assert double.answer == ""


def test_an_empty_queue_says_so(cast: Cast, client: Client) -> None:
    assert "Nobody in the book looks told twice." in page_of(signed_in(cast, client)).text


def test_the_page_asks_as_much_of_a_long_queue(
    cast: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        proposed(person(f"Ole Lunde {number}"), person(f"Ole Lunda {number}"))
    signed_in(cast, client)

    with django_assert_max_num_queries(45):
        page_of(client)


def test_whoever_writes_a_known_name_down_is_led_to_both_side_by_side(cast: Cast, client: Client) -> None:
    parties.rename(cast.jane, name="Jane <b>Okafor", by=cast.maya, at=NOW)
    done = signed_in(cast, client).post(
        reverse("desk:new_party"), {"kind": "person", "name": "Jane <b>Okafor"}, follow=True
    )
    told = BeautifulSoup(done.content, "html.parser").select_one("#notices")
    assert told is not None
    (link,) = told.select("a")
    assert link.text == "Jane <b>Okafor"
    beside = BeautifulSoup(client.get(str(link["href"])).content, "html.parser")
    assert [heading.text for heading in beside.select(".spread h2")] == ["Jane <b>Okafor"] * 2


def numbered(party: Party, number: str, *, label: str, program: str = "") -> None:
    Identifier.objects.create(
        party=party,
        kind=IdentifierKind.EXTERNAL,
        value=f"{program} {number}".strip(),
        as_told=number,
        label=label,
        told_at=NOW,
        source=Source.objects.create(kind="table", label="customers.csv", made_at=NOW),
    )


def test_numbers_elsewhere_are_said_as_a_person_reads_them_and_keys_of_programs_not_at_all(
    cast: Cast, client: Client
) -> None:
    other = person("Jane Okafer")
    proposed(cast.jane, other)
    key = "6f9619ff-8b86-d011-b42d-00cf4fc964ff"
    numbered(cast.jane, "4711", label="HubSpot contact", program="HubSpot")
    numbered(cast.jane, "17", label="Record ID")
    numbered(cast.jane, "C-1042", label="Customer number")
    numbered(other, key, label="Monica contact", program="Monica")
    numbered(other, "00Q5g00000ABCDEFGH", label="Lead")
    for value in (key, "", "2023-02-23T00:00:00Z"):
        Detail.objects.create(party=other, label="vCard", value=value, told_at=NOW)

    one, two = (
        [item.text for item in card.select("li")] for card in page_of(signed_in(cast, client)).select(".part ul")
    )

    assert {"Number 4711 in HubSpot", "Number 17 in customers.csv", "Customer number: C-1042"} <= set(one)
    assert {"Known in Monica", "vCard: 23 February 2023"} <= set(two)
    assert [told for told in two if key in told or "00Q5" in told or told == "vCard: "] == []
