"""Give and take in two voices."""

from __future__ import annotations

from typing import Any

import pytest

from ampersand.exchange import conceding
from ampersand.exchange.conceding import NotTentative, NotYoursToSay
from ampersand.exchange.models import Concession, ConcessionState, GiveAndTakeOff
from ampersand.parties.speaking import Speaker, Voice
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db


def us(cast: Cast) -> Speaker:
    assert cast.maya.party
    return Speaker.ourselves(cast.maya.party, by=cast.maya, at=NOW)


def told(cast: Cast) -> Speaker:
    return Speaker.told(cast.jane, by=cast.maya, at=NOW)


def jane(cast: Cast) -> Speaker:
    return Speaker.themselves(cast.jane, at=NOW)


def theirs(cast: Cast, **more: Any) -> Concession:
    assert cast.maya.party
    return conceding.give(
        speaker=told(cast),
        to=cast.maya.party,
        relationship=cast.with_jane,
        words="two deliveries",
        happened_on=TODAY,
        **more,
    )


def ours(cast: Cast, **more: Any) -> Concession:
    return conceding.give(
        speaker=us(cast), to=cast.jane, relationship=cast.with_jane, words="free set-up", happened_on=TODAY, **more
    )


def test_the_cost_is_the_givers_and_the_worth_the_receivers(cast: Cast) -> None:
    given = theirs(cast)

    conceding.say_worth(given, "saves us a night shift", speaker=us(cast))
    conceding.say_cost(given, "a second van", speaker=jane(cast))
    with pytest.raises(NotYoursToSay):
        conceding.say_cost(given, "nothing much", speaker=us(cast))
    with pytest.raises(NotYoursToSay):
        conceding.say_worth(given, "a lot", speaker=jane(cast))

    given.refresh_from_db()
    assert (given.cost_words, given.cost_voice, given.cost_told_by) == ("a second van", Voice.OWN, None)
    assert (given.worth_words, given.worth_voice, given.worth_told_by) == (
        "saves us a night shift", Voice.OWN, cast.maya,
    )  # fmt: skip


def test_what_they_said_themselves_is_not_overwritten_by_what_is_told_of_them(cast: Cast) -> None:
    given = theirs(cast, cost_words="nothing, she said")
    conceding.say_cost(given, "a second van", speaker=jane(cast))

    with pytest.raises(NotYoursToSay, match="Their word stands"):
        conceding.say_cost(given, "less than that", speaker=told(cast))

    given.refresh_from_db()
    assert given.cost_words == "a second van"


def test_only_a_tentative_one_is_drawn_back_and_only_by_its_giver(cast: Cast) -> None:
    firm, tentative = ours(cast), ours(cast, is_tentative=True)

    with pytest.raises(NotTentative):
        conceding.draw_back(firm, speaker=us(cast))
    with pytest.raises(NotYoursToSay):
        conceding.draw_back(tentative, speaker=jane(cast))
    conceding.draw_back(tentative, speaker=us(cast))
    conceding.draw_back(tentative, speaker=us(cast))

    firm.refresh_from_db()
    tentative.refresh_from_db()
    assert (firm.state, tentative.state) == (ConcessionState.MADE, ConcessionState.WITHDRAWN)
    with pytest.raises(NotTentative):
        conceding.make_firm(tentative, speaker=us(cast))


def test_what_was_made_firm_stays(cast: Cast) -> None:
    tentative = ours(cast, is_tentative=True)
    assert tentative.state == ConcessionState.OFFERED

    conceding.make_firm(tentative, speaker=us(cast))

    with pytest.raises(NotTentative):
        conceding.draw_back(tentative, speaker=us(cast))


def test_one_given_in_return_answers_another_of_the_other_side(cast: Cast) -> None:
    first = theirs(cast)
    ours(cast, in_return_for=first)

    assert Concession.objects.get(pk=first.pk).state == ConcessionState.ANSWERED
    with pytest.raises(NotYoursToSay):
        theirs(cast, in_return_for=first)


def test_a_stranger_has_no_part_in_it(cast: Cast) -> None:
    stranger = Speaker.themselves(cast.leona, at=NOW)
    assert cast.maya.party

    with pytest.raises(NotYoursToSay):
        conceding.give(speaker=stranger, to=cast.maya.party, relationship=cast.with_jane, words="x", happened_on=TODAY)
    with pytest.raises(NotYoursToSay):
        conceding.say_cost(theirs(cast), "x", speaker=stranger)
    with pytest.raises(NotYoursToSay):
        conceding.switch_off(cast.with_jane, speaker=stranger)


def test_either_side_switches_the_reading_off_and_only_its_own_wish_on_again(cast: Cast) -> None:
    conceding.switch_off(cast.with_jane, speaker=jane(cast))
    conceding.switch_off(cast.with_jane, speaker=jane(cast))

    assert conceding.switch_on(cast.with_jane, speaker=us(cast)) == 0
    assert GiveAndTakeOff.objects.standing().count() == 1
    assert conceding.switch_on(cast.with_jane, speaker=jane(cast)) == 1
    assert GiveAndTakeOff.objects.standing().count() == 0
