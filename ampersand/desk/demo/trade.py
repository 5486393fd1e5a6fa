"""What changes hands each month: an order, its delivery, an invoice at the month's end, and its payment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from ampersand.desk.demo import clock, rhythms
from ampersand.desk.demo.book import Book
from ampersand.exchange.models import TransactionKind
from ampersand.parties.models import Party

# Alder, in hundreds of pounds a month: the last 36 whole months, oldest first.
ALDER = (
    21, 23, 26, 24, 25, 27, 28, 29, 30, 36, 37, 38, 39, 39, 40, 38, 34, 33,
    36, 39, 40, 40, 41, 42, 42, 44, 44, 43, 44, 45, 46, 50, 54, 57, 59, 61,
)  # fmt: skip
# Severn Vale orders 38 in 100 more since June: the last five whole months against the months before.
SEVERN_RISE = (1.10, 1.24, 1.34, 1.38)
# What one order comes to, about.
ORDER_POUNDS = 700
# Alder orders a third as much at a time since its grinders changed, and so much more often.
SMALLER_POUNDS, SMALLER_MONTHS_AGO = 230, 5
PAID_LATE_MONTHS_AGO, RENEWED_MONTHS_AGO = 20, 11


@dataclass(frozen=True)
class Account:
    """One organisation that trades with the house, as told in cast.toml."""

    key: str
    party: Party
    told: dict[str, Any]

    def months(self, today: date) -> Iterator[tuple[int, date]]:
        """Whole months of trade with how many months ago they were, oldest first; the running month is 0."""
        for ago in range(min(self.told["since"], 43), self.told.get("until", 0) - 1, -1):
            yield ago, clock.month_start(today, months_ago=ago)


def trade(book: Book, account: Account, random: Random) -> None:
    """The orders, deliveries, invoices and payments of one organisation until yesterday."""
    for number, (ago, month) in enumerate(account.months(book.today), start=1):
        _month(book, account, month, amount(account, ago, month, random), f"{account.key.upper()}-{number:03d}", random)
    if account.key == "alder":
        _renewal(book, account)


def amount(account: Account, months_ago: int, month: date, random: Random) -> Decimal:
    """Pounds in one month: Alder as drawn, the others along their own trend, with their season and some chance."""
    if account.key == "alder" and 1 <= months_ago <= len(ALDER):
        return Decimal(ALDER[-months_ago] * 100)
    first, last = account.told["monthly"]
    along = 1 - months_ago / max(1, account.told["since"])
    value = first + (last - first) * along
    if account.key == "severn":
        value = first + (4600 - first) * along
        value *= SEVERN_RISE[min(3, max(0, 4 - months_ago))] if months_ago <= 4 else 1.0
    if account.key != "alder":
        value *= random.gauss(1, 0.05) / _season(account)(month)
    return Decimal(round(value / 10) * 10)


def _season(account: Account) -> rhythms.Season:
    if account.told.get("term"):
        return rhythms.in_term
    return rhythms.in_summer if account.told.get("summer") else rhythms.all_year


def _month(book: Book, account: Account, month: date, value: Decimal, number: str, random: Random) -> None:
    is_smaller = account.key == "alder" and month >= clock.month_start(book.today, months_ago=SMALLER_MONTHS_AGO)
    count = max(1, round(value / (SMALLER_POUNDS if is_smaller else ORDER_POUNDS)))
    invoiced = clock.working_day_before(clock.month_end(month))
    paid, words = _payment(book, account, month, invoiced, random)
    for place in range(count):
        _order(
            book, account, month + timedelta(days=28 * place // count), value / count, f"{number}-{place + 1}", random
        )
    steps = ((TransactionKind.INVOICE, invoiced, ""), (TransactionKind.PAYMENT, paid, words))
    for kind, on, said in steps:
        if on < book.today:
            book.transaction(account.party, kind, on=on, amount=value, number=number, words=said)


def _order(book: Book, account: Account, begins: date, value: Decimal, number: str, random: Random) -> None:
    """One order and its delivery; whoever buys more orders more often."""
    ordered = clock.working_day_after(begins + timedelta(days=random.randint(0, 3)))
    delivered = clock.working_day_after(ordered + timedelta(days=random.randint(1, 4)))
    steps: tuple[tuple[str, date, Decimal | None], ...] = (
        (TransactionKind.ORDER, ordered, round(value, 2)),
        (TransactionKind.DELIVERY, delivered, None),
    )
    for kind, on, worth in steps:
        if on < book.today:
            book.transaction(account.party, kind, on=on, amount=worth, number=number)


def _payment(book: Book, account: Account, month: date, invoiced: date, random: Random) -> tuple[date, str]:
    if account.key == "alder" and month == clock.month_start(book.today, months_ago=PAID_LATE_MONTHS_AGO):
        return clock.working_day_after(invoiced + timedelta(days=35)), "paid three weeks late, and said so first"
    return clock.working_day_after(invoiced + timedelta(days=random.randint(9, 19))), ""


def _renewal(book: Book, account: Account) -> None:
    on = clock.working_day_after(clock.month_start(book.today, months_ago=RENEWED_MONTHS_AGO) + timedelta(days=10))
    book.transaction(account.party, TransactionKind.RENEWAL, on=on, number="ALDER-R2", words="renewed for two years")
