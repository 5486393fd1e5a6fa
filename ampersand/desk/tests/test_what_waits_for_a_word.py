"""What the other side asks of a promise that holds stands on Today, with what they ask, until it is answered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ampersand.desk.today import today_page
from ampersand.parties.models import Party
from ampersand.parties.speaking import Speaker
from ampersand.promises import actions, backing_actions
from ampersand.promises.actions import Wording
from ampersand.promises.models import Promise
from tests import cast as people
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db

IN_TEN_DAYS, LATER = TODAY + timedelta(days=10), TODAY + timedelta(days=40)


def promised(by: Party, to: Party, cast: Cast) -> Promise:
    return people.promise(by, to, words="send the dark roast", due_on=IN_TEN_DAYS, told_by=cast.maya)


def them(cast: Cast, minutes: int = 0) -> Speaker:
    return Speaker.themselves(cast.jane, at=NOW + timedelta(minutes=minutes))


def us(cast: Cast, minutes: int = 0) -> Speaker:
    return Speaker.ourselves(cast.maya.party, by=cast.maya, at=NOW + timedelta(minutes=minutes))


def waits(cast: Cast) -> list[tuple[str, str]]:
    """What she asks, with the first act that answers it."""
    rows = today_page(cast.maya, at=NOW + timedelta(hours=1)).asked.waits
    return [(row.asks, row.acts[0].says) for row in rows]


def test_another_day_she_asks_for_waits_until_we_agree(cast: Cast) -> None:
    promise = promised(cast.maya.party, cast.jane, cast)
    assert waits(cast) == []

    actions.propose_move(promise, due_on=LATER, words="50% are away.", speaker=them(cast))
    assert waits(cast) == [("Jane Okafor asks for 18 Nov instead. “50% are away.”", "Agree to that day")]

    actions.agree_move(promise, speaker=us(cast, 1))
    assert (waits(cast), Promise.objects.get().due_on) == ([], LATER)


def test_our_own_proposal_waits_for_her_and_not_for_us(cast: Cast) -> None:
    promise = promised(cast.maya.party, cast.jane, cast)

    actions.propose_move(promise, due_on=LATER, speaker=us(cast))

    assert waits(cast) == []


def test_what_she_proposes_asks_or_says_done_of_her_own_waits_for_us(cast: Cast) -> None:
    proposed, asked, done = (promised(cast.jane, cast.maya.party, cast) for _ in range(3))

    actions.say_done(done, speaker=them(cast))
    actions.ask_release(asked, speaker=them(cast, 1))
    actions.propose_move(proposed, due_on=LATER, speaker=them(cast, 2))

    assert waits(cast) == [
        ("Jane Okafor says it is done.", "Kept"),
        ("Jane Okafor asks to be let go.", "Let go"),
        ("Jane Okafor proposes 18 Nov instead.", "Agree to that day"),
    ]


def test_a_day_among_ourselves_waits_for_the_one_who_is_asked(cast: Cast) -> None:
    promise = backing_actions.ask_first(Wording("roast a sample", IN_TEN_DAYS), of=cast.tom, speaker=us(cast))
    tom = people.says(cast.tom, at=NOW + timedelta(minutes=1))
    actions.accept(promise, speaker=tom)

    actions.propose_move(promise, due_on=LATER, speaker=tom)

    assert waits(cast) == [("Tom Akerman proposes 18 Nov instead.", "Agree to that day")]
    assert today_page(cast.tom, at=NOW + timedelta(hours=1)).asked.waits == ()


def test_who_does_not_tend_her_is_not_asked_but_who_promised_is(cast: Cast) -> None:
    promise = promised(cast.tom.party, cast.jane, cast)

    actions.propose_move(promise, due_on=LATER, speaker=them(cast))

    at = NOW + timedelta(hours=1)
    assert [len(today_page(member, at=at).asked.waits) for member in (cast.tom, cast.maya, cast.ruth)] == [1, 1, 0]
