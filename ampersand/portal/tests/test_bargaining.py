"""Offers, and give and take, from the other side's own page."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from ampersand.exchange.models import Concession, DecidingDay, GiveAndTakeOff, Negotiation, Offer, Question, Weight
from ampersand.exchange.negotiating import actions
from ampersand.members.models import Member
from ampersand.portal.models import Entry
from ampersand.portal.tests.everything import negotiation
from ampersand.portal.tests.visitors import Visitor, visitor
from tests import cast as people
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "outside"])


@pytest.fixture
def jane(cast: Cast) -> Visitor:
    return visitor(cast, cast.jane)


@pytest.fixture
def offered(cast: Cast) -> Offer:
    return negotiation(cast, cast.jane, about="the machines").offers.get()


def post(who: Visitor, name: str, *args: Any, entry: str = "", **told: Any) -> Any:
    return who.client().post(reverse(f"portal:{name}", args=args), {"entry": entry or str(uuid4()), **told})


def shown(who: Visitor) -> str:
    return str(who.client().get(reverse("portal:page")).content.decode())


def lines(*rows: dict[str, str]) -> dict[str, str]:
    told = {f"line-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}
    return told | {"line-TOTAL_FORMS": str(len(rows)), "line-INITIAL_FORMS": "0"}


def countered(who: Visitor, offered: Offer, *, words: str = "For less", entry: str = "") -> Any:
    bag = {"words": "Beans", "quantity": "2", "unit_price": "9.90"}
    told = {"answers": str(offered.pk), "words": words, "currency": "GBP", **lines(bag)}
    return post(who, "put_offer", offered.negotiation_id, entry=entry, **told)


def test_an_offer_stands_on_the_page_with_its_lines_and_what_they_come_to(jane: Visitor, offered: Offer) -> None:
    page = shown(jane)

    assert "Our offer: the machines" in page
    assert "Beans: the machines" in page
    assert "by the bag: the machines" in page
    assert "£25.20" in page
    assert "our own kind" not in page


def test_she_accepts_an_offer_in_her_own_word(jane: Visitor, offered: Offer) -> None:
    assert post(jane, "accept_offer", offered.pk, words="Gladly").status_code == 302

    event = offered.events.get(kind="accepted")
    assert (event.by, event.voice, event.told_by, event.words) == (jane.party, "own", None, "Gladly")
    assert "Gladly" in shown(jane)


def test_sent_twice_it_is_said_once(jane: Visitor, offered: Offer) -> None:
    entry = str(uuid4())

    for _time in range(2):
        countered(jane, offered, entry=entry)

    assert offered.negotiation.offers.count() == 2


def test_she_counters_with_prices_and_answers_and_withdraws_it(jane: Visitor, offered: Offer) -> None:
    assert countered(jane, offered).status_code == 302
    hers = offered.negotiation.offers.get(version=2)

    assert (hers.is_ours, hers.voice, hers.net_amount) == (False, "own", Decimal("19.80"))
    assert offered.events.filter(kind="countered", by=jane.party).exists()

    post(jane, "withdraw_offer", hers.pk)

    assert hers.events.filter(kind="withdrawn").exists()


def test_what_was_answered_by_a_newer_one_meanwhile_is_refused_and_said(
    cast: Cast, jane: Visitor, offered: Offer
) -> None:
    actions.put(offered.negotiation, speaker=people.says(cast.maya, at=timezone.now()), words="Newer")

    page = jane.client()
    page.post(
        reverse("portal:put_offer", args=[offered.negotiation_id]),
        {"entry": str(uuid4()), "answers": str(offered.pk), "words": "Late", "currency": "GBP", **lines()},
    )

    assert "A newer version was put meanwhile" in page.get(reverse("portal:page")).content.decode()
    assert not Offer.objects.filter(words="Late").exists()


def test_more_lines_keep_what_was_typed_and_put_nothing(jane: Visitor, offered: Offer) -> None:
    told = {"answers": str(offered.pk), "words": "Kept words", "more": "1", **lines({"words": "Kept line"})}

    page = post(jane, "put_offer", offered.negotiation_id, **told)

    assert page.status_code == 200
    assert "Kept words" in page.content.decode()
    assert "Kept line" in page.content.decode()
    assert Offer.objects.count() == 1


@pytest.mark.parametrize(
    "told",
    [
        {"currency": "???"},
        {"line-0-quantity": "-1", "line-0-words": "x", "line-TOTAL_FORMS": "1", "line-INITIAL_FORMS": "0"},
        {"line-0-unit_price": "9" * 40, "line-0-words": "x", "line-TOTAL_FORMS": "1", "line-INITIAL_FORMS": "0"},
        {"line-TOTAL_FORMS": "9" * 9, "line-INITIAL_FORMS": "x"},
        {"valid_until": "yesterday"},
        {"words": "x" * 5_000},
    ],
)
def test_what_cannot_be_put_is_said_beside_it(jane: Visitor, offered: Offer, told: dict[str, str]) -> None:
    page = post(jane, "put_offer", offered.negotiation_id, **{"answers": str(offered.pk), **lines(), **told})

    assert page.status_code == 422
    assert Offer.objects.count() == 1


def test_an_empty_offer_is_refused_with_a_sentence(jane: Visitor, offered: Offer) -> None:
    client = jane.client()
    told = {"entry": str(uuid4()), "answers": str(offered.pk), "words": "", "currency": "GBP", **lines()}
    client.post(reverse("portal:put_offer", args=[offered.negotiation_id]), told)

    assert "Write what is offered" in client.get(reverse("portal:page")).content.decode()


def test_her_own_day_is_hers_to_say(jane: Visitor, offered: Offer) -> None:
    on = timezone.localdate() + timedelta(days=3)

    post(jane, "negotiation_day", offered.negotiation_id, on=str(on), words="after the board")

    day = DecidingDay.objects.get()
    assert (day.on, day.words, day.voice, day.told_by) == (on, "after the board", "own", None)
    assert post(jane, "negotiation_day", offered.negotiation_id).status_code == 422


def weighed(who: Visitor, about: Negotiation, **values: int) -> Any:
    price, term = about.questions.order_by("position")
    keys = {"price": price.pk.hex, "term": term.pk.hex}
    told = {f"{name.split('_')[0]}_{keys[name.split('_')[1]]}": str(value) for name, value in values.items()}
    return post(who, "weigh", about.pk, **told)


def test_what_she_keeps_to_herself_no_member_reads(cast: Cast, jane: Visitor, offered: Offer) -> None:
    weighed(jane, offered.negotiation, stated_price=40, kept_price=91)

    assert {(one.value, one.is_stated) for one in Weight.objects.all()} == {(40, True), (91, False)}
    assert [one.value for one in Weight.objects.visible_to(cast.maya)] == [40]
    assert ">91<" in shown(jane)
    assert ">91<" not in of_ours(cast.maya, "between", cast.with_jane.pk)
    assert ">91<" not in of_ours(cast.maya, "negotiation", offered.negotiation_id)


def of_ours(member: Member, name: str, pk: Any) -> str:
    from django.test import Client

    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse(f"desk:{name}", args=[pk]))
    assert page.status_code == 200
    return str(page.content.decode())


def test_what_both_stated_gives_both_the_same_suggestion(cast: Cast, jane: Visitor, offered: Offer) -> None:
    from ampersand.exchange.negotiating import weighing

    price, term = offered.negotiation.questions.order_by("position")
    us = people.says(cast.maya, at=timezone.now())
    weighing.weigh(price, 80, speaker=us, is_stated=True)
    weighing.weigh(term, 20, speaker=us, is_stated=True)
    weighed(jane, offered.negotiation, stated_price=10, stated_term=90)

    assert "Price: as Harbour &amp; Finch puts it" in shown(jane)
    assert "Price: your way" in of_ours(cast.maya, "between", cast.with_jane.pk)


@pytest.mark.parametrize("value", ["101", "-1", "x", "1.5", ""])
def test_what_is_no_weight_is_said_beside_it(jane: Visitor, offered: Offer, value: str) -> None:
    question = Question.objects.order_by("position")[0]

    assert post(jane, "weigh", offered.negotiation_id, **{f"stated_{question.pk.hex}": value}).status_code == 422
    assert not Weight.objects.exists()


def test_the_paper_is_the_same_file_on_both_sides(cast: Cast, jane: Visitor, offered: Offer) -> None:
    from django.test import Client

    client = Client()
    client.force_login(cast.maya, backend="django.contrib.auth.backends.ModelBackend")

    hers = jane.client().get(reverse("portal:offer_paper", args=[offered.pk]))
    ours = client.get(reverse("desk:offer_paper", args=[offered.pk]))

    assert hers.headers["Content-Type"] == "application/pdf"
    assert hers.content == ours.content


def test_her_copy_holds_offers_and_what_was_given_and_leads_nowhere(jane: Visitor, offered: Offer) -> None:
    post(jane, "give", words="waited a week")

    packed = zipfile.ZipFile(io.BytesIO(jane.client().get(reverse("portal:copy")).content))
    told = json.loads(packed.read("page.json"))
    page = packed.read("page.html").decode()

    assert told["offers"]["open"][0]["offers"][0]["gross"] == "25.20"
    assert told["giving"]["yours"][0]["words"] == "waited a week"
    assert "_url" not in json.dumps(told)
    assert "Beans: the machines" in page
    assert "waited a week" in page


@pytest.fixture
def theirs(cast: Cast) -> Concession:
    """What Jane gave, written down by Maya and laid between."""
    given = people.concession(cast.jane, cast.maya.party, words="took two deliveries", told_by=cast.maya)
    Concession.objects.filter(pk=given.pk).update(room="between")
    return given


@pytest.fixture
def ours(cast: Cast) -> Concession:
    given = people.concession(cast.maya.party, cast.jane, words="free commissioning", told_by=cast.maya)
    Concession.objects.filter(pk=given.pk).update(room="between")
    return given


def test_she_says_what_it_cost_her_and_what_ours_was_worth(jane: Visitor, theirs: Concession, ours: Concession) -> None:
    post(jane, "concession_cost", theirs.pk, words="a night of overtime")
    post(jane, "concession_worth", ours.pk, words="a calm week")
    post(jane, "concession_gift", theirs.pk)

    theirs.refresh_from_db()
    ours.refresh_from_db()
    assert (theirs.cost_words, theirs.cost_voice, theirs.is_gift) == ("a night of overtime", "own", True)
    assert (ours.worth_words, ours.worth_voice) == ("a calm week", "own")
    page = shown(jane)
    assert "You gave way once, a gift." in page
    assert "Harbour &amp; Finch gave way once." in page


def test_the_other_half_is_not_hers_to_say(jane: Visitor, theirs: Concession, ours: Concession) -> None:
    assert post(jane, "concession_cost", ours.pk, words="nothing").status_code == 404
    assert post(jane, "concession_worth", theirs.pk, words="much").status_code == 404
    assert post(jane, "concession_gift", ours.pk).status_code == 404


def test_what_she_gives_stands_in_her_column(jane: Visitor) -> None:
    post(jane, "give", words="waited a week", cost="an angry guest", is_gift="on")

    given = Concession.objects.get()
    assert (given.is_ours, given.voice, given.cost_words, given.is_gift, given.room) == (
        *(False, "own", "an angry guest", True, "between"),
    )
    assert post(jane, "give", words="").status_code == 422


def test_either_side_switches_it_off_and_only_its_own_wish_on(cast: Cast, jane: Visitor, ours: Concession) -> None:
    post(jane, "give_take_off")
    off = shown(jane)
    kept_off = GiveAndTakeOff.objects.filter(ended_at=None).count()
    post(jane, "give_take_on")

    assert "free commissioning" not in off
    assert "so wished by You" in off
    assert kept_off == 1
    assert "free commissioning" in shown(jane)


def test_what_is_another_s_is_not_there(cast: Cast, jane: Visitor) -> None:
    """Nor what is among ourselves: each URL answers as for what was never there, and nothing is laid down."""
    other = negotiation(cast, cast.leona, about="beds").offers.get()
    hidden = people.concession(cast.maya.party, cast.leona, words="a bed", told_by=cast.maya)
    among = people.concession(cast.jane, cast.maya.party, words="among ourselves", told_by=cast.maya)
    asked = [
        *(("post", name, other.pk) for name in ("accept_offer", "decline_offer", "withdraw_offer")),
        *(("post", name, other.negotiation_id) for name in ("put_offer", "negotiation_day", "weigh")),
        *(("get", name, other.negotiation_id) for name in ("put_offer", "negotiation_day", "weigh")),
        ("get", "offer_paper", other.pk),
        ("get", "offer_file", 10**12),
        *(("post", f"concession_{name}", one.pk) for name in ("cost", "worth", "gift") for one in (hidden, among)),
        *(("get", f"concession_{name}", one.pk) for name in ("cost", "worth") for one in (hidden, among)),
    ]

    answers = [
        getattr(jane.client(), method)(reverse(f"portal:{name}", args=[pk]), {"entry": str(uuid4()), "words": "x"})
        for method, name, pk in asked
    ]

    assert {one.status_code for one in answers} == {404}
    assert Entry.objects.count() == 0


def test_a_closed_visit_opens_nothing(cast: Cast, jane: Visitor, offered: Offer) -> None:
    from ampersand.portal import actions as links

    links.end_visit(jane.secret, at=timezone.now())

    assert post(jane, "accept_offer", offered.pk).status_code == 401
    assert jane.client().get(reverse("portal:offer_paper", args=[offered.pk])).status_code == 401
    assert not offered.events.filter(kind="accepted").exists()
