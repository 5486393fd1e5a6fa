"""What the two strips and the line above them say of trade, and since when."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from ampersand.desk.pages.two_strips import StripDay, StripMark, StripMonth, TwoStrips
from ampersand.desk.relationship import relationship_page
from ampersand.desk.templatetags.months import month_rows
from ampersand.desk.two_strips import _trade_ends
from ampersand.exchange import actions as exchange
from ampersand.parties.actions import Teller
from tests import cast as people
from tests.cast import NOW, Cast

TODAY = date(2026, 10, 9)


def of(*months: tuple[int, int, int]) -> dict[date, Decimal]:
    return {date(year, month, 1): Decimal(amount) for year, month, amount in months}


@pytest.mark.parametrize(
    ("trade", "says"),
    [
        (of((2025, 3, 1250)), ("£1,250 in Mar 2025", "")),
        (of((2025, 3, 1250), (2025, 6, 1250)), ("£1,250 in Mar 2025", "£1,250 in Jun 2025")),
        (of((2025, 3, 0), (2026, 8, 900), (2026, 9, 1250)), ("£900 a month", "£1,250 a month")),
        (of((2026, 8, 1250), (2026, 9, 1250)), ("£1,250 a month", "")),
        (of((2026, 1, 900), (2026, 2, 1250)), ("£900 a month", "£1,250 in Feb 2026")),
        (of((2026, 10, 1250)), ("", "")),
    ],
)
def test_the_sum_of_a_month_is_said_where_there_is_one(trade: dict[date, Decimal], says: tuple[str, str]) -> None:
    assert _trade_ends(trade, "GBP", today=TODAY) == says


def since(cast: Cast) -> str:
    page = relationship_page(cast.alder.relationship, member=cast.maya, at=NOW)
    return next(clause.words for clause in page.standing if "since" in clause.words)


@pytest.mark.django_db
def test_between_you_since_the_earliest_of_contact_trade_and_becoming_known(cast: Cast) -> None:
    known_at: datetime = cast.alder.relationship.known_at
    assert since(cast) == f"Between you since {known_at:%B %Y}."

    people.moment(cast.jane, by=cast.maya, at=known_at - timedelta(days=70))
    people.moment(cast.alder, by=cast.maya, mode="mail", roles=["copy"], at=known_at - timedelta(days=2000))
    assert since(cast) == f"Between you since {known_at - timedelta(days=70):%B %Y}."

    exchange.tell_transaction(
        party=cast.alder,
        kind="order",
        happened_on=known_at.date() - timedelta(days=400),
        amount=Decimal(100),
        currency="GBP",
        number="",
        words="",
        teller=Teller(at=NOW, by=cast.maya),
    )
    assert since(cast) == f"Between you since {known_at - timedelta(days=400):%B %Y}."


@pytest.mark.django_db
def test_the_page_says_since_when(client: Client, cast: Cast) -> None:
    client.force_login(cast.maya)

    page = client.get(reverse("desk:relationship", args=[cast.alder.relationship.pk])).content.decode()

    assert "Between you since September 2025." in page


def test_a_month_is_a_row_in_which_what_people_wrote_is_text() -> None:
    mark = StripMark(date(2026, 3, 9), '<b>"Spring" & rain</b>')
    months = (
        StripMonth(month=date(2026, 2, 1), contact=0.5),
        StripMonth(
            month=date(2026, 3, 1),
            contact=1 / 3,
            days=(StripDay(date(2026, 3, 9), "ours"),),
            trade=Decimal(1200),
            marks=(mark,),
            trade_marks=(mark,),
        ),
    )

    empty, full = month_rows(
        TwoStrips(label="", today=date(2026, 3, 10), months=months, ahead=(), currency="GBP")
    ).splitlines()

    says = "&lt;b&gt;&quot;Spring&quot; &amp; rain&lt;/b&gt;"
    assert empty == (
        '<tr data-month="2026-02-01" data-contact="0.5000" data-days="">'
        '<th scope="row"><time datetime="2026-02">Feb 2026</time></th><td></td><td></td></tr>'
    )
    assert full == (
        '<tr data-month="2026-03-01" data-contact="0.3333" data-days="9o" data-trade="1200.00">'
        '<th scope="row"><time datetime="2026-03">Mar 2026</time></th>'
        f'<td>1 <span data-mark="2026-03-09">{says}</span></td>'
        f'<td><span data-amount>£1,200</span> <span data-trade-mark="2026-03-09">{says}</span></td></tr>'
    )
