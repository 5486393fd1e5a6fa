"""Rows written by COPY come out as they went in, whatever signs stand in them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from ampersand.core import rows_in
from ampersand.core.rooms import Room

pytestmark = pytest.mark.django_db

_words = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=40)


def through_a_table(kind: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.through")
        cursor.execute(f"CREATE TEMPORARY TABLE through (at int, value {kind})")
        rows_in.copy("through", ["at", "value"], list(enumerate(values)))
        cursor.execute("SELECT value FROM through ORDER BY at")
        return [value for (value,) in cursor.fetchall()]


@settings(max_examples=30)
@given(st.lists(st.none() | _words, max_size=8))
def test_words_come_out_as_they_went_in(values: list[str | None]) -> None:
    assert through_a_table("text", values) == values


@settings(max_examples=20)
@given(st.lists(st.lists(_words, max_size=4), max_size=5))
def test_lists_of_words_come_out_as_they_went_in(values: list[list[str]]) -> None:
    assert through_a_table("text[]", values) == values


def test_lists_of_objects_are_kept_as_json() -> None:
    values = [{"said": ["a\tb", 'a "quote"', "back\\slash"]}, {}, {"n": 1.5}]

    assert through_a_table("text", [Jsonb(value) for value in values]) == [
        '{"said": ["a\\tb", "a \\"quote\\"", "back\\\\slash"]}', "{}", '{"n": 1.5}',
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("uuid", UUID("0193b3a0-0000-7000-8000-00000000000f")),
        ("timestamptz", datetime(2026, 3, 2, 12, 0, 0, 5, tzinfo=UTC)),
        ("date", date(1, 1, 1)),
        ("numeric", Decimal("-12.3400")),
        ("float8", 0.1),
        ("boolean", False),
        ("text", Room.OURS),
        ("uuid[]", [UUID(int=7)]),
        ("text", "\\."),
        ("text", "\\N"),
        ("text", ""),
    ],
)
def test_a_value_of_each_kind_comes_out_as_it_went_in(kind: str, value: Any) -> None:
    assert through_a_table(kind, [value, None]) == [value, None]


@settings(max_examples=40)
@given(st.lists(_words | st.sampled_from(['"', "\\", "{}", "a,b", "NULL", "", ' "x" '])) | st.lists(st.uuids()))
def test_many_values_as_one_are_what_they_were(values: list[str] | list[UUID]) -> None:
    kind = "uuid" if values and isinstance(values[0], UUID) else "text"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s::{kind}[]", [rows_in.array(values)])
        (told,) = cursor.fetchone()

    assert told == values
