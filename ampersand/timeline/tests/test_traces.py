from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ampersand.parties import actions as parties
from ampersand.parties.actions import Teller
from ampersand.parties.models import Because, Identifier, Party
from ampersand.timeline import actions
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import Moment

LONG_AGO = datetime(2026, 1, 6, 9, tzinfo=UTC)
TODAY = LONG_AGO + timedelta(days=200)
pytestmark = pytest.mark.django_db


@pytest.fixture
def maya() -> Party:
    return Party.objects.create(name="Maya Lindqvist", is_colleague=True, told_at=LONG_AGO)


def trace(name: str, *, told_at: datetime = LONG_AGO) -> Party:
    party = parties.name_party(name, teller=Teller(at=told_at))
    parties.tell_identifier(party, kind="email", value=f"{name}@shop.example", teller=Teller(at=told_at))
    return party


def wrote(*people: Party) -> Moment:
    happening = Happening(mode="mail", happened_at=LONG_AGO, zone="UTC", takers=[Taker(one) for one in people])
    return actions.tell(happening, teller=Teller(at=LONG_AGO))[0]


def test_a_trace_nobody_kept_fades_with_what_only_it_was_in(maya: Party) -> None:
    wrote(maya, trace("offers"))

    faded = actions.fade_traces(told_before=TODAY - timedelta(days=183))

    assert faded == 1
    assert not Party.objects.filter(name="offers").exists()
    assert not Moment.objects.exists()
    assert not Identifier.objects.exists()


def test_whoever_was_kept_by_a_tap_stays(maya: Party) -> None:
    jane = trace("jane")
    moment = wrote(maya, jane)
    parties.become_known(jane, because=Because.TAP, known_at=TODAY, teller=Teller(at=TODAY))

    assert actions.fade_traces(told_before=TODAY) == 0
    assert list(Moment.objects.all()) == [moment]


def test_a_trace_that_stands_beside_somebody_known_stays_with_their_moment(maya: Party) -> None:
    jane, aside = trace("jane"), trace("aside")
    parties.become_known(jane, because=Because.TAP, known_at=TODAY, teller=Teller(at=TODAY))
    moment = wrote(maya, jane, aside)

    assert actions.fade_traces(told_before=TODAY) == 0
    assert moment.participants.count() == 3


def test_a_fresh_trace_of_old_mail_has_its_half_year(maya: Party) -> None:
    wrote(maya, trace("offers", told_at=TODAY))

    assert actions.fade_traces(told_before=TODAY - timedelta(days=183)) == 0
