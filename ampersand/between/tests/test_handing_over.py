from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from ampersand.between import handing_over
from ampersand.between.handing import HandingOver, HandingReply
from ampersand.parties import actions as parties
from ampersand.parties.models import Party, Relationship, Tending
from ampersand.parties.speaking import NotTheirs, Speaker
from ampersand.promises import actions as promises
from ampersand.promises.models import Promise
from ampersand.timeline.models import Moment
from tests.cast import NOW, TODAY, Cast, promise, says

pytestmark = pytest.mark.django_db
SOON = TODAY + timedelta(days=7)


def tended(cast: Cast, *, on: date = TODAY) -> set[str]:
    of = Tending.objects.current(on).filter(relationship=cast.with_jane)
    return set(of.values_list("member__name", flat=True))


def offered(cast: Cast, *, is_shared: bool = True, **told: Any) -> HandingOver:
    parties.tend(cast.with_jane, cast.maya, on=TODAY, by=cast.maya, at=NOW)
    fields: dict[str, Any] = {
        "to": cast.tom,
        "from_on": TODAY,
        "story": "She wants the bad news first.",
        "on": TODAY,
        **told,
    }
    return handing_over.offer(cast.with_jane, is_shared=is_shared, speaker=says(cast.maya), **fields)


def accepted(cast: Cast, **told: Any) -> HandingOver:
    return handing_over.accept(offered(cast, **told), on=TODAY, by=cast.tom, at=NOW)


def in_the_houses_name(cast: Cast, words: str) -> Promise:
    made = promise(Party.objects.get(is_house=True), cast.jane, words=words, told_by=cast.maya)
    Promise.objects.filter(pk=made.pk).update(named=cast.maya.party)
    made.refresh_from_db()
    return made


def herself(party: Party) -> Speaker:
    return Speaker.themselves(party, at=timezone.now())


def test_nothing_changes_until_the_colleague_accepts(cast: Cast) -> None:
    handing = offered(cast)
    assert "Tom Akerman" not in tended(cast)
    for _twice in range(2):
        handing_over.accept(handing, on=TODAY, by=cast.tom, at=NOW)
    assert tended(cast) == {"Tom Akerman"}


def test_from_a_later_day_who_tended_it_does_so_until_then(cast: Cast) -> None:
    accepted(cast, from_on=SOON)
    assert (tended(cast), tended(cast, on=SOON)) == ({"Maya Lindqvist"}, {"Tom Akerman"})


def test_the_story_is_shared_word_for_word_or_not_at_all(cast: Cast) -> None:
    handing = offered(cast, is_shared=False)
    assert (handing.story, handing.shared_story) == ("She wants the bad news first.", "")
    handing_over.withdraw(handing, by=cast.maya, at=NOW)
    assert offered(cast).shared_story == "She wants the bad news first."


def test_only_who_tends_it_hands_it_over_and_only_who_is_asked_answers(cast: Cast) -> None:
    handing = offered(cast)
    with pytest.raises(handing_over.NotYours):
        handing_over.offer(
            cast.with_jane, to=cast.maya, from_on=TODAY, story="", is_shared=False, on=TODAY, speaker=says(cast.tom)
        )
    with pytest.raises(handing_over.NotYours):
        handing_over.accept(handing, on=TODAY, by=cast.ruth, at=NOW)
    with pytest.raises(handing_over.NotYours):
        handing_over.decline(handing, by=cast.ruth, at=NOW)
    with pytest.raises(handing_over.NotYours):
        handing_over.withdraw(handing, by=cast.tom, at=NOW)


def test_one_at_a_time_and_to_somebody_who_is_here_and_sees_it(cast: Cast) -> None:
    offered(cast)
    with pytest.raises(handing_over.NotNow):
        offered(cast, to=cast.ruth)
    handing_over.withdraw(HandingOver.objects.get(), by=cast.maya, at=NOW)
    for wrong in ({"to": cast.maya}, {"from_on": TODAY - timedelta(days=1)}):
        with pytest.raises(handing_over.NotThem):
            offered(cast, **wrong)
    parties.close(cast.with_jane, by=cast.maya, at=NOW)
    with pytest.raises(handing_over.NotThem):
        offered(cast)


