from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from ampersand.members.models import Member
from ampersand.parties.actions import Teller
from ampersand.promises import actions, backing_actions, queries
from ampersand.promises.actions import Wording
from ampersand.promises.backing_actions import LeansInACircle, NobodyToAsk
from ampersand.promises.models import Asking, Leaning, Promise, State
from ampersand.promises.queries import Change
from tests.at_once import at_once
from tests.cast import NOW, TODAY, Cast, promise, says, tells

pytestmark = pytest.mark.django_db
FRIDAY = TODAY + timedelta(days=7)


def teller(cast: Cast) -> Teller:
    return Teller(at=NOW, by=cast.maya)


def asked(cast: Cast, *, of: Member | None = None, leaning: Promise | None = None) -> Promise:
    """Maya asks Tom for the dates."""
    return backing_actions.ask_first(
        Wording("the dates", FRIDAY), of=of or cast.tom, promise=leaning, relationship=cast.with_jane, to=cast.jane,
        then=Wording("the crates by Friday", FRIDAY), speaker=says(cast.maya),
    )  # fmt: skip


def change_of(promise: Promise, *, seen_by: Member) -> list[Change | None]:
    return [one.change for one in queries.backings([promise.pk], member=seen_by, on=TODAY).get(promise.pk, [])]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=20))
def test_whatever_is_said_nothing_ever_leans_on_itself(cast: Cast, pairs: list[tuple[int, int]]) -> None:
    promises = [promise(cast.maya.party, cast.jane, told_by=cast.maya, words=f"thing {n}") for n in range(6)]
    stands: set[tuple[int, int]] = set()
    for one, other in pairs:
        is_circle = one == other or reaches(other, one, stands)
        try:
            backing_actions.lean(promises[one], on=promises[other], teller=teller(cast))
        except LeansInACircle:
            assert is_circle
        else:
            assert not is_circle
            stands.add((one, other))


def reaches(begin: int, end: int, stands: set[tuple[int, int]]) -> bool:
    """Whether one leans on the other by any way, walked by hand."""
    seen, ahead = set[int](), [begin]
    while ahead:
        here = ahead.pop()
        if here == end:
            return True
        if here not in seen:
            seen.add(here)
            ahead += [on for by, on in stands if by == here]
    return False


@pytest.mark.django_db(transaction=True)
def test_of_two_that_would_lean_on_each_other_at_once_one_is_refused(cast: Cast) -> None:
    one, other = (promise(cast.maya.party, cast.jane, told_by=cast.maya, words=words) for words in ("one", "other"))

    def lean(left: Promise, right: Promise) -> str:
        try:
            backing_actions.lean(left, on=right, teller=teller(cast))
        except LeansInACircle as error:
            return str(error)
        return ""

    said = at_once(lambda: lean(one, other), lambda: lean(other, one))

    assert sorted(bool(words) for words in said) == [False, True]
    assert Leaning.objects.count() == 1


def test_a_colleague_is_asked_and_until_they_accept_it_is_not_backed(cast: Cast) -> None:
    crates = promise(cast.maya.party, cast.jane, told_by=cast.maya, words="crates by Friday")

    dates = asked(cast, leaning=crates)
    before = change_of(crates, seen_by=cast.maya)
    waits = queries.asked_of(cast.tom, on=TODAY)
    actions.accept(dates, speaker=says(cast.tom))

    assert before == [Change.NOT_BACKED]
    assert waits == [dates]
    assert change_of(crates, seen_by=cast.maya) == [None]
    assert queries.asked_of(cast.tom, on=TODAY) == []
    assert Promise.objects.get(pk=dates.pk).state(on=TODAY) is State.OPEN


def test_who_is_asked_may_answer_with_other_words_and_who_asked_agrees(cast: Cast) -> None:
    dates = asked(cast)

    actions.counter(dates, Wording("the dates of two lorries", FRIDAY), speaker=says(cast.tom))
    waits = queries.asked_of(cast.maya, on=TODAY)
    actions.accept(dates, speaker=says(cast.maya))

    dates.refresh_from_db()
    assert waits == [dates]
    assert (dates.words, dates.is_open, dates.is_ours) == ("the dates of two lorries", True, True)


def test_nobody_promises_for_a_colleague(cast: Cast) -> None:
    dates = asked(cast)

    for speaker in (says(cast.maya), says(cast.ruth), tells(cast.maya, cast.jane)):
        with pytest.raises((actions.NotYoursToSay, actions.NotNow)):
            actions.accept(dates, speaker=speaker)

    assert Promise.objects.get(pk=dates.pk).state(on=TODAY) is State.ASKED


