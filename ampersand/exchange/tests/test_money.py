"""Sums of an offer, reckoned by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ampersand.exchange import money
from ampersand.exchange.negotiating.actions import Line


def line(quantity: str = "1", price: str = "0", *, discount: str = "0", tax: str = "0") -> Line:
    return Line("coffee", Decimal(quantity), "kg", Decimal(price), Decimal(discount), Decimal(tax))


@pytest.mark.parametrize(
    ("one", "currency", "net"),
    [
        (line("3", "19.99"), "EUR", "59.97"),
        (line("1", "0.005"), "EUR", "0.01"),
        (line("1", "0.0049"), "EUR", "0.00"),
        (line("0", "99"), "EUR", "0.00"),
        (line("2.5", "10", discount="33.3333"), "EUR", "16.67"),
        (line("7", "1", discount="100"), "EUR", "0.00"),
        (line("1", "-0.005"), "EUR", "-0.01"),
        (line("3", "0.5"), "JPY", "2"),
        (line("1", "1.0005"), "KWD", "1.001"),
        (line("99999999999.9999", "99999999999.9999"), "EUR", "9999999999999980000000.00"),
    ],
)
def test_a_line_is_rounded_half_up_to_the_smallest_coin(one: Line, currency: str, net: str) -> None:
    assert money.net_of(one, currency) == Decimal(net)


def test_tax_is_reckoned_once_a_rate_on_the_sum_of_its_lines() -> None:
    sums = money.totals([line("1", "0.03", tax="19"), line("1", "0.03", tax="19"), line("2", "5", tax="7")], "EUR")

    assert [(row.rate, row.net, row.tax) for row in sums.rates] == [
        (Decimal(19), Decimal("0.06"), Decimal("0.01")),
        (Decimal(7), Decimal("10.00"), Decimal("0.70")),
    ]
    assert (sums.net, sums.tax, sums.gross) == (Decimal("10.06"), Decimal("0.71"), Decimal("10.77"))


def test_rates_that_are_the_same_number_are_one_rate() -> None:
    sums = money.totals([line("1", "1", tax="7"), line("1", "1", tax="7.00")], "EUR")

    assert len(sums.rates) == 1


def test_no_lines_come_to_nothing() -> None:
    assert money.totals([], "EUR").gross == Decimal("0.00")


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (line(discount="-1"), "discount"),
        (line(discount="100.01"), "discount"),
        (line(tax="-7"), "tax rate"),
        (line("-1"), "quantity"),
        (line("1", "100000000000"), "price"),
        (line("NaN"), "numbers"),
        (line("1", "Infinity"), "numbers"),
    ],
)
def test_what_nobody_can_mean_is_refused_with_a_sentence(one: Line, says: str) -> None:
    with pytest.raises(money.NotALine, match=says):
        money.refuse_what_is_no_line(one)


def test_a_currency_is_one_of_the_world() -> None:
    assert money.is_known("EUR")
    assert money.is_known("gbp")
    assert not money.is_known("XQZ")
    assert not money.is_known("")


amounts = st.decimals(0, 10**6, places=4)


percents = st.decimals(0, 100, places=2)
rates = st.sampled_from([Decimal(0), Decimal(7), Decimal(19)])


@given(st.lists(st.tuples(amounts, amounts, percents, rates)))
def test_the_total_is_what_the_rows_on_the_paper_sum_to(told: list[tuple[Decimal, Decimal, Decimal, Decimal]]) -> None:
    lines = [Line("x", quantity, "", price, discount, tax) for quantity, price, discount, tax in told]

    sums = money.totals(lines, "EUR")

    assert sums.net == sum((money.net_of(one, "EUR") for one in lines), Decimal(0))
    assert sums.gross == sum((row.net + row.tax for row in sums.rates), Decimal(0))
    assert sums.gross.as_tuple().exponent == -2
