"""Promises of the demo house that lean on others, that wait for a word, that a colleague was asked for, that everybody has."""

from __future__ import annotations

from typing import Any

from ampersand.desk.demo.hands import Hands
from ampersand.parties.actions import Teller
from ampersand.promises import actions, backing_actions
from ampersand.promises.actions import Wording
from ampersand.promises.models import Promise, State

CONTAINER = "The second container in Avonmouth"
WARDS = "New beans on every ward"
HOUSE_IN_BATH = "Coffee on the bar when the house in Bath opens"
PORTERS = "A morning with the night porters"
SAMPLES = "Three samples of the Huila, roasted light"
PHOTOGRAPHS = "Photographs of the tasting"
GRINDERS = "The grinders at the station looked at"
PRICES = "We say of a change of price six weeks before it holds"
ROASTED = "Coffee is roasted within the week before it comes"
BARISTAS = "A day for the baristas in Bath"
VOLUMES = "The volumes of each house by the third of the month"


def truth() -> dict[str, Any]:
    """The state of each of these promises, what leans on what, and whose word is awaited among ourselves."""
    return {
        "states": {
            CONTAINER: State.OPEN,
            WARDS: State.OPEN,
            HOUSE_IN_BATH: State.OPEN,
            PORTERS: State.OPEN,
            SAMPLES: State.OFFERED,
            PHOTOGRAPHS: State.ASKED,
            GRINDERS: State.ASKED,
            PRICES: State.OPEN,
            ROASTED: State.OPEN,
            f"{PRICES}, the card too": State.OPEN,
            BARISTAS: State.COUNTERED,
            VOLUMES: State.OFFERED,
        },
        "leans": [[WARDS, CONTAINER], [HOUSE_IN_BATH, CONTAINER], [PRICES, "A list of what is to change, each month"]],
        "moved": CONTAINER,
        "waits_for": {"Maya": [SAMPLES, PHOTOGRAPHS, BARISTAS, VOLUMES], "Tom": [GRINDERS, VOLUMES], "Gwen": []},
    }


def bring_in(hands: Hands) -> None:
    _a_container_that_comes_later(hands)
    _colleagues_asked(hands)
    _waiting_for_a_word(hands)
    _to_everybody(hands)


def _a_container_that_comes_later(hands: Hands) -> None:
    """Klaus promised it, two of ours lean on it, and then he moved it."""
    container = _offered(
        actions.offer(
            Wording(CONTAINER, hands.day(-6)),
            to=hands.member("Gwen").party,
            relationship=hands.with_("klaus"),
            speaker=hands.told("klaus", 24, by="Gwen"),
        ),
        by=hands.us("Gwen", 23),
    )
    wards = _offered(
        actions.offer(
            Wording(WARDS, hands.day(-17)),
            to=hands.with_("gareth").party,
            relationship=hands.with_("gareth"),
            speaker=hands.us("Maya", 20),
        ),
        by=hands.told("gareth", 20),
    )
    bath = _offered(
        actions.offer(
            Wording(HOUSE_IN_BATH, hands.day(-19), "if the bar stands by then"),
            to=hands.with_("jane").party,
            relationship=hands.with_("jane"),
            speaker=hands.us("Maya", 18),
        ),
        by=hands.them("jane", 17),
    )
    for promise in (wards, bath):
        backing_actions.lean(promise, on=container, teller=Teller(at=hands.at(17, 16), by=hands.member("Maya")))
    actions.propose_move(
        container,
        due_on=hands.day(-15),
        words="It waits in Antwerp for another ship.",
        speaker=hands.told("klaus", 2, by="Gwen"),
    )
    actions.agree_move(container, speaker=hands.us("Gwen", 2, 16))


def _offered(promise: Promise, *, by: Any) -> Promise:
    actions.accept(promise, speaker=by)
    return promise


def _colleagues_asked(hands: Hands) -> None:
    """Tom said yes, Gwen asks for another day, Maya has not answered yet, and Tom stands in for Pavel, who is away."""
    porters = backing_actions.ask_first(
        Wording(PORTERS, hands.day(-8)),
        of=hands.member("Tom"),
        speaker=hands.us("Maya", 6),
        relationship=hands.with_("sami"),
        to=hands.with_("sami").party,
        then=Wording("Porters who can set the grinder themselves", hands.day(-9)),
    )
    actions.accept(porters, speaker=hands.us("Tom", 5))
    samples = backing_actions.ask_first(
        Wording(SAMPLES, hands.day(-4)),
        of=hands.member("Gwen"),
        speaker=hands.us("Maya", 4),
        relationship=hands.with_("camilla"),
        to=hands.with_("camilla").party,
        then=Wording("Three coffees to choose from", hands.day(-7)),
    )
    actions.counter(samples, Wording(SAMPLES, hands.day(-7)), speaker=hands.us("Gwen", 3))
    backing_actions.ask_first(
        Wording(PHOTOGRAPHS, hands.day(-12)),
        of=hands.member("Maya"),
        speaker=hands.us("Ruth", 2),
        relationship=hands.with_("imogen"),
        to=hands.with_("imogen").party,
        then=Wording("Two pages with pictures", hands.day(-20)),
    )
    pavel, tom = hands.member("Pavel"), hands.member("Tom")
    backing_actions.be_away(
        pavel, from_on=hands.day(3), until_on=hands.day(-5), stands_in=tom, by=pavel, at=hands.at(9)
    )
    backing_actions.ask_first(
        Wording(GRINDERS, hands.day(-4)),
        of=pavel,
        speaker=hands.us("Maya", 2, 12),
        relationship=hands.with_("rajesh"),
        to=hands.with_("rajesh").party,
        then=Wording("Grinders that keep their setting", hands.day(-6)),
    )


def _waiting_for_a_word(hands: Hands) -> None:
    """One of ours that Priya wishes on another day, and one that Jane offers by her own hand."""
    baristas = actions.offer(
        Wording(BARISTAS, hands.day(-14)),
        to=hands.with_("priya").party,
        relationship=hands.with_("priya"),
        speaker=hands.us("Maya", 7),
    )
    actions.counter(baristas, Wording(BARISTAS, hands.day(-21)), speaker=hands.them("priya", 5))
    actions.offer(
        Wording(VOLUMES, hands.day(-10)),
        to=hands.member("Maya").party,
        relationship=hands.with_("jane"),
        speaker=hands.them("jane", 1),
    )


def _to_everybody(hands: Hands) -> None:
    """What we advertise: one that Asha backs and Ollie took as promised, and one that nobody has taken yet."""
    prices = actions.advertise(Wording(PRICES), speaker=hands.us("Maya", 320))
    backed_by = backing_actions.ask_first(
        Wording("A list of what is to change, each month"),
        of=hands.member("Asha"),
        speaker=hands.us("Maya", 318),
        promise=prices,
    )
    actions.accept(backed_by, speaker=hands.us("Asha", 317))
    taken = actions.take_as_promised(
        Wording(f"{PRICES}, the card too"),
        by=prices.by,
        speaker=hands.them("ollie", 28),
        relationship=hands.with_("ollie"),
        advertised=prices,
    )
    actions.confirm_taken(taken, speaker=hands.us("Maya", 27))
    actions.advertise(Wording(ROASTED), speaker=hands.us("Ruth", 500))
