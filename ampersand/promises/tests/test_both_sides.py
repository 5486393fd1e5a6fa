"""Hostile actors in any order, against what the design says (`oracle.py`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ampersand.members.models import Member
from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.models import Because, Party
from ampersand.parties.speaking import Speaker, Voice
from ampersand.promises import actions
from ampersand.promises.actions import NotNow, NotYoursToSay, Wording
from ampersand.promises.models import Promise, State
from ampersand.promises.tests.oracle import NOBODY, PROMISER, RECEIVER, Believed

AT = datetime(2026, 10, 6, 9, tzinfo=UTC)
TODAY = AT.date()
pytestmark = pytest.mark.django_db

# Who speaks: one of us, a colleague, who it is with by their own hand, the same told by us, and somebody who is none of them.
ACTORS = ("maya", "tom", "jane", "told", "stranger", "told stranger", "maya as tom")
SAYINGS = (
    "accept", "confirm", "mean", "counter", "decline", "withdraw", "done", "another_day", "agree_day", "refuse_day",
    "ask_release", "hold_to", "release", "kept", "partly", "not_kept",
)  # fmt: skip
# The two it is between speak most, so that some of it goes far.
STEPS = st.lists(
    st.tuples(st.sampled_from((*ACTORS, *["maya", "jane"] * 5)), st.sampled_from(SAYINGS), st.integers(0, 40)),
    max_size=14,
)


class House:
    """Maya and Tom; Jane, whom they know; and somebody else whom they know too."""

    def __init__(self) -> None:
        self.maya, self.tom = (self._member(name) for name in ("maya", "tom"))
        self.jane, self.other = self._known("Jane Okafor"), self._known("Ole Berg")

    def _member(self, name: str) -> Member:
        member = Member.objects.create_user(f"{name}-{uuid4().hex}@finch.example", name=name.title(), joined_at=AT)
        Party.objects.create(name=member.name, member=member, told_at=AT)
        return member

    def _known(self, name: str) -> Party:
        party = parties.name_party(name, teller=Teller(at=AT))
        parties.become_known(party, because=Because.TYPED, known_at=AT, teller=Teller(at=AT))
        return party

    def speaker(self, who: str, at: datetime) -> Speaker:
        return {
            "maya": lambda: Speaker.ourselves(self.maya.party, by=self.maya, at=at),
            "tom": lambda: Speaker.ourselves(self.tom.party, by=self.tom, at=at),
            "jane": lambda: Speaker.themselves(self.jane, at=at),
            "told": lambda: Speaker.told(self.jane, by=self.tom, at=at),
            "stranger": lambda: Speaker.themselves(self.other, at=at),
            "told stranger": lambda: Speaker.told(self.other, by=self.maya, at=at),
            # Not by any of the ways to make one: somebody who writes in another's name.
            "maya as tom": lambda: Speaker(party=self.maya.party, voice=Voice.OWN, at=at, by=self.tom),
        }[who]()

    def begin(self, how: str, *, is_ours: bool, due_on: date | None) -> Promise:
        by, to = (self.maya.party, self.jane) if is_ours else (self.jane, self.maya.party)
        promiser, receiver = ("maya", "jane") if is_ours else ("jane", "maya")
        of, wording = self.jane.relationship, Wording("waste figures", due_on)
        if how == "offered":
            return actions.offer(wording, to=to, relationship=of, speaker=self.speaker(promiser, AT))
        if how == "asked":
            return actions.ask(wording, by=by, relationship=of, speaker=self.speaker(receiver, AT))
        if how == "taken":
            return actions.take_as_promised(wording, by=by, relationship=of, speaker=self.speaker(receiver, AT))
        return actions.promise(
            by=by, to=to, relationship=of, words="waste figures", made_on=TODAY, due_on=due_on, teller=Teller(at=AT)
        )


def side_of(actor: str, *, is_ours: bool) -> str:
    """On which side each stands, from who they are."""
    side = {"maya": "ours", "tom": "ours", "jane": "theirs", "told": "theirs"}.get(actor, NOBODY)
    if side == NOBODY:
        return NOBODY
    return PROMISER if (side == "ours") == is_ours else RECEIVER


def say(promise: Promise, said: str, day: date, speaker: Speaker) -> None:
    acts: dict[str, Callable[[], Any]] = {
        "accept": lambda: actions.accept(promise, speaker=speaker),
        "confirm": lambda: actions.confirm_taken(promise, speaker=speaker),
        "mean": lambda: actions.say_meant(promise, Wording(f"meant {day}", day), speaker=speaker),
        "counter": lambda: actions.counter(promise, Wording(f"other {day}", day), speaker=speaker),
        "decline": lambda: actions.decline(promise, speaker=speaker),
        "withdraw": lambda: actions.withdraw(promise, speaker=speaker),
        "done": lambda: actions.say_done(promise, speaker=speaker),
        "another_day": lambda: actions.propose_move(promise, due_on=day, speaker=speaker),
        "agree_day": lambda: actions.agree_move(promise, speaker=speaker),
        "refuse_day": lambda: actions.refuse_move(promise, speaker=speaker),
        "ask_release": lambda: actions.ask_release(promise, speaker=speaker),
        "hold_to": lambda: actions.hold_to(promise, speaker=speaker),
        "release": lambda: actions.release(promise, speaker=speaker),
        "kept": lambda: actions.call(promise, "kept", speaker=speaker),
        "partly": lambda: actions.call(promise, "partly", speaker=speaker),
        "not_kept": lambda: actions.call(promise, "not_kept", speaker=speaker),
    }
    acts[said]()


@settings(max_examples=40, deadline=None)
@given(
    how=st.sampled_from(["told", "offered", "asked", "taken"]),
    is_ours=st.booleans(),
    due=st.none() | st.integers(0, 5),
    steps=STEPS,
)
def test_whatever_anybody_says_it_stands_as_the_design_has_it(
    how: str, is_ours: bool, due: int | None, steps: list[tuple[str, str, int]]
) -> None:
    house = House()
    due_on = None if due is None else TODAY + timedelta(days=due)
    promise = house.begin(how, is_ours=is_ours, due_on=due_on)
    believed = Believed(how, due_on)

    for number, (actor, said, days) in enumerate(steps):
        at = AT + timedelta(hours=number)
        day = TODAY + timedelta(days=days + 1)
        before = promise.events.count()
        refused = False
        try:
            say(promise, said, day, house.speaker(actor, at))
        except (NotYoursToSay, NotNow):
            refused = True
        wrote = promise.events.count() > before
        again = not refused and not wrote  # the same twice in a row is said once
        assert again or believed.hear(side_of(actor, is_ours=is_ours), said, day) == wrote, (actor, said)

    promise = Promise.objects.get(pk=promise.pk)
    for later in (0, 3, 60):  # silence changes nothing but that a day passes
        on = TODAY + timedelta(days=later)
        assert promise.state(on=on) == believed.state(on), [event.kind for event in promise.said()]
    assert promise.is_open == (believed.accepted and not believed.end)
    assert (promise.settled_at is not None) == bool(believed.end)
    assert not believed.accepted or promise.due_on == believed.due_on
    for event in promise.events.filter(kind__in=("kept", "partly", "not_kept")):
        receiver_is_ours = not is_ours
        assert event.by.is_ours == receiver_is_ours
        assert (event.voice == Voice.TOLD_BY_US) == (not receiver_is_ours and event.told_by_id is not None)


@settings(max_examples=15, deadline=None)
@given(days=st.integers(1, 30))
def test_moved_by_agreement_before_its_day_it_is_never_late_for_the_old_one(days: int) -> None:
    house = House()
    promise = house.begin("told", is_ours=True, due_on=TODAY)
    until = TODAY + timedelta(days=days)

    actions.propose_move(promise, due_on=until, speaker=house.speaker("maya", AT))
    waiting = Promise.objects.prefetch_related("events").get(pk=promise.pk)
    actions.agree_move(promise, speaker=house.speaker("jane", AT + timedelta(hours=1)))

    promise = Promise.objects.get(pk=promise.pk)
    assert waiting.due_on == TODAY
    assert waiting.state(on=TODAY + timedelta(days=1)) is State.LATE
    assert promise.state(on=until) is State.OPEN
    assert promise.state(on=until + timedelta(days=1)) is State.LATE


def test_both_hold_the_words_they_agreed_on_and_until_then_those_first_said() -> None:
    house = House()
    promise = house.begin("offered", is_ours=True, due_on=TODAY)
    thursday = Wording("waste figures by room", TODAY + timedelta(days=2), "if the sensors run")

    actions.counter(promise, thursday, speaker=house.speaker("jane", AT))
    waiting = Promise.objects.get(pk=promise.pk)
    agreed = actions.accept(promise, speaker=house.speaker("maya", AT))
    held = Promise.objects.get(pk=promise.pk)
    actions.take_back(agreed, speaker=house.speaker("maya", AT))

    back = Promise.objects.get(pk=promise.pk)
    assert (waiting.words, waiting.due_on, waiting.is_open) == ("waste figures", TODAY, False)
    assert (held.words, held.due_on, held.condition) == (thursday.words, thursday.due_on, thursday.condition)
    assert held.is_open
    assert (back.words, back.due_on, back.state(on=TODAY)) == ("waste figures", TODAY, State.COUNTERED)


def test_a_house_promise_goes_over_to_who_takes_it_and_a_third_cannot_push_it() -> None:
    house = House()
    Party.objects.create(name="Harbour & Finch", is_house=True, told_at=AT)
    promise = actions.offer(
        Wording("24 hours"), to=house.jane, relationship=house.jane.relationship, in_houses_name=True,
        speaker=house.speaker("maya", AT),
    )  # fmt: skip
    ruth = house._member("ruth")

    with pytest.raises(NotYoursToSay):
        actions.name_over(promise, house.tom.party, speaker=Speaker.ourselves(ruth.party, by=ruth, at=AT))
    with pytest.raises(NotYoursToSay):
        actions.name_over(promise, house.tom.party, speaker=house.speaker("jane", AT))
    actions.name_over(promise, house.tom.party, speaker=house.speaker("tom", AT))
    actions.name_over(promise, house.tom.party, speaker=house.speaker("tom", AT))

    promise.refresh_from_db()
    assert promise.named == house.tom.party
    assert list(promise.events.values_list("kind", flat=True).order_by("at")) == ["offered", "named_over"]


def test_what_a_person_promised_goes_over_to_nobody() -> None:
    house = House()
    promise = house.begin("told", is_ours=True, due_on=None)

    with pytest.raises(actions.NotTheHouses):
        actions.name_over(promise, house.tom.party, speaker=house.speaker("maya", AT))


def test_what_we_promise_to_everybody_is_taken_by_one_who_relies_on_it_once_and_never_kept_itself() -> None:
    house = House()
    Party.objects.create(name="Harbour & Finch", is_house=True, told_at=AT)
    claim = actions.advertise(Wording("We answer within a day"), speaker=house.speaker("maya", AT))
    of = house.jane.relationship

    with pytest.raises(NotYoursToSay):
        actions.call(claim, "kept", speaker=house.speaker("jane", AT))
    with pytest.raises(NotYoursToSay):
        actions.advertise(Wording("Lies"), speaker=house.speaker("jane", AT))
    wording = Wording("We answer within a day")
    by = claim.by
    taken, again = (
        actions.take_as_promised(wording, by=by, relationship=of, advertised=claim, speaker=house.speaker("jane", AT))
        for _ in range(2)
    )
    actions.confirm_taken(taken, speaker=house.speaker("tom", AT))
    actions.withdraw(claim, speaker=house.speaker("maya", AT))

    assert taken == again
    assert Promise.objects.get(pk=taken.pk).is_open
    assert Promise.objects.get(pk=claim.pk).state(on=TODAY) is State.WITHDRAWN
    assert Promise.objects.open().get() == taken


@pytest.mark.parametrize("words", ["", "   ", "\n\t"])
def test_a_promise_says_something(words: str) -> None:
    house = House()

    with pytest.raises(actions.NothingSaid, match="Write what is promised"):
        actions.offer(
            Wording(words), to=house.jane, relationship=house.jane.relationship, speaker=house.speaker("maya", AT)
        )
