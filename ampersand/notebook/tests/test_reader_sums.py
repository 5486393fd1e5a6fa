from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from ampersand.notebook.reader.folding import fold
from ampersand.notebook.reader.languages import language_of
from ampersand.notebook.reader.money import sums_of
from ampersand.notebook.reader.tokens import tokens_of
from ampersand.notebook.tests.reader_cast import TUESDAY


def sums_in(words: str, at: datetime = TUESDAY) -> list[tuple[Decimal, str | None]]:
    found = sums_of(fold(words), words, tokens_of(words), written_at=at, language=language_of("en"))
    return [(s.amount, s.currency) for s in found]


@pytest.mark.parametrize(
    ("words", "amount", "currency"),
    [
        ("about £180", "180", "GBP"),
        ("€22,400", "22400", "EUR"),
        ("84.000 €", "84000", "EUR"),
        ("11 200 €", "11200", "EUR"),
        ("CHF 27'600", "27600", "CHF"),
        ("$1,980.50", "1980.50", "USD"),
        ("£11.4k", "11400", "GBP"),
        ("US$ 2m", "2000000", "USD"),
        ("£6.10", "6.10", "GBP"),
        ("AED 51,975", "51975", "AED"),
        ("14k gone", "14000", None),
        ("eighteen hundred pounds", "1800", "GBP"),
        ("nine hundred and twelve dollars fifty", "912.50", "USD"),
        ("forty one thousand five hundred", "41500", None),
        ("4 lakh rupees", "400000", "INR"),
    ],
)
def test_a_sum_is_read_as_the_world_writes_it(words: str, amount: str, currency: str | None) -> None:
    assert sums_in(words) == [(Decimal(amount), currency)]


@pytest.mark.parametrize("words", ["30k pcs", "5%", "room 214", "two hours", "M12", "at 16:10", "3,000 m"])
def test_other_numbers_are_no_money(words: str) -> None:
    assert sums_in(words) == []


def test_rand_and_dollar_follow_the_country_of_the_writer() -> None:
    assert sums_in("R48 600", datetime.fromisoformat("2026-10-06T10:00:00+02:00")) == [(Decimal(48600), "ZAR")]
    assert sums_in("$90", datetime.fromisoformat("2026-10-06T10:00:00+11:00")) == [(Decimal(90), "AUD")]
