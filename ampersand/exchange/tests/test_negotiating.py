"""Who may say what of an offer, and what follows from it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ampersand.exchange import money
from ampersand.exchange.models import ExpectedTransaction, Negotiation, Offer, OfferEvent, Transaction, Weight
from ampersand.exchange.negotiating import actions, following, weighing
from ampersand.exchange.negotiating.actions import Line, NotInvolved, NotYoursToSay, TooLate
from ampersand.exchange.negotiating.states import OfferEventKind, OfferState
from ampersand.parties.actions import Teller
from ampersand.parties.speaking import NotOurs, NotTheirs, Speaker, Voice
from ampersand.promises.models import Promise
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db

BEANS = Line("Beans", Decimal(10), "kg", Decimal("19.90"), Decimal(5), Decimal(20))
SERVICE = Line("Service of two machines", Decimal(1), "", Decimal(300), tax_rate=Decimal(20))


@pytest.fixture
def negotiation(cast: Cast) -> Negotiation:
    return actions.begin(
        cast.with_jane,
        about="Beans for breakfast",
        kind="delivery",
        member=cast.maya,
        teller=Teller(at=NOW, by=cast.maya),
        questions=[("price", ""), ("own", "machines")],
    )


def us(cast: Cast, *, days: int = 0) -> Speaker:
    assert cast.maya.party
    return Speaker.ourselves(cast.maya.party, by=cast.maya, at=NOW + timedelta(days=days))


def told(cast: Cast, *, days: int = 0) -> Speaker:
    return Speaker.told(cast.jane, by=cast.maya, at=NOW + timedelta(days=days))


def jane(cast: Cast, *, days: int = 0) -> Speaker:
    return Speaker.themselves(cast.jane, at=NOW + timedelta(days=days))


def fresh(offer: Offer) -> Offer:
    return Offer.objects.get(pk=offer.pk)


def test_an_offer_is_countered_twice_and_accepted(cast: Cast, negotiation: Negotiation) -> None:
    first = actions.put(negotiation, speaker=us(cast), lines=[BEANS], currency="eur")
    second = actions.put(negotiation, speaker=told(cast), words="EUR 18 a kilo, we take 20")
    third = actions.put(negotiation, speaker=us(cast), lines=[BEANS, SERVICE], currency="EUR")

    actions.accept(third, speaker=jane(cast), words="agreed")

    states = [fresh(one).state(on=TODAY) for one in (first, second, third)]
    assert states == [OfferState.COUNTERED, OfferState.COUNTERED, OfferState.ACCEPTED]
    assert (third.version, third.net_amount, third.tax_amount) == (3, Decimal("489.05"), Decimal("97.81"))
    assert (second.voice, second.told_by) == (Voice.TOLD_BY_US, cast.maya)
    said = third.events.get(kind=OfferEventKind.ACCEPTED)
    assert (said.voice, said.told_by, said.words) == (Voice.OWN, None, "agreed")


def test_nobody_accepts_their_own_offer_nor_withdraws_the_others(cast: Cast, negotiation: Negotiation) -> None:
    ours = actions.put(negotiation, speaker=us(cast), words="EUR 19 a kilo")

    with pytest.raises(NotYoursToSay):
        actions.accept(ours, speaker=us(cast))
    with pytest.raises(NotYoursToSay):
        actions.decline(ours, speaker=us(cast))
    with pytest.raises(NotYoursToSay):
        actions.withdraw(ours, speaker=jane(cast))

    assert fresh(ours).state(on=TODAY) == OfferState.OPEN


def test_somebody_of_another_relationship_is_no_part_of_it(cast: Cast, negotiation: Negotiation) -> None:
    ours = actions.put(negotiation, speaker=us(cast), words="EUR 19 a kilo")
    stranger = Speaker.themselves(cast.leona, at=NOW)
    question = negotiation.questions.get(position=0)

    with pytest.raises(NotInvolved):
        actions.accept(ours, speaker=stranger)
    with pytest.raises(NotInvolved):
        actions.put(negotiation, speaker=stranger, words="less")
    with pytest.raises(NotInvolved):
        actions.say_day(negotiation, on=TODAY, words="", speaker=stranger)
    with pytest.raises(NotInvolved):
        weighing.weigh(question, 50, speaker=stranger, is_stated=True)


def test_who_works_at_the_other_side_speaks_for_it(cast: Cast) -> None:
    at_alder = actions.begin(
        cast.alder.relationship, about="Beans", member=cast.maya, teller=Teller(at=NOW, by=cast.maya)
    )
    ours = actions.put(at_alder, speaker=us(cast), words="EUR 19 a kilo")

    actions.accept(ours, speaker=jane(cast))

    assert fresh(ours).state(on=TODAY) == OfferState.ACCEPTED


def test_silence_past_the_deciders_day_is_neither_yes_nor_no(cast: Cast, negotiation: Negotiation) -> None:
    ours = actions.put(negotiation, speaker=us(cast), words="EUR 19 a kilo", valid_until=TODAY)

    assert ours.state(on=TODAY) == OfferState.OPEN
    assert ours.state(on=TODAY + timedelta(days=1)) == OfferState.LAPSED
    with pytest.raises(TooLate, match="Its day has passed"):
        actions.accept(ours, speaker=jane(cast, days=2))


def test_the_day_is_the_deciders_to_move(cast: Cast, negotiation: Negotiation) -> None:
    ours = actions.put(negotiation, speaker=us(cast), words="EUR 19 a kilo", valid_until=TODAY)
    actions.say_day(negotiation, on=TODAY + timedelta(days=9), words="after our board", speaker=told(cast, days=2))

    with pytest.raises(NotTheirs):
        actions.say_day(negotiation, on=TODAY, words="", speaker=us(cast))

    assert fresh(ours).state(on=TODAY + timedelta(days=9)) == OfferState.OPEN
    assert fresh(ours).state(on=TODAY + timedelta(days=10)) == OfferState.LAPSED


def test_a_day_they_named_before_holds_for_a_new_version_while_it_is_ahead(
    cast: Cast, negotiation: Negotiation
) -> None:
    actions.say_day(negotiation, on=TODAY + timedelta(days=9), words="", speaker=told(cast))
    ours = actions.put(negotiation, speaker=us(cast, days=1), words="EUR 19 a kilo")
    later = actions.put(negotiation, speaker=us(cast, days=20), words="EUR 18 a kilo")

    assert fresh(ours).ends_on() == TODAY + timedelta(days=9)
    assert fresh(later).ends_on() is None
    assert fresh(later).state(on=TODAY + timedelta(days=99)) == OfferState.OPEN


def test_what_was_accepted_is_not_countered(cast: Cast, negotiation: Negotiation) -> None:
    actions.accept(actions.put(negotiation, speaker=us(cast), words="EUR 19 a kilo"), speaker=jane(cast))

    with pytest.raises(TooLate, match="Begin a new negotiation"):
        actions.put(negotiation, speaker=us(cast), words="EUR 21 a kilo")


def test_the_same_pressed_twice_is_one(cast: Cast, negotiation: Negotiation) -> None:
    offers = [actions.put(negotiation, speaker=us(cast), lines=[BEANS], currency="EUR") for _ in range(2)]
    said = [actions.accept(offers[0], speaker=jane(cast)) for _ in range(2)]

    assert offers[0] == offers[1]
    assert said[0] == said[1]
    assert OfferEvent.objects.count() == 2


@pytest.mark.parametrize(
    "told_wrong",
    [
        {},
        {"words": "   "},
        {"lines": [BEANS]},
        {"lines": [BEANS], "currency": "XQZ"},
        {"lines": [Line(" ", Decimal(1))], "currency": "EUR"},
        {"lines": [Line("x", Decimal(1), discount_share=Decimal(-1))], "currency": "EUR"},
        {"lines": [Line("x", Decimal(10**10), unit_price=Decimal(10**10))], "currency": "EUR"},
        {"lines": [BEANS] * 201, "currency": "EUR"},
    ],
)
def test_what_is_no_offer_is_refused_and_nothing_is_written(
    cast: Cast, negotiation: Negotiation, told_wrong: dict[str, Any]
) -> None:
    with pytest.raises((actions.NothingOffered, money.NotALine)):
        actions.put(negotiation, speaker=us(cast), **told_wrong)

    assert Offer.objects.count() == 0


# ── Hostile actors, in any order ──────────────────────────────────────────────────────────────────────────────────────────

ACTS = ("put", "accept", "decline", "withdraw")
ACTORS = ("us", "jane", "told", "leona")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(ACTS), st.sampled_from(ACTORS), st.integers(0, 3), st.integers(0, 12)), max_size=10
    )
)
def test_no_row_of_acts_by_anybody_reaches_what_is_not_theirs(
    cast: Cast, negotiation: Negotiation, acts: list[tuple[str, str, int, int]]
) -> None:
    Offer.objects.filter(negotiation=negotiation).delete()
    put: list[Offer] = []

    for day, (act, actor, which, lasts) in enumerate(acts):
        speaker = {
            "us": us(cast, days=day), "jane": jane(cast, days=day), "told": told(cast, days=day),
            "leona": Speaker.themselves(cast.leona, at=NOW + timedelta(days=day)),
        }[actor]  # fmt: skip
        try:
            if act == "put":
                until = TODAY + timedelta(days=day + lasts)
                put.append(actions.put(negotiation, speaker=speaker, words=f"{day}", valid_until=until))
            elif put:
                getattr(actions, act)(put[which % len(put)], speaker=speaker)
        except (NotInvolved, NotYoursToSay, TooLate):
            pass

    offers = list(Offer.objects.filter(negotiation=negotiation).prefetch_related("events__by"))
    for offer in offers:
        ended = [event for event in offer.events.all() if event.kind != OfferEventKind.PUT]
        assert len(ended) <= 1
        for event in ended:
            by_giver = event.by.is_ours == offer.is_ours
            assert event.by != cast.leona
            if event.kind in (OfferEventKind.ACCEPTED, OfferEventKind.DECLINED):
                assert not by_giver
            if event.kind == OfferEventKind.WITHDRAWN:
                assert by_giver
            if event.kind == OfferEventKind.ACCEPTED:
                assert offer.valid_until is not None
                assert event.at.date() <= offer.valid_until
                assert offer.version == max(one.version for one in offers)
    assert sum(offer.state(on=TODAY) in (OfferState.OPEN, OfferState.LAPSED) for offer in offers) <= 1


# ── Weights ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_they_keep_to_themselves_no_member_reads(cast: Cast, negotiation: Negotiation) -> None:
    question = negotiation.questions.get(position=0)
    weighing.weigh(question, 80, speaker=jane(cast))
    weighing.weigh(question, 30, speaker=jane(cast), is_stated=True)
    weighing.weigh(question, 60, speaker=us(cast))

    seen = Weight.objects.visible_to(cast.maya).order_by("value").values_list("is_ours", "is_stated", "value")

    assert list(seen) == [(False, True, 30), (True, False, 60)]
    with pytest.raises(weighing.NotYoursToTell):
        weighing.weigh(question, 70, speaker=told(cast))


@pytest.mark.parametrize("value", [-1, 101, 10**9])
def test_a_weight_is_of_a_hundred(cast: Cast, negotiation: Negotiation, value: int) -> None:
    with pytest.raises(weighing.NotAWeight):
        weighing.weigh(negotiation.questions.get(position=0), value, speaker=us(cast))


# ── What follows from an accepted offer ───────────────────────────────────────────────────────────────────────────────────


def test_an_accepted_offer_becomes_a_promise_a_line_and_something_expected(
    cast: Cast, negotiation: Negotiation
) -> None:
    offer = actions.put(negotiation, speaker=us(cast), lines=[BEANS, SERVICE], currency="EUR")
    actions.accept(offer, speaker=jane(cast))
    due_on = TODAY + timedelta(days=30)

    made, expected = following.follow(offer, member=cast.maya, due_on=due_on, is_one=False, by=cast.maya, at=NOW)

    assert [(one.words, one.by, one.to, one.due_on) for one in made] == [
        ("10 kg × Beans", cast.maya.party, cast.jane, due_on),
        ("Service of two machines", cast.maya.party, cast.jane, due_on),
    ]
    assert expected is not None
    assert (expected.amount, expected.currency, expected.expected_on) == (Decimal("586.86"), "EUR", due_on)
    assert Transaction.objects.count() == 0


def test_it_follows_once_and_only_from_what_was_accepted(cast: Cast, negotiation: Negotiation) -> None:
    offer = actions.put(negotiation, speaker=us(cast), lines=[BEANS], currency="EUR")
    asked: dict[str, Any] = {"member": cast.maya, "due_on": None, "is_one": True, "by": cast.maya, "at": NOW}

    with pytest.raises(TooLate):
        following.follow(offer, **asked)
    actions.accept(offer, speaker=jane(cast))
    following.follow(offer, **asked)
    with pytest.raises(following.FollowedBefore):
        following.follow(offer, **asked)

    assert (Promise.objects.count(), ExpectedTransaction.objects.count()) == (1, 1)


def test_what_they_offered_is_theirs_to_promise(cast: Cast, negotiation: Negotiation) -> None:
    theirs = actions.put(negotiation, speaker=told(cast), words="we take 20")
    actions.accept(theirs, speaker=us(cast))

    with pytest.raises(NotOurs):
        following.follow(theirs, member=cast.maya, due_on=None, is_one=True, by=cast.maya, at=NOW)
