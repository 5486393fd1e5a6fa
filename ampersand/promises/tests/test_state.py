from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ampersand.members.models import Member
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.models import Because, Party
from ampersand.parties.speaking import Speaker, Voice
from ampersand.promises import actions
from ampersand.promises.models import DATING, SETTLING, EventKind, Promise, PromiseEvent, State
from ampersand.promises.states import TO_BE_CALLED

AT = datetime(2026, 10, 6, 9, tzinfo=UTC)
TODAY = AT.date()
pytestmark = pytest.mark.django_db


@pytest.fixture
def maya() -> Member:
    return Member.objects.create_user("maya@finch.example", name="Maya Lindqvist", joined_at=AT)


@pytest.fixture
def us(maya: Member) -> Party:
    return Party.objects.create(name=maya.name, member=maya, told_at=AT)


@pytest.fixture
def jane() -> Party:
    party = parties.name_party("Jane Okafor", teller=Teller(at=AT))
    parties.become_known(party, because=Because.TYPED, known_at=AT, teller=Teller(at=AT))
    return party


def says(member: Member, *, at: datetime = AT) -> Speaker:
    return Speaker.ourselves(member.party, by=member, at=at)


def tells(member: Member, of: Party, *, at: datetime = AT) -> Speaker:
    return Speaker.told(of, by=member, at=at)


def move(promise: Promise, due_on: date, maya: Member, jane: Party, *, at: datetime) -> PromiseEvent:
    """We propose another day, and Jane agrees to it by word of mouth."""
    actions.propose_move(promise, due_on=due_on, speaker=says(maya, at=at))
    return actions.agree_move(promise, speaker=tells(maya, jane, at=at))


def promised(by: Party, to: Party, *, due_on: date | None = None) -> Promise:
    relationship = (to if by.is_ours else by).relationship
    return actions.promise(
        by=by, to=to, relationship=relationship, words="waste figures", made_on=TODAY, due_on=due_on,
        teller=Teller(at=AT),
    )  # fmt: skip


def test_saying_done_twice_records_one_event(maya: Member, us: Party, jane: Party) -> None:
    promise = promised(us, jane)

    actions.say_done(promise, speaker=says(maya))
    actions.say_done(promise, speaker=says(maya, at=AT + timedelta(hours=1)))

    assert promise.events.count() == 1
    assert promise.state(on=TODAY) is State.UNCONFIRMED


def test_nobody_says_done_for_the_other_side(maya: Member, us: Party, jane: Party) -> None:
    theirs = promised(jane, us)

    with pytest.raises(actions.NotYoursToSay):
        actions.say_done(theirs, speaker=says(maya))


def test_our_own_promise_is_never_called_kept_in_our_voice(maya: Member, us: Party, jane: Party) -> None:
    ours = promised(us, jane)

    with pytest.raises(actions.NotYoursToSay):
        actions.call(ours, EventKind.KEPT, speaker=says(maya))
    actions.call(ours, EventKind.KEPT, speaker=tells(maya, jane))

    ours.refresh_from_db()
    event = ours.events.get()
    assert (event.voice, event.by, event.told_by) == (Voice.TOLD_BY_US, jane, maya)
    assert ours.settled_at == AT


def test_a_promise_is_late_only_after_its_day_and_only_in_silence(maya: Member, us: Party, jane: Party) -> None:
    promise = promised(us, jane, due_on=TODAY)

    assert promise.state(on=TODAY) is State.OPEN
    assert promise.state(on=TODAY + timedelta(days=1)) is State.LATE
    actions.say_done(promise, speaker=says(maya))
    assert Promise.objects.get(pk=promise.pk).state(on=TODAY + timedelta(days=1)) is State.UNCONFIRMED


def test_moved_in_time_is_not_late_and_the_first_day_is_kept(maya: Member, us: Party, jane: Party) -> None:
    promise = promised(us, jane, due_on=TODAY)

    move(promise, TODAY + timedelta(days=7), maya, jane, at=AT)

    promise.refresh_from_db()
    assert promise.due_on == TODAY + timedelta(days=7)
    assert promise.first_due_on == TODAY
    assert promise.state(on=TODAY + timedelta(days=3)) is State.OPEN


def test_a_promise_cannot_be_moved_into_the_past(maya: Member, us: Party, jane: Party) -> None:
    promise = promised(us, jane, due_on=TODAY)

    with pytest.raises(actions.NotLater):
        move(promise, TODAY - timedelta(days=1), maya, jane, at=AT)


