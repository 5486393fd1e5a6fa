from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from ampersand.core import book, doctor


def test_a_key_file_others_may_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    path.write_text("k" * 64)
    path.chmod(0o644)

    finding = doctor.key_file(path)

    assert finding == doctor.Finding(False, f"Others may read the key file {path}. Run `chmod 600` on it.")


def test_a_missing_key_file_is_told(tmp_path: Path) -> None:
    assert not doctor.key_file(tmp_path / "secret.key").is_well


def test_assets_that_are_not_built_are_told(tmp_path: Path) -> None:
    assert doctor.built_assets(tmp_path).words == "The pages' styles and scripts are not built. Run `make setup`."


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds_ago", "is_well"), [(5, True), (300, False)])
def test_a_worker_is_there_while_its_heart_beats(seconds_ago: int, is_well: bool) -> None:
    now = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [now - timedelta(seconds=seconds_ago)]
        )

    assert doctor.worker(now=now).is_well is is_well


@pytest.mark.django_db
def test_jobs_that_were_given_up_are_counted() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, status) SELECT 'any', 'default', 'failed'"
            " FROM generate_series(1, 3)"
        )

    assert doctor.failed_jobs().words == "3 jobs were given up. The log of the worker says why."


@pytest.mark.django_db
def test_a_migration_the_book_has_not_seen_is_missing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'core' AND name = '0001_initial'")

    assert book.missing_migrations() == ["core.0001_initial"]
    assert not doctor.migrations().is_well
