"""Two who speak of one offer at the same time, and an act that breaks half-way."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from ampersand.exchange import conceding
from ampersand.exchange.models import (
    ExpectedTransaction,
    GiveAndTakeOff,
    Negotiation,
    Offer,
    OfferEvent,
    OfferLine,
    Weight,
)
from ampersand.exchange.negotiating import actions, following, weighing
from ampersand.exchange.negotiating.actions import Line
from ampersand.exchange.negotiating.states import OfferEventKind
from ampersand.parties.actions import Teller
from ampersand.parties.speaking import Speaker
from ampersand.promises.models import Promise
from tests.at_once import at_once
from tests.cast import NOW, Cast, says

pytestmark = pytest.mark.django_db(transaction=True)

BEANS = Line("Beans", Decimal(10), "kg", Decimal("19.90"))


@pytest.fixture
def negotiation(cast: Cast) -> Negotiation:
    teller = Teller(at=NOW, by=cast.maya)
    return actions.begin(cast.with_jane, about="Beans", member=cast.maya, teller=teller, questions=[("price", "")])


def doing(act: Callable[..., Any], *told: Any, **more: Any) -> Callable[[], str]:
    def do() -> str:
        try:
            return type(act(*told, **more)).__name__
        except (actions.TooLate, following.FollowedBefore) as refused:
            return type(refused).__name__

    return do


def test_accepted_and_withdrawn_at_once_only_one_of_the_two_holds(cast: Cast, negotiation: Negotiation) -> None:
    offer = actions.put(negotiation, speaker=says(cast.maya), lines=[BEANS], currency="EUR")
    jane = Speaker.themselves(cast.jane, at=NOW)

    said = at_once(doing(actions.accept, offer, speaker=jane), doing(actions.withdraw, offer, speaker=says(cast.maya)))

    assert sorted(said) == ["OfferEvent", "TooLate"]
    assert OfferEvent.objects.exclude(kind=OfferEventKind.PUT).count() == 1


def test_both_sides_put_a_version_at_once_and_one_counters_the_other(cast: Cast, negotiation: Negotiation) -> None:
    jane = Speaker.themselves(cast.jane, at=NOW)

    at_once(
        doing(actions.put, negotiation, speaker=says(cast.maya), words="19"),
        doing(actions.put, negotiation, speaker=jane, words="18"),
    )

    assert sorted(Offer.objects.values_list("version", flat=True)) == [1, 2]
    assert OfferEvent.objects.get(kind=OfferEventKind.COUNTERED).offer.version == 1


def test_what_follows_is_written_down_once_whoever_presses_at_once(cast: Cast, negotiation: Negotiation) -> None:
    offer = actions.put(negotiation, speaker=says(cast.maya), lines=[BEANS], currency="EUR")
    actions.accept(offer, speaker=Speaker.themselves(cast.jane, at=NOW))
    follow = doing(following.follow, offer, member=cast.maya, due_on=None, is_one=True, by=cast.maya, at=NOW)

    assert sorted(at_once(follow, follow)) == ["FollowedBefore", "tuple"]
    assert (Promise.objects.count(), ExpectedTransaction.objects.count()) == (1, 1)


def test_weighed_and_switched_off_twice_at_once_is_once(cast: Cast, negotiation: Negotiation) -> None:
    question = negotiation.questions.get()
    off = doing(conceding.switch_off, cast.with_jane, speaker=says(cast.maya))

    at_once(*[doing(weighing.weigh, question, value, speaker=says(cast.maya)) for value in (30, 40)], off, off)

    assert Weight.objects.count() == 1
    assert GiveAndTakeOff.objects.count() == 1


def test_what_breaks_half_way_leaves_nothing(
    cast: Cast, negotiation: Negotiation, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = actions.put(negotiation, speaker=says(cast.maya), words="19")

    def breaks(*_told: Any, **_more: Any) -> None:
        raise OSError("no room on the disk")

    monkeypatch.setattr(OfferLine.objects, "bulk_create", breaks)
    with pytest.raises(OSError, match="no room"):
        actions.put(negotiation, speaker=says(cast.maya), lines=[BEANS], currency="EUR")

    assert Offer.objects.get() == first
    assert OfferEvent.objects.get().kind == OfferEventKind.PUT
