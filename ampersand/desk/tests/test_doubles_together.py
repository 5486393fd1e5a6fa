"""Likely doubles with the same strong reasons in one list: ticked, said to be one in one act, and two again in one."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ampersand.members.models import Member
from ampersand.parties import actions as parties
from ampersand.parties.doubles import actions
from ampersand.parties.doubles.models import Answer, Double
from ampersand.parties.models import Party, StandsFor
from tests.cast import NOW, Cast, person

pytestmark = pytest.mark.django_db
HERE = "/doubles/together/"
NAME = (("given", "same"), ("family", "same"))
MAIL, PHONE, TOWN = ("emails", "shares"), ("phones", "shares"), ("town", "same")


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def propose(*found: tuple[Party, Party, tuple[tuple[str, str], ...]], probability: float = 0.9) -> list[Double]:
    pairs = [(min(one.pk, other.pk), max(one.pk, other.pk)) for one, other, _reasons in found]
    told = [
        actions.Found(pair, probability, reasons) for pair, (_one, _other, reasons) in zip(pairs, found, strict=True)
    ]
    actions.propose(told, at=NOW, is_all=False)
    return [Double.objects.get(party=one, other=other) for one, other in pairs]


def twins(name: str, *reasons: tuple[str, str], probability: float = 0.9) -> Double:
    return propose((person(name), person(name), (*NAME, *reasons)), probability=probability)[0]


def page_of(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def names(page: BeautifulSoup) -> list[str]:
    return [row.text.split("&")[0].strip() for row in page.select(".likely--ticked > li .index__name")][::2]


def say(client: Client, *doubles: Double, why: str = "name-mail") -> Any:
    told = {"why": why, "row": [str(double.pk) for double in doubles]}
    return client.post(HERE, told, follow=True)


def test_those_with_the_same_strong_reasons_stand_in_one_list_the_longest_first(cast: Cast) -> None:
    for name in ("Ole Lunde", "Ida Falk"):
        twins(name, MAIL, TOWN)
    twins("Una Marsh", PHONE)
    twins("Kai Weir")

    client = signed_in(cast.maya)
    by_mail, by_phone = page_of(client.get(HERE)), page_of(client.get(f"{HERE}?why=name-household"))

    said = [re.sub(r"\s+", " ", item.text) for item in by_mail.select("nav.part li")]
    assert said == ["The same name, the same e-mail address2", "The same name, the same telephone number or address1"]
    assert (sorted(names(by_mail)), names(by_phone)) == (["Ida Falk", "Ole Lunde"], ["Una Marsh"])


def test_the_queue_leads_to_the_lists_where_several_have_the_same_reasons(cast: Cast) -> None:
    client, led = signed_in(cast.maya), []
    for name in ("Ole Lunde", "Ida Falk", "Una Marsh"):
        twins(name, MAIL)
        led.append(HERE in client.get("/doubles/").content.decode())

    assert led == [False, False, True]


def test_the_machine_ticks_none_without_two_independent_strong_signals(cast: Cast) -> None:
    certain = twins("Ole Lunde", MAIL, PHONE, probability=0.999)
    twins("Ida Falk", MAIL, PHONE, probability=0.9)
    twins("Una Marsh", MAIL, probability=0.999)

    client = signed_in(cast.maya)
    boxes = [
        box
        for why in ("name-mail-household", "name-mail")
        for box in page_of(client.get(f"{HERE}?why={why}")).select("input[name=row]")
    ]

    assert len(boxes) == 3
    assert [box["value"] for box in boxes if box.has_attr("checked")] == [str(certain.pk)]


def test_the_ticked_are_one_in_one_act_and_two_again_in_one(cast: Cast) -> None:
    first, second, third = (twins(name, MAIL) for name in ("Ole Lunde", "Ida Falk", "Una Marsh"))
    client = signed_in(cast.maya)

    page = page_of(say(client, first, second))
    links = StandsFor.objects.standing()
    assert {link.party_id for link in links} == {first.other_id, second.other_id}
    assert {link.reason for link in links} == {"The same name, the same e-mail address."}
    assert "2 pairs are one each now." in page.text
    assert names(page) == ["Una Marsh"]

    undo = str(page.select_one(".kept form")["action"])  # type: ignore[index]
    answers = [client.post(undo, follow=True).content.decode() for _press in range(2)]

    assert not StandsFor.objects.standing().exists()
    assert ["2 pairs are two each again." in answers[0], "They are two already." in answers[1]] == [True, True]
    assert set(Double.objects.values_list("answer", flat=True)) == {""}
    assert third.answer == ""


def test_only_whoever_said_it_takes_all_of_it_back(cast: Cast) -> None:
    say(signed_in(cast.maya), twins("Ole Lunde", MAIL))
    link = StandsFor.objects.get()

    answer = signed_in(cast.tom).post(reverse("desk:doubles_two_again", args=[link.pk]))

    assert answer.status_code == 403
    assert StandsFor.objects.standing().exists()


def test_those_that_cannot_be_one_are_left_with_why_and_the_others_are_one(cast: Cast) -> None:
    tied, free = twins("Ole Lunde", MAIL), twins("Ida Falk", MAIL)
    parties.tell_tie(
        kind="reports_to", from_party=tied.party, to_party=tied.other, teller=parties.Teller(at=NOW, by=cast.maya)
    )

    answer = say(signed_in(cast.maya), tied, free).content.decode()

    assert "1 was left: Ole Lunde and Ole Lunde are tied to each other." in answer
    assert list(Double.objects.filter(answer=Answer.SAME)) == [free]


def test_two_of_whom_somebody_said_that_they_are_two_are_not_joined_by_way_of_a_third(cast: Cast) -> None:
    one, other, third = (person("Ole Lunde") for _ in range(3))
    first, second, apart = propose(
        (one, other, (*NAME, MAIL)), (other, third, (*NAME, MAIL)), (one, third, (*NAME, MAIL))
    )
    actions.say_two(apart, by=cast.tom, at=NOW)

    say(signed_in(cast.maya), first, second)

    assert StandsFor.objects.standing().count() == 1
    assert "" in Double.objects.filter(pk__in=[first.pk, second.pk]).values_list("answer", flat=True)


def test_three_told_thrice_become_one(cast: Cast) -> None:
    one, other, third = (person("Ole Lunde") for _ in range(3))
    doubles = propose((one, other, (*NAME, MAIL)), (other, third, (*NAME, MAIL)), (one, third, (*NAME, MAIL)))

    page = say(signed_in(cast.maya), *doubles)

    assert len(set(Party.objects.the_same([one.pk]))) == 3
    assert not page_of(page).select(".likely--ticked > li")


@pytest.mark.parametrize("rows", [[], ["x"], [""], ["00000000-0000-0000-0000-000000000000"]])
@pytest.mark.parametrize("why", ["name-mail", "", "x", "name", "mail-" * 30])
def test_nothing_ticked_is_said_and_nothing_happens(cast: Cast, rows: list[str], why: str) -> None:
    twins("Ole Lunde", MAIL)

    answer = signed_in(cast.maya).post(HERE, {"why": why, "row": rows})

    assert answer.status_code == 422
    assert "None is ticked." in answer.content.decode()
    assert not StandsFor.objects.exists()


def test_what_is_ticked_where_nobody_waits_any_more_is_said(cast: Cast) -> None:
    double = twins("Ole Lunde", MAIL)
    actions.say_later(double, by=cast.tom, at=timezone.now())

    page = page_of(say(signed_in(cast.maya), double))

    assert "None is ticked." in page.text
    assert "No pairs have two strong reasons in common." in page.text


def test_pairs_of_another_list_or_closed_to_one_are_not_said_to_be_one(cast: Cast) -> None:
    by_phone = twins("Ole Lunde", PHONE)
    (closed,) = propose((cast.leona, person("Leona Marchetti"), (*NAME, MAIL)))

    say(signed_in(cast.tom), by_phone, closed)

    assert not StandsFor.objects.exists()


def test_the_page_asks_as_much_of_many_rows_as_of_few(cast: Cast) -> None:
    client, counts = signed_in(cast.maya), []
    client.get(HERE)
    for count in (2, 30):
        for number in range(count):
            twins(f"Ole Lunde{number}", MAIL)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(HERE)
        counts.append(len(asked))

    assert counts[1] <= counts[0]


def test_many_are_looked_through_page_by_page(cast: Cast) -> None:
    for number in range(53):
        twins(f"Ole Lunde{number}", MAIL)
    client = signed_in(cast.maya)

    first = page_of(client.get(HERE))
    more = page_of(client.get(str(first.select_one(".part__more a")["href"])))  # type: ignore[index]

    assert (len(names(first)), len(names(more))) == (50, 3)
    assert set(names(first)).isdisjoint(names(more))
