"""What the other side sees read of promises, give and take and pulses: from what lies between alone, and nothing beyond it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from ampersand.between.models import Pulse, PulseAnswer
from ampersand.exchange.models import Concession
from ampersand.parties.models import Party
from ampersand.portal.tests.visitors import Visitor, visitor
from ampersand.promises.models import EventKind, Promise, PromiseEvent
from ampersand.readings import actions as reading
from ampersand.readings.models import Reading
from tests import cast as people
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "outside"])


@pytest.fixture
def jane(cast: Cast) -> Visitor:
    return visitor(cast, cast.jane)


def promised(cast: Cast, to: Party, words: str, said: EventKind | None, *, room: str = "between") -> Promise:
    """A promise of ours that fell due thirty days ago."""
    on = (NOW - timedelta(days=30)).date()
    one = Promise.objects.create(
        relationship=to.relationship, by=cast.maya.party, to=to, is_ours=True, words=words, made_on=on, first_due_on=on,
        due_on=on, told_at=NOW - timedelta(days=40), told_by=cast.maya, room=room,
    )  # fmt: skip
    if said:
        at = NOW - timedelta(days=29)
        by = cast.maya.party if said == EventKind.SAID_DONE else to
        PromiseEvent.objects.create(promise=one, kind=said, by=by, at=at, told_at=at)
    return one


def gave(cast: Cast, to: Party, words: str, *, is_ours: bool, room: str = "between") -> Concession:
    by, receiver = (cast.maya.party, to) if is_ours else (to, cast.maya.party)
    at = NOW - timedelta(days=60)
    return Concession.objects.create(
        relationship=to.relationship, by=by, to=receiver, is_ours=is_ours, words=words, happened_on=at.date(), told_at=at,
        room=room,
    )  # fmt: skip


def shown(who: Visitor) -> str:
    return str(who.client().get(reverse("portal:page")).content.decode())


def test_she_reads_of_what_lies_between_and_not_of_what_we_keep(cast: Cast, jane: Visitor) -> None:
    for number in range(3):
        promised(cast, cast.jane, f"shared figures {number}", EventKind.KEPT)
    promised(cast, cast.jane, "a shared visit", None)
    for number in range(4):
        promised(cast, cast.jane, f"secret plan {number}", EventKind.NOT_KEPT, room="ours")
    gave(cast, cast.jane, "a pallet", is_ours=True)
    gave(cast, cast.jane, "two deliveries", is_ours=False)
    gave(cast, cast.jane, "a secret favour", is_ours=True, room="ours")
    reading.read_one(cast.with_jane.pk, at=NOW)

    page = shown(jane)
    # Three of the kind that "figures" is not, which is none of the table: the visit alone is too few.
    assert "Something else: three of three called kept" in page
    assert "Who promises counts on keeping 90 of 100" in page
    assert "Of four promises of Harbour &amp; Finch to you since" in page
    assert "three called kept and one past its day." in page
    assert "In three years we gave way once, you once; one of yours is unanswered since" in page
    assert "secret" not in page
    ours = people.page_of(cast.maya, reverse("desk:relationship", args=[cast.with_jane.pk]))
    assert "Of eight promises of yours since" in ours


def test_a_reading_of_all_we_keep_is_not_there_for_her_even_where_its_evidence_is(cast: Cast, jane: Visitor) -> None:
    for number in range(3):
        promised(cast, cast.jane, f"shared figures {number}", EventKind.KEPT)
    reading.read_one(cast.with_jane.pk, at=NOW)
    Reading.objects.filter(room="between").delete()

    assert "promises of Harbour" not in shown(jane)


def test_what_is_read_between_us_is_read_by_nobody_else(cast: Cast, jane: Visitor) -> None:
    for number in range(3):
        promised(cast, cast.leona, f"shared with Leona {number}", EventKind.KEPT)
    reading.read_one(cast.with_leona.pk, at=NOW)

    assert Reading.objects.filter(relationship=cast.with_leona, room="between").exists()
    assert "Leona" not in shown(jane)
    assert "called kept" not in shown(jane)


def test_a_pulse_that_was_opened_is_said_to_both_from_where_each_stands(cast: Cast, jane: Visitor) -> None:
    pulse = Pulse.objects.create(
        relationship=cast.with_jane, questions=["How is it between us?"], closes_on=NOW.date(), party=cast.maya.party,
        is_ours=True, voice="own", at=NOW - timedelta(days=20), opened_at=NOW - timedelta(days=10),
    )  # fmt: skip
    for is_ours, word in ((True, "good"), (False, "thin")):
        PulseAnswer.objects.create(
            pulse=pulse, party=cast.maya.party, is_ours=is_ours, voice="own", at=NOW - timedelta(days=15),
            said=[{"words": "", "feeling": word, "guess": ""}],
        )  # fmt: skip
    reading.read_one(cast.with_jane.pk, at=NOW)

    assert "we saw it differently: we said “good”, you said “thin”." in shown(jane)
    ours = people.page_of(cast.maya, reverse("desk:relationship", args=[cast.with_jane.pk]))
    assert "you saw it differently: you said “good”, they said “thin”." in ours


def test_she_may_say_that_a_reading_of_what_lies_between_is_not_right(cast: Cast, jane: Visitor) -> None:
    for number in range(3):
        promised(cast, cast.jane, f"shared figures {number}", EventKind.KEPT)
    reading.read_one(cast.with_jane.pk, at=NOW)

    url = reverse("portal:not_right", args=["kept_ours"])
    assert (
        jane.client().post(url, {"entry": "0b2f8a2e-6a5e-4a57-9a53-2a9f9d0c1a11", "words": "One came late"}).status_code
        == 302
    )

    assert "One came late" in shown(jane)


def test_which_way_both_found_worth_it_is_said_to_both_with_the_meetings_it_rests_on(cast: Cast, jane: Visitor) -> None:
    for number in range(5):
        pulse = Pulse.objects.create(
            relationship=cast.with_jane, questions=["Was it worth both your time?"], closes_on=NOW.date(),
            party=cast.maya.party, is_ours=True, voice="own", at=NOW - timedelta(days=20),
            opened_at=NOW - timedelta(days=10), moment_mode="visit", moment_on=(NOW - timedelta(days=21 + number)).date(),
        )  # fmt: skip
        for is_ours in (True, False):
            worth = "worth" if is_ours or number else "not_worth"
            PulseAnswer.objects.create(
                pulse=pulse, party=cast.maya.party, is_ours=is_ours, voice="own", at=NOW - timedelta(days=15),
                said=[{"words": "", "feeling": "", "guess": "", "worth": worth}],
            )  # fmt: skip
    reading.read_one(cast.with_jane.pk, at=NOW)

    page = shown(jane)
    assert "We both called four of five visits worth it." in page
    assert "Visit: worth it to both" in page
    assert "Visit: worth it to them, not to you" in page
    ours = people.page_of(cast.maya, reverse("desk:relationship", args=[cast.with_jane.pk]))
    assert "You both called four of five visits worth it." in ours
    why = people.page_of(cast.maya, reverse("desk:why", args=[Reading.objects.get(measure="right_way").pk]))
    assert "Visit: worth it to you, not to them" in why
