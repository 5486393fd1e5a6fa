"""Whoever is erased is read no more: at once on every page, and by the next run in what is stored and in the snapshot."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ampersand.parties.erasing import erase_party
from ampersand.readings import actions, resting
from ampersand.readings.models import Measure, Reading
from tests.cast import Cast
from tests.laws.looking import client_of, every_page
from tests.laws.stories import Story

pytestmark = pytest.mark.django_db
AT = timezone.now()


@pytest.fixture
def read(cast: Cast, tmp_path: Path, settings: Any) -> list[Reading]:
    """The readings of Jane, of whom much is told, in a book that is read."""
    settings.SNAPSHOTS = tmp_path / "snapshots"
    story = Story(at=AT, us=cast.maya.party, them=cast.jane, relationship=cast.with_jane)
    story.speak(range(1, 60))
    story.buy(range(1, 60))
    story.speak([1], mode="mail", began="them", asks=True)
    story.say_how_it_goes(ours="good", theirs="thin")
    for is_ours in (True, False):
        story.promise(range(2, 40, 3), is_ours=is_ours, became="kept")
    actions.read_all(at=AT)
    return list(Reading.objects.filter(relationship=cast.with_jane))


def test_all_that_was_read_of_them_is_gone_at_once(cast: Cast, read: list[Reading]) -> None:
    assert {one.measure for one in read} >= {Measure.TUNE, Measure.QUIET, Measure.AGREE, Measure.KEPT_OURS}

    erase_party(cast.jane, by=cast.ruth, at=timezone.now())

    maya = client_of(cast.maya)
    assert not Reading.objects.filter(pk__in=[one.pk for one in read]).exists()
    assert {why(maya, one) for one in read} == {404}
    assert [address for address, markup in every_page(cast.maya) if "Jane Okafor" in markup] == []


def why(client: Client, reading: Reading) -> int:
    return int(client.get(reverse("desk:why", args=[reading.pk])).status_code)


def test_what_they_were_read_from_is_not_found_again_as_of_a_day_before(cast: Cast, read: list[Reading]) -> None:
    by_rule = [one for one in read if one.measure in (Measure.QUIET, Measure.NEXT, Measure.TUNE, Measure.WHOSE_MOVE)]
    before = [resting.on(one) for one in by_rule]

    erase_party(cast.jane, by=cast.ruth, at=timezone.now())

    assert all(rests.evidence for rests in before)
    assert [resting.on(one) for one in by_rule] == [resting.Rests((), (), is_in_order=True)] * len(by_rule)


def test_the_next_run_reads_nothing_of_them(cast: Cast, read: list[Reading]) -> None:
    later = timezone.now() + timedelta(hours=1)
    erase_party(cast.jane, by=cast.ruth, at=timezone.now())

    actions.read_one(cast.with_jane.pk, at=later)
    of_one = Reading.objects.filter(relationship=cast.with_jane).count()
    actions.read_all(at=later)

    assert (of_one, Reading.objects.filter(relationship=cast.with_jane).count()) == (0, 0)


def test_the_snapshot_has_nothing_of_them_after_the_next_run(cast: Cast, read: list[Reading], settings: Any) -> None:
    files = list(Path(settings.SNAPSHOTS).glob("*.parquet"))
    whose = str(cast.with_jane.pk).encode()
    assert any(whose in file.read_bytes() for file in files)
    erase_party(cast.jane, by=cast.ruth, at=timezone.now())

    actions.read_all(at=timezone.now() + timedelta(hours=1))

    assert not any(whose in file.read_bytes() for file in Path(settings.SNAPSHOTS).glob("*.parquet"))
