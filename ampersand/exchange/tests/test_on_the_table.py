"""What the database finds on the table is what each offer says of itself."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest

from ampersand.exchange.models import Negotiation, Offer
from ampersand.exchange.negotiating import actions, queries
from ampersand.exchange.negotiating.actions import Line
from ampersand.exchange.negotiating.states import OfferState
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party
from ampersand.parties.speaking import Speaker
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db

PAST, AHEAD, LATER = TODAY - timedelta(days=3), TODAY + timedelta(days=20), TODAY + timedelta(days=45)


def begun(cast: Cast, party: Party) -> Negotiation:
    teller = Teller(at=NOW - timedelta(days=10), by=cast.maya)
    return actions.begin(party.relationship, about="beans", member=cast.maya, questions=[], teller=teller)


def put(
    cast: Cast, party: Party, *, is_ours: bool, until: date | None, price: str = "10", currency: str = "GBP"
) -> Offer:
    at = NOW - timedelta(days=5)
    by = (
        Speaker.ourselves(cast.maya.party, by=cast.maya, at=at) if is_ours else Speaker.told(party, by=cast.maya, at=at)
    )
    line = Line("A bag", Decimal(1), "", Decimal(price), Decimal(0), Decimal(0))
    return actions.put(begun(cast, party), speaker=by, lines=[line], currency=currency, valid_until=until)


def say_day(cast: Cast, offer: Offer, on: date | None, *, days_ago: int) -> None:
    teller = Speaker.told(cast.jane, by=cast.maya, at=NOW - timedelta(days=days_ago))
    actions.say_day(offer.negotiation, on=on, words="after the fair", speaker=teller)


def test_each_ends_and_is_open_as_it_says_itself(cast: Cast) -> None:
    days = (None, PAST, AHEAD)
    for is_ours, until, before, since in product((True, False), (None, AHEAD), (*days, "silent"), (*days, "silent")):
        offer = put(cast, cast.jane, is_ours=is_ours, until=until)
        for on, days_ago in ((before, 8), (since, 2)):
            if on != "silent":
                say_day(cast, offer, on, days_ago=days_ago)  # type: ignore[arg-type]

    found = {one.offer_id: (one.ends, one.is_open(on=TODAY)) for one in queries.find_on_the_table(cast.maya)}

    told = Offer.objects.prefetch_related("negotiation__deciding_days", "events")
    said = {one.pk: (one.ends_on(), one.state(on=TODAY) == OfferState.OPEN) for one in told}
    assert len(said) == 64
    assert found == said


def test_what_was_answered_or_countered_is_not_on_it(cast: Cast) -> None:
    offers = [put(cast, cast.jane, is_ours=True, until=AHEAD) for _number in range(4)]
    jane = Speaker.told(cast.jane, by=cast.maya, at=NOW)
    actions.accept(offers[0], speaker=jane)
    actions.decline(offers[1], speaker=jane)
    newer = actions.put(offers[2].negotiation, speaker=jane, words="Ten less.")

    assert {one.offer_id for one in queries.find_on_the_table(cast.maya)} == {newer.pk, offers[3].pk}


def test_the_sums_leave_nothing_out_and_mix_no_currencies(cast: Cast) -> None:
    for _number in range(3):
        put(cast, cast.jane, is_ours=True, until=AHEAD, price="100.10")
    put(cast, cast.jane, is_ours=False, until=AHEAD, currency="EUR")
    put(cast, cast.jane, is_ours=True, until=LATER)
    put(cast, cast.jane, is_ours=True, until=None)
    put(cast, cast.jane, is_ours=True, until=PAST)

    first = AHEAD.replace(day=1)
    still = [one for one in queries.find_on_the_table(cast.maya) if one.is_open(on=TODAY)]
    assert queries.sums_of(still) == [
        (first, "EUR", Decimal(10), 1),
        (first, "GBP", Decimal("300.30"), 3),
        (LATER.replace(day=1), "GBP", Decimal(10), 1),
        (None, "GBP", Decimal(10), 1),
    ]


def test_of_a_closed_relationship_it_is_on_nobody_else_s_table(cast: Cast) -> None:
    put(cast, cast.leona, is_ours=True, until=AHEAD)

    assert [len(queries.find_on_the_table(member)) for member in (cast.maya, cast.tom, cast.ruth)] == [1, 0, 0]