def test_what_was_settled_is_settled_until_it_is_taken_back(maya: Member, us: Party, jane: Party) -> None:
    theirs = promised(jane, us)
    called = actions.call(theirs, EventKind.NOT_KEPT, speaker=says(maya))

    with pytest.raises(actions.AlreadySettled):
        actions.call(theirs, EventKind.KEPT, speaker=says(maya, at=AT + timedelta(hours=1)))
    actions.take_back(called, speaker=says(maya, at=AT + timedelta(hours=2)))
    actions.call(theirs, EventKind.KEPT, speaker=says(maya, at=AT + timedelta(hours=3)))

    theirs.refresh_from_db()
    assert theirs.state(on=TODAY) is State.KEPT
    assert theirs.settled_at == AT + timedelta(hours=3)


def test_what_is_taken_back_stays_and_everything_stands_as_before_it(maya: Member, us: Party, jane: Party) -> None:
    promise = promised(us, jane, due_on=TODAY)
    move(promise, TODAY + timedelta(days=3), maya, jane, at=AT)
    again = move(promise, TODAY + timedelta(days=9), maya, jane, at=AT + timedelta(hours=1))
    done = actions.say_done(promise, speaker=says(maya, at=AT + timedelta(hours=2)))

    actions.take_back(done, speaker=says(maya, at=AT + timedelta(hours=3)))
    actions.take_back(again, speaker=says(maya, at=AT + timedelta(hours=4)))
    actions.take_back(again, speaker=says(maya, at=AT + timedelta(hours=5)))

    promise.refresh_from_db()
    assert promise.due_on == TODAY + timedelta(days=3)
    assert promise.state(on=TODAY) is State.OPEN
    assert list(promise.events.order_by("at").values_list("kind", flat=True)) == [
        "move_proposed", "moved", "move_proposed", "moved", "said_done", "taken_back", "taken_back",
    ]  # fmt: skip


def test_said_again_after_it_was_taken_back_it_is_said_anew(maya: Member, us: Party, jane: Party) -> None:
    promise = promised(us, jane)
    done = actions.say_done(promise, speaker=says(maya))
    actions.take_back(done, speaker=says(maya, at=AT + timedelta(hours=1)))

    actions.say_done(promise, speaker=says(maya, at=AT + timedelta(hours=2)))

    assert Promise.objects.get(pk=promise.pk).state(on=TODAY) is State.UNCONFIRMED


def test_nobody_takes_back_what_a_colleague_said(maya: Member, us: Party, jane: Party) -> None:
    tom = Member.objects.create_user("tom@finch.example", name="Tom Akerman", joined_at=AT)
    Party.objects.create(name=tom.name, member=tom, told_at=AT)
    theirs = promised(jane, us)
    called = actions.call(theirs, EventKind.KEPT, speaker=says(maya))

    with pytest.raises(actions.NotYoursToSay):
        actions.take_back(called, speaker=says(tom, at=AT + timedelta(hours=1)))

    assert Promise.objects.get(pk=theirs.pk).state(on=TODAY) is State.KEPT


def test_nothing_is_taken_back_from_under_what_was_said_since(maya: Member, us: Party, jane: Party) -> None:
    promise = promised(us, jane, due_on=TODAY)
    moved = move(promise, TODAY + timedelta(days=3), maya, jane, at=AT)
    actions.say_done(promise, speaker=says(maya, at=AT + timedelta(hours=1)))

    with pytest.raises(actions.SaidSince):
        actions.take_back(moved, speaker=says(maya, at=AT + timedelta(hours=2)))


@given(st.lists(st.tuples(st.sampled_from(list(EventKind)), st.integers(0, 7)), max_size=8))
def test_the_database_follows_the_events_whatever_was_said(said: list[tuple[EventKind, int]]) -> None:
    at = {"told_at": AT}
    us = Party.objects.create(name="us", is_colleague=True, **at)
    them = Party.objects.create(name="them", **at)
    parties.become_known(them, because=Because.TYPED, known_at=AT, teller=Teller(at=AT))
    promise = promised(us, them, due_on=TODAY)

    events: list[PromiseEvent] = []
    free = dict[int, PromiseEvent]()
    for n, (kind, back) in enumerate(said):
        event = PromiseEvent(promise=promise, kind=kind, by=us, at=AT + timedelta(minutes=n), told_at=AT,
                             due_on=TODAY + timedelta(days=n + 1) if kind in DATING else None,
                             takes_back=free.pop(back, None) if kind == EventKind.TAKEN_BACK else None)  # fmt: skip
        events.append(event)
        free |= {n: event} if kind != EventKind.TAKEN_BACK else {}
    PromiseEvent.objects.bulk_create(events)

    promise.refresh_from_db()
    is_settled = promise.state(on=TODAY) in {State(kind) for kind in SETTLING}
    assert (promise.settled_at is not None) == is_settled
    dated = [event.due_on for event in promise.said() if event.kind in DATING]
    assert promise.due_on == (dated[-1] if dated else TODAY)
    assert promise.is_open == (promise.position() in TO_BE_CALLED)