def test_the_colleague_may_say_no_and_what_was_taken_back_is_not_accepted(cast: Cast) -> None:
    handing_over.decline(offered(cast), words="I am away.", by=cast.tom, at=NOW)
    assert HandingOver.objects.get().decline_words == "I am away."
    handing = offered(cast)
    handing_over.withdraw(handing, by=cast.maya, at=NOW)
    with pytest.raises(handing_over.NotNow):
        handing_over.accept(handing, on=TODAY, by=cast.tom, at=NOW)
    assert tended(cast) == {"Maya Lindqvist"}


def test_promises_in_the_houses_name_are_named_over_and_ones_own_are_not(cast: Cast) -> None:
    houses = in_the_houses_name(cast, "send the dates")
    own = promise(cast.maya.party, cast.jane, words="ring", told_by=cast.maya)
    accepted(cast, named=[houses, own])
    houses.refresh_from_db()
    own.refresh_from_db()
    assert (houses.named, own.named) == (cast.tom.party, None)


def test_a_promise_that_was_released_meanwhile_is_left_alone(cast: Cast) -> None:
    houses = in_the_houses_name(cast, "send the dates")
    handing = offered(cast, named=[houses])
    promises.release(houses, speaker=herself(cast.jane))
    handing_over.accept(handing, on=TODAY, by=cast.tom, at=NOW)
    houses.refresh_from_db()
    assert houses.named == cast.maya.party


def test_the_other_side_puts_the_story_right_and_both_of_us_are_asked(cast: Cast) -> None:
    said = handing_over.put_right(accepted(cast), words="Since 2022, not 2023.", speaker=herself(cast.jane))
    told = Moment.objects.get(asks_answer=True)
    ours = {one.party for one in told.participants.filter(is_ours=True)}
    assert (said.words, told.words) == ("Since 2022, not 2023.", "Since 2022, not 2023.")
    assert ours == {cast.maya.party, cast.tom.party}


def test_their_no_gives_it_back_to_who_tended_it_once(cast: Cast) -> None:
    handing = accepted(cast)
    for _twice in range(2):
        handing_over.refuse(handing, words="I would rather not.", on=TODAY, speaker=herself(cast.jane))
    assert tended(cast) == {"Maya Lindqvist"}
    assert HandingReply.objects.count() == 1
    assert Moment.objects.filter(asks_answer=True).count() == 1


def test_their_no_before_the_day_leaves_everything_as_it_was(cast: Cast) -> None:
    handing_over.refuse(accepted(cast, from_on=SOON), on=TODAY, speaker=herself(cast.jane))
    assert (tended(cast), tended(cast, on=SOON)) == ({"Maya Lindqvist"}, {"Maya Lindqvist"})


def test_their_no_to_who_follows_somebody_who_left_leaves_nobody(cast: Cast) -> None:
    handing = accepted(cast)
    type(cast.maya).objects.filter(pk=cast.maya.pk).update(left_at=NOW)
    handing_over.refuse(handing, on=TODAY, speaker=herself(cast.jane))
    assert tended(cast) == set()


def test_nobody_else_speaks_for_them_and_nothing_is_said_before_it_stands_between(cast: Cast) -> None:
    waiting = offered(cast)
    with pytest.raises(handing_over.NotNow):
        handing_over.refuse(waiting, on=TODAY, speaker=herself(cast.jane))
    handing = handing_over.accept(waiting, on=TODAY, by=cast.tom, at=NOW)
    for somebody in (says(cast.maya), herself(cast.leona)):
        with pytest.raises(NotTheirs):
            handing_over.refuse(handing, on=TODAY, speaker=somebody)
    with pytest.raises(handing_over.NotNow):
        handing_over.put_right(handing, words=" ", speaker=herself(cast.jane))
    assert Relationship.objects.visible_to(cast.tom).filter(pk=cast.with_jane.pk).exists()
