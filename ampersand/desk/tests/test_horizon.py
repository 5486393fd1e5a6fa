"""To the right of today: days by their own rhythm, each further one less sure, and months by their own seasons."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ampersand.desk.horizon import DAYS_MAX, days_by_rhythm, months_by_season
from ampersand.desk.pages.two_strips import ExpectedDay, ExpectedMonth, TwoStrips
from ampersand.desk.templatetags.months import expected_rows
from ampersand.exchange import actions as exchange
from ampersand.parties.actions import Teller
from ampersand.readings.models import Measure, Reading
from tests.cast import Cast
from tests.laws.looking import client_of

TODAY = date(2026, 10, 6)
UNTIL = TODAY + timedelta(days=183)
FIRST = ExpectedDay(TODAY + timedelta(days=10), TODAY + timedelta(days=6), TODAY + timedelta(days=18))


def test_days_follow_at_the_usual_gap_and_their_ranges_widen() -> None:
    days = days_by_rhythm(FIRST, gap_days=19, until=UNTIL)

    assert days[0] == FIRST
    assert {(later.on - sooner.on).days for sooner, later in pairwise(days)} == {19}
    widths = [(day.high_on - day.on).days for day in days]
    assert widths == sorted(widths)
    assert widths[3] == 2 * widths[0]
    assert days[-1].on <= UNTIL
    assert min(day.low_on for day in days) == FIRST.low_on


@pytest.mark.parametrize(("gap_days", "count"), [(400, 1), (0, 1), (0.2, 1), (1, DAYS_MAX)])
def test_gaps_of_years_and_of_no_day_at_all_end_the_row(gap_days: float, count: int) -> None:
    assert len(days_by_rhythm(FIRST, gap_days=gap_days, until=UNTIL)) == count


def trade(years: dict[int, int], *, month: int = 11) -> dict[date, Decimal]:
    return {date(year, month, 1): Decimal(amount) for year, amount in years.items()}


def test_a_month_ahead_is_the_middle_of_what_the_same_month_brought() -> None:
    months = months_by_season(trade({2023: 900, 2024: 1000, 2025: 1700}), today=TODAY)

    assert months[0] == ExpectedMonth(date(2026, 11, 1), Decimal(1000), Decimal(900), Decimal(1700))


def test_of_a_month_with_one_other_year_alone_nothing_is_expected() -> None:
    assert months_by_season(trade({2024: 1000}), today=TODAY)[0].amount == 500
    assert months_by_season(trade({2025: 1700}), today=TODAY) == ()


def test_a_month_without_trade_since_it_began_brought_nothing() -> None:
    (november,) = months_by_season(trade({2023: 900, 2025: 300}), today=TODAY)

    assert november == ExpectedMonth(date(2026, 11, 1), Decimal(300), Decimal(0), Decimal(900))


@pytest.mark.parametrize("told", [{}, {date(2025, 3, 1): Decimal(0)}])
def test_without_trade_no_month_is_expected(told: dict[date, Decimal]) -> None:
    assert months_by_season(told, today=TODAY) == ()


def test_what_is_expected_stands_in_the_table_with_where_it_comes_from() -> None:
    season = (ExpectedMonth(date(2026, 11, 1), Decimal(1000), Decimal(900), Decimal(1700)),)
    strips = TwoStrips(
        "", TODAY, (), (), currency="GBP", expected=(FIRST,), expected_says="your usual rhythm", season=season,
        season_says="other <years>",
    )  # fmt: skip

    rows = BeautifulSoup(expected_rows(strips), "html.parser").select("tr")

    assert rows[0].text == "Fri 16about Fri 16, Mon 12 to 24 Oct: your usual rhythm"
    assert rows[1].text == "Nov 2026about £1,000, £900 to £1,700: other <years>"
    assert (rows[0]["data-on"], rows[1]["data-season"]) == ("2026-10-16", "2026-11-01")


def quiet(cast: Cast, says: str, *, last_days: int) -> None:
    now = timezone.now()
    Reading.objects.create(
        relationship=cast.with_jane, measure=Measure.QUIET, rule_version=1, says=says, value=last_days, low=9, high=30,
        usual=19, unit="days", count=12, since_on=timezone.localdate() - timedelta(days=last_days), as_of=now,
        as_known_at=now,
    )  # fmt: skip


@pytest.mark.django_db
def test_the_reading_of_when_next_comes_before_the_middle_of_the_gaps(cast: Cast) -> None:
    quiet(cast, "in_rhythm", last_days=4)
    now = timezone.now()
    Reading.objects.create(
        relationship=cast.with_jane, measure=Measure.NEXT, rule_version=1, says="expected", value=11, low=3, high=40,
        unit="days", count=12, as_of=now, as_known_at=now,
    )  # fmt: skip
    exchange.tell_transaction(
        party=cast.jane, kind="invoice", happened_on=timezone.localdate(), amount=Decimal(900), currency="GBP",
        number="R-1", words="", teller=Teller(timezone.now(), cast.maya),
    )  # fmt: skip

    page = client_of(cast.maya).get(reverse("desk:relationship", args=[cast.with_jane.pk])).content.decode()

    first = BeautifulSoup(page, "html.parser").select_one("[data-part=expected] tr")
    assert first is not None
    assert [first["data-low"], first["data-on"], first["data-high"]] == [
        (timezone.localdate() + timedelta(days=days)).isoformat() for days in (3, 11, 40)
    ]


def expected(client: Client, cast: Cast) -> list[str]:
    page = client.get(reverse("desk:relationship", args=[cast.with_jane.pk])).content.decode()
    return [row.text for row in BeautifulSoup(page, "html.parser").select("[data-part=expected] tr")]


@pytest.mark.django_db
@pytest.mark.parametrize("says", ["quiet", "too_early", "in_rhythm"])
def test_only_a_relationship_in_its_rhythm_has_days_ahead(cast: Cast, says: str) -> None:
    quiet(cast, says, last_days=4)
    for years in (1, 2):
        exchange.tell_transaction(
            party=cast.jane, kind="invoice", happened_on=timezone.localdate() - timedelta(days=365 * years - 20),
            amount=Decimal(900), currency="GBP", number=f"R-{years}", words="", teller=Teller(timezone.now(), cast.maya),
        )  # fmt: skip

    rows = expected(client_of(cast.maya), cast)

    assert any("your usual rhythm, every 19 days" in row for row in rows) == (says == "in_rhythm")
    assert any("what this season brought in other years" in row for row in rows) == (says == "in_rhythm")


@pytest.mark.django_db
def test_a_day_that_passed_is_not_expected_again(cast: Cast) -> None:
    quiet(cast, "in_rhythm", last_days=25)
    exchange.tell_transaction(
        party=cast.jane, kind="invoice", happened_on=timezone.localdate(), amount=Decimal(900), currency="GBP",
        number="R-1", words="", teller=Teller(timezone.now(), cast.maya),
    )  # fmt: skip

    page = client_of(cast.maya).get(reverse("desk:relationship", args=[cast.with_jane.pk])).content.decode()

    first = BeautifulSoup(page, "html.parser").select_one("[data-part=expected] tr")
    assert first is not None
    today = timezone.localdate()
    assert [first["data-low"], first["data-on"], first["data-high"]] == [
        (today + timedelta(days=days)).isoformat() for days in (0, 1, 5)
    ]
