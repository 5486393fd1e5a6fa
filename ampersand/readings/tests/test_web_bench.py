"""What the benchmark of the web measures: the nets beside the project, and webs that are made."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ampersand.readings.web.arrays import woven
from benchmarks import web


@pytest.mark.shared_data
def test_the_strength_of_a_tie_tells_who_meets_again(shared_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert web.bars(shared_data) is False
    rows = [line.split(" | ") for line in capsys.readouterr().out.splitlines()[2:]]
    assert [row[0].strip("| ") for row in rows] == ["students"] * 2 + ["EU mail"] * 2 + ["Enron"] * 2
    assert all(float(row[4]) > float(row[7]) for row in rows)  # than the count of messages


def test_without_the_nets_nothing_is_said_to_be_missed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert web.bars(tmp_path) is False
    assert "nothing was measured" in capsys.readouterr().out


def test_a_made_web_is_the_same_each_time_and_leads_nowhere_outside() -> None:
    tails, heads, strengths = web.made(1_000)
    again = web.made(1_000)
    assert all(np.array_equal(one, other) for one, other in zip((tails, heads, strengths), again, strict=True))
    made = woven(tails, heads, strengths, count=1_000)
    assert len(made) == 1_000
    assert 5_000 < made.arc_count < len(tails) == 20_000


def test_who_came_is_told_apart_as_often_as_they_stand_before_who_did_not() -> None:
    met = np.array([True, False, True, False])
    assert web.told_apart(np.array([4.0, 1.0, 3.0, 2.0]), met) == 1.0
    assert web.told_apart(np.array([1.0, 1.0, 1.0, 1.0]), met) == 0.5
    assert web.told_apart(np.array([1.0, 4.0, 2.0, 3.0]), met) == 0.0
