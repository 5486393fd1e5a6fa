"""What is negotiated in the demo house: offers in versions, what each side gave, what was stated, by the acts that all use."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from ampersand.desk.demo.cast import HERE
from ampersand.desk.demo.hands import Hands
from ampersand.exchange import conceding
from ampersand.exchange.models import Concession, Negotiation, Offer, Question
from ampersand.exchange.negotiating import actions, following, weighing
from ampersand.exchange.negotiating.actions import Line
from ampersand.parties.actions import Teller
from ampersand.parties.speaking import Speaker

Told = Mapping[str, Any]


@cache
def told() -> list[dict[str, Any]]:
    """What is negotiated, as told in negotiations.toml."""
    found: list[dict[str, Any]] = tomllib.loads((HERE / "negotiations.toml").read_text(encoding="utf-8"))["negotiation"]
    return found


def truth() -> dict[str, Any]:
    """How each negotiation stands, what the newest offer of it comes to without tax, and how many versions it took."""
    return {
        one["about"]: {
            "stands": one["stands"],
            "amount": one.get("amount"),
            "versions": Counter(said["act"] for said in one["said"])["put"],
            "followed": one.get("followed", 0),
        }
        for one in told()
    }


def bring_in(hands: Hands) -> None:
    for one in told():
        _negotiate(one, hands)


@dataclass
class _Table:
    """One negotiation while it is told."""

    told: Told
    hands: Hands
    negotiation: Negotiation
    questions: list[Question]
    given: list[Concession] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)

    def speaker(self, said: Told) -> Speaker:
        them = said.get("as", self.told["with"])
        return self.hands.speaker(said["who"], said["ago"], us=self.told["by"], them=them)


def _negotiate(told: Told, hands: Hands) -> None:
    member, relationship = hands.member(told["by"]), hands.with_(told["with"])
    negotiation = actions.begin(
        relationship,
        about=told["about"],
        member=member,
        teller=Teller(at=hands.at(told["begun"], 9), by=member),
        decider=hands.with_(told["decider"]).party if "decider" in told else None,
        kind=told["kind"],
        questions=[tuple(question) for question in told.get("questions", ())],
    )
    table = _Table(told, hands, negotiation, list(negotiation.questions.order_by("position")))
    for said in told["said"]:
        _ACTS[said["act"]](table, said)


def _put(table: _Table, said: Told) -> None:
    answers = {question.pk: words for question, words in zip(table.questions, said.get("values", ()), strict=False)}
    offer = actions.put(
        table.negotiation,
        speaker=table.speaker(said),
        words=said.get("words", ""),
        lines=[_line(*line) for line in said.get("lines", ())],
        currency=said.get("currency", ""),
        valid_until=table.hands.day(said["until"]),
        values=answers,
    )
    table.offers.append(offer)


def _line(what: str, many: str, unit: str, price: str, discount: str, tax: str) -> Line:
    return Line(what, Decimal(many), unit, Decimal(price), Decimal(discount), Decimal(tax))


def _day(table: _Table, said: Told) -> None:
    on = table.hands.day(said["on"])
    actions.say_day(table.negotiation, on=on, words=said["words"], speaker=table.speaker(said))


def _weigh(table: _Table, said: Told) -> None:
    """What a side states of how much each question matters to it."""
    for question, value in zip(table.questions, said["weights"], strict=True):
        weighing.weigh(question, value, speaker=table.speaker(said), is_stated=True)


def _give(table: _Table, said: Told) -> None:
    speaker, relationship = table.speaker(said), table.negotiation.relationship
    us = table.hands.us(table.told["by"], said["ago"], 16)
    answered = table.given[said["answers"]] if "answers" in said else None
    given = conceding.give(
        speaker=speaker,
        to=relationship.party if speaker.is_ours else us.party,
        relationship=relationship,
        words=said["words"],
        happened_on=table.hands.day(said["ago"]),
        cost_words=said.get("cost", ""),
        in_return_for=answered,
        is_tentative=said.get("tentative", False),
        negotiation=table.negotiation,
    )
    if "worth" in said:
        receiver = table.hands.them(table.told["with"], said["ago"], 17) if speaker.is_ours else us
        conceding.say_worth(given, said["worth"], speaker=receiver)
    table.given.append(given)


def _accept(table: _Table, said: Told) -> None:
    actions.accept(table.offers[-1], speaker=table.speaker(said), words=said["words"])


def _decline(table: _Table, said: Told) -> None:
    actions.decline(table.offers[-1], speaker=table.speaker(said), words=said["words"])


def _withdraw(table: _Table, said: Told) -> None:
    actions.withdraw(table.offers[-1], speaker=table.speaker(said), words=said["words"])


def _follow(table: _Table, said: Told) -> None:
    """A promise for each line, and what is expected to be paid."""
    member, hands = table.hands.member(table.told["by"]), table.hands
    at, due_on = hands.at(said["ago"], 16), hands.day(said["due"])
    following.follow(table.offers[-1], member=member, due_on=due_on, is_one=False, by=member, at=at)


_ACTS: dict[str, Callable[[_Table, Told], None]] = {
    "put": _put,
    "day": _day,
    "weigh": _weigh,
    "give": _give,
    "accept": _accept,
    "decline": _decline,
    "withdraw": _withdraw,
    "follow": _follow,
}
