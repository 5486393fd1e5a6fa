"""Measures, against rows small enough to do by hand, on DuckDB; PostgreSQL is held to it in test_engines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ampersand.readings import engines
from ampersand.readings.measures.encounters import encounters, two_way
from ampersand.readings.measures.gaps import gap_sums
from ampersand.readings.measures.whose_move import whose_move

JANE = "01a00000-0000-7000-8000-000000000001"


def contact(
    day: int,
    began: str = "",
    mode: str = "call",
    *,
    asks: bool = False,
    settled: bool = False,
    who: str = JANE,
    hour: int = 9,
) -> dict[str, Any]:
    """A contact on a day since 1970; its moment is named by day and hour."""
    return {
        "relationship_id": who, "moment_id": f"{day}-{hour}", "day": day, "at": day * 86_400 + hour * 3_600,
        "mode": mode, "began": began, "asks_answer": str(asks).lower(), "is_settled": str(settled).lower(),
    }  # fmt: skip


def days(rows: list[dict[str, Any]]) -> list[int]:
    return sorted(row["day"] for row in rows)


def read(measure: Any, contacts: list[dict[str, Any]], folder: Path) -> list[dict[str, Any]]:
    engine = engines.from_rows(folder, contacts=contacts)
    try:
        return engine.rows_of(engines.Asked(measure))[0]
    finally:
        engine.close()


def test_a_meeting_is_contact_by_itself_and_a_letter_nobody_answered_is_not(tmp_path: Path) -> None:
    contacts = [contact(100, "us", "visit"), contact(200, "us", "mail"), contact(300, "them", "mail")]

    rows = read(two_way, contacts, tmp_path)

    assert days(rows) == [100]


def test_a_mail_and_its_answer_within_two_weeks_are_contact_and_later_they_are_not(tmp_path: Path) -> None:
    contacts = [
        contact(100, "us", "mail"), contact(114, "them", "mail"),
        contact(200, "us", "mail"), contact(215, "them", "mail"),
    ]  # fmt: skip

    rows = read(two_way, contacts, tmp_path)

    assert days(rows) == [100, 114]


def test_everything_of_a_day_is_one_encounter(tmp_path: Path) -> None:
    contacts = [contact(100, hour=9), contact(100, hour=10), contact(100, hour=11), contact(107)]

    rows = read(encounters, contacts, tmp_path)

    assert days(rows) == [100, 107]
    assert {row["moment_id"] for row in rows} == {"100-10", "107-9"}


def test_no_contact_at_all_reads_as_nothing(tmp_path: Path) -> None:
    assert read(encounters, [], tmp_path) == []
    assert read(whose_move, [], tmp_path) == []


def test_gaps_are_counted_between_encounters_and_ties_of_a_day_make_none(tmp_path: Path) -> None:
    contacts = [contact(day) for day in (100, 107, 121, 142)] + [contact(142, hour=15)]

    [row] = read(lambda contacts: gap_sums(encounters(contacts), as_of_day=152), contacts, tmp_path)

    assert (row["gap_count"], row["gap_days_median"], row["span_days"], row["open_days"]) == (3, 14, 42, 10)
    assert row["log_gap_sum"] == pytest.approx(0 + 0.693147 + 1.098612, abs=1e-5)
    assert row["next_day_count"] == 0


def test_who_met_again_the_next_day_is_counted_apart(tmp_path: Path) -> None:
    contacts = [contact(day) for day in (100, 101, 102, 110, 111)]

    [row] = read(lambda contacts: gap_sums(encounters(contacts), as_of_day=152), contacts, tmp_path)

    assert (row["gap_count"], row["next_day_count"]) == (4, 3)


def test_one_encounter_has_no_gap(tmp_path: Path) -> None:
    [row] = read(lambda contacts: gap_sums(encounters(contacts), as_of_day=110), [contact(100)], tmp_path)

    assert (row["gap_count"], row["log_gap_sum"], row["next_day_count"], row["open_days"]) == (0, 0, 0, 10)


@pytest.mark.parametrize(
    ("contacts", "says", "since"),
    [
        ([contact(100, "them", "mail", asks=True)], "our_move", 100),
        ([contact(100, "us", "mail", asks=True)], "their_move", 100),
        ([contact(100, "us", "mail", asks=True), contact(101, "them", "mail")], "nobodys_move", None),
        ([contact(100, "us", "mail", asks=True), contact(101, "", "visit")], "nobodys_move", None),
        ([contact(100, "us", "mail", asks=True), contact(103, "us", "mail", asks=True)], "their_move", 103),
        ([contact(100, "us", "mail", asks=True), contact(103, "us", "mail")], "their_move", 100),
        ([contact(100, "us", "mail", asks=True), contact(101, "them", "mail", asks=True)], "our_move", 101),
    ],
)
def test_whose_move_is_the_last_approach_without_an_answer(
    contacts: list[dict[str, Any]], says: str, since: int | None, tmp_path: Path
) -> None:
    [row] = read(whose_move, contacts, tmp_path)

    assert (row["says"], row["since_day"]) == (says, since)


def test_mail_that_asks_nothing_is_no_approach(tmp_path: Path) -> None:
    assert read(whose_move, [contact(100, "them", "mail"), contact(120, "us", "mail")], tmp_path) == []


def test_what_others_answered_counts_and_waits_for_nobody(tmp_path: Path) -> None:
    contacts = [
        contact(100, "them", "mail", asks=True), contact(101, "us", "mail"),
        contact(120, "them", "mail", asks=True, settled=True),
    ]  # fmt: skip

    [row] = read(whose_move, contacts, tmp_path)

    assert (row["approach_count"], row["says"], row["moment_id"]) == (2, "nobodys_move", "120-9")


def test_relationships_are_read_apart(tmp_path: Path) -> None:
    other = "01a00000-0000-7000-8000-000000000002"
    contacts = [contact(100, "us", "mail", asks=True), contact(101, "them", "mail", who=other)]

    [row] = read(whose_move, contacts, tmp_path)

    assert (row["relationship_id"], row["says"]) == (JANE, "their_move")
