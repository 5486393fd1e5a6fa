"""One expression, several engines: what PostgreSQL reads of one relationship is what DuckDB reads of the book."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ampersand.members.models import House
from ampersand.parties.models import Because, Party, PartyKind, Relationship, Tie, TieKind
from ampersand.readings import actions, engines, measured
from ampersand.readings.models import Reading
from ampersand.timeline.models import Moment, Participant

AT = datetime(2026, 10, 6, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def house() -> House:
    return House.objects.create(name="Harbour & Finch", founded_at=AT, time_zone="Europe/London")


@pytest.fixture
def us() -> Party:
    return Party.objects.create(name="Maya Lindqvist", is_colleague=True, told_at=AT)


def known(name: str, kind: str = PartyKind.PERSON) -> Relationship:
    party = Party.objects.create(name=name, kind=kind, told_at=AT)
    return Relationship.objects.create(party=party, because=Because.TYPED, known_at=AT, told_at=AT)


def moment(us: Party, them: Party, days_ago: int, **fields: Any) -> Moment:
    at = AT - timedelta(days=days_ago)
    fields = {"mode": "call", "began": "", "told_at": at, **fields}
    told = Moment.objects.create(happened_at=at, on_day=at.date(), zone="UTC", **fields)
    for party in (us, them):
        Participant.objects.create(moment=told, party=party, happened_at=at)
    return told


def said(relationship: Relationship) -> dict[str, tuple[Any, ...]]:
    rows = Reading.objects.filter(relationship=relationship)
    return {
        row.measure: (row.says, row.count, row.since_on, row.value, row.usual, row.low, row.high, row.evidence)
        for row in rows
    }


def test_both_engines_read_the_same_of_every_relationship(us: Party) -> None:
    dice = random.Random(4)
    relationships = [known(f"party {number}") for number in range(12)]
    for relationship in relationships:
        for _ in range(dice.randint(0, 14)):
            mode = dice.choice(["mail", "call", "visit"])
            began = dice.choice(["us", "them"]) if mode == "mail" else ""
            moment(
                us, relationship.party, dice.randint(0, 400), mode=mode, began=began, asks_answer=dice.random() < 0.4,
                is_settled_by_others=dice.random() < 0.2,
            )  # fmt: skip

    actions.read_all(at=AT)
    of_the_book = {relationship.pk: said(relationship) for relationship in relationships}
    for relationship in relationships:
        actions.read_one(relationship.pk, at=AT)

    assert {relationship.pk: said(relationship) for relationship in relationships} == of_the_book
    assert sum(len(readings) for readings in of_the_book.values()) > 12


def test_the_book_read_in_parts_is_read_as_at_once(us: Party, monkeypatch: pytest.MonkeyPatch) -> None:
    relationships = [known(f"party {number}") for number in range(7)]
    for number, relationship in enumerate(relationships):
        for days_ago in range(10, 10 + 20 * number, 9):
            moment(us, relationship.party, days_ago)
    actions.read_all(at=AT)
    at_once = {relationship.pk: said(relationship) for relationship in relationships}

    monkeypatch.setattr(engines, "PART", 2)
    count = actions.read_all(at=AT)

    assert {relationship.pk: said(relationship) for relationship in relationships} == at_once
    assert count == Reading.objects.count() == sum(map(len, at_once.values())) > 5


def test_a_reading_shows_the_latest_of_what_it_rests_on_and_counts_all(
    us: Party, monkeypatch: pytest.MonkeyPatch
) -> None:
    jane = known("Jane Okafor")
    met = [moment(us, jane.party, days_ago) for days_ago in range(70, 0, -7)]
    monkeypatch.setattr(measured, "EVIDENCE_MAX", 4)

    read = actions.read_one(jane.pk, at=AT)

    assert {reading.measure for reading in read} == {"quiet", "next"}
    for reading in read:
        assert [str(pk) for pk in reading.evidence] == [str(one.pk) for one in met[-4:]]
        assert reading.count == 9


def test_what_somebody_else_wrote_to_them_and_to_us_is_no_contact_of_theirs(us: Party) -> None:
    leona, jane = known("Leona Marsh"), known("Jane Okafor")
    told = moment(us, leona.party, 4, mode="mail", began="them", asks_answer=True)
    Participant.objects.filter(moment=told, party=leona.party).update(role="from")
    Participant.objects.create(moment=told, party=jane.party, role="to", happened_at=told.happened_at)

    read = [{reading.measure for reading in actions.read_one(one.pk, at=AT)} for one in (leona, jane)]

    assert ["whose_move" in measures for measures in read] == [True, False]


def test_quiet_speaks_from_five_gaps_on_and_shows_what_it_rests_on(us: Party) -> None:
    leona = known("Leona Marsh")
    told = [moment(us, leona.party, 71 + 12 * number) for number in range(6)]

    actions.read_one(leona.pk, at=AT)

    quiet = Reading.objects.get(relationship=leona, measure="quiet")
    assert (quiet.says, quiet.value, quiet.usual, quiet.count) == ("quiet", 71, 12, 5)
    assert quiet.evidence == [one.pk for one in reversed(told)]

    told[-1].delete()
    actions.read_one(leona.pk, at=AT)
    assert Reading.objects.get(relationship=leona, measure="quiet").says == "too_early"


def test_an_organisation_has_the_moments_of_its_people_while_their_ties_lasted(us: Party) -> None:
    alder, jane = known("Alder Hotels", PartyKind.ORGANISATION), known("Jane Okafor")
    left_on = (AT - timedelta(days=100)).date()
    Tie.objects.create(kind=TieKind.WORKS_AT, from_party=jane.party, to_party=alder.party, until_on=left_on, told_at=AT)
    while_there = moment(us, jane.party, 150)
    moment(us, jane.party, 50)

    rows = engines.OnPostgres(as_of=AT, relationship_ids=[alder.pk]).rows_of(engines.Asked(lambda contacts: contacts))[
        0
    ]

    assert [row["moment_id"] for row in rows] == [str(while_there.pk)]


def test_what_was_withdrawn_or_not_yet_told_is_not_read(us: Party) -> None:
    jane = known("Jane Okafor")
    moment(us, jane.party, 30, withdrawn_at=AT - timedelta(days=1))
    moment(us, jane.party, 20, told_at=AT + timedelta(days=1))
    moment(us, jane.party, 10, room="mine")
    seen = moment(us, jane.party, 5, withdrawn_at=AT + timedelta(days=1))

    rows = engines.OnPostgres(as_of=AT, relationship_ids=[jane.pk]).rows_of(engines.Asked(lambda contacts: contacts))[0]

    assert [row["moment_id"] for row in rows] == [str(seen.pk)]
