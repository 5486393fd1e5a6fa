"""One expression, several engines: every measure answers alike over the same book, on PostgreSQL and on DuckDB."""

from __future__ import annotations

import json
import math
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ampersand.between.models import Pulse, PulseAnswer
from ampersand.exchange.models import Concession, Transaction
from ampersand.members.models import House
from ampersand.parties.models import Because, Party, PartyKind, Relationship, Tie, TieKind
from ampersand.promises.models import Promise, PromiseEvent
from ampersand.readings import actions, engines, measured
from ampersand.readings.models import Measure, Reading
from ampersand.timeline.models import Moment, Participant

AT = datetime(2026, 10, 6, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def a_book_by_lot() -> None:
    """Twelve relationships, some behind an organisation, with a bit of everything in their last four years."""
    dice = random.Random(7)
    long_ago = AT - timedelta(days=2_000)
    House.objects.create(name="Harbour & Finch", founded_at=long_ago, time_zone="Europe/London", currency="GBP")
    us = Party.objects.create(name="Maya Lindqvist", is_colleague=True, told_at=long_ago)
    kinds = [PartyKind.ORGANISATION, PartyKind.ORGANISATION, *[PartyKind.PERSON] * 10]
    known = []
    for number, kind in enumerate(kinds):
        party = Party.objects.create(name=f"party {number}", kind=kind, told_at=long_ago)
        known.append(
            Relationship.objects.create(party=party, because=Because.TYPED, known_at=long_ago, told_at=long_ago)
        )
    for number, person in enumerate(known[2:]):
        Tie.objects.create(
            kind=TieKind.WORKS_AT, from_party=person.party, to_party=known[number % 2].party, told_at=long_ago
        )
    for relationship in known:
        for _ in range(dice.randint(0, 25)):
            _something(dice, us, relationship)


def _something(dice: random.Random, us: Party, them: Relationship) -> None:
    at = AT - timedelta(days=dice.randint(0, 1_400), hours=dice.randint(0, 23))
    is_ours = dice.random() < 0.5
    by, to = (us, them.party) if is_ours else (them.party, us)
    told: dict[str, Any] = {"told_at": at}
    match dice.choice(
        ["moment", "moment", "promise", "promise", "concession", "trade", "trade", "pulse", "worth", "worth"]
    ):
        case "moment":
            mode = dice.choice(["mail", "call", "visit"])
            began = dice.choice(["us", "them"]) if mode == "mail" else dice.choice(["", "us"])
            moment = Moment.objects.create(
                happened_at=at, on_day=at.date(), mode=mode, began=began, asks_answer=dice.random() < 0.4, **told
            )
            for party in (us, them.party):
                Participant.objects.create(moment=moment, party=party, is_ours=party == us, happened_at=at)
        case "promise":
            due = (at + timedelta(days=dice.randint(0, 60))).date() if dice.random() < 0.9 else None
            promise = Promise.objects.create(
                relationship=them,
                by=by,
                to=to,
                is_ours=is_ours,
                words=dice.choice(["Send it", "Pay for it", "it"]),
                made_on=at.date(),
                first_due_on=due,
                **told,
            )
            for kind in dice.choice([[], ["said_done"], ["said_done", "kept"], ["moved", "partly"], ["not_kept"]]):
                at += timedelta(days=dice.randint(0, 40))
                PromiseEvent.objects.create(
                    promise=promise, kind=kind, by=by, at=at, told_at=at, voice=dice.choice(["own", "told_by_us"]),
                    due_on=(at + timedelta(days=9)).date() if kind == "moved" else None,
                )  # fmt: skip
        case "concession":
            Concession.objects.create(
                relationship=them, by=by, to=to, is_ours=is_ours, words="it", happened_on=at.date(),
                is_gift=dice.random() < 0.3, **told,
            )  # fmt: skip
        case "trade":
            Transaction.objects.create(
                party=them.party, kind=dice.choice(["order", "invoice", "payment"]), happened_on=at.date(),
                amount=f"{dice.uniform(1, 900):.2f}", currency=dice.choice(["GBP", "EUR"]), **told,
            )  # fmt: skip
        case "pulse":
            pulse = Pulse.objects.create(
                relationship=them, questions=["How is it?", "What next?"], closes_on=at.date(), party=us, is_ours=True,
                voice="own", at=at, opened_at=at,
            )  # fmt: skip
            for side in dice.choice([[True, False], [True]]):
                said = [{"words": "", "feeling": dice.choice(["good", "thin", ""]), "guess": ""} for _ in range(2)]
                PulseAnswer.objects.create(pulse=pulse, party=us, is_ours=side, voice="own", at=at, said=said)
        case "worth":
            pulse = Pulse.objects.create(
                relationship=them, questions=["Worth it?"], closes_on=at.date(), party=us, is_ours=True, voice="own", at=at,
                opened_at=at, moment_mode=dice.choice(["visit", "call"]), moment_on=at.date(),
            )  # fmt: skip
            for side in (True, False):
                said = [{"words": "", "feeling": "", "guess": "", "worth": dice.choice(["worth", "not_worth", ""])}]
                PulseAnswer.objects.create(pulse=pulse, party=us, is_ours=side, voice="own", at=at, said=said)


def test_every_measure_answers_alike_on_both_engines(a_book_by_lot: None) -> None:
    for model in (Promise, Concession):
        ids = model.objects.values_list("pk", flat=True)[::2]
        model.objects.filter(pk__in=list(ids)).update(room="between")
    asked = [*measured.every(as_of_day=20_732, currency="GBP"), *measured.between(as_of_day=20_732)]
    on_postgres = engines.OnPostgres(as_of=AT).rows_of(*asked)
    with engines.whole_book(as_of=AT) as engine:
        on_duckdb = engine.rows_of(*asked)

    for one, rows, same in zip(asked, on_postgres, on_duckdb, strict=True):
        assert len(rows) > 3, one.measure.__name__
        assert _sorted(rows) == _sorted(same), one.measure.__name__


def _sorted(rows: list[dict[str, Any]]) -> list[str]:
    """The rows in an order of their own, floats to twelve digits, lists that are empty as none."""
    return sorted(json.dumps({name: _told(value) for name, value in row.items()}, sort_keys=True) for row in rows)


def _told(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = float(value)
        return 0.0 if number == 0 else round(number, 12 - 1 - math.floor(math.log10(abs(number))))
    return [str(one) for one in value] if isinstance(value, list) and value else value or None


def test_the_same_readings_are_stored_of_the_book_and_of_each_relationship(a_book_by_lot: None) -> None:
    actions.read_all(at=AT)
    of_the_book = _stored()
    for relationship in Relationship.objects.all():
        actions.read_one(relationship.pk, at=AT)

    assert _stored() == of_the_book
    assert {json.loads(row["measure"]) for row in of_the_book.values()} == set(Measure.values)


def _stored() -> dict[Any, dict[str, Any]]:
    rows: dict[Any, dict[str, Any]] = {row["id"]: dict(row) for row in Reading.objects.values()}
    return {
        pk: {name: json.dumps(_deep(value), default=str) for name, value in row.items()} for pk, row in rows.items()
    }


def _deep(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _deep(one) for name, one in value.items()}
    return [_deep(one) for one in value] if isinstance(value, list) else _told(value)
