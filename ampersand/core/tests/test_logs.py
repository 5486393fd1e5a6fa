from __future__ import annotations

import logging

import pytest
from django.db import IntegrityError, connection, transaction

from ampersand.core.logs import Wordless
from ampersand.notebook.models import Note
from tests.cast import NOW, Cast, note

CANARY = "zanzibarrow"


def written(message: str, *args: object, error: BaseException | None = None) -> str:
    told = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("ampersand", logging.ERROR, __file__, 1, message, args, told)
    return Wordless("{levelname} {message}", style="{").format(record)


@pytest.mark.django_db
def test_an_error_of_the_database_is_told_without_the_row_it_was_about(cast: Cast) -> None:
    kept = note(cast.maya, CANARY)
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        Note.objects.create(
            member=cast.maya, device_id=kept.device_id, words=CANARY, written_at=NOW, told_at=NOW, zone=CANARY,
            source=kept.source,
        )  # fmt: skip
    assert str(kept.device_id) in str(raised.value)

    line = written("it failed", error=raised.value)

    assert str(kept.device_id) not in line
    assert CANARY not in line
    assert "psycopg.errors.UniqueViolation 23505" in line
    assert "django.db.utils.IntegrityError" in line
    assert "test_logs.py" in line


@pytest.mark.django_db
def test_a_row_that_breaks_a_constraint_is_not_told(cast: Cast) -> None:
    with pytest.raises(IntegrityError) as raised, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE members_member SET name = NULL WHERE id = %s", [cast.maya.pk])
    assert cast.maya.email in str(raised.value)

    assert cast.maya.email not in written("it failed", error=raised.value)


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in/link/s3cr3t/",
        "/begin/s3cr3t/",
        "/invitation/s3cr3t/",
        "/own/email/s3cr3t/",
        "https://house.example/invitation/s3cr3t",
    ],
)
def test_the_secret_of_a_link_is_kept_out_of_addresses(path: str) -> None:
    line = written("%s: %s", "Gone", path)

    assert "s3cr3t" not in line
    assert path.split("s3cr3t")[0] in line


def test_what_is_no_secret_is_told_as_it_is() -> None:
    assert written("%s: %s", "Not Found", "/parties/new/") == "ERROR Not Found: /parties/new/"


def test_nobody_fills_the_log_with_one_address() -> None:
    assert len(written("%s: %s", "Not Found", "/" + "a" * 60_000)) < 1_100


def test_every_line_of_the_product_is_written_so() -> None:
    formats = {
        type(handler.formatter) for handler in logging.getLogger().handlers if type(handler).__module__ == "logging"
    }

    assert Wordless in formats
