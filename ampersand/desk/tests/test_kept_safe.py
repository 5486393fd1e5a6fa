"""The House page says how the house is kept safe; stewards have it saved and take it along."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from ampersand.core import tasks
from ampersand.core.safe import bundle, record
from ampersand.desk.house import history_page
from tests.cast import Cast
from tests.test_access import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the house remembers of its backups lies in its data folder: here a new one."""
    monkeypatch.setenv("AMPERSAND_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def steward(cast: Cast) -> Client:
    return signed_in(cast.ruth)


def page(client: Client) -> str:
    return client.get(reverse("desk:house")).content.decode()


def good(**told: object) -> record.Good:
    usual = {"at": timezone.now(), "where": "/b", "bytes": 212_000_000, "rows": 1, "seconds": 1.0, "is_sealed": False}
    return record.Good(**usual | told)  # type: ignore[arg-type]


def test_a_house_that_was_never_saved_says_so(steward: Client) -> None:
    assert "This house was not saved yet." in page(steward)


def test_the_last_backup_and_what_is_kept_are_told_to_everybody(cast: Cast) -> None:
    record.remember_good(good(is_sealed=True, missing=2))

    told = page(signed_in(cast.tom))

    assert "under a key, 202.2" in told
    assert "2 documents were missing or damaged before" in told
    assert "The latest 7 are kept, none longer than 35 days." in told
    assert "Back up now" not in told


def test_a_failure_is_told_until_a_backup_succeeds(steward: Client) -> None:
    record.remember_failed(record.Failed(timezone.now(), "No backup was made: the disk is full."))
    before = page(steward)
    record.remember_good(good())

    assert "The last backup failed on" in before
    assert "the disk is full" in before
    assert "the disk is full" not in page(steward)


def test_an_old_backup_is_warned_of(steward: Client) -> None:
    record.remember_good(good(at=timezone.now() - timedelta(days=4)))

    assert "That is too long ago. See that a worker runs." in page(steward)


@pytest.mark.parametrize(
    ("address", "task", "says", "told"),
    [
        ("desk:back_up_house", tasks.BACK_UP, "A backup is being made.", "had a backup made"),
        ("desk:export_house", tasks.EXPORT, "The file with the whole house is being made.", "asked for a file"),
    ],
)
def test_asked_for_twice_it_is_done_once(steward: Client, address: str, task: str, says: str, told: str) -> None:
    steward.post(reverse(address))
    steward.post(reverse(address))

    assert ProcrastinateJob.objects.filter(task_name=task).count() == 1
    assert says in page(steward)
    assert 'hx-trigger="load delay:2s"' in page(steward)
    assert len([row for row in history_page().rows if told in row.says]) == 1


def test_the_part_alone_is_the_fragment_of_the_page(cast: Cast) -> None:
    member = signed_in(cast.tom)

    part = member.get(reverse("desk:house_safe"), headers={"HX-Request": "true"}).content.decode()

    assert part.strip().startswith('<section id="house-safe"')
    assert part.strip() in page(member)


def test_the_file_is_taken_by_stewards_and_gone_after_a_day(steward: Client, cast: Cast, home: Path) -> None:
    made = home / "exports" / "house-2026-11-22-1430.zip"
    made.parent.mkdir()
    made.write_bytes(b"PK")

    taken = steward.get(reverse("desk:take_export"))
    refused = signed_in(cast.tom).get(reverse("desk:take_export"))
    bundle.forget(at=timezone.now() + timedelta(days=1, minutes=1))

    assert taken.getvalue() == b"PK"
    assert 'filename="house-2026-11-22-1430.zip"' in taken["Content-Disposition"]
    assert refused.status_code == 403
    assert not made.exists()


def test_taking_the_house_along_asks_once_more_who_one_is(steward: Client) -> None:
    session = steward.session
    session["account_authentication_methods"] = []
    session.save()

    told = steward.post(reverse("desk:export_house"))

    assert told.status_code == 302
    assert reverse("step_up") in told["Location"]
    assert not ProcrastinateJob.objects.filter(task_name=tasks.EXPORT).exists()
