"""The same readings from Apache Spark: on this machine, and on a cluster of two workers."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pytest
from django.conf import settings

from ampersand.readings import engines, measured
from ampersand.readings.engines import Asked
from ampersand.readings.measures.ties import observed_ties
from ampersand.readings.sources import SOURCES
from ampersand.readings.sources.derived import DERIVED
from ampersand.readings.tests.test_engines_agree import AT, a_book_by_lot

pytestmark = [pytest.mark.long, pytest.mark.django_db, pytest.mark.xdist_group("spark")]
fixtures = (a_book_by_lot,)
AS_OF_DAY = 20_732
# A measure says by its argument what it reads.
AS_THEY_LIE: list[Callable[..., ir.Table]] = [
    lambda contacts: contacts,
    lambda promises: promises,
    lambda concessions: concessions,
    lambda trade: trade,
    lambda pulses: pulses,
    lambda in_touch: in_touch,
    lambda encounters: encounters,
    lambda states: states,
]


@pytest.fixture
def everything_asked() -> list[Asked]:
    """Every measure, and every table as it lies."""
    tables = [Asked(as_it_lies) for as_it_lies in AS_THEY_LIE]
    assert [one.reads for one in tables] == [(name,) for name in (*SOURCES, *DERIVED)]
    ties = Asked(observed_ties, (("as_of_day", AS_OF_DAY),))
    return [*measured.every(as_of_day=AS_OF_DAY, currency="GBP"), *measured.between(as_of_day=AS_OF_DAY), ties, *tables]


def _read(engine: str, asked: list[Asked], *, at: datetime = AT) -> list[list[dict[str, Any]]]:
    with engines.whole_book(as_of=at, engine=engine) as chosen:
        return chosen.rows_of(*asked)


def _of_parts(engine: str, asked: list[Asked]) -> list[list[dict[str, Any]]]:
    rows: list[list[dict[str, Any]]] = [[] for _one in asked]
    with engines.whole_book(as_of=AT, engine=engine) as chosen:
        for part in chosen.parts():
            for of_all, of_part in zip(rows, part.rows_of(*asked), strict=True):
                of_all += of_part
    return rows


def _is_like(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_is_like, one, other))
    if isinstance(one, float) or isinstance(other, float):
        return one is not None and other is not None and math.isclose(one, other, rel_tol=1e-12, abs_tol=1e-300)
    return bool(one == other or (not one and not other))


def _differ(rows: list[dict[str, Any]], others: list[dict[str, Any]]) -> list[tuple[Any, Any]]:
    """The rows that are not alike, beside each other in an order that a last digit does not change."""
    ordered = [sorted(each, key=_without_fractions) for each in (rows, others)]
    pairs = list(zip(*ordered, strict=True))
    return [(one, other) for one, other in pairs if not all(_is_like(one[name], other[name]) for name in one)]


def _without_fractions(row: dict[str, Any]) -> str:
    return str([str(value) for value in row.values() if not isinstance(value, float)])


@pytest.mark.parametrize("master", ["local[2]", "local-cluster[2,1,1024]"])
def test_spark_reads_the_same_of_the_book(
    a_book_by_lot: None,
    everything_asked: list[Asked],
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    master: str,
) -> None:
    monkeypatch.setattr(settings, "SPARK_MASTER", master)
    on_duckdb = _read("duckdb", everything_asked)

    on_spark = _read("spark", everything_asked)

    for asked, rows, same in zip(everything_asked, on_duckdb, on_spark, strict=True):
        assert _differ(rows, same) == [], asked.measure.__name__


def test_spark_reads_the_same_in_parts(
    a_book_by_lot: None, monkeypatch: pytest.MonkeyPatch, sliced: None, folder: Path
) -> None:
    monkeypatch.setattr(settings, "SPARK_MASTER", "local[2]")
    monkeypatch.setattr(engines, "PART", 5)
    asked = [Asked(as_it_lies) for as_it_lies in AS_THEY_LIE[-2:]]

    at_once, in_parts = _read("duckdb", asked), _of_parts("spark", asked)

    assert [_differ(rows, again) for rows, again in zip(at_once, in_parts, strict=True)] == [[], []]
