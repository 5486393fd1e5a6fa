"""The note in the picture of Today, understood as the picture shows it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ampersand.notebook.tests.reader_cast import understand

WORDS = (
    "Saw Jane and Sami at Alder this morning. Decaf tastes flat since the grinder change, I'll send Tom with the "
    "refractometer by Friday. Jane gets us the autumn volumes before the 12th. Let them off October's pallet charge, "
    "about £180. For Sami what counts is that the night porter can make a decent cup without training. No idea who "
    "signs off the new hotel in Bath"
)


def test_you_met() -> None:
    (encounter,) = understand(WORDS).encounters

    assert (encounter.channel, encounter.on) == ("visit", date(2026, 10, 6))
    assert [who.name for who in encounter.people] == ["Jane Okafor", "Sami Haddad"]


def test_promises_both_ways() -> None:
    ours, theirs = understand(WORDS).promises

    assert (ours.by.is_us, ours.what.of(WORDS), ours.due_on) == (
        True,
        "send Tom with the refractometer",
        date(2026, 10, 9),
    )
    assert (theirs.by.name, theirs.due_on) == ("Jane Okafor", date(2026, 10, 12))


def test_we_gave() -> None:
    (concession,) = understand(WORDS).concessions

    assert (concession.by.is_us, concession.amount, concession.currency) == (True, Decimal(180), "GBP")
    assert "October's pallet charge" in concession.what.of(WORDS)


def test_matters_to_sami() -> None:
    (value,) = understand(WORDS).values

    assert value.of.name == "Sami Haddad"
    assert value.what.of(WORDS) == "the night porter can make a decent cup without training"


def test_to_find_out() -> None:
    (question,) = understand(WORDS).questions

    assert question.what.of(WORDS) == "who signs off the new hotel in Bath"
