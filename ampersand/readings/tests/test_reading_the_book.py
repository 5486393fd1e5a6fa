"""The whole book is read column by column, in parts, and on one day only what changed since it was read."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone
from psycopg import errors

from ampersand.core import version
from ampersand.parties.erasing import erase_party
from ampersand.readings import actions, engines, measured, storing
from ampersand.readings.columns import Columns, joined, parts
from ampersand.readings.making.whole import Made, Making
from ampersand.readings.models import Measure, PastReading, Prior, Reading, Snapshot
from ampersand.readings.rhythm import bank
from ampersand.readings.snapshot import writing
from tests.cast import NOW, Cast, moment

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(minutes=5)
# What changed in the hour before a run is looked at once more by the next one: so far ahead nothing did.
AHEAD = (timezone.now() + timedelta(days=1)).replace(hour=10)


@pytest.fixture
def met(cast: Cast, folder: Path) -> Cast:
    """A book in which two were met often."""
    for days in range(1, 60, 7):
        moment(cast.jane, by=cast.maya, at=NOW - timedelta(days=days))
        moment(cast.leona, by=cast.maya, at=NOW - timedelta(days=days + 1), mode="visit")
    return cast


@pytest.fixture
def fitted(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """An entry each time that the rhythm of the house is fitted."""
    noted: list[None] = []
    fit = bank.fit

    def counted(*values: Any, **named: Any) -> Any:
        noted.append(None)
        return fit(*values, **named)

    monkeypatch.setattr(bank, "fit", counted)
    return noted


def stored() -> dict[Any, dict[str, Any]]:
    """What is stored but for when it was read."""
    rows: list[dict[str, Any]] = [dict(row) for row in Reading.objects.values()]
    return {row["id"]: {name: row[name] for name in row if name not in ("as_of", "as_known_at")} for row in rows}


def quiet(whom: UUID) -> Reading:
    return Reading.objects.get(relationship_id=whom, measure=Measure.QUIET)


def test_columns_are_the_rows_with_each_list_as_one_text() -> None:
    told = Columns.of([{"id": "a", "ids": ["x", "y"], "days": []}, {"id": "b", "ids": None, "days": [3]}])

    assert (len(told), told["ids"], told["days"]) == (2, ["x,y", None], ["", "3"])
    assert list(told.those([False, True]).rows()) == [{"id": "b", "ids": None, "days": "3"}]
    assert (len(Columns.of([])), Columns.of([])["whatever"]) == (0, [])
    assert (joined("x,y", None, "", "z"), parts("x,y"), parts(""), parts(None)) == ("x,y,z", ["x", "y"], [], [])


def test_the_columns_of_an_engine_are_those_of_its_rows(met: Cast) -> None:
    asked = [*measured.every(as_of_day=20_700, currency="EUR"), *measured.between(as_of_day=20_700)]
    with engines.whole_book(as_of=NOW) as book:
        of_rows, told = [Columns.of(rows) for rows in book.rows_of(*asked)], book.columns_of(*asked)

    assert sum(map(len, told)) > 3
    for rows, columns in zip(of_rows, told, strict=True):
        wanted = sorted(rows.rows(), key=lambda row: row["relationship_id"])
        found = sorted(columns.rows(), key=lambda row: row["relationship_id"])
        assert [{name: value or None for name, value in row.items()} for row in found] == [
            {name: value or None for name, value in row.items()} for row in wanted
        ]


def test_read_again_on_the_same_day_what_changed_alone_is_read(met: Cast, fitted: list[None]) -> None:
    actions.read_all(at=AHEAD)
    moment(met.jane, by=met.maya, at=NOW - timedelta(hours=2))

    count = actions.read_all(at=AHEAD + timedelta(minutes=5))

    assert (count, len(fitted), Prior.objects.count()) == (Reading.objects.count(), 1, 1)
    assert quiet(met.with_jane.pk).as_known_at == AHEAD + timedelta(minutes=5)
    assert quiet(met.leona.relationship.pk).as_known_at == AHEAD
    of_what_changed = stored()
    Snapshot.objects.update(read_key=None)
    actions.read_all(at=AHEAD + timedelta(minutes=5))
    assert (len(fitted), stored()) == (2, of_what_changed)


def test_where_nothing_changed_nothing_is_written(met: Cast, fitted: list[None]) -> None:
    actions.read_all(at=AHEAD)
    before = set(Reading.objects.values_list("pk", "as_known_at"))

    count = actions.read_all(at=AHEAD + timedelta(minutes=5))

    assert (count, len(fitted)) == (len(before), 1)
    assert set(Reading.objects.values_list("pk", "as_known_at")) == before


@pytest.mark.parametrize("why", ["another day", "another version", "a run that failed", "a folder that is gone"])
def test_all_is_read_again_after(
    met: Cast, fitted: list[None], why: str, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    actions.read_all(at=NOW)
    at = NOW + timedelta(days=1) if why == "another day" else SOON
    if why == "another version":
        monkeypatch.setattr(version, "number", lambda: "99.0.0")
    if why == "a folder that is gone":
        shutil.rmtree(folder)
    if why == "a run that failed":
        with engines.whole_book(as_of=NOW + timedelta(minutes=1)):
            pass

    actions.read_all(at=at)

    assert len(fitted) == 2
    assert set(Reading.objects.values_list("as_known_at", flat=True)) == {at}


def test_what_is_read_no_more_goes(met: Cast) -> None:
    actions.read_all(at=NOW)
    assert quiet(met.with_jane.pk)
    Reading.objects.create(
        relationship=met.with_jane, measure=Measure.AGREE, rule_version=1, says="agree", as_of=NOW - timedelta(days=1),
        as_known_at=NOW - timedelta(days=1),
    )  # fmt: skip

    actions.read_all(at=NOW + timedelta(days=1))

    assert not Reading.objects.filter(relationship=met.with_jane, measure=Measure.AGREE).exists()


def test_what_was_read_meanwhile_is_fresher_and_stays(met: Cast) -> None:
    actions.read_all(at=NOW)
    actions.read_one(met.with_jane.pk, at=SOON)

    actions.read_all(at=NOW + timedelta(minutes=1))

    assert set(Reading.objects.filter(relationship=met.with_jane).values_list("as_known_at", flat=True)) == {SOON}


@pytest.fixture
def made(met: Cast) -> list[Made]:
    """What is about to be put of Jane and Leona, by a run that has read them."""
    ids = [str(met.with_jane.pk), str(met.leona.relationship.pk)]
    of_both = {"says": ["nobodys_move"] * 2, "count": [1, 1], "rule_version": 1}
    return [Made(measure=Measure.WHOSE_MOVE, relationship_ids=ids, **of_both)]  # type: ignore[arg-type]


def test_who_is_erased_while_the_book_is_read_has_nothing_put(met: Cast, made: list[Made]) -> None:
    with storing.put_in_place(Making.of(NOW)) as put:
        erase_party(met.jane, by=met.ruth, at=timezone.now())
        put(made)

    assert {one.relationship_id for one in Reading.objects.all()} == {met.leona.relationship.pk}


def test_who_is_erased_while_a_past_day_is_read_has_nothing_put(met: Cast, made: list[Made]) -> None:
    on, began = NOW.date() - timedelta(days=9), timezone.now()
    with storing.put_as_of(on, Making.of(NOW), began=began) as put:
        erase_party(met.jane, by=met.ruth, at=timezone.now())
        put(made)

    assert {one.relationship_id for one in PastReading.objects.all()} <= {met.leona.relationship.pk}


def test_each_is_stored_under_the_name_that_it_has_by_itself(met: Cast, made: list[Made]) -> None:
    with storing.put_in_place(Making.of(NOW)) as put:
        assert put(made) == 2

    assert set(Reading.objects.values_list("pk", flat=True)) == {one.pk for one in made[0].readings(Making.of(NOW))}


def test_what_fails_while_it_is_put_is_heard_of(met: Cast) -> None:
    wrong = Made(measure=Measure.QUIET, relationship_ids=["no relationship"], says=["quiet"], count=[1], rule_version=1)

    with (
        pytest.raises(ValueError, match="hexadecimal"),
        transaction.atomic(),
        storing.put_in_place(Making.of(NOW)) as put,
    ):
        put([wrong])

    assert Reading.objects.count() == 0


@pytest.mark.parametrize(
    "sql", ["SELECT 1 / 0", "SELECT 1 / (3 - n) FROM generate_series(1, 9) AS n", "SELECT nothing"]
)
def test_a_copy_that_fails_says_so_and_leaves_the_connection_of_use(sql: str) -> None:
    with pytest.raises(errors.Error), transaction.atomic():
        writing._copy_out(sql, io.BytesIO())

    copied = io.BytesIO()
    assert writing._copy_out("SELECT n, 'a,b' FROM generate_series(1, 2) AS n", copied) == 2
    assert copied.getvalue() == b'1,"a,b"\n2,"a,b"\n'
    assert connection.is_usable()


def every_part(book: Any, only: list[UUID]) -> Iterator[set[str]]:
    for part in book.parts(only):
        (rows,) = part.rows_of(engines.Asked(measured.gaps_until, (("as_of_day", 20_700),)))
        yield {row["relationship_id"] for row in rows}


def test_a_part_of_some_relationships_has_theirs_alone(met: Cast, sliced: None) -> None:
    with engines.whole_book(as_of=NOW) as book:
        found = set().union(*every_part(book, [met.with_jane.pk]))

    assert found == {str(met.with_jane.pk)}
