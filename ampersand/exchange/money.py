"""What the lines of an offer come to. Decimal throughout; one currency an offer; never a float.

The rule, told in docs/negotiating.md: a line is quantity x unit price less its discount, rounded half up to the smallest coin of
the currency. Lines of one tax rate are summed, and the tax of that sum is rounded half up once (as EN 16931 does). The total is
what these rounded amounts sum to, so that whoever adds up the paper by hand gets the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Protocol

from babel.core import UnknownLocaleError
from babel.numbers import get_currency_precision, is_currency
from django.utils.translation import gettext as _

HUNDRED = Decimal(100)
MOST = Decimal(10) ** 11
"""What a quantity or a price stays below."""
MOST_IN_ALL = Decimal(10) ** 17
"""What all of an offer stays below, so that it fits its column."""


class NotALine(ValueError):
    """What no line of an offer can say: a sentence that tells why."""


class Priced(Protocol):
    """Whatever has the amounts of a line."""

    @property
    def quantity(self) -> Decimal: ...
    @property
    def unit_price(self) -> Decimal: ...
    @property
    def discount_share(self) -> Decimal: ...
    @property
    def tax_rate(self) -> Decimal: ...


@dataclass(frozen=True, slots=True)
class TaxRow:
    rate: Decimal
    net: Decimal
    tax: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    net: Decimal
    tax: Decimal
    rates: tuple[TaxRow, ...]

    @property
    def gross(self) -> Decimal:
        return self.net + self.tax


def is_known(currency: str) -> bool:
    """Whether this is the code of a currency (ISO 4217)."""
    return len(currency) == 3 and is_currency(currency.upper(), "en")


def coin(currency: str) -> Decimal:
    """The smallest amount of a currency: 0.01 EUR, 1 JPY, 0.001 KWD."""
    try:
        digits = get_currency_precision(currency.upper())
    except (UnknownLocaleError, ValueError):
        digits = 2
    return Decimal(1).scaleb(-digits)


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Half up, away from nought: 0.005 is 0.01, and -0.005 is -0.01."""
    with localcontext() as context:
        context.prec = 60
        return amount.quantize(coin(currency), rounding=ROUND_HALF_UP)


def net_of(line: Priced, currency: str) -> Decimal:
    """Quantity x unit price less discount, rounded half up to the smallest coin."""
    with localcontext() as context:
        context.prec = 60
        return rounded(line.quantity * line.unit_price * (HUNDRED - line.discount_share) / HUNDRED, currency)


def totals(lines: Iterable[Priced], currency: str) -> Totals:
    """What lines come to: net, tax for each rate (highest rate first), and both together."""
    nets: dict[Decimal, Decimal] = {}
    for line in lines:
        rate = line.tax_rate.normalize()
        nets[rate] = nets.get(rate, Decimal(0)) + net_of(line, currency)
    with localcontext() as context:
        context.prec = 60
        rows = tuple(
            TaxRow(rate, nets[rate], rounded(nets[rate] * rate / HUNDRED, currency))
            for rate in sorted(nets, reverse=True)
        )
    nought = rounded(Decimal(0), currency)
    return Totals(sum((row.net for row in rows), nought), sum((row.tax for row in rows), nought), rows)


def within_columns(sums: Totals) -> Totals:
    """The same. Raises NotALine for what comes to more than anybody pays."""
    if abs(sums.net) >= MOST_IN_ALL or abs(sums.tax) >= MOST_IN_ALL:
        raise NotALine(_("These lines come to more than can be written down. Look at their quantities and prices."))
    return sums


def refuse_what_is_no_line(line: Priced) -> None:
    """Raises NotALine for amounts that nobody can mean."""
    amounts = (line.quantity, line.unit_price, line.discount_share, line.tax_rate)
    if not all(amount.is_finite() for amount in amounts):
        raise NotALine(_("Write amounts as numbers, such as 12.50."))
    if line.quantity < 0 or line.quantity >= MOST:
        raise NotALine(_("Write a quantity of 0 or more, with at most eleven digits before the point."))
    if abs(line.unit_price) >= MOST:
        raise NotALine(_("Write a price with at most eleven digits before the point."))
    if not 0 <= line.discount_share <= HUNDRED:
        raise NotALine(_("Write a discount from 0 to 100."))
    if not 0 <= line.tax_rate <= HUNDRED:
        raise NotALine(_("Write a tax rate from 0 to 100."))
