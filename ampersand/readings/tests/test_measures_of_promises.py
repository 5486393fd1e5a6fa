"""What became of promises, against rows small enough to do by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ampersand.readings import engines
from ampersand.readings.measures import promised

JANE = "01a00000-0000-7000-8000-000000000001"
TODAY = 20_000


def promise(number: int, due: int | None, became: str = "", **fields: Any) -> dict[str, Any]:
    """A promise of ours that falls due so many days from today (before today: negative)."""
    due_day = None if due is None else TODAY + due
    settled = {"became_day": TODAY + (due or 0)} if became else {}
    told = {
        "relationship_id": JANE, "promise_id": f"p{number:02}", "is_ours": True, "room": "ours",
        "made_day": TODAY + (due or 0) - 10, "due_day": due_day, "moved_count": 0, "done_day": None, "became": became,
        "became_day": None, "voice": "own" if became else "", "kind": "other",
    }  # fmt: skip
    return {**told, **settled, **fields}


def read(measure: Any, rows: list[dict[str, Any]], folder: Path, **values: int) -> list[dict[str, Any]]:
    engine = engines.from_rows(folder, promises=rows)
    try:
        return engine.rows_of(engines.Asked(measure, tuple({"as_of_day": TODAY, **values}.items())))[0]
    finally:
        engine.close()


@pytest.mark.parametrize(
    ("one", "outcome", "day"),
    [
        (promise(1, -20, "kept"), "kept", -20),
        (promise(1, 5, "kept", became_day=TODAY - 3), "kept", -3),
        (promise(1, -20, "partly"), "partly", -20),
        (promise(1, -20, done_day=TODAY - 25), "unconfirmed", -25),
        (promise(1, -20, done_day=TODAY - 2), "unconfirmed", -20),
        (promise(1, -8), "late", -8),
        (promise(1, -7), "open", -7),
        (promise(1, 7), "open", 7),
        (promise(1, None), "open", None),
        (promise(1, None, "not_kept", became_day=TODAY - 4), "not_kept", -4),
    ],
)
def test_what_became_of_a_promise_is_what_its_receiver_says_or_silence(
    one: dict[str, Any], outcome: str, day: int | None, tmp_path: Path
) -> None:
    [row] = read(promised.outcomes, [one], tmp_path)

    assert (row["outcome"], row["day"] and row["day"] - TODAY) == (outcome, day)


@pytest.mark.parametrize("became", ["released", "withdrawn", "declined"])
def test_what_was_let_go_by_agreement_is_neither_kept_nor_not(became: str, tmp_path: Path) -> None:
    assert read(promised.outcomes, [promise(1, -20, became)], tmp_path) == []
    assert read(promised.made_and_kept_by_week, [promise(1, -20, became)], tmp_path) == []


def test_the_counts_are_of_the_last_year_and_the_weights_of_all(tmp_path: Path) -> None:
    rows = [
        promise(1, 0, "kept"), promise(2, -180, "kept", voice="told_by_us", moved_count=1), promise(3, -180, "partly"),
        promise(4, -360, "not_kept", voice="delivery"), promise(5, -366, "kept"), promise(6, -180),
        promise(7, -180, done_day=TODAY - 180), promise(8, 3),
    ]  # fmt: skip

    [row] = read(promised.kept_sums, rows, tmp_path, most=60)

    counts = ("kept", "partly", "not_kept", "late", "unconfirmed", "moved", "own", "told_by_us", "delivery")
    assert [row[f"{name}_count"] for name in counts] == [2, 1, 1, 1, 1, 1, 2, 1, 1]
    year_and_a_day = 2 ** (-366 / 180)
    assert row["kept_weight"] == pytest.approx(1 + 0.5 + 0.25 + year_and_a_day)
    assert row["not_kept_weight"] == pytest.approx(0.25 + 0.25 + 0.5)
    assert row["unconfirmed_weight"] == pytest.approx(0.5)
    assert row["square_weight"] == pytest.approx(1 + 3 * 0.25 + 0.25**2 + year_and_a_day**2)
    assert (row["kept_ids"], row["against_ids"]) == (["p05", "p02", "p01"], ["p04", "p03", "p06", "p07"])
    assert row["open_ids"] == ["p08"]
    assert (row["late_since_day"], row["first_day"]) == (TODAY - 180, TODAY - 360)


def test_only_the_latest_of_what_it_rests_on_is_listed(tmp_path: Path) -> None:
    rows = [promise(number, -number, "kept" if number % 2 else "not_kept") for number in range(1, 9)]

    [row] = read(promised.kept_sums, rows, tmp_path, most=2)

    assert (row["kept_ids"], row["against_ids"]) == (["p03", "p01"], ["p04", "p02"])
    assert row["kept_count"] == 4


def test_each_side_is_read_apart(tmp_path: Path) -> None:
    rows = [promise(1, -5, "kept"), promise(2, -5, "not_kept", is_ours=False)]

    sides = {row["is_ours"]: row["kept_count"] for row in read(promised.kept_sums, rows, tmp_path, most=60)}
    assert sides == {True: 1, False: 0}


def test_the_gap_is_told_by_the_quarter_in_which_they_fell_due(tmp_path: Path) -> None:
    # Day 20,000 is 4 October 2024.
    rows = [
        promise(1, -1, "kept"), promise(2, 0, "kept"), promise(3, -2, done_day=TODAY - 2), promise(4, -60),
        promise(5, -70, "partly"), promise(6, 2, became="kept", became_day=TODAY - 1), promise(7, 1),
    ]  # fmt: skip

    rows = read(promised.promised_by_quarter, rows, tmp_path)

    told = {
        row["quarter"]: tuple(row[f"{name}_count"] for name in ("due", "done", "kept", "not_kept", "unconfirmed"))
        for row in rows
    }
    assert told == {2024 * 4 + 3: (4, 4, 3, 0, 1), 2024 * 4 + 2: (2, 1, 0, 1, 0)}


def test_made_and_kept_are_counted_by_the_week_before_the_day(tmp_path: Path) -> None:
    rows = [
        promise(1, 0, "kept", made_day=TODAY - 6), promise(2, -7, "kept", made_day=TODAY - 14),
        promise(3, 30, made_day=TODAY), promise(4, 30, made_day=TODAY + 1),
    ]  # fmt: skip

    weeks = read(promised.made_and_kept_by_week, rows, tmp_path)

    assert {row["week"]: (row["made_count"], row["kept_count"]) for row in weeks} == {0: (2, 1), 1: (0, 1), 2: (1, 0)}


def test_each_kind_is_counted_apart_and_adds_up_to_all(tmp_path: Path) -> None:
    rows = [
        promise(1, -20, "kept", kind="send"), promise(2, -30, "not_kept", kind="send"), promise(3, -40, kind="send"),
        promise(4, -20, "partly", kind="pay"), promise(5, -400, "kept", kind="pay"), promise(6, 9, kind="pay"),
    ]  # fmt: skip

    by_kind = {row["kind"]: row for row in read(promised.kept_by_kind, rows, tmp_path)}
    [whole] = read(promised.kept_sums, rows, tmp_path, most=9)

    names = ("kept_count", "partly_count", "not_kept_count", "late_count", "unconfirmed_count")
    assert [by_kind["send"][name] for name in names] == [1, 0, 1, 1, 0]
    assert [by_kind["pay"][name] for name in names] == [0, 1, 0, 0, 0]
    assert [whole[name] for name in names] == [1, 1, 1, 1, 0]
    for name in ("kept_weight", "not_kept_weight", "square_weight"):
        assert sum(row[name] for row in by_kind.values()) == pytest.approx(whole[name])
