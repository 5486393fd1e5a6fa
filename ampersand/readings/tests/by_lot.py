"""A book by lot: a bit of everything, the same each time."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from ampersand.between.models import Pulse, PulseAnswer
from ampersand.exchange.models import Concession, Transaction
from ampersand.members.models import House
from ampersand.parties.models import Because, Party, PartyKind, Relationship, Tie, TieKind
from ampersand.promises.models import Promise, PromiseEvent
from ampersand.timeline.models import Moment, Participant


def a_book(*, at: datetime, most: int = 25, seed: int = 7) -> None:
    """Twelve relationships, some behind an organisation, each with up to `most` of everything in their last four years."""
    dice = random.Random(seed)
    long_ago = at - timedelta(days=2_000)
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
        for _ in range(dice.randint(0, most)):
            _something(dice, us, relationship, before=at)


def _something(dice: random.Random, us: Party, them: Relationship, *, before: datetime) -> None:
    at = before - timedelta(days=dice.randint(0, 1_400), hours=dice.randint(0, 23))
    is_ours = dice.random() < 0.5
    by, to = (us, them.party) if is_ours else (them.party, us)
    told: dict[str, Any] = {"told_at": at}
    room = dice.choice(["ours", "between"])
    match dice.choice(
        ["moment", "moment", "promise", "promise", "concession", "trade", "trade", "pulse", "worth", "worth"]
    ):
        case "moment":
            mode = dice.choice(["mail", "call", "visit"])
            began = dice.choice(["us", "them"]) if mode == "mail" else dice.choice(["", "us"])
            moment = Moment.objects.create(
                happened_at=at,
                on_day=at.date(),
                mode=mode,
                began=began,
                asks_answer=dice.random() < 0.4,
                is_settled_by_others=dice.random() < 0.1,
                **told,
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
                room=room,
                **told,
            )
            for kind in dice.choice([[], ["said_done"], ["said_done", "kept"], ["moved", "partly"], ["not_kept"]]):
                at += timedelta(days=dice.randint(0, 40))
                PromiseEvent.objects.create(
                    promise=promise, kind=kind, by=by, at=at, told_at=at, voice=dice.choice(["own", "told_by_us"]),
                    due_on=(at + timedelta(days=9)).date() if kind == "moved" else None,
                )  # fmt: skip
        case "concession":
            of_the_others = Concession.objects.filter(relationship=them, is_ours=not is_ours, in_return_for=None)
            Concession.objects.create(
                relationship=them, by=by, to=to, is_ours=is_ours, words="it", happened_on=at.date(), room=room,
                is_gift=dice.random() < 0.3, in_return_for=of_the_others.first() if dice.random() < 0.3 else None, **told,
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