def test_what_is_asked_among_two_is_nobody_elses_business_until_it_is_promised(cast: Cast) -> None:
    dates = asked(cast)
    seen_before = [dates in Promise.objects.visible_to(who) for who in (cast.maya, cast.tom, cast.ruth)]

    actions.accept(dates, speaker=says(cast.tom))

    assert seen_before == [True, True, False]
    assert dates in Promise.objects.visible_to(cast.ruth)
    assert list(Asking.objects.visible_to(cast.ruth)) == []


def test_who_may_not_see_a_closed_relationship_is_not_asked_for_its_sake(cast: Cast) -> None:
    with pytest.raises(NobodyToAsk, match="closed to them"):
        backing_actions.ask_first(
            Wording("the dates"), of=cast.tom, relationship=cast.with_leona, speaker=says(cast.maya)
        )


def test_who_stands_in_is_asked_and_sees_what_the_other_was_asked_before(cast: Cast) -> None:
    early = asked(cast)
    until_on = TODAY + timedelta(days=365 * 5)  # the days run on while the tests stay
    backing_actions.be_away(
        cast.tom, from_on=TODAY - timedelta(days=1), until_on=until_on, stands_in=cast.ruth, by=cast.tom, at=NOW
    )

    late = asked(cast)
    waits = queries.asked_of(cast.ruth, on=TODAY)
    backing_actions.pass_on(early, to=cast.ruth.party, speaker=says(cast.ruth))
    actions.accept(early, speaker=says(cast.ruth))

    assert late.by == cast.ruth.party
    assert Asking.objects.get(promise=late).instead_of == cast.tom
    assert set(waits) == {early, late}
    early.refresh_from_db()
    assert (early.by, early.is_open) == (cast.ruth.party, True)


def test_a_third_does_not_pass_on_what_is_asked_of_another(cast: Cast) -> None:
    dates = asked(cast)

    with pytest.raises(actions.NotYoursToSay):
        backing_actions.pass_on(dates, to=cast.ruth.party, speaker=says(cast.ruth))


def test_what_becomes_of_it_below_is_seen_at_each_that_leans_on_it(cast: Cast) -> None:
    """A carrier promised Tom, Tom Maya, Maya Jane: a day moved at one end is seen at the other."""
    carried = promise(cast.alder, cast.tom.party, told_by=cast.tom, words="two lorries", due_on=FRIDAY)
    crates = promise(cast.maya.party, cast.jane, told_by=cast.maya, words="crates", due_on=FRIDAY)
    dates = asked(cast, leaning=crates)
    actions.accept(dates, speaker=says(cast.tom))
    backing_actions.lean(dates, on=carried, teller=teller(cast))

    later = FRIDAY + timedelta(days=7)
    actions.propose_move(carried, due_on=later, speaker=tells(cast.tom, cast.alder))
    moving = queries.shaken(cast.maya, on=TODAY)
    actions.agree_move(carried, speaker=says(cast.tom))
    moved = queries.shaken(cast.maya, on=TODAY)

    assert [(one.words, beneath.on.words, beneath.change) for one, beneath in moving] == [
        ("crates", "two lorries", Change.MOVING)
    ]
    assert [beneath.change for _one, beneath in moved] == [Change.MOVED]
    assert queries.leaning_on(carried, member=cast.maya) == [dates]
    assert {one.words for one, _beneath in queries.shaken(cast.tom, on=TODAY)} == {"the dates"}


def test_what_stands_below_in_a_closed_relationship_is_not_seen_from_outside(cast: Cast) -> None:
    secret = promise(cast.leona, cast.maya.party, told_by=cast.maya, words="the wards")
    crates = promise(cast.maya.party, cast.jane, told_by=cast.maya, words="crates")
    backing_actions.lean(crates, on=secret, teller=teller(cast))

    assert change_of(crates, seen_by=cast.tom) == []
    assert len(change_of(crates, seen_by=cast.maya)) == 1
    assert not Leaning.objects.visible_to(cast.tom).exists()


def test_it_is_asked_as_few_times_for_sixty_as_for_three(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    base = promise(cast.alder, cast.maya.party, told_by=cast.maya, words="steel", due_on=TODAY - timedelta(days=9))
    for number in range(60):
        leaning = promise(cast.maya.party, cast.jane, told_by=cast.maya, words=f"thing {number}")
        backing_actions.lean(leaning, on=base, teller=teller(cast))

    with django_assert_max_num_queries(6):
        shaken = queries.shaken(cast.maya, on=TODAY)

    assert len(shaken) == 60
    assert {beneath.change for _one, beneath in shaken} == {Change.LATE}
