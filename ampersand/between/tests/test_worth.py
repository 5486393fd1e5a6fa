"""Both sides are asked whether a meeting was worth their time: once, where their terms allow it, and by a person's act."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from ampersand.between import pulse as acts
from ampersand.between import worth
from ampersand.between.models import Pulse, PulseState
from ampersand.between.sealing import Answer
from ampersand.between.tests.test_pulse import jane, maya, state
from ampersand.core.rooms import Room
from ampersand.parties.actions import Teller
from ampersand.parties.models import Tie
from ampersand.readings import actions as reading
from ampersand.readings.models import Measure, Reading
from ampersand.terms import actions as terms
from ampersand.terms.gate import Roster
from ampersand.terms.lines import Line, Purposes, Rest, Who
from ampersand.timeline.models import Mode, Moment
from tests import cast as people
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db


def met(cast: Cast, *, days_ago: int = 1, mode: str = Mode.VISIT) -> Moment:
    return people.moment(cast.jane, by=cast.maya, mode=mode, at=NOW - timedelta(days=days_ago))


def asked(cast: Cast, moment: Moment) -> Pulse:
    return worth.ask(moment, cast.with_jane, on=TODAY, speaker=maya(cast))


def answered(cast: Cast, pulse: Pulse, ours: str, theirs: str) -> None:
    acts.answer(pulse, [Answer(worth=ours)], on=TODAY, speaker=maya(cast))
    acts.answer(pulse, [Answer(worth=theirs)], on=TODAY, speaker=jane(cast))


def say_terms(cast: Cast, roster: str, *lines: Line) -> None:
    said_at = NOW - timedelta(days=1)
    terms.say(cast.jane, roster=roster, lines=list(lines), said_at=said_at, teller=Teller(at=said_at, by=None))


def test_it_is_one_question_of_the_meeting_sealed_and_opened_as_every_pulse(cast: Cast) -> None:
    pulse = asked(cast, met(cast))
    assert (pulse.questions, pulse.moment_mode) == (["Was it worth both your time?"], "visit")

    acts.answer(pulse, [Answer(worth="worth")], on=TODAY, speaker=maya(cast))
    assert state(pulse) == PulseState.ONE_ANSWERED
    acts.answer(pulse, [Answer("A call would have done.", worth="not_worth")], on=TODAY, speaker=jane(cast))

    assert state(pulse) == PulseState.OPENED
    told = Pulse.objects.prefetch_related("answers").get()
    assert worth.says(told, is_ours=True) == "Visit: worth it to you, not to them"
    assert worth.says(told, is_ours=False) == "Visit: worth it to them, not to you"


def test_asked_twice_it_is_one_pulse_and_said_no_to_it_is_not_asked_again(cast: Cast) -> None:
    moment = met(cast)
    pulse = asked(cast, moment)
    acts.decline(pulse, on=TODAY, speaker=jane(cast))

    assert asked(cast, moment) == pulse
    assert Pulse.objects.count() == 1
    assert worth.asked_of([moment.pk]) == {moment.pk}


@pytest.mark.parametrize(
    ("days_ago", "told"),
    [(31, {}), (-1, {}), (1, {"mode": "mail"}), (1, {"room": Room.MINE}), (1, {"withdrawn_at": NOW})],
)
def test_it_is_asked_of_a_meeting_that_was_and_not_long_ago(cast: Cast, days_ago: int, told: dict[str, Any]) -> None:
    moment = met(cast, days_ago=days_ago)
    Moment.objects.filter(pk=moment.pk).update(**told)
    moment.refresh_from_db()

    with pytest.raises(worth.NotOfThis):
        asked(cast, moment)


def test_it_is_not_asked_of_a_meeting_with_somebody_else(cast: Cast) -> None:
    with pytest.raises(worth.NotOfThis):
        worth.ask(met(cast), cast.with_leona, on=TODAY, speaker=maya(cast))


def test_of_a_meeting_with_its_people_an_organisation_may_be_asked(cast: Cast) -> None:
    assert Tie.objects.filter(from_party=cast.jane, to_party=cast.alder).exists()
    assert worth.ask(met(cast), cast.alder.relationship, on=TODAY, speaker=maya(cast)).moment_mode == "visit"


@pytest.mark.parametrize(
    ("roster", "lines"),
    [
        (Roster.ANSWER, []),
        (Roster.REST, []),
        (Roster.WORK, [Rest(TODAY + timedelta(days=9), "Europe/London")]),
        (Roster.WORK, [Purposes(frozenset({"answer"}), is_only=True)]),
        (Roster.NOW_AND_THEN, [Who(frozenset({UUID(int=7)}))]),
    ],
)
def test_where_their_terms_speak_against_it_they_are_not_asked(cast: Cast, roster: str, lines: list[Line]) -> None:
    moment = met(cast)
    say_terms(cast, roster, *lines)

    with pytest.raises(worth.NotOfThis):
        asked(cast, moment)
    assert not Pulse.objects.exists()


@pytest.mark.parametrize("roster", [Roster.WORK, Roster.NOW_AND_THEN, Roster.PLAN])
def test_who_chose_work_or_more_is_asked(cast: Cast, roster: str) -> None:
    say_terms(cast, roster)

    assert asked(cast, met(cast)).moment_mode == "visit"


def test_its_question_stays_and_nothing_but_its_two_words_is_an_answer(cast: Cast) -> None:
    pulse = asked(cast, met(cast))

    with pytest.raises(acts.NotNow):
        acts.ask_otherwise(pulse, ["Why?"], on=TODAY, speaker=jane(cast))
    for answer in (Answer(worth="9 of 10"), Answer()):
        with pytest.raises(acts.NothingAnswered):
            acts.answer(pulse, [answer], on=TODAY, speaker=jane(cast))
    other = acts.ask(cast.with_jane, ["How is it?"], closes_on=TODAY, on=TODAY, speaker=maya(cast))
    with pytest.raises(acts.NothingAnswered):
        acts.answer(other, [Answer(worth="worth")], on=TODAY, speaker=jane(cast))


def test_from_five_visits_on_it_is_said_which_way_both_found_worth_it(cast: Cast) -> None:
    for number in range(5):
        answered(cast, asked(cast, met(cast, days_ago=number + 1)), "worth", "worth" if number < 3 else "not_worth")
        reading.read_one(cast.with_jane.pk, at=NOW + timedelta(hours=1))
        told = Reading.objects.get(measure=Measure.RIGHT_WAY)
        assert told.says == ("told" if number == 4 else "too_early")
    answered(cast, asked(cast, met(cast, mode=Mode.CALL)), "worth", "worth")

    reading.read_one(cast.with_jane.pk, at=NOW + timedelta(hours=1))

    told = Reading.objects.get(measure=Measure.RIGHT_WAY)
    assert (told.count, told.told) == (5, {"ways": [["visit", 3, 5]]})
    assert (len(told.evidence), len(told.against)) == (3, 2)
