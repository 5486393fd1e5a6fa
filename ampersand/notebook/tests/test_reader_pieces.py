from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ampersand.notebook.tests.reader_cast import understand

TODAY = date(2026, 10, 6)


@pytest.mark.parametrize(
    ("words", "channel", "day"),
    [
        ("Rang Nadia, she is well.", "call", TODAY),
        ("mtg w/ Nadia, long one", "visit", TODAY),
        ("Nadia popped in this morning.", "visit", TODAY),
        ("Video with Nadia yesterday.", "video", date(2026, 10, 5)),
        ("Nadia texted, all fine.", "message", TODAY),
        ("Mail from Nadia: the oven is in.", "email", TODAY),
        ("Saw Nadia on Friday.", "visit", date(2026, 10, 2)),
        ("Coffee fair, our stand. Nadia came by.", "event", TODAY),
        ("Anruf von Nadia.", "call", TODAY),
    ],
)
def test_contact_has_its_channel_and_its_day(words: str, channel: str, day: date) -> None:
    (encounter,) = understand(words).encounters

    assert (encounter.channel, encounter.on) == (channel, day)
    assert [who.name for who in encounter.people] == ["Nadia Rahman"]


@pytest.mark.parametrize(
    "words",
    [
        "Nadia: no answer, voicemail full.",
        "I'll call Nadia on Monday.",
        "Lunch with Nadia some day?",
        "Nadia is on holiday.",
    ],
)
def test_contact_that_did_not_happen_is_none(words: str) -> None:
    assert understand(words).encounters == ()


@pytest.mark.parametrize(
    ("words", "channel", "other"),
    [
        ("Spoke to Nadia, all well.", "call", "visit"),
        ("QSB oven 2. Thermostat swapped, Nadia signed.", "visit", "call"),
    ],
)
def test_contact_nothing_tells_the_kind_of_has_a_second_guess(words: str, channel: str, other: str) -> None:
    (encounter,) = understand(words).encounters

    assert encounter.channel == channel
    assert encounter.instead is not None
    assert (encounter.sureness, encounter.instead.kind) == ("unsure", other)


def test_a_day_of_two_meetings_is_two_meetings() -> None:
    encounters = understand("AM: office of Nadia, long talk.\nPM: phone w/ Dev, short.").encounters

    assert [(e.channel, e.people[0].name) for e in encounters] == [("visit", "Nadia Rahman"), ("call", "Dev Anand")]


@pytest.mark.parametrize(
    ("words", "channel", "day"),
    [
        ("Saw Nadia. Next call 20/10, 9h.", "call", date(2026, 10, 20)),
        ("Rang Nadia. Tom comes on Friday to measure.", "visit", date(2026, 10, 9)),
        ("Rang Nadia. Video is set for the 14th.", "video", date(2026, 10, 14)),
    ],
)
def test_contact_agreed_for_a_day_is_a_plan(words: str, channel: str, day: date) -> None:
    (plan,) = understand(words).plans

    assert (plan.channel, plan.on) == (channel, day)


@pytest.mark.parametrize(
    ("words", "by", "what"),
    [
        ("Saw Nadia, gave her 5% off the decaf.", "us", "5% off the decaf"),
        ("Told Nadia we waive the call-out fee.", "us", "waive the call-out fee"),
        ("Nadia let us use the oven for free.", "Nadia Rahman", "use the oven for free"),
        ("Told Nadia the pilot stays free until end of June.", "us", "the pilot stays free until end of June"),
    ],
)
def test_give_and_take_has_its_giver(words: str, by: str, what: str) -> None:
    (concession,) = understand(words).concessions

    assert concession.by.name == by
    assert what.split()[-1] in concession.what.of(words)


@pytest.mark.parametrize(
    "words",
    [
        "Nadia asked for 20% off - said no.",
        "Nadia wants a discount.",
        "Feel free to ring Nadia.",
        "Is Nadia free on Monday?",
    ],
)
def test_what_is_asked_for_or_refused_was_not_given(words: str) -> None:
    assert understand(words).concessions == ()


@pytest.mark.parametrize(
    ("words", "kind", "amount"),
    [
        ("Nadia ordered two grinders, £1,190.", "order", 1190),
        ("Nadia paid the July invoice, £410.", "payment", 410),
        ("Invoiced Nadia £17,375 for the beans.", "invoice", 17375),
        ("Nadia cancelled the Bath order (£2,300).", "cancellation", 2300),
        ("Nadia signed up again for 2027.", "renewal", None),
    ],
)
def test_trade_is_in_the_name_of_the_organisation(words: str, kind: str, amount: int | None) -> None:
    (transaction,) = understand(words).transactions

    assert (transaction.kind, transaction.party.name) == (kind, "Quay Street Bakery")
    assert transaction.amount == (Decimal(amount) if amount is not None else None)


@pytest.mark.parametrize(
    "words", ["Nadia will order two grinders.", "Nadia has not paid.", "Did Nadia pay?", "Nadia may cancel."]
)
def test_trade_that_has_not_happened_is_none(words: str) -> None:
    assert understand(words).transactions == ()


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("Nadia is scared of the inspector.", "scared of the inspector"),
        ("Nadia can't stand chains, never could.", "can't stand chains"),
        ("What Nadia cares about is that the bread is warm.", "the bread is warm"),
        ("Nadia: that shop is her whole life.", "that shop is her whole life"),
    ],
)
def test_what_matters_is_said_in_their_words(words: str, what: str) -> None:
    (value,) = understand(words).values

    assert value.of.name == "Nadia Rahman"
    assert what in value.what.of(words)


@pytest.mark.parametrize(
    ("words", "kind", "from_", "to"),
    [
        ("Coffee with Nadia from Quay Street Bakery.", "works_at", "Nadia Rahman", "Quay Street Bakery"),
        ("Nadia reports to Samir.", "reports_to", "Nadia Rahman", "Samir Qureshi"),
        ("Nadia introduced me to Ben Carver.", "introduced", "Nadia Rahman", "Ben Carver"),
        ("Nadia's daughter Leila starts school.", "family_of", "Leila", "Nadia Rahman"),
        (
            "Quay Street Bakery and Meridian Freight are rivals.",
            "competes_with",
            "Quay Street Bakery",
            "Meridian Freight",
        ),
        ("Nadia used to work with Dev.", "former_colleague_of", "Nadia Rahman", "Dev Anand"),
    ],
)
def test_a_tie_has_its_kind_and_its_direction(words: str, kind: str, from_: str, to: str) -> None:
    assert (kind, from_, to) in [(t.kind, t.from_.name, t.to.name) for t in understand(words).ties]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("No idea who signs off the new hotel.", "who signs off the new hotel"),
        ("I wonder whether Nadia still bakes.", "whether Nadia still bakes"),
        ("Who pays for the cups?", "Who pays for the cups?"),
        ("Ask Tom: is it still in the van?", "is it still in the van?"),
    ],
)
def test_what_the_writer_does_not_know_is_a_question(words: str, what: str) -> None:
    (question,) = understand(words).questions

    assert question.what.of(words) == what


def test_their_question_is_not_ours() -> None:
    assert understand('Nadia writes: "When does the new roast come, and may we taste it first?"').questions == ()
