"""What the book says of anybody is kept with its day, and a day is read with what was believed then."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from ampersand.readings import actions, keeping
from ampersand.readings.engines import from_rows
from ampersand.readings.fitted import Fitted
from ampersand.readings.making.whole import Making
from ampersand.readings.models import Prior
from ampersand.readings.rhythm import next_gap
from tests.cast import NOW, Cast, moment

pytestmark = pytest.mark.django_db

PEOPLE = 40


def a_house_that_meets(every: int) -> list[dict[str, object]]:
    """Forty relationships, all visited every so many days, give or take, for two years."""
    last = Making.of(NOW).as_of_day
    return [
        {
            "relationship_id": f"00000000-0000-7000-8000-{number:012d}", "moment_id": f"{number:08d}-0000-7000-8000-{day:012d}",
            "day": last - number % every - day, "at": day, "mode": "visit", "began": "", "asks_answer": "false",
            "is_settled": "false",
        }
        for number in range(PEOPLE)
        for day in range(0, 730, every)
    ]  # fmt: skip


def fitted_to(folder: Path, *, every: int) -> Fitted:
    folder.mkdir(exist_ok=True)
    return Fitted.to(from_rows(folder, contacts=a_house_that_meets(every), promises=[]), Making.of(NOW))


def test_each_reading_of_the_book_adds_what_it_believed_and_changes_nothing(cast: Cast, folder: Path) -> None:
    moment(cast.jane, by=cast.maya)
    actions.read_all(at=NOW - timedelta(days=1))
    (before,) = Prior.objects.values()

    actions.read_all(at=NOW)

    assert Prior.objects.count() == 2
    assert Prior.objects.values().get(pk=before["id"]) == before


def test_a_day_is_read_with_what_was_believed_until_then() -> None:
    for days_ago in (10, 5):
        prior = next_gap.Prior(r=1 / days_ago)
        Prior.objects.create(
            as_of=NOW - timedelta(days=days_ago), kept={"ours": {"kept": float(days_ago), "not_kept": 1.0}},
            gaps=asdict(prior),
        )  # fmt: skip

    believed = [Fitted.known_at(NOW - timedelta(days=days)) for days in (0, 5, 6, 11)]

    assert [one.gaps.r for one in believed] == [1 / 5, 1 / 5, 1 / 10, next_gap.Prior().r]
    assert [one.kept[True].kept for one in believed] == [5, 5, 10, keeping.Prior().kept]
    assert believed[0].kept[False] == keeping.Prior()


def test_what_was_believed_before_bursts_were_looked_for_is_read_as_it_was() -> None:
    Prior.objects.create(
        as_of=NOW, gaps={"r": 1.0, "alpha": 7.0, "weights": [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.4]}, kept={}
    )

    believed = Fitted.known_at(NOW).gaps

    assert dict(zip(believed.regularities, believed.weights, strict=True))[12] == 0.4
    assert 0.5 not in believed.regularities


def test_what_is_stored_is_what_the_book_is_read_with(tmp_path: Path) -> None:
    fitted = fitted_to(tmp_path, every=14)

    stored = Fitted.known_at(NOW)

    assert stored.contact.fitted_count == PEOPLE
    assert (stored.gaps, stored.kept) == (fitted.gaps, fitted.kept)
    np.testing.assert_array_equal(stored.contact.prior, fitted.contact.prior)


def test_a_house_that_meets_often_believes_in_often(tmp_path: Path) -> None:
    weekly, quarterly = (fitted_to(tmp_path / str(every), every=every).contact for every in (7, 90))

    rates = [(one.prior.sum(axis=(0, 2)) * one.grid.rates).sum() for one in (weekly, quarterly)]

    assert rates[0] > 3 * rates[1]
