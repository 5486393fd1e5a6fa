"""One expression, several engines: every measure answers alike over the same book, on PostgreSQL and on DuckDB."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from typing import Any

import pytest

from ampersand.parties.models import Relationship
from ampersand.readings import actions, engines, measured
from ampersand.readings.models import Measure, Reading
from ampersand.readings.tests import by_lot

AT = datetime(2026, 10, 6, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def a_book_by_lot() -> None:
    by_lot.a_book(at=AT)


def test_every_measure_answers_alike_on_both_engines(a_book_by_lot: None) -> None:
    asked = [*measured.every(as_of_day=20_732, currency="GBP"), *measured.between(as_of_day=20_732)]
    on_postgres = engines.OnPostgres(as_of=AT).rows_of(*asked)
    with engines.whole_book(as_of=AT) as engine:
        on_duckdb = engine.rows_of(*asked)

    for one, rows, same in zip(asked, on_postgres, on_duckdb, strict=True):
        assert len(rows) > 3, one.measure.__name__
        assert _sorted(rows) == _sorted(same), one.measure.__name__


def _sorted(rows: list[dict[str, Any]]) -> list[str]:
    """The rows in an order of their own, floats to twelve digits, lists that are empty as none."""
    return sorted(json.dumps({name: _told(value) for name, value in row.items()}, sort_keys=True) for row in rows)


def _told(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = float(value)
        return 0.0 if number == 0 else round(number, 12 - 1 - math.floor(math.log10(abs(number))))
    return [str(one) for one in value] if isinstance(value, list) and value else value or None


def test_the_same_readings_are_stored_of_the_book_and_of_each_relationship(a_book_by_lot: None) -> None:
    actions.read_all(at=AT)
    of_the_book = _stored()
    for relationship in Relationship.objects.all():
        actions.read_one(relationship.pk, at=AT)

    assert _stored() == of_the_book
    assert {json.loads(row["measure"]) for row in of_the_book.values()} == set(Measure.values)


def _stored() -> dict[Any, dict[str, Any]]:
    rows: dict[Any, dict[str, Any]] = {row["id"]: dict(row) for row in Reading.objects.values()}
    return {
        pk: {name: json.dumps(_deep(value), default=str) for name, value in row.items()} for pk, row in rows.items()
    }


def _deep(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _deep(one) for name, one in value.items()}
    return [_deep(one) for one in value] if isinstance(value, list) else _told(value)
