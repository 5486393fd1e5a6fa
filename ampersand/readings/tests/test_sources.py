"""What the sources tell of promises, concessions, trade and pulses, as it was known on a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from ampersand.between.models import Pulse, PulseAnswer
from ampersand.exchange.models import Concession, GiveAndTakeOff, Transaction
from ampersand.members.models import House
from ampersand.parties.models import Because, Party, PartyKind, Relationship, Tie, TieKind
from ampersand.promises.models import EventKind, Promise, PromiseEvent
from ampersand.readings import engines
from ampersand.timeline.models import Moment

AT = datetime(2026, 10, 6, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def house() -> House:
    return House.objects.create(name="Harbour & Finch", founded_at=AT, time_zone="Europe/London")


@pytest.fixture
def us() -> Party:
    return Party.objects.create(name="Maya Lindqvist", is_colleague=True, told_at=AT - timedelta(days=900))


@pytest.fixture
def jane() -> Relationship:
    return known("Jane Okafor")


def known(name: str, kind: str = PartyKind.PERSON) -> Relationship:
    at = AT - timedelta(days=900)
    party = Party.objects.create(name=name, kind=kind, told_at=at)
    return Relationship.objects.create(party=party, because=Because.TYPED, known_at=at, told_at=at)


def promise(us: Party, them: Relationship, days_ago: int, *, is_ours: bool = True, **fields: Any) -> Promise:
    at = AT - timedelta(days=days_ago)
    by, to = (us, them.party) if is_ours else (them.party, us)
    told = {"made_on": at.date(), "told_at": at, "first_due_on": (at + timedelta(days=7)).date(), **fields}
    told.setdefault("due_on", told["first_due_on"])
    return Promise.objects.create(relationship=them, by=by, to=to, is_ours=is_ours, **{"words": "the figures", **told})


def say(one: Promise, kind: EventKind, days_ago: int, **fields: Any) -> PromiseEvent:
    at = AT - timedelta(days=days_ago)
    return PromiseEvent.objects.create(promise=one, kind=kind, by=one.by, at=at, told_at=at, **fields)


def told(source: str, relationship: Relationship, *, at: datetime = AT) -> list[dict[str, Any]]:
    measure = {
        "promises": lambda promises: promises, "concessions": lambda concessions: concessions,
        "trade": lambda trade: trade, "pulses": lambda pulses: pulses,
    }[source]  # fmt: skip
    return engines.OnPostgres(as_of=at, relationship_ids=[relationship.pk]).rows_of(engines.Asked(measure))[0]


def test_a_promise_is_as_it_was_known_on_each_day(us: Party, jane: Relationship) -> None:
    one = promise(us, jane, 100)
    say(one, EventKind.MOVED, 95, due_on=(AT - timedelta(days=80)).date())
    say(one, EventKind.SAID_DONE, 82)
    say(one, EventKind.KEPT, 70, voice="told_by_us")

    def on(days_ago: int) -> tuple[Any, ...]:
        rows = told("promises", jane, at=AT - timedelta(days=days_ago))
        return tuple((row["due_day"] - row["made_day"], row["moved_count"], row["done_day"] is not None, row["became"],
                      row["voice"]) for row in rows)  # fmt: skip

    assert on(101) == ()
    assert on(96) == ((7, 0, False, "", ""),)
    assert on(90) == ((20, 1, False, "", ""),)
    assert on(75) == ((20, 1, True, "", ""),)
    assert on(0) == ((20, 1, True, "kept", "told_by_us"),)


def test_what_was_taken_back_holds_no_longer(us: Party, jane: Relationship) -> None:
    one = promise(us, jane, 50)
    kept = say(one, EventKind.NOT_KEPT, 20, voice="own")
    say(one, EventKind.TAKEN_BACK, 10, takes_back=kept)

    assert [row["became"] for row in told("promises", jane, at=AT - timedelta(days=15))] == ["not_kept"]
    assert [row["became"] for row in told("promises", jane)] == [""]


def test_a_delivery_shows_what_was_told_by_us_and_never_speaks_over_their_own_word(
    us: Party, jane: Relationship
) -> None:
    told_by_us, own = promise(us, jane, 50), promise(us, jane, 40)
    say(told_by_us, EventKind.KEPT, 20, voice="told_by_us")
    say(own, EventKind.NOT_KEPT, 20, voice="own")
    for number, one in enumerate((told_by_us, own)):
        Transaction.objects.create(
            party=jane.party, kind="delivery", happened_on=AT.date(), told_at=AT, keeps=one, number=str(number)
        )

    rows = {row["promise_id"]: (row["became"], row["voice"]) for row in told("promises", jane)}
    assert rows == {str(told_by_us.pk): ("kept", "delivery"), str(own.pk): ("not_kept", "own")}


def test_an_offer_counts_from_when_it_was_accepted(us: Party, jane: Relationship) -> None:
    one = promise(us, jane, 50)
    say(one, EventKind.OFFERED, 50)
    assert told("promises", jane) == []

    say(one, EventKind.ACCEPTED, 45, due_on=(AT - timedelta(days=30)).date())
    assert [row["due_day"] - row["made_day"] for row in told("promises", jane)] == [20]
    assert told("promises", jane, at=AT - timedelta(days=46)) == []


@pytest.mark.parametrize("room", ["mine", "ours", "between"])
def test_what_is_in_mine_is_in_no_source(us: Party, jane: Relationship, room: str) -> None:
    promise(us, jane, 50, room=room)
    give(us, jane, 40, room=room)

    rooms = [row["room"] for source in ("promises", "concessions") for row in told(source, jane)]
    assert rooms == ([] if room == "mine" else [room, room])


def give(us: Party, them: Relationship, days_ago: int, *, is_ours: bool = True, **fields: Any) -> Concession:
    at = AT - timedelta(days=days_ago)
    by, to = (us, them.party) if is_ours else (them.party, us)
    return Concession.objects.create(
        relationship=them, by=by, to=to, is_ours=is_ours, words="a pallet", happened_on=at.date(), told_at=at, **fields
    )


def test_a_concession_counts_once_it_is_firm_and_tells_what_answers_it(us: Party, jane: Relationship) -> None:
    ours = give(us, jane, 60)
    theirs = give(us, jane, 50, is_ours=False, in_return_for=ours)
    give(us, jane, 40, is_tentative=True)
    give(us, jane, 30, is_tentative=True, firm_at=AT - timedelta(days=5), drawn_back_at=AT - timedelta(days=1))

    rows = {row["concession_id"]: row["in_return_for"] for row in told("concessions", jane)}
    assert rows == {str(ours.pk): "", str(theirs.pk): str(ours.pk)}
    assert len(told("concessions", jane, at=AT - timedelta(days=3))) == 3


def test_give_and_take_that_a_side_switched_off_is_not_read(us: Party, jane: Relationship) -> None:
    give(us, jane, 60)
    before, meanwhile = AT - timedelta(days=11), AT - timedelta(days=5)
    assert len(told("concessions", jane, at=before)) == 1

    wished = GiveAndTakeOff.objects.create(relationship=jane, is_ours=False, at=AT - timedelta(days=10))
    assert [told("concessions", jane, at=at) for at in (before, meanwhile, AT)] == [[], [], []]

    # Switched on again, it is read but for the days on which it was off.
    GiveAndTakeOff.objects.filter(pk=wished.pk).update(ended_at=AT - timedelta(days=2))
    assert [len(told("concessions", jane, at=at)) for at in (before, meanwhile, AT)] == [1, 0, 1]


@pytest.mark.parametrize(("zone", "is_there"), [("Pacific/Auckland", True), ("Europe/London", False)])
def test_what_happened_today_is_what_happened_on_the_day_of_the_house(
    zone: str, is_there: bool, us: Party, jane: Relationship
) -> None:
    """At half past eight in the evening in London it is the next morning in Auckland."""
    House.objects.update(time_zone=zone)
    evening = datetime(2026, 10, 5, 19, 30, tzinfo=UTC)
    give(us, jane, 1)
    Concession.objects.update(happened_on=date(2026, 10, 6), told_at=evening)
    Transaction.objects.create(
        party=jane.party, kind="order", happened_on=date(2026, 10, 6), amount=1, currency="EUR", told_at=evening
    )

    assert bool(told("concessions", jane, at=evening)) is is_there
    assert bool(told("trade", jane, at=evening)) is is_there


def test_an_organisation_has_the_promises_of_its_people_while_they_worked_there(us: Party) -> None:
    alder, jane = known("Alder Hotels", PartyKind.ORGANISATION), known("Jane Okafor")
    day = (AT - timedelta(days=100)).date()
    Tie.objects.create(
        kind=TieKind.WORKS_AT,
        from_party=jane.party,
        to_party=alder.party,
        from_on=day,
        told_at=AT - timedelta(days=900),
    )
    promise(us, jane, 120)
    since = promise(us, jane, 80)
    give(us, jane, 120)
    gift = give(us, jane, 80)

    assert [row["promise_id"] for row in told("promises", alder)] == [str(since.pk)]
    assert [row["concession_id"] for row in told("concessions", alder)] == [str(gift.pk)]
    assert len(told("promises", jane)) == len(told("concessions", jane)) == 2


def test_promises_with_one_who_is_closed_are_in_no_reading_of_another(us: Party) -> None:
    alder, jane = known("Alder Hotels", PartyKind.ORGANISATION), known("Jane Okafor")
    Tie.objects.create(kind=TieKind.WORKS_AT, from_party=jane.party, to_party=alder.party, told_at=AT)
    promise(us, jane, 80)
    give(us, jane, 80)
    Relationship.objects.filter(pk=jane.pk).update(closed_at=AT)

    assert told("promises", alder) == told("concessions", alder) == []
    assert len(told("promises", jane)) == len(told("concessions", jane)) == 1


def test_a_person_has_no_trade_of_where_they_work(us: Party) -> None:
    alder, jane = known("Alder Hotels", PartyKind.ORGANISATION), known("Jane Okafor")
    Tie.objects.create(kind=TieKind.WORKS_AT, from_party=jane.party, to_party=alder.party, told_at=AT)
    Transaction.objects.create(
        party=alder.party, kind="order", happened_on=AT.date(), told_at=AT, amount="12.50", currency="GBP"
    )

    assert [(row["amount"], row["currency"]) for row in told("trade", alder)] == [(12.5, "GBP")]
    assert told("trade", jane) == []


def test_a_pulse_is_read_once_it_is_opened_and_a_burned_answer_never(us: Party, jane: Relationship) -> None:
    pulse = Pulse.objects.create(
        relationship=jane, questions=["How is it?", "What next?"], closes_on=AT.date(), party=us, is_ours=True,
        voice="own", at=AT - timedelta(days=9),
    )  # fmt: skip
    said = [{"words": "", "feeling": "good", "guess": ""}, {"words": "more visits", "feeling": "", "guess": ""}]
    for is_ours, burned_at in ((True, None), (False, AT)):
        PulseAnswer.objects.create(
            pulse=pulse, party=us, is_ours=is_ours, voice="own", at=AT, said=said, burned_at=burned_at
        )
    assert told("pulses", jane) == []

    Pulse.objects.update(opened_at=AT - timedelta(hours=1))
    rows = sorted(told("pulses", jane), key=lambda row: row["question"])
    heard = [
        (row["question"], row["ours"], row["is_heard_ours"], row["theirs"], row["is_heard_theirs"]) for row in rows
    ]
    assert heard == [(1, "good", True, "", False), (2, "", True, "", False)]


def test_of_a_meeting_the_pulse_tells_which_way_it_was_and_what_it_was_worth(us: Party, jane: Relationship) -> None:
    met = Moment.objects.create(mode="visit", happened_at=AT, on_day=AT.date(), told_at=AT - timedelta(days=1))
    pulse = Pulse.objects.create(
        relationship=jane, questions=["Was it worth both your time?"], closes_on=AT.date(), party=us, is_ours=True,
        voice="own", at=AT - timedelta(days=9), opened_at=AT - timedelta(hours=1), moment=met, moment_mode="visit",
    )  # fmt: skip
    for is_ours, worth in ((True, "worth"), (False, "not_worth")):
        said = [{"words": "", "feeling": "", "guess": "", "worth": worth}]
        PulseAnswer.objects.create(pulse=pulse, party=us, is_ours=is_ours, voice="own", at=AT, said=said)

    [row] = told("pulses", jane)
    assert (row["mode"], row["worth_ours"], row["worth_theirs"], row["is_heard_ours"]) == (
        "visit", "worth", "not_worth", True,
    )  # fmt: skip

    Moment.objects.update(withdrawn_at=AT - timedelta(minutes=1))
    assert told("pulses", jane) == []


def test_an_organisation_has_what_was_asked_of_meetings_with_its_people_while_they_worked_there(
    us: Party, jane: Relationship
) -> None:
    alder = known("Alder & Daughters", PartyKind.ORGANISATION)
    until = AT.date() - timedelta(days=20)
    Tie.objects.create(
        kind=TieKind.WORKS_AT,
        from_party=jane.party,
        to_party=alder.party,
        until_on=until,
        told_at=AT - timedelta(days=30),
    )
    asked = {
        "relationship": jane,
        "questions": ["?"],
        "closes_on": AT.date(),
        "party": us,
        "is_ours": True,
        "voice": "own",
    }
    at = AT - timedelta(days=40)
    told_of = {"at": at, "opened_at": at + timedelta(days=1)}
    there = Pulse.objects.create(**asked, **told_of, moment_mode="visit", moment_on=until - timedelta(days=1))
    Pulse.objects.create(**asked, **told_of, moment_mode="visit", moment_on=until)
    Pulse.objects.create(**asked, **told_of)

    assert [row["pulse_id"] for row in told("pulses", alder)] == [str(there.pk)]
    assert len(told("pulses", jane)) == 3

    Relationship.objects.filter(pk=jane.pk).update(closed_at=AT)
    assert told("pulses", alder) == []


def test_what_a_promise_is_of_is_known_as_its_promiser_said_until_that_day(us: Party, jane: Relationship) -> None:
    promise(us, jane, 30, words="Send the list")
    sent = promise(us, jane, 30, words="Send somebody", kind="decide")
    for days, sort in ((-9, "pay"), (-1, "meet"), (1, "decide")):
        say(sent, EventKind.SORTED, -days, sort=sort)

    assert sorted(row["kind"] for row in told("promises", jane)) == ["meet", "send"]
    assert sorted(row["kind"] for row in told("promises", jane, at=AT - timedelta(days=2))) == ["pay", "send"]
