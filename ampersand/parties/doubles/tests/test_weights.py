"""The same levels in SQL and in Python, and what two records must share to be compared."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ampersand.parties.doubles import comparisons
from ampersand.parties.doubles.comparisons import Comparison
from ampersand.parties.doubles.legal_forms import core_name
from ampersand.parties.doubles.traits import KEYS, LISTS, OTHERS, TEXTS, Traits, columns_of, comparable

SHORT = st.text("abcdefg1", min_size=1, max_size=8)
WITH_TEXT = [one for one in comparisons.PEOPLE if not any(level.shared_list for level in one.levels)]


@settings(max_examples=30, deadline=None)
@given(left=st.dictionaries(st.sampled_from(TEXTS), SHORT), right=st.dictionaries(st.sampled_from(TEXTS), SHORT))
def test_a_level_holds_in_python_where_it_holds_in_sql(left: dict[str, str], right: dict[str, str]) -> None:
    one, other = _row(left), _row(right)

    in_python = [_name(comparison, one, other) for comparison in WITH_TEXT]

    assert _in_sql(one, other) == in_python


def test_every_level_weighs_more_than_the_one_below_it() -> None:
    for comparison in (*comparisons.PEOPLE, *comparisons.ORGANISATIONS):
        likenesses = [level.weight for level in comparison.levels if level.name != "swapped"]
        assert likenesses == sorted(likenesses, reverse=True), comparison.column


def test_every_column_is_ascii_whatever_the_script() -> None:
    told = columns_of(Traits("1", given="Влади́мир", family="日本", town="Łódź", street="Straße des 17. Juni 135"))

    assert all(told[name].isascii() for name in TEXTS if told[name])


def test_a_record_that_tells_nothing_meets_nobody() -> None:
    told = columns_of(Traits("1"))

    assert {told[name] for name in (*KEYS, *TEXTS, *LISTS, *OTHERS)} == {None}


def test_names_of_one_sound_meet_however_they_are_told() -> None:
    one = columns_of(Traits("1", name="Anna Meyer"))
    other = columns_of(Traits("2", name="Maier, Dr. Anna"))

    assert one["key_01"] == other["key_01"] is not None


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Mühle & Söhne GmbH & Co. KG", "Muhle und Sohne"),
        ("The Mill Ltd.", "MILL LIMITED"),
        ("Café Central S.A.R.L.", "cafe central"),
        ("Wiśniewski Sp. z o.o.", "Wisniewski"),
        ("株式会社日立", "日立"),
        ("ООО Ромашка", "Ромашка"),
        ("Novák s.r.o.", "Novak"),
    ],
)
def test_organisations_are_one_without_their_legal_form(name: str, other: str) -> None:
    assert comparable(core_name(name)) == comparable(core_name(other))


def test_a_name_that_is_nothing_but_a_legal_form_stays() -> None:
    assert core_name("SE") == "se"


def _row(told: dict[str, str]) -> dict[str, str | None]:
    return {name: told.get(name) for name in TEXTS}


def _name(comparison: Comparison, left: dict[str, str | None], right: dict[str, str | None]) -> str | None:
    level = comparison.level_of(left, right)
    return level.name if level else None


def _in_sql(left: dict[str, str | None], right: dict[str, str | None]) -> list[str | None]:
    values = ", ".join(
        f"{_quoted(row[name])} AS {name}_{side}" for side, row in (("l", left), ("r", right)) for name in TEXTS
    )
    cases = ", ".join(map(_case, WITH_TEXT))
    return list(duckdb.connect().execute(f"SELECT {cases} FROM (SELECT {values})").fetchall()[0])  # noqa: S608  made here


def _quoted(value: str | None) -> str:
    return "NULL::VARCHAR" if value is None else f"'{value}'"


def _case(comparison: Comparison) -> str:
    column = comparison.column
    follows = f" OR {comparison.unless}_l = {comparison.unless}_r" if comparison.unless else ""
    levels = " ".join(f"WHEN {level.sql} THEN '{level.name}'" for level in comparison.levels[:-1])
    return f"CASE WHEN {column}_l IS NULL OR {column}_r IS NULL{follows} THEN NULL {levels} ELSE 'other' END"
