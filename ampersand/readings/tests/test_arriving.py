"""A state brought on by what arrives is the one worked out anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ampersand.readings import engines
from ampersand.readings.arriving import States, arrive
from ampersand.readings.engines import Asked

WHOLE = ("encounter_count", "first_day", "last_day", "decayed_day")
REAL = ("log_gap_sum", "decayed_30", "decayed_120")
RELATIONSHIPS = 4
# Of somebody's diary: now, long ago, and before anybody counted days.
DAYS = st.one_of(st.integers(20_000, 20_700), st.integers(-30_000, 20_700), st.integers(-700_000, 20_700))
LOTS = st.lists(st.lists(st.tuples(st.integers(0, RELATIONSHIPS - 1), DAYS), max_size=12), max_size=5)


def worked_out(met: set[tuple[int, int]], folder: Path) -> dict[int, dict[str, Any]]:
    """The states of these encounters by the measure, on DuckDB, by place. A meeting is an encounter by itself."""
    contacts = [
        {
            "relationship_id": str(place), "moment_id": f"{place} {day}", "day": day, "at": day * 86_400, "mode": "visit",
            "began": "", "asks_answer": "false", "is_settled": "false",
        }
        for place, day in met
    ]  # fmt: skip
    engine = engines.from_rows(folder, contacts=contacts)
    (rows,) = engine.rows_of(Asked(lambda states: states))
    engine.close()
    return {int(row["relationship_id"]): row for row in rows}


def assert_alike(states: States, met: set[tuple[int, int]], folder: Path) -> None:
    anew = worked_out(met, folder)
    for place in range(RELATIONSHIPS):
        expected = anew.get(place, dict.fromkeys([*WHOLE, *REAL], 0))
        assert [getattr(states, name)[place] for name in WHOLE] == [expected[name] for name in WHOLE]
        for name in REAL:
            assert getattr(states, name)[place] == pytest.approx(expected[name], rel=1e-11, abs=1e-280), name


@settings(max_examples=30)
@given(LOTS)
def test_brought_on_by_what_arrives_it_is_as_worked_out_anew(
    tmp_path_factory: pytest.TempPathFactory, lots: list[list[tuple[int, int]]]
) -> None:
    states, met = States.of_nobody(RELATIONSHIPS), set[tuple[int, int]]()
    for lot in lots:
        latest = {place: max((day for one, day in met if one == place), default=None) for place, _day in lot}
        newer = [(place, day) for place, day in lot if (last := latest[place]) is None or day >= last]
        arrive(states, [place for place, _day in newer], [day for _place, day in newer])
        met |= set(newer)

    assert_alike(states, met, tmp_path_factory.mktemp("rows"))


def test_whose_encounter_lies_before_one_known_is_named_to_be_worked_out_anew() -> None:
    states = States.of_nobody(3)
    arrive(states, [0, 1, 1], [100, 100, 107])

    behind = arrive(states, [1, 0, 1, 2], [103, 100, 110, 5])

    assert behind.tolist() == [1]
    assert states.encounter_count.tolist() == [1, 3, 1]
    assert states.last_day.tolist() == [100, 110, 5]


def test_told_twice_it_counts_once() -> None:
    states = States.of_nobody(1)

    arrive(states, [0, 0, 0], [30, 0, 30])
    behind = arrive(states, [0], [30])

    assert (states.encounter_count.tolist(), behind.tolist()) == ([2], [])
    assert states.decayed_30.tolist() == [1.5]
    assert states.log_gap_sum[0] == pytest.approx(np.log(30 / 7))


def test_nothing_that_arrives_changes_nothing() -> None:
    states = States.of_nobody(2)

    assert arrive(states, [], []).tolist() == []
    assert states.encounter_count.tolist() == [0, 0]
