"""`ampersand readings` says what it did, how long each step took, and what it could not do."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings

from ampersand.readings import commands
from ampersand.readings.models import Reading
from tests.cast import Cast, moment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def made_way(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """By how much it let others go first. Not done in truth: these tests would be the ones to wait ever after."""
    asked: list[int] = []
    monkeypatch.setattr(os, "nice", asked.append)
    return asked


def test_it_says_in_json_how_many_readings_stand_and_how_long_each_step_took(
    cast: Cast, folder: Path, made_way: list[int]
) -> None:
    moment(cast.jane, by=cast.maya)

    done = CliRunner().invoke(commands.readings, ["--json"])

    told = json.loads(done.output)
    assert (told["engine"], told["readings"]) == ("duckdb", Reading.objects.count())
    assert list(told["steps"]) == ["copied", "written", "read", "kept"]
    assert 0 < sum(told["steps"].values()) <= told["seconds"]
    assert made_way == [commands.NICE]


def test_it_says_in_words_what_it_did(cast: Cast, folder: Path) -> None:
    moment(cast.jane, by=cast.maya)

    lines = CliRunner().invoke(commands.readings, []).output.strip().splitlines()

    assert lines[0].startswith(f"{Reading.objects.count()} readings, in ")
    assert [line.partition(":")[0] for line in lines[1:]] == [
        "Copy what changed", "Write the snapshot", "Read", "Keep what was read",
    ]  # fmt: skip


def test_an_engine_that_is_none_is_said_plainly(cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "READINGS_ENGINE", "abacus")

    done = CliRunner().invoke(commands.readings, [])

    assert done.exit_code != 0
    assert "AMPERSAND_ENGINE says abacus." in done.output
