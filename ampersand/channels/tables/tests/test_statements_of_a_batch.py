"""A batch of a table asks the database the same number of times however many rows it has, and an undo too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ampersand.channels import actions
from ampersand.channels.models import Import
from ampersand.channels.tables import load
from ampersand.channels.tests.bringing import AT, bring_in, counted, found_house, member
from ampersand.core import rows_in
from ampersand.members.models import Member

pytestmark = pytest.mark.django_db
PEOPLE = "First Name,Last Name,Email,Company,City,Phone"
MOMENTS = "Date,Type,Email,Subject,Notes"


@pytest.fixture
def maya() -> Member:
    found_house()
    return member("Maya Finch", "maya@finch.example")


def people(path: Path, count: int) -> Path:
    rows = [f"Ana{n},Okafor{n},person{n}@firm{n % 9}.example,Firm {n % 9},Leeds,+44 20 7{n:07d}" for n in range(count)]
    path.write_text("\n".join([PEOPLE, *rows]))
    return path


def moments(path: Path, count: int) -> Path:
    rows = [f"2026-03-{n % 28 + 1:02d},Call,person{n}@firm{n % 9}.example,Talk {n},Said {n}" for n in range(count)]
    path.write_text("\n".join([MOMENTS, *rows]))
    return path


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is asked of the database meanwhile; a COPY, which Django does not see, is told as one."""
    told: list[str] = []
    copy = rows_in.copy

    def counted_copy(table: str, *rest: Any) -> None:
        told.append(f"COPY {table}")
        copy(table, *rest)

    with ExitStack() as within:
        patched = within.enter_context(pytest.MonkeyPatch.context())
        patched.setattr(rows_in, "copy", counted_copy)
        asked = within.enter_context(CaptureQueriesContext(connection))
        yield told
    told += [query["sql"] for query in asked]


def brought(path: Path, maya: Member) -> tuple[Import, int]:
    with statements() as told:
        import_ = bring_in(path, by=maya)
    return import_, len(told)


@pytest.mark.parametrize("table", [people, moments])
def test_a_batch_of_a_thousand_asks_as_often_as_a_batch_of_fifty(
    table: Callable[[Path, int], Path], maya: Member, tmp_path: Path
) -> None:
    bring_in(people(tmp_path / "before.csv", 1_000), by=maya)

    small, asked_by_small = brought(table(tmp_path / "small.csv", 50), maya)
    large, asked_by_large = brought(table(tmp_path / "large.csv", 1_000), maya)

    assert (counted(small).seen, counted(large).seen) == (50, 1_000)
    assert asked_by_large <= asked_by_small + 12


@pytest.mark.parametrize("table", [people, moments])
def test_each_further_batch_asks_a_bounded_number_of_times(
    table: Callable[[Path, int], Path], maya: Member, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, in_one_batch = brought(table(tmp_path / "one.csv", 400), maya)
    monkeypatch.setattr(load.TableLoader, "batch", 100)

    _, in_eight_batches = brought(table(tmp_path / "eight.csv", 800), maya)

    assert in_eight_batches - in_one_batch <= 7 * 80


@pytest.mark.parametrize("table", [people, moments])
def test_undoing_a_thousand_asks_as_often_as_undoing_fifty(
    table: Callable[[Path, int], Path], maya: Member, tmp_path: Path
) -> None:
    small, large = (bring_in(table(tmp_path / f"{count}.csv", count), by=maya) for count in (50, 1_000))

    asked = []
    for import_ in (large, small):
        with statements() as told:
            actions.undo(import_, by=maya, at=AT)
        asked.append(len(told))

    assert asked[0] <= asked[1] + 12
