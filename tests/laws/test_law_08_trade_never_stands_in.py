"""Law 8. Transactions never stand in for the relationship: two labelled strips, and no reading that rests on trade."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from ampersand.desk.today import today_page
from ampersand.exchange import actions as exchange
from ampersand.exchange.models import Transaction, TransactionKind
from ampersand.parties.actions import Teller
from ampersand.parties.models import Party
from ampersand.readings import actions as readings
from ampersand.readings import engines, measured
from ampersand.readings.models import Measure, Reading
from ampersand.readings.sources import SOURCES
from ampersand.timeline import actions as timeline
from ampersand.timeline.actions import Happening, Taker
from ampersand.timeline.models import Mode
from tests.cast import Cast, organisation, person
from tests.laws.looking import page_of, part, read, relationship_page

pytestmark = pytest.mark.django_db

AT = timezone.now()


def trade(party: Party, cast: Cast, *, times: int, every: int = 9) -> None:
    for number in range(times):
        exchange.tell_transaction(
            party=party,
            kind=[*TransactionKind][number % len(TransactionKind)],
            happened_on=(AT - timedelta(days=number * every)).date(),
            amount=Decimal(1000 + number),
            currency="GBP",
            number=f"{party.name} {number}",
            teller=Teller(at=AT, by=cast.maya),
        )


def visits(party: Party, cast: Cast, *, times: int, every: int = 21) -> None:
    for number in range(times):
        at = AT - timedelta(days=(number + 3) * every)
        takers = [Taker(cast.maya.party), Taker(party)]
        timeline.tell(
            Happening(mode=Mode.VISIT, happened_at=at, zone="UTC", takers=takers), teller=Teller(at=at, by=cast.maya)
        )


def all_readings() -> list[dict[str, Any]]:
    """Every stored reading with all it says, but for its own id, and but for whether trade and relationship are in tune."""
    readings.read_all(at=AT)
    left_out = ("id",)
    columns = [one.attname for one in Reading._meta.concrete_fields if one.attname not in left_out]
    return list(Reading.objects.exclude(measure=Measure.TUNE).order_by("relationship_id", "measure").values(*columns))


def test_no_reading_changes_when_trade_comes_or_goes(cast: Cast) -> None:
    visits(cast.jane, cast, times=9)
    visits(person("No Trade At All"), cast, times=7, every=30)
    before = all_readings()

    trade(cast.jane, cast, times=40)
    trade(cast.alder, cast, times=40)
    with_trade = all_readings()
    Transaction.objects.all().delete()
    after = all_readings()

    assert before == with_trade == after
    assert len(before) == 3


def test_trade_alone_yields_no_reading_at_all(cast: Cast) -> None:
    buyer = organisation("Only Buys")
    trade(buyer, cast, times=60)

    assert all_readings() == []
    assert not Reading.objects.exists()


def test_purchases_alone_of_whatever_kind_say_nothing_of_a_relationship(cast: Cast, tmp_path: Path) -> None:
    dice, today = Random(8), (AT.date() - date(1970, 1, 1)).days
    bought = [
        {
            "relationship_id": str(UUID(int=number)),
            "transaction_id": str(UUID(int=dice.getrandbits(128))),
            "day": today - dice.randint(-30, 2_500),
            "kind": dice.choice(TransactionKind.values),
            "amount": dice.choice([0.0, -40.0, 0.01, 1e9, dice.uniform(1, 900)]),
            "currency": dice.choice(["GBP", "EUR", ""]),
        }
        for number in range(300)
        for _purchase in range(dice.choice([1, 5, 40, 200]))
    ]
    nothing: dict[str, list[dict[str, Any]]] = {name: [] for name in SOURCES}
    engine = engines.from_rows(tmp_path, **{**nothing, "trade": bought})

    said = readings.made(engine, at=AT)

    assert len({row["relationship_id"] for row in bought}) == 300
    assert said == []


def test_what_is_read_of_trade_rests_on_the_relationship_too() -> None:
    asked = [*measured.every(as_of_day=20_000, currency="GBP"), *measured.between(as_of_day=20_000)]

    of_trade = {one.measure.__name__: set(one.reads) for one in asked if "trade" in one.reads}

    # The second lists which purchases the first counted, and says nothing by itself.
    assert of_trade == {
        "trade_and_talk_by_week": {"contacts", "promises", "concessions", "trade"},
        "latest_trade": {"trade"},
    }


def test_trade_however_much_is_in_tune_with_nothing(cast: Cast) -> None:
    trade(cast.alder, cast, times=120, every=7)
    visits(cast.alder, cast, times=2)
    readings.read_all(at=AT)

    assert Reading.objects.get(relationship=cast.alder.relationship, measure=Measure.TUNE).says == "too_early"


def test_who_asks_for_attention_and_in_what_order_does_not_follow_trade(cast: Cast) -> None:
    visits(cast.jane, cast, times=9)
    visits(cast.alder, cast, times=9, every=30)
    readings.read_all(at=AT)
    before = today_page(cast.maya, at=AT).tend

    trade(cast.jane, cast, times=40)
    readings.read_all(at=AT)

    after = today_page(cast.maya, at=AT).tend
    assert [(row.name, row.life) for row in before] == [(row.name, row.life) for row in after]
    assert before


def test_neither_strip_follows_the_other(cast: Cast) -> None:
    visits(cast.alder, cast, times=7)
    untraded = columns(relationship_page(cast.maya, cast.alder.relationship))
    trade(cast.alder, cast, times=12)
    traded = columns(relationship_page(cast.maya, cast.alder.relationship))
    visits(cast.alder, cast, times=9, every=40)
    visited = columns(relationship_page(cast.maya, cast.alder.relationship))

    assert [row[:2] for row in untraded] == [row[:2] for row in traded]
    assert [row[2:] for row in traded] == [row[2:] for row in visited]
    assert untraded != traded != visited


def columns(markup: str) -> list[list[str]]:
    """Of each month: what is told and what is drawn of contact, and then of trade."""
    months = BeautifulSoup(markup, "html.parser").select("two-strips tbody[data-part=past] tr")
    told = [[cell.get_text(" ", strip=True) for cell in month.find_all("td")] for month in months]
    drawn = [
        (f"{month.get('data-contact')} {month.get('data-days')}", str(month.get("data-trade", ""))) for month in months
    ]
    return [[contact, between, traded, line] for (contact, traded), (between, line) in zip(told, drawn, strict=True)]


def test_the_list_of_relationships_has_a_named_column_for_each(cast: Cast) -> None:
    visits(cast.alder, cast, times=7)
    trade(cast.alder, cast, times=12)
    readings.read_all(at=AT)

    soup = BeautifulSoup(page_of(cast.maya, "relationships"), "html.parser")

    names = [heading.get_text(strip=True) for heading in soup.select("table.index thead th")]
    row = next(row for row in soup.select("table.index tbody tr") if "Alder" in row.get_text())
    cells = dict(zip(names, (cell.get_text(" ", strip=True) for cell in row.find_all("td")), strict=True))
    assert [name for name, told in cells.items() if "£" in told] == ["Trade a month"]
    assert "£" not in cells["How it looks"] + cells["Last in touch"]
    assert cells["Last in touch"]


def test_both_strips_carry_their_labels(cast: Cast) -> None:
    visits(cast.alder, cast, times=7)
    trade(cast.alder, cast, times=12)

    markup = relationship_page(cast.maya, cast.alder.relationship)

    drawing = BeautifulSoup(markup, "html.parser").select_one("two-strips")
    assert drawing is not None
    assert (drawing["data-between"], drawing["data-trade"]) == ("between you", "trade")
    assert list(headings(markup)) == ["Month", "Days in touch", "Trade"]


def test_trade_of_their_organisation_is_called_its_own_on_the_page_of_a_person(cast: Cast) -> None:
    visits(cast.jane, cast, times=7)
    trade(cast.alder, cast, times=12)

    markup = relationship_page(cast.maya, cast.with_jane)

    assert list(headings(markup)) == ["Month", "Days in touch", "trade of Alder Hotels"]


def test_where_no_trade_is_known_the_page_says_so_and_draws_none(cast: Cast) -> None:
    visits(cast.jane, cast, times=7)

    drawing = part(relationship_page(cast.maya, cast.with_jane), "two-strips")

    assert "no trade is known" in read(drawing)
    assert 'data-trade="' not in drawing.split("<tbody")[1]


def headings(markup: str) -> Iterator[str]:
    for cell in BeautifulSoup(markup, "html.parser").select("two-strips thead th"):
        yield cell.get_text(strip=True)
