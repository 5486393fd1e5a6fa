"""Learning from many, and the same pairs from Spark."""

from __future__ import annotations

from pathlib import Path

import pytest

from ampersand.parties.doubles import finding, writing
from benchmarks.doubles import f1_of, made_people


def test_what_cannot_be_learnt_of_one_block_is_left_to_the_others(tmp_path: Path) -> None:
    # Among these hardly two share a birthday, and Splink gives up on it half-way.
    people = tmp_path / "left.jsonl"
    writing.write(made_people(5_000), people)

    found = list(finding.find([people], kind="person"))

    hits = sum(pair.left.partition(".")[0] == pair.right.partition(".")[0] for pair in found)
    assert f1_of(hits, len(found), 250)[0] > 0.98


@pytest.mark.long
def test_spark_finds_the_same_pairs_as_duckdb(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="bin/test --long brings Spark.")
    people = tmp_path / "left.jsonl"
    writing.write(made_people(5_000), people)

    here = list(finding.find([people], kind="person"))
    there = list(finding.find([people], kind="person", engine="spark"))

    assert [(pair.left, pair.right, pair.reasons) for pair in sorted(here, key=_ends)] == [
        (pair.left, pair.right, pair.reasons) for pair in sorted(there, key=_ends)
    ]
    assert [pair.probability for pair in sorted(here, key=_ends)] == pytest.approx(
        [pair.probability for pair in sorted(there, key=_ends)], rel=1e-9
    )


def _ends(pair: finding.Pair) -> tuple[str, str]:
    return pair.left, pair.right
